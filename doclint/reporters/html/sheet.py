"""How the blocks of a document are set on its pages, as far as the file tells: from paragraph formats, or boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import pvariance

from doclint.document import Block, Box, Document, PdfPlace, Span


@dataclass(frozen=True)
class Sheet:
    """A document with the box of each block of a PDF, by where the block begins."""

    document: Document
    boxes: Mapping[int, Box] = field(default_factory=dict)
    indents: frozenset[int] = frozenset()
    """Left edges that many blocks share, in points: a short line there is no centred one."""

    def style(self, block: Block) -> Iterator[str]:
        """Yield classes of report.css for the alignment and the indents of ``block``."""
        looks = block.format
        alignment = looks.alignment if looks is not None else None
        box = self.boxes.get(block.span.start)
        if box is not None:
            at_indent = round(box.x0) in self.indents
            alignment = "left" if at_indent and alignment == "center" else alignment
            if alignment is None and not at_indent and self._is_central(box):
                alignment = "center"
        if alignment is not None:
            yield alignment
        if alignment == "center" or block.cell is not None:
            return
        first = (looks.first_line_indent if looks is not None else None) or 0
        if first > 0 or (first == 0 and box is not None and self._is_indented(box)):
            yield "first-line"
        left = (looks.left_indent if looks is not None else None) or 0
        step = min(_DEEPEST, round((left + min(first, 0)) / _STEP))
        if step > 0:
            yield f"indent-{step}"

    def side_by_side(self, blocks: Sequence[Block]) -> Iterator[list[Block]]:
        """Yield ``blocks`` one by one, but those of two columns, as in the head of a document, together."""
        number = 0
        runs = dict(self._runs(blocks))
        while number < len(blocks):
            end = runs.get(number, number + 1)
            yield list(blocks[number:end])
            number = end

    def border(self, blocks: Sequence[Block]) -> int:
        """Return the place in ``blocks`` of the first one of the right column."""
        tops = [self.boxes[block.span.start].top for block in blocks]
        return next(number for number in range(1, len(tops)) if tops[number] < tops[number - 1] - _SLACK)

    def is_centred(self, blocks: Sequence[Block]) -> bool:
        """Tell whether the lines of a column have their middles above each other rather than their left edges."""
        boxes = [self.boxes[block.span.start] for block in blocks]
        return pvariance(box.x0 + box.x1 for box in boxes) / 4 <= pvariance(box.x0 for box in boxes)

    def _runs(self, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
        """Yield the first and last of blocks of which the later ones stand right of the earlier ones."""
        done = 0
        boxes = [self.boxes.get(block.span.start) for block in blocks]
        for number in range(1, len(blocks)):
            before, here = boxes[number - 1], boxes[number]
            if number <= done or before is None or here is None or here.page != before.page:
                continue
            if here.top >= before.top - _SLACK or here.x0 < before.x1:
                continue
            first = number - 1
            while first > done and _is_left(boxes[first - 1], here):
                first -= 1
            edge = max(box.x1 for box in boxes[first:number] if box is not None)
            end = number + 1
            while end < len(blocks) and self._is_right(boxes[end], here, edge):
                end += 1
            yield first, end
            done = end

    def _is_right(self, box: Box | None, first: Box, edge: float) -> bool:
        """Tell whether ``box`` goes on the right column: what stands in the middle of the page is the title."""
        on_page = box is not None and box.page == first.page and box.top > first.top
        return box is not None and on_page and box.x0 > edge - _SLACK and not self._is_central(box)

    def _is_central(self, box: Box) -> bool:
        section = self.document.sections[0] if self.document.sections else None
        if section is None or box.x1 - box.x0 > 0.8 * section.width:
            return False
        left, right = section.left or 0, section.right or 0
        return abs(box.x0 - left - (section.width - right - box.x1)) < _OFF_CENTRE

    def _is_indented(self, box: Box) -> bool:
        section = self.document.sections[0] if self.document.sections else None
        return section is not None and _STEP <= box.x0 - (section.left or 0) < 3 * _STEP


def sheet_of(document: Document) -> Sheet:
    """Return the sheet of ``document``."""
    if document.format != "pdf":
        return Sheet(document)
    boxes = {block.span.start: _outline(document, block.span) for block in document.blocks}
    starts = Counter(round(box.x0) for box in boxes.values())
    return Sheet(document, boxes, frozenset(start for start, count in starts.items() if count >= _SHARED))


def _outline(document: Document, span: Span) -> Box:
    """Return the box around the lines of a block, but with the left edge of its first line; of its first page.

    Asks for the ends of lines only: a place is made of the box of every letter.
    """
    ends = [
        _box(document, Span(at, at + 1))
        for line in re.finditer(r"\S(?:[^\n]*\S)?", document.at(span))
        for at in (span.start + line.start(), span.start + line.end() - 1)
    ]
    first = ends[0]
    here = [box for box in ends if box.page == first.page]
    return Box(first.page, first.x0, first.top, max(box.x1 for box in here), max(box.bottom for box in here))


def _box(document: Document, span: Span) -> Box:
    place = document.place(span)
    assert isinstance(place, PdfPlace)
    return place.boxes[0]


def _is_left(box: Box | None, right: Box) -> bool:
    return box is not None and box.page == right.page and box.x1 < right.x0 + _SLACK and box.top > right.top - _ROW


_STEP = 18.0
"""Points of one step of indentation in report.css."""
_DEEPEST = 6
_SLACK = 3.0
_ROW = 12.0
"""Points by which the left column may begin above the right one."""
_SHARED = 4
_OFF_CENTRE = 24.0
