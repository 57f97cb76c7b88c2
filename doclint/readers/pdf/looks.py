"""How a PDF is set, as far as its pages show it: paper, margins, alignment, indents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Literal

from doclint.document import Alignment, Block, ParagraphFormat, Section, Span
from doclint.readers.pdf.furniture import body_lines
from doclint.readers.pdf.lines import Page, PrintedLine


def sections(
    pages: Sequence[Page], blocks: Sequence[Block], lines: Sequence[Sequence[PrintedLine]]
) -> tuple[Section, ...]:
    """Return the paper of each stretch of pages of one size; margins are what the text leaves free on all of them."""
    spans: dict[int, Span] = {}
    for block, own in zip(blocks, lines, strict=True):
        if block.part == "body":
            page = own[0].page
            first = spans.get(page, block.span)
            spans[page] = Span(min(first.start, block.span.start), max(first.end, block.span.end))
    found: list[Section] = []
    for _, group in groupby(pages, key=lambda page: (round(page.width), round(page.height))):
        some = list(group)
        own_spans = [spans[page.number] for page in some if page.number in spans]
        if own_spans:
            span = Span(min(s.start for s in own_spans), max(s.end for s in own_spans))
            found.append(_section(some, span))
    return tuple(found)


def format_of(block: Block, lines: Sequence[PrintedLine], page: Page) -> ParagraphFormat | None:
    """Return how the paragraph of ``lines`` is set, None where it cannot be told: in columns and cells."""
    if block.part != "body" or block.cell is not None or lines[0].column:
        return None
    flow = [line for line in body_lines(page) if line.column == 0 and line.cell is None]
    left, right = min(line.x0 for line in flow), max(line.x1 for line in flow)
    same = [line for line in lines if line.page == lines[0].page]
    pitches = [after.bottom - line.bottom for line, after in pairwise(same)]
    alignment = _alignment(lines, left, right)
    indent = None
    if alignment in ("left", "justify", None) and lines[0].x0 - left < _WIDEST_INDENT:
        indent = round(lines[0].x0 - (same[1].x0 if len(same) > 1 else left), 1)
    return ParagraphFormat(
        alignment=alignment,
        first_line_indent=indent,
        line_pitch=round(median(pitches), 1) if pitches and alignment != "right" else None,
    )


def _section(pages: Sequence[Page], span: Span) -> Section:
    width, height = pages[0].width, pages[0].height
    upright = [page for page in pages if page.frame == (page.width, page.height)]
    lines = [line for page in upright for line in body_lines(page)]
    left = right = top = bottom = None
    if sum(len(line.text) for line in lines) >= _ENOUGH:
        left = round(min(line.x0 for line in lines), 1)
        right = round(width - max(line.x1 for line in lines), 1)
        top = round(min(line.top for line in lines), 1)
        bottom = round(height - max(line.bottom for line in lines), 1)
    numbered = {
        page.number: "header" if line.top < page.frame[1] / 2 else "footer"
        for page in pages
        for line in page.lines
        if line.part == "page-number"
    }
    where: Literal["header", "footer", ""] = ""
    if numbered:
        where = "header" if list(numbered.values()).count("header") * 2 >= len(numbered) else "footer"
    differs = len(pages) > 1 and pages[0].number not in numbered and pages[1].number in numbered
    return Section(span, width, height, top, bottom, left, right, width > height, where, differs)


def _alignment(lines: Sequence[PrintedLine], left: float, right: float) -> Alignment | None:
    middle = (left + right) / 2
    if all(abs((line.x0 + line.x1) / 2 - middle) < 9 and line.x0 > left + 12 for line in lines):
        return "center"
    if len(lines) == 1:
        return "right" if lines[0].x0 > middle and right - lines[0].x1 < 4 else None
    ragged = max(right - line.x1 for line in lines[:-1])
    return "justify" if ragged < 3 else "left"


_ENOUGH = 200
"""Characters of body text from which on margins can be measured."""
_WIDEST_INDENT = 100.0
