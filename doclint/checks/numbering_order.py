"""Numbering that skips or repeats."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from doclint.anatomy.outline import parse_outline
from doclint.anatomy.parts import Anatomy, Node, Outline
from doclint.anatomy.types import type_of_title
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """``letters``: those that points are numbered with, in order; ``least``: how many siblings make a list certain."""

    letters: str
    least: int = 3


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first number of each list that does not follow the one before it."""
    if recognised(document):
        return
    for outline in (context.anatomy.body, *_annexed(document, context.anatomy)):
        for run in _runs(document, _trusted(document, outline.nodes), options.letters):
            # Nothing but an article is called «Điều 3»: two of them are as sure as a list.
            least = 2 if run[0][1].kind == "article" else options.least
            fault = _fault(document, run, options) if len(run) >= least else None
            if fault is not None:
                node, problem = fault
                span = _opening(document, node.head)
                yield Match(span, {"words": document.at(span), "problem": problem})


def _annexed(document: Document, anatomy: Anatomy) -> Iterator[Outline]:
    """Yield the outline of each text after the signature: a regulation that is issued, an appendix."""
    begins = {appendix.span.start for appendix in anatomy.appendices}
    text: list[Span] = []
    for line in anatomy.annexed:
        words = document.at(line)
        if line.start in begins or (words.isupper() and type_of_title(words)):
            yield parse_outline(document, text)
            text = []
        text.append(line)
    yield parse_outline(document, text)


def _trusted(document: Document, nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes whose number is the document's own: not in a table, nor in a quotation or an amendment."""
    if not any(node.kind in _KINDS for node in nodes):
        return []
    cells = [block.span for block in document.blocks if block.cell is not None]
    quoted = [Span(match.start() + 1, match.end()) for match in _QUOTED.finditer(document.text)]
    amending = {
        index for number, node in enumerate(nodes) if _amends(document, node) for index in (number, node.parent)
    }
    return [
        node
        for node in nodes
        if node.kind in _KINDS
        and (node.kind == "article" or node.parent not in amending)
        and not _inside(cells, node.head.start)
        and not _inside(quoted, node.head.start)
    ]


def _inside(spans: Sequence[Span], offset: int) -> bool:
    """Tell whether ``offset`` is in one of ``spans``, which follow each other."""
    before = bisect_right(spans, offset, key=lambda span: span.start)
    return before > 0 and offset < spans[before - 1].end


def _amends(document: Document, node: Node) -> bool:
    """Tell whether the text of another document follows, which has numbers of its own."""
    return _AMENDS.search(document.at(node.head)) is not None


def _runs(document: Document, nodes: Sequence[Node], letters: str) -> Iterator[list[tuple[int, Node]]]:
    """Yield the lists: siblings numbered in one way, from one that is the first to before the next that is."""
    lists: dict[tuple[int, str, str], list[tuple[int, Node]]] = {}
    for node in nodes:
        # The articles go on through all chapters.
        parent = -1 if node.kind == "article" else node.parent
        style = _STYLE.match(document.at(node.head))
        key = (parent, node.kind, (style[2] if style is not None else "") + node.label.rpartition(".")[0])
        value = _value(node, letters)
        if value == 1 and key in lists:
            yield lists.pop(key)
        if value == 1 or key in lists:
            lists.setdefault(key, []).append((value, node))
    yield from lists.values()


def _value(node: Node, letters: str) -> int:
    """Return the place of a node in its list, from 1; 0 for a letter that points are never numbered with."""
    label = node.label.rpartition(".")[2]
    if node.kind == "point":
        return letters.find(label) + 1
    if node.kind in ("roman", "chapter", "part"):
        return _roman(label)
    digits = re.search(r"\d+", label)
    return int(digits[0]) if digits is not None else 0


def _fault(document: Document, run: Sequence[tuple[int, Node]], options: Options) -> tuple[Node, str] | None:
    for (value, node), (following, other) in pairwise(run):
        expected = _label(node, value + 1, options.letters)
        if following == value + 1:
            continue
        if not following and node.kind == "point" and value >= 2:
            return other, f"thứ tự điểm không dùng chữ f, j, w, z; sau {_name(node)} là {expected}"
        if following == value and other.label == node.label:
            return other, f"{_name(other)} ghi hai lần liền nhau; đúng ra là {expected}"
        if value < following <= value + 3 and not _stands_between(document, node, other, expected):
            return other, f"sau {_name(node)} phải là {expected}"
        # A list inside the list, or a number that could not be read: what follows proves nothing.
        return None
    return None


def _stands_between(document: Document, node: Node, other: Node, expected: str) -> bool:
    """Tell whether the number that seems to be missing is in the text, at the beginning of no paragraph."""
    label = re.escape(expected.rpartition(" ")[2])
    text = document.text[node.head.start : other.head.start]
    if node.kind == "article":
        return re.search(rf"(?m)^\W*Điều\s+{label}\b", text) is not None
    return re.search(rf"(?m)^\W*(?:Điều\s+|Chương\s+|Mục\s+)?{label}\b|(?<![\w./,-]){label}\s*[.)]", text) is not None


def _label(node: Node, value: int, letters: str) -> str:
    if node.kind == "point":
        return f"điểm {letters[value - 1]}" if 0 < value <= len(letters) else "điểm tiếp theo"
    if node.kind in ("roman", "chapter", "part"):
        return f"{_WORDS[node.kind]} {_to_roman(value)}"
    prefix = node.label.rpartition(".")[0]
    return f"{_WORDS[node.kind]} {prefix}{'.' if prefix else ''}{value}"


def _name(node: Node) -> str:
    return node.label if node.kind == "article" else f"{_WORDS[node.kind]} {node.label}"


def _roman(label: str) -> int:
    return next((value for value in range(1, 61) if _to_roman(value) == label), 0)


def _to_roman(value: int) -> str:
    return "X" * (value // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]


def _opening(document: Document, head: Span) -> Span:
    """Return the number and the first words of a paragraph."""
    text = document.at(head).split("\n")[0]
    if len(text) > 60:
        text = text[: text.rfind(" ", 0, 60)]
    return Span(head.start, head.start + len(text.rstrip()))


_WORDS = {
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "article": "Điều",
    "roman": "mục",
    "decimal": "mục",
    "clause": "mục",
    "point": "điểm",
}
_KINDS = ("chapter", "section", "article", "roman", "decimal", "clause", "point")
_STYLE = re.compile(r"(\(?)[\w.]*?\w([.)]?)\s")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_AMENDS = re.compile(r"(?:[Ss]ửa\s+đổi|[Bb]ổ\s+sung|[Tt]hay\s+thế)[^;]{0,300}như\s+sau\s*:")
