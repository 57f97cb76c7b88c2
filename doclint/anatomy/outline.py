"""The tree of the body: chapters, articles, clauses, points, and the I – 1 – a – dash layout of plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from doclint.anatomy.parts import Node, Outline
from doclint.document import Document, Span


def parse_outline(document: Document, paragraphs: Sequence[Span]) -> Outline:
    """Build the tree from the paragraphs of the body. A paragraph without a number is a node of kind ``text``."""
    found = [(paragraph, *_mark(document.at(paragraph))) for paragraph in paragraphs]
    nodes: list[Node] = []
    open_nodes: list[int] = []
    for paragraph, kind, label in found:
        rank = _RANKS[kind]
        while open_nodes and _RANKS[nodes[open_nodes[-1]].kind] >= rank:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else -1
        nodes.append(Node(kind, label, paragraph, paragraph, len(open_nodes), parent))
        for above in open_nodes:
            nodes[above] = replace(nodes[above], span=Span(nodes[above].span.start, paragraph.end))
        if kind != "text":
            open_nodes.append(len(nodes) - 1)
    return Outline(tuple(nodes))


def _mark(text: str) -> tuple[str, str]:
    for kind, pattern in _MARKS:
        match = pattern.match(text)
        if match is not None:
            return kind, match["label"] or ""
    return "text", ""


_ROMAN = "[IVXLC]{1,7}"
_MARKS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("part", rf"(?:Phần|PHẦN)\s+(?P<label>{_ROMAN}\b|thứ\s+\w+|THỨ\s+\w+)"),
        ("chapter", rf"(?:Chương|CHƯƠNG)\s+(?P<label>{_ROMAN}\b)"),
        ("section", r"(?:Mục|MỤC)\s+(?P<label>\d+)\b"),
        ("subsection", r"(?:Tiểu mục|TIỂU MỤC)\s+(?P<label>\d+)\b"),
        ("article", r"(?P<label>Điều\s+\d+[a-zđ]?)\s*[.:]"),
        ("roman", rf"(?P<label>{_ROMAN})[.)]\s"),
        ("decimal", r"(?P<label>\d{1,2}\.\d{1,2}(?:\.\d{1,2})*)[.)]?\s"),
        ("clause", r"(?P<label>\d{1,3})[.)]\s"),
        ("point", r"\(?(?P<label>[a-zđ])\)\s?"),
        ("dash", r"(?P<label>[-–—+•*])\s"),
    )
)
_RANKS = {kind: rank for rank, (kind, _) in enumerate(_MARKS)} | {"text": 99}
# 1.1 stands under 1.
_RANKS["clause"], _RANKS["decimal"] = _RANKS["decimal"], _RANKS["clause"]
