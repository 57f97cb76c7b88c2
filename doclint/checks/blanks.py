"""Blanks that nobody has filled: number, day, and dots in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"blank"})

Blank = Literal["number", "date", "text"]


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: which blanks are looked for."""

    report: tuple[Blank, ...] = ("number", "date", "text")


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each blank once; in an issued document it is an error, in a draft it waits for the office to fill it."""
    found: dict[Blank, Iterator[tuple[Span, str]]] = {
        "number": _number(document, context.anatomy),
        "date": _date(document, context.anatomy),
        "text": _text(document, context.anatomy),
    }
    for kind in options.report:
        for span, blank in found[kind]:
            yield Match(span, {"blank": blank}, "error" if context.stage == "issued" else None)


def _number(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    number = anatomy.header.number
    if number is not None and not number.digits:
        label = _label().search(document.text, max(0, number.span.start - 20), number.span.start)
        yield Span(label.start() if label is not None else number.span.start, number.span.end), "chưa có số văn bản"


def _date(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    line = anatomy.header.place_date
    if line is not None and anatomy.header.date is None and _empty_day().search(document.at(line)):
        yield line, "chưa có ngày ban hành"


def _text(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, str]]:
    """Yield dots and empty numbers in the body; forms in annexes are meant to be filled by others."""
    start = min(
        [basis.start for basis in anatomy.bases] + [node.span.start for node in anatomy.body.nodes[:1]], default=0
    )
    stops = [span.start for span in anatomy.annexed[:1]]
    if anatomy.recipients is not None:
        stops.append(anatomy.recipients.heading.start)
    if not anatomy.bases and not anatomy.body.nodes:
        return
    found = [
        Span(*match.span())
        for match in _blank().finditer(document.text, start, min(stops, default=len(document.text)))
        if not _accompanying().search(document.text[max(0, match.start() - 80) : match.start()])
    ]
    # So many blanks are a form, which whoever gets it fills in.
    if len(found) <= _FORM:
        yield from ((span, "còn chỗ chưa điền trong nội dung") for span in found)


_FORM = 8


@cache
def _label() -> re.Pattern[str]:
    return re.compile(r"Số\s*[:.]?\s*$", re.IGNORECASE)


@cache
def _empty_day() -> re.Pattern[str]:
    return re.compile(r"ngày[\s.…_]*(?:tháng|/|$)|tháng[\s.…_]*(?:năm|$)|năm[\s.…_]*$", re.IGNORECASE)


@cache
def _blank() -> re.Pattern[str]:
    """«……», «số …/QĐ-UBND», «số     /KH-UBND», «ngày … tháng … năm», but no single «…» at the end of a list."""
    dots = r"(?:…(?:[\s.…]*…)+|\.{5,}|…\.{2,}|\.{2,}…)"
    return re.compile(
        spaced(
            r"số:?(?:\s*[….]+\s*|\s*_+\s*|\s+)[/-][A-ZĐ][\w-]+"
            r"(?: ngày[\s.…_]+tháng[\s.…_]+(?:năm(?:\s+\d{4}|[.…_]*))?)?"
            r"|ngày(?:\s*[.…_]+\s*|\s{2,})tháng(?:\s*[.…_]+\s*|\s{2,}|\s+\d{1,2}\s+)năm(?:\s*[.…_]+|\s+\d{4})?"
            rf"|{dots}(?![^\S\n]*\d+[^\S\n]*(?:\n|$))"
        )
    )


@cache
def _accompanying() -> re.Pattern[str]:
    """«(Kèm theo Kế hoạch số …)» of an electronic document is filled when it is signed."""
    return re.compile(spaced(r"\([^()]*kèm theo [^()]*$"), re.IGNORECASE)
