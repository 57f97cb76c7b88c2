"""Stretches of a document's text: where findings begin, end and overlap, and how each piece is printed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from doclint.document import Document, Font, Span
from doclint.looks import runs_in


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is printed in one way; ``style`` are classes of report.css."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text with the same findings: their numbers in the report, from 1, the shortest first; ``begin`` begin here."""

    number: int
    pieces: tuple[Piece, ...]
    findings: tuple[int, ...] = ()
    begin: tuple[int, ...] = ()
    long: bool = False
    """Whether all of its findings are about whole paragraphs: their marks should not drown the text."""


@dataclass
class Marks:
    """The findings of a document laid over its text; ``first`` is the stretch that each of them begins in."""

    document: Document
    spans: Sequence[Span]
    first: dict[int, int] = field(default_factory=dict)
    _count: int = 0

    def __post_init__(self) -> None:
        starts: dict[int, list[int]] = {}
        ends: dict[int, list[int]] = {}
        for number, span in enumerate(self.spans, 1):
            starts.setdefault(span.start, []).append(number)
            ends.setdefault(span.end, []).append(number)
        self._cuts = sorted({*starts, *ends})
        self._covers: list[tuple[int, ...]] = []
        active: set[int] = set()
        for cut in self._cuts:
            active.difference_update(ends.get(cut, ()))
            active.update(starts.get(cut, ()))
            self._covers.append(tuple(sorted(active, key=lambda number: (len(self.spans[number - 1]), number))))

    def touch(self, span: Span) -> bool:
        """Tell whether a finding has a character of ``span``."""
        return any(findings for _, findings in self._cut(span))

    def stretches(self, span: Span) -> Iterator[Stretch]:
        """Yield ``span`` cut where a finding begins or ends; to be asked for in the order of the text."""
        for part, findings in self._cut(span):
            self._count += 1
            begin = tuple(number for number in findings if number not in self.first)
            self.first.update(dict.fromkeys(begin, self._count))
            long = bool(findings) and all(len(self.spans[number - 1]) > _LONG for number in findings)
            yield Stretch(self._count, tuple(_pieces(self.document, part)), findings, begin, long)

    def _cut(self, span: Span) -> Iterator[tuple[Span, tuple[int, ...]]]:
        low, high = bisect_right(self._cuts, span.start), bisect_left(self._cuts, span.end)
        edges = [span.start, *self._cuts[low:high], span.end]
        for number, start in enumerate(edges[:-1]):
            findings = self._covers[low + number - 1] if low + number else ()
            yield Span(start, edges[number + 1]), findings


def _pieces(document: Document, span: Span) -> Iterator[Piece]:
    """Yield the text of ``span`` run by run; what no run covers, as the label of a list, is plain."""
    position = span.start
    for run in runs_in(document, span):
        if run.span.start > position:
            yield Piece(document.text[position : run.span.start])
        yield Piece(document.at(run.span), _style(run.font))
        position = run.span.end
    if position < span.end:
        yield Piece(document.text[position : span.end])


def _style(font: Font) -> str:
    looks = (("bold", font.bold), ("italic", font.italic), ("underline", font.underline), ("capitals", font.capitals))
    return " ".join(name for name, has in looks if has)


_LONG = 300
"""Characters from which a finding is about a whole paragraph or more."""
