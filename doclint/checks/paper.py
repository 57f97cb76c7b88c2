"""Paper that is not A4, or lies on its side without need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Section
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, WORD, number_words, opening, weight

PLACEHOLDERS = frozenset({"fault"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Options:
    """``width`` and ``height`` of the sheet that stands upright, and by how much both may differ, in millimetres."""

    width: float
    height: float
    tolerance: float


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first section on each other kind of paper, and each that lies on its side without a table."""
    told: set[tuple[int, int]] = set()
    for section in document.sections:
        if not document.at(section.span).strip():
            continue
        width, height = section.width * MM, section.height * MM
        short, long = sorted((width, height))
        size = round(short), round(long)
        if abs(short - options.width) > options.tolerance or abs(long - options.height) > options.tolerance:
            if size not in told:
                told.add(size)
                fault = f"khổ giấy {number_words(round(width))} x {number_words(round(height))} mm, không phải A4"
                yield Match(opening(document, section.span), {"fault": fault})
        elif width > height and not has_reason(document, section):
            yield Match(opening(document, section.span), {"fault": "trang A4 để ngang mà không có bảng, biểu"})


def has_reason(document: Document, section: Section) -> bool:
    """Tell whether there is, or may be, what needs the width: a table, or a chart on a page of little text.

    In a PDF neither can be told from text.
    """
    cells = any(block.cell is not None and block.span.overlaps(section.span) for block in document.blocks)
    return cells or document.format not in WORD or weight(document, section.span) < _MUCH


_MUCH = 300
"""Letters."""
MM = 25.4 / 72
