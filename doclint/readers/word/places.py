"""The way back from a document's text to the parts, paragraphs and runs of a Word file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.document import DocxPlace, RunRange, Span
from doclint.readers.word.runs import RunText
from doclint.vietnamese.normalise import raw_range


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one run: where it begins in its line before form C, and how it was made of the run.

    ``legacy`` are the offsets from Unicode back to the text of an old encoding, None where there was none.
    """

    start: int
    length: int
    paragraph: int
    run: int
    text: RunText
    legacy: tuple[int, ...] | None = None

    def cut(self, start: int, end: int) -> RunRange | None:
        """Return the part of the run behind ``start`` to ``end`` of the line, None when it has no part there."""
        start, end = max(start - self.start, 0), min(end - self.start, self.length)
        if start >= end:
            return None
        start, end = raw_range(self.legacy, start, end)
        return RunRange(self.paragraph, self.run, *self.text.source(start, end))


@dataclass(frozen=True, slots=True)
class Line:
    """The text of a paragraph: where it begins in the document, after the list label that no run holds.

    ``offsets`` lead from form C to the text of the runs one after the other, None when that was in form C.
    """

    label: int
    start: int
    end: int
    part: str
    segments: tuple[Segment, ...]
    offsets: tuple[int, ...] | None

    def cut(self, span: Span) -> Iterator[RunRange]:
        """Yield the parts of runs that ``span`` covers; an empty one for a span of nothing but label."""
        start, end = max(span.start, self.start), min(span.end, self.end)
        if start >= end:
            if self.segments and self.label <= span.start and span.end <= self.start:
                first = self.segments[0]
                begin = first.text.source(0, 1)[0]
                yield RunRange(first.paragraph, first.run, begin, begin)
            return
        start, end = raw_range(self.offsets, start - self.start, end - self.start)
        first_segment = max(0, bisect_right(self.segments, start, key=lambda segment: segment.start) - 1)
        for segment in self.segments[first_segment:]:
            if segment.start >= end:
                break
            if (found := segment.cut(start, end)) is not None:
                yield found

    def at(self, raw: int) -> int:
        """Return the offset in the document of the character ``raw`` of the runs' text."""
        return self.start + (raw if self.offsets is None else bisect_left(self.offsets, raw))


@dataclass(frozen=True)
class DocxPlaces:
    """The way back from the document's text to paragraphs and runs."""

    lines: tuple[Line, ...]

    def __call__(self, span: Span) -> DocxPlace:
        """Return the runs that ``span`` covers, in the part where it begins. Raises ValueError when it covers none."""
        first = max(0, bisect_right(self.lines, span.start, key=lambda line: line.label) - 1)
        part = ""
        runs: list[RunRange] = []
        for line in self.lines[first:]:
            if line.label >= span.end or (runs and line.part != part):
                break
            part = line.part
            runs += line.cut(span)
        if not runs:
            raise ValueError(f"no run at {span}")
        return DocxPlace(part, tuple(runs))
