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
    match = _MARK.match(text)
    kind = match.lastgroup if match is not None else None
    return (kind, match[kind]) if match is not None and kind is not None else ("text", "")


_ROMAN = "[IVXLC]{1,7}"
_MARKS = {
    "part": rf"(?:Phần|PHẦN)\s+(?P<part>{_ROMAN}\b|thứ\s+\w+|THỨ\s+\w+)",
    "chapter": rf"(?:Chương|CHƯƠNG)\s+(?P<chapter>{_ROMAN}\b)",
    "section": r"(?:Mục|MỤC)\s+(?P<section>\d+)\b",
    "subsection": r"(?:Tiểu mục|TIỂU MỤC)\s+(?P<subsection>\d+)\b",
    "article": r"(?P<article>Điều\s+\d+[a-zđ]?)\s*[.:]",
    "roman": rf"(?P<roman>{_ROMAN})[.)]\s",
    "decimal": r"(?P<decimal>\d{1,2}\.\d{1,2}(?:\.\d{1,2})*)[.)]?\s",
    "clause": r"(?P<clause>\d{1,3})[.)]\s",
    "point": r"\(?(?P<point>[a-zđ])\)\s?",
    "dash": r"(?P<dash>[-–—+•*])\s",
}
_MARK = re.compile("|".join(_MARKS.values()))
_RANKS = {kind: rank for rank, kind in enumerate(_MARKS)} | {"text": 99}
# 1.1 stands under 1.
_RANKS["clause"], _RANKS["decimal"] = _RANKS["decimal"], _RANKS["clause"]
