"""Lines → the text of the document, its blocks and runs, and the way back to the page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from doclint.document import Block, Box, Font, PdfPlace, Run, Span
from doclint.readers.paragraphs import is_marked
from doclint.readers.pdf.lines import PrintedLine


@dataclass(frozen=True)
class PdfPlaces:
    """The way back from the document's text to boxes: for each character its page (0 for a blank of ours) and box."""

    pages: array[int]
    boxes: array[float]

    def __call__(self, span: Span) -> PdfPlace:
        """Return one box a printed line. Raises ValueError when ``span`` holds no printed character."""
        merged: list[Box] = []
        for offset in range(span.start, span.end):
            if not (page := self.pages[offset]):
                continue
            x0, top, x1, bottom = self.boxes[4 * offset : 4 * offset + 4]
            last = merged[-1] if merged else None
            if last is not None and last.page == page and top < last.bottom and last.top < bottom and x0 >= last.x0:
                merged[-1] = Box(page, last.x0, min(last.top, top), max(last.x1, x1), max(last.bottom, bottom))
            else:
                merged.append(Box(page, x0, top, x1, bottom))
        if not merged:
            raise ValueError(f"no printed character at {span}")
        return PdfPlace(tuple(merged))


@dataclass
class Text:
    """The document's text while it grows, line by line."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: array[int] = field(default_factory=lambda: array("H"))
    boxes: array[float] = field(default_factory=lambda: array("f"))
    blocks: list[Block] = field(default_factory=list)
    lines: list[list[PrintedLine]] = field(default_factory=list)
    """The lines of each block."""
    fonts: list[tuple[int, Font]] = field(default_factory=list)
    """Where in the text each font begins."""

    def add(self, line: PrintedLine, *, first: bool) -> None:
        """Add a line: as a block of its own, or going on with the last one."""
        if self.blocks and (first or not _is_cut(self.lines[-1][-1].text)):
            self._put("\n", 0, (0.0, 0.0, 0.0, 0.0))
        start = self.length
        self.fonts += [(start + offset, font) for offset, font in line.fonts]
        self._put(line.text, line.page, line.boxes)
        if first or not self.blocks:
            self.blocks.append(Block(Span(start, self.length), line.part, line.cell))
            self.lines.append([line])
        else:
            last = self.blocks[-1]
            self.blocks[-1] = Block(Span(last.span.start, self.length), last.part, last.cell)
            self.lines[-1].append(line)

    def runs(self) -> tuple[Run, ...]:
        """Return the stretches of text printed in one way; they follow each other to the end."""
        runs: list[Run] = []
        for number, (start, font) in enumerate(self.fonts):
            end = self.fonts[number + 1][0] if number + 1 < len(self.fonts) else self.length
            if runs and runs[-1].font == font:
                runs[-1] = Run(Span(runs[-1].span.start, end), font)
            elif start < end:
                runs.append(Run(Span(start, end), font))
        return tuple(runs)

    def _put(self, text: str, page: int, boxes: Sequence[float]) -> None:
        self.pieces.append(text)
        self.length += len(text)
        self.pages.extend([page] * len(text))
        self.boxes.extend(boxes)


Edges = dict[object, tuple[float, float]]
"""Left and right edge of the text, by table cell; None is the flow of the page."""


def edges_of(lines: Sequence[PrintedLine], before: Edges) -> Edges:
    """Return the edges of the text of a page; a page of few lines has at least those of the page ``before`` it."""
    edges: Edges = {}
    flow = [line for line in lines if line.column == 0]
    for line in flow:
        left, right = edges.get(line.cell, (line.x0, line.x1))
        edges[line.cell] = min(left, line.x0), max(right, line.x1)
    if None in before and sum(line.cell is None for line in flow) < _FEW:
        left, right = edges.get(None, before[None])
        edges[None] = min(left, before[None][0]), max(right, before[None][1])
    return edges


def begins(line: PrintedLine, before: PrintedLine | None, edges: Edges) -> bool:
    """Tell whether a paragraph begins with ``line``; ``before`` is the last line, of this page or the one before."""
    if before is None:
        return True
    return _begins(line, before, *edges.get(line.cell, (line.x0, line.x1)))


def _begins(line: PrintedLine, before: PrintedLine, left: float, right: float) -> bool:
    """Tell whether a paragraph begins with ``line``; ``left`` and ``right`` are the edges of the text on its page."""
    text, above = line.text, before.text
    if is_marked(text, above) or line.column != before.column or line.cell != before.cell:
        return True
    if line.column:
        return not text[0].islower()
    # The foot of a page is no gap between paragraphs.
    spaced = line.page == before.page and line.top - before.bottom > 0.9 * line.size
    indented = line.x0 > left + 0.5 * line.size
    ended = above.isupper() or before.x1 + _first_word(line) < right
    return spaced or (not text[0].islower() and (indented or ended))


def _first_word(line: PrintedLine) -> float:
    """Return the room that the first word of ``line`` and a blank take; where it was left, a paragraph ended."""
    end = line.text.find(" ")
    last = (end if end > 0 else len(line.text)) - 1
    return abs(line.boxes[4 * last + 2] - line.boxes[0]) + 0.25 * line.size


def _is_cut(text: str) -> bool:
    """Tell whether a line ends inside a word: «534/QĐ-» of «534/QĐ-TTg»."""
    return len(text) > 2 and text[-1] in "-/" and text[-2].isalnum()


_FEW = 8
