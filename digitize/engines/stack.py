"""Set the lines of a page one under the other, so that Tesseract need not find out how the page is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digitize.words import Word

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from digitize.engines.printed_lines import Box

    Grey = NDArray[numpy.uint8]

HEIGHT = 48
"""Pixels that every line is made high, from the marks over its capitals to the tails under it."""
DPI = 252
"""What lines of that height would be on paper, in letters of 13 or 14 points."""
_GAP = 24  # pixels of white between lines
_MARGIN = 30
_WIDEST = 6_000  # a rule taken for a line is not to make the picture enormous


@dataclass(frozen=True, slots=True)
class Stack:
    """The picture, and of each line where its top lies there."""

    pixels: Grey
    boxes: tuple[Box, ...]
    tops: tuple[int, ...]


def stack(pixels: Grey, boxes: Sequence[Box]) -> Stack:
    """Return the lines of a straight grey page, in the order of ``boxes``, from top to bottom."""
    import cv2
    import numpy

    tops = tuple(_MARGIN + place * (HEIGHT + _GAP) for place in range(len(boxes)))
    widest = max(map(_width, boxes), default=1)
    sheet = numpy.full((2 * _MARGIN + len(boxes) * (HEIGHT + _GAP), widest + 2 * _MARGIN), 255, numpy.uint8)
    for box, place in zip(boxes, tops, strict=True):
        left, top, right, bottom = box
        way = cv2.INTER_AREA if bottom - top > HEIGHT else cv2.INTER_CUBIC
        strip = cv2.resize(pixels[top:bottom, left:right], (_width(box), HEIGHT), interpolation=way)
        sheet[place : place + HEIGHT, _MARGIN : _MARGIN + _width(box)] = strip
    return Stack(sheet, tuple(boxes), tops)


def _width(box: Box) -> int:
    left, top, right, bottom = box
    return min(_WIDEST, max(1, round((right - left) * HEIGHT / (bottom - top))))


def by_line(stacked: Stack, words: Sequence[Word]) -> list[list[Word]]:
    """Return for each line its words, from left to right, boxes in pixels of the page that was stacked."""
    lines: list[list[Word]] = [[] for _ in stacked.boxes]
    for word in words:
        place = round(((word.y0 + word.y1 - HEIGHT) / 2 - _MARGIN) / (HEIGHT + _GAP))
        if 0 <= place < len(lines):
            lines[place].append(_on_page(word, stacked, place))
    return [sorted(line, key=lambda word: word.x0) for line in lines]


def _on_page(word: Word, stacked: Stack, place: int) -> Word:
    box = left, top, right, bottom = stacked.boxes[place]

    def across(x: int) -> int:
        return min(right, max(left, round(left + (x - _MARGIN) * (right - left) / _width(box))))

    def down(y: int) -> int:
        return min(bottom, max(top, round(top + (y - stacked.tops[place]) * (bottom - top) / HEIGHT)))

    return replace(word, x0=across(word.x0), x1=across(word.x1), y0=down(word.y0), y1=down(word.y1))
