"""How stretches of a document are printed: what rules on layout ask of its runs and paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from doclint.document import Document, Font, Run, Span

T = TypeVar("T")

WORD = frozenset({"docx", "doc", "rtf", "odt"})
"""Formats that say how the clerk set the page; a web page has none, and what LibreOffice makes of it is its own."""
WITH_LOOKS = WORD | {"pdf"}


@dataclass(frozen=True, slots=True)
class Print:
    """The print of a stretch as a whole; None where it is mixed or nothing says it. Size in points."""

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None


def recognised(document: Document) -> bool:
    """Tell whether pages are scans: their letters were set by the program that read them."""
    return any("lớp chữ nhận dạng" in note for note in document.notes)


def is_loose_appendix(document: Document) -> bool:
    """Tell whether the file is an appendix alone: it has no head, and forms are set as they need."""
    return document.folded.startswith("phu luc", document.blocks[0].span.start)


def runs_in(document: Document, span: Span) -> Iterator[Run]:
    """Yield the runs of ``span``, cut to it."""
    first = bisect_right(document.runs, span.start, key=lambda run: run.span.start) - 1
    for number in range(max(0, first), len(document.runs)):
        run = document.runs[number]
        if run.span.start >= span.end:
            break
        start, end = max(run.span.start, span.start), min(run.span.end, span.end)
        if start < end:
            yield Run(Span(start, end), run.font)


def stretches(document: Document, span: Span, look: Callable[[Font], str | None]) -> Iterator[tuple[str | None, Span]]:
    """Yield the stretches of ``span`` that are alike in ``look``: a program may cut its text anywhere."""
    for value, group in groupby(runs_in(document, span), key=lambda run: look(run.font)):
        runs = list(group)
        yield value, Span(runs[0].span.start, runs[-1].span.end)


def print_of(document: Document, spans: Iterable[Span]) -> Print:
    """Return how the letters and digits of ``spans`` are printed, as far as nearly all of them are alike."""
    sizes: Counter[float | None] = Counter()
    bolds: Counter[bool | None] = Counter()
    italics: Counter[bool | None] = Counter()
    named = _names_tell_style(document)
    for span in spans:
        for run in runs_in(document, span):
            count = weight(document, run.span)
            sizes[run.font.size] += count
            bolds[run.font.bold if named or run.font.bold else None] += count
            italics[run.font.italic if named or run.font.italic else None] += count
    return Print(_prevailing(sizes), _prevailing(bolds), _prevailing(italics))


def weight(document: Document, span: Span) -> int:
    """Return how many letters and digits stand in ``span``."""
    return sum(map(str.isalnum, document.at(span)))


def opening(document: Document, span: Span) -> Span:
    """Return the first words of ``span``, on one line: enough to know it by."""
    text = document.at(span)
    start = span.start + len(text) - len(text.lstrip())
    line = document.at(Span(start, span.end)).split("\n", 1)[0][:_OPENING]
    if start + len(line) < span.end and not document.text[start + len(line)].isspace():
        line = line.rpartition(" ")[0] or line
    return Span(start, start + len(line.rstrip()))


def number_words(value: float) -> str:
    """Return a number as it is written in Vietnamese: 1.27 is «1,27»."""
    return f"{round(value, 2):g}".replace(".", ",")


def _names_tell_style(document: Document) -> bool:
    """A PDF tells bold and italic by the names of its fonts only: where no name does, nothing is known."""
    return document.format != "pdf" or any(_styled(run.font) for run in document.runs)


def _styled(font: Font) -> bool:
    return font.bold or font.italic


def _prevailing(counts: Counter[T | None]) -> T | None:
    total = counts.total()
    value, count = counts.most_common(1)[0] if counts else (None, 0)
    return value if total and count >= _NEARLY_ALL * total else None


_NEARLY_ALL = 0.8
_OPENING = 60
