"""Look for the shape of the word MẬT all over an ink: it finds stamps whose frame is lost in text, tables or seals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from digitize.imaging.pixels import components
from digitize.secrets.candidates import Box, Candidate
from digitize.secrets.letters import drawn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digitize.imaging.pixels import Grey
    from digitize.secrets.inks import Ink

    Pixels = NDArray[Any]

_DPI = 60.0  # letters of 3 mm are 7 pixels high: enough to be told from other words, not from MẶT or MẠT
_CAPS = (2.7, 3.3, 4.0, 4.9)  # mm
_WIDTHS = (0.88, 1.0)  # of the letters: faces differ
_ALIKE = 0.5  # correlation; print that is no such word reaches 0.55
_MOST = 6  # of one ink
_ABOUT = 5.0  # mm
_LEAST = 2.0  # mm² of ink: MẬT has 6
_GRAIN = 110  # of 255: how much of a place grain of the paper covers at most
_FLAT = 10.0  # grey levels: paper and noise


def shapes(ink: Ink) -> Iterator[Candidate]:
    """Yield where MẬT seems to stand, level or along an edge of the page, the likeliest first; at most six."""
    found = [one for part in _inked(ink) for one in _found_in(ink, *part)]
    found.sort(reverse=True)
    kept: list[Box] = []
    for _, box in found:
        if all(abs(box.x - other.x) + abs(box.y - other.y) > other.height for other in kept):
            kept.append(box)
            yield Candidate(ink, box, "shape")
        if len(kept) == _MOST:
            return


def _inked(ink: Ink) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of a page that have ink, as left, top, right and bottom: print that was taken out leaves gaps."""
    import cv2
    import numpy

    step = max(1, min(int(ink.dpi / _DPI), *ink.mask.shape))  # whole, which OpenCV reduces by ten times as fast
    mm = ink.dpi / step / 25.4
    side = round(_ABOUT * mm) | 1
    left, top, across, down = cv2.boundingRect(ink.mask)  # a stamp or two is often all that is coloured
    left, top = max(0, left // step - side) * step, max(0, top // step - side) * step
    mask = ink.mask[top : top + down + 2 * side * step, left : left + across + 2 * side * step]
    height, width = (length // step for length in mask.shape)
    if not (height and width):
        return
    mask = mask[: height * step, : width * step] * numpy.uint8(255)
    share = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA)
    inked = (share > _GRAIN).view(numpy.uint8)
    near = cv2.dilate(inked, numpy.ones((side, side), numpy.uint8))
    labels, boxes = components(near)  # type: ignore[arg-type]
    amounts = numpy.bincount(labels[inked > 0], minlength=len(boxes))
    for x, y, width, height, _ in boxes[1:][amounts[1:] >= _LEAST * mm**2].tolist():
        yield x * step + left, y * step + top, (x + width) * step + left, (y + height) * step + top


def _found_in(ink: Ink, left: int, top: int, right: int, bottom: int) -> Iterator[tuple[float, Box]]:
    """Yield where MẬT seems to stand in a part of an ink, and how like it is."""
    import cv2
    import numpy

    factor = _DPI / ink.dpi
    part = ink.picture[top:bottom, left:right]
    small = 255 - cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(numpy.float32)
    for cap, narrow in product(_CAPS, _WIDTHS):
        word = _mat(cap * _DPI / 25.4, narrow)
        height, width = word.ink.shape
        if height >= small.shape[0] or width >= small.shape[1]:
            continue
        alike = likeness(small, word)
        for _ in range(_MOST):
            _, best, _, (x, y) = cv2.minMaxLoc(alike)
            if best < _ALIKE:
                break
            middle = ((x + width / 2) / factor + left, (y + height / 2) / factor + top)
            yield best, Box(*middle, width / factor, cap * ink.dpi / 25.4, 0.0)
            alike[max(0, y - height // 2) : y + height // 2 + 1, max(0, x - width // 2) : x + width // 2 + 1] = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn word less its mean, and by what a correlation with it is divided."""

    ink: Pixels
    norm: float


def likeness(picture: Pixels, word: Drawn) -> Pixels:
    """Return how far ``word`` is like each place of ``picture``, -1 to 1, by the upper left corner; flat places 0.

    It is what OpenCV calls TM_CCOEFF_NORMED, four times as fast.
    """
    import cv2
    import numpy

    height, width = word.ink.shape
    summed: Any = cv2.matchTemplate(picture, word.ink, cv2.TM_CCORR)
    rows, columns = summed.shape
    mean: Any = cv2.boxFilter(picture, -1, (width, height), anchor=(0, 0))[:rows, :columns]
    spread: Any = cv2.sqrBoxFilter(picture, cv2.CV_32F, (width, height), anchor=(0, 0))[:rows, :columns]
    mean *= mean
    spread -= mean
    numpy.maximum(spread, _FLAT**2, out=spread)
    alike: Pixels = cv2.divide(summed, cv2.sqrt(spread), scale=1 / word.norm)
    return alike


@cache
def _mat(cap: float, width: float) -> Drawn:
    """Return MẬT as ``drawn``."""
    import numpy

    word = drawn("MẬT", cap, width)
    centred = word.astype(numpy.float32) - float(word.mean())
    return Drawn(centred, float(numpy.linalg.norm(centred) * word.size**0.5))


def alike_in(crops: Sequence[Grey]) -> list[float]:
    """Return of each upright line of print how like MẬT its likeliest place is, whatever its size, -1 to 1."""
    import cv2

    lines = [
        cv2.resize(crop, (max(1, round(crop.shape[1] * _LINE / crop.shape[0])), _LINE), interpolation=cv2.INTER_AREA)
        for crop in crops
    ]
    best: list[float] = []
    for first in range(0, len(lines), _TOGETHER):
        best += _likest(lines[first : first + _TOGETHER])  # type: ignore[arg-type]
    return best


def _likest(lines: Sequence[Grey]) -> list[float]:
    """Return what ``alike_in`` does of lines of one height; set side by side they take few calls of OpenCV."""
    import numpy

    row = 255 - numpy.concatenate(lines, axis=1).astype(numpy.float32)
    ends = numpy.cumsum([line.shape[1] for line in lines]).tolist()
    best = [0.0] * len(lines)
    for part, narrow in product(_PARTS, _WIDTHS):
        word = _mat(_LINE * part, narrow)
        height, width = word.ink.shape
        if height > _LINE or width > row.shape[1]:
            continue
        alike = likeness(row, word).max(axis=0)
        for number, (line, end) in enumerate(zip(lines, ends, strict=True)):
            if width <= line.shape[1]:  # places that reach into the next line do not count
                within = alike[end - line.shape[1] : end - width + 1]
                best[number] = max(best[number], float(within.max()))
    return best


_LINE = 32  # pixels
_TOGETHER = 200  # lines: no more memory than a page takes
_PARTS = (0.22, 0.26, 0.31, 0.37, 0.44, 0.52)
