"""Find in one ink of a page what may be a stamp: frames of its size, and short groups of large letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from digitize.imaging.pixels import components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digitize.secrets.inks import Ink

    Pixels = NDArray[Any]


class Box(NamedTuple):
    """A turned rectangle in pixels: its middle, its length along the writing, its height, its turn in degrees."""

    x: float
    y: float
    length: float
    height: float
    angle: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a stamp may stand in one ink, and what it was found by.

    The box is that of the frame, of the letters, or of the letters MẬT without their marks (``alike`` by correlation),
    in pixels of the picture of the ink.
    """

    ink: Ink
    box: Box
    found_by: Literal["frame", "letters", "shape"]

    def within(self, other: Candidate) -> bool:
        """Tell whether the middle of this place lies in the other, with the room that its readings take."""
        room = 5.4 * other.box.height if other.found_by == "shape" else 0.0
        across = abs(self.box.x - other.box.x) <= other.box.length / 2 + room
        return across and abs(self.box.y - other.box.y) <= max(other.box.height, other.box.length / 3)


def candidates(ink: Ink) -> Iterator[Candidate]:
    """Yield what may be a stamp in one ink of a page."""
    import cv2
    import numpy

    step = max(1, round(ink.dpi / _DPI))
    left, top, across, down = cv2.boundingRect(ink.mask)  # a stamp or two is often all that is coloured
    left, top = left // step * step, top // step * step
    mask = numpy.ascontiguousarray(ink.mask[top : top + down + step, left : left + across + step])
    if step > 1:  # any ink counts: thin frames must stay closed
        mask = numpy.ascontiguousarray(cv2.dilate(mask, numpy.ones((step, step), numpy.uint8))[::step, ::step])
    mm = ink.dpi / step / 25.4
    labels, stats = components(mask)
    boxes = stats[1:]
    width, height = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    long_side, short_side = numpy.maximum(width, height), numpy.minimum(width, height)
    frame_like = (long_side >= _FRAME[0][0] * mm) & (long_side <= _FRAME[0][1] * mm * 1.2)
    frame_like &= short_side >= _FRAME[1][0] * mm
    for index in frame_like.nonzero()[0]:
        box = _box_of(labels, stats[index + 1], index + 1)
        if _fits(box, _FRAME, mm):
            yield Candidate(ink, _placed(box, step, left, top), "frame")
    letter_like = (long_side >= _LETTER[0] * mm) & (long_side <= _LETTER[1] * mm)
    for box in _groups(labels, stats, letter_like.nonzero()[0] + 1, mm):
        if _fits(box, _WORDS, mm) and (ink.name != "dark" or abs(box.angle) > _UPRIGHT):
            yield Candidate(ink, _placed(box, step, left, top), "letters")


def _groups(labels: Pixels, stats: Pixels, chosen: Pixels, mm: float) -> Iterator[Box]:
    """Yield the boxes of letters that stand close together."""
    import cv2
    import numpy

    keep = numpy.zeros(len(stats), numpy.uint8)
    keep[chosen] = 1
    letters = keep[labels]
    side = max(3, round(_GAP * mm)) | 1
    near = cv2.dilate(letters, cv2.getStructuringElement(cv2.MORPH_RECT, (side, side)))
    groups, places = components(near)  # type: ignore[arg-type]
    for index in range(1, len(places)):
        x, y, width, height, _ = places[index]
        if max(width, height) > _WORDS[0][1] * mm * 1.2:
            continue
        part = (groups[y : y + height, x : x + width] == index) & (letters[y : y + height, x : x + width] > 0)
        rows, columns = part.nonzero()
        points = numpy.column_stack([columns + x, rows + y]).astype(numpy.float32)
        if len(points) > 8:
            yield _standing(cv2.minAreaRect(cv2.convexHull(points)))


def _placed(box: Box, step: int, left: int, top: int) -> Box:
    """Return a box of the reduced part of the mask that begins at ``left``, ``top`` in pixels of the whole."""
    return Box(box.x * step + left, box.y * step + top, box.length * step, box.height * step, box.angle)


def _box_of(labels: Pixels, place: Pixels, label: int) -> Box:
    import cv2
    import numpy

    x, y, width, height = (int(side) for side in place[:4])
    part = (labels[y : y + height, x : x + width] == label).astype(numpy.uint8)
    contours, _ = cv2.findContours(part, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE, offset=(x, y))
    return _standing(cv2.minAreaRect(numpy.concatenate(contours)))


def _standing(rectangle: tuple[Sequence[float], Sequence[float], float]) -> Box:
    """Return a rectangle of OpenCV with its longer side as the line of writing, turned by -90 to 90 degrees."""
    (x, y), (width, height), angle = rectangle
    if width < height:
        width, height, angle = height, width, angle - 90
    return Box(x, y, width, height, (angle + 90) % 180 - 90)


def _fits(box: Box, sizes: tuple[tuple[float, float], tuple[float, float]], mm: float) -> bool:
    (shortest, longest), (lowest, highest) = sizes
    fits = shortest * mm <= box.length <= longest * mm and lowest * mm <= box.height <= highest * mm
    return fits and box.length >= _ASPECT * box.height


# Length and height in mm. Circular 24/2020/TT-BCA has stamps of 20, 30 and 40 × 8 mm; offices have had others, and
# the dpi of a picture may be wrong by a half.
_FRAME = ((11.0, 80.0), (4.5, 22.0))
_WORDS = ((5.0, 70.0), (2.0, 14.0))
_LETTER = (1.6, 13.0)
_GAP = 2.2
_DPI = 100.0
_ASPECT = 1.15
_UPRIGHT = 8.0
