"""Take the print out of an ink by what an engine has read of the page: a stamp is what was not read, or not surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from digitize.secrets.judge import is_clear, judged
from digitize.words import Line, line_text, lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digitize.secrets.inks import Ink
    from digitize.words import Word


def without_print(ink: Ink, words: Sequence[Word], dpi: float) -> Ink:
    """Return an ink without those of ``words`` that were read surely, in lines that are no marking.

    ``words`` are as they were read, boxes in pixels of the page at ``dpi``. They stay where ink that is no word lies
    about: a frame, or letters across the text.
    """
    import numpy

    text = [word for line in lines(tuple(words)) if _is_text(line) for word in line]
    if not text:
        return ink
    edges = numpy.array([(word.x0, word.y0, word.x1, word.y1) for word in text], float)
    room = _ROOM * (edges[:, 3] - edges[:, 1])[:, None] * (-1, -1, 1, 1)
    boxes = numpy.round((edges + room) * (ink.dpi / dpi)).astype(int).clip(0)
    sure = numpy.array([word.confidence >= _SURE for word in text])
    sure &= _beside_none(boxes, _without(ink.mask, boxes, 0), ink.dpi / 25.4)
    return replace(ink, picture=_without(ink.picture, boxes[sure], 255), mask=_without(ink.mask, boxes[sure], 0))


def _is_text(line: Line) -> bool:
    text = line_text(line)
    words = is_clear([text]) or not any(letter.isalpha() for letter in text)
    return words and judged([text], 1.0, whole=True) == (None, False)


def _without(pixels: NDArray[Any], boxes: NDArray[Any], level: int) -> NDArray[Any]:
    left = pixels.copy()
    for x0, y0, x1, y1 in boxes.tolist():
        left[y0:y1, x0:x1] = level
    return left


def _beside_none(boxes: NDArray[Any], rest: NDArray[Any], mm: float) -> NDArray[Any]:
    """Tell of each box whether next to no ``rest`` of the ink lies in it or about it; the grain of paper is none."""
    import cv2
    import numpy

    height, width = rest.shape
    dense = cv2.boxFilter(rest, -1, (3, 3), normalize=False) >= _DENSE
    sums = cv2.integral(dense.view(numpy.uint8))
    x0, y0, x1, y1 = (boxes + round(_ABOUT * mm) * numpy.array([-1, -1, 1, 1])).T
    x0, x1, y0, y1 = x0.clip(0, width), x1.clip(0, width), y0.clip(0, height), y1.clip(0, height)
    found: NDArray[Any] = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
    return found <= _REST * mm**2


_ROOM = 0.15  # of the height of a word: boxes hug its letters
_SURE = 50.0
_ABOUT = 4.0  # mm
_REST = 0.7  # mm²: a letter of a stamp has 4
_DENSE = 6  # of nine pixels
