"""Skew: the small angle at which a page lay in the scanner, found from its lines of print."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, cos, floor, radians, sin, tan
from typing import TYPE_CHECKING

from digitize.imaging.pixels import ink, reduced

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.words import Word

LIMIT = 5.0
"""Degrees that are looked at to each side; paper does not lie more askew than that by mistake."""
_DPI = 75.0  # of the copy that is measured
_STRIPS = 24
_COARSE, _FINE = 0.5, 0.05  # degrees


def skew(pixels: Grey, dpi: float) -> tuple[float, float]:
    """Return the angle of the lines of grey ``pixels``, in degrees, above 0 when they fall to the right; its weight.

    The weight is how many times sharper the profile is than at the median of all angles: 1 means no lines at all.
    """
    marks = ink(*reduced(pixels, dpi, _DPI))
    if min(marks.shape) < 4 * _STRIPS:
        return 0.0, 1.0
    angle, sharp, usual = slant(strips(marks), marks.shape[1])
    return angle, round(sharp / usual, 2) if usual else 1.0


def strips(marks: Grey) -> Grey:
    """Return how much ink each row has in each of the upright strips that a page of 0 and 1 is cut into."""
    import cv2
    import numpy

    width = marks.shape[1]
    edges = numpy.linspace(0, width, _STRIPS + 1).astype(int)
    sums = numpy.add.reduceat(marks, edges[:-1], axis=1, dtype=numpy.float32)
    # Rules and pictures are not to outweigh letters; the blur makes whole and broken shifts equally sharp.
    blurred: Grey = cv2.blur(numpy.minimum(sums, width / _STRIPS * 0.6), (1, 3))
    return blurred


def slant(rows: Grey, width: int) -> tuple[float, float, float]:
    """Return the angle at which ``strips`` of a page of ``width`` are sharpest, that sharpness, and the median of all.

    Lines at the right angle make the sharpest profile of rows. Strips are slid against each other, which is quicker
    than turning the picture (Postl, US patent 4,723,297, long lapsed).
    """
    import numpy

    def sharpness(angle: float) -> float:
        return float(numpy.square(numpy.diff(slid(rows, angle, width).sum(axis=1))).sum())

    steps = round(LIMIT / _COARSE)
    coarse = {step * _COARSE: sharpness(step * _COARSE) for step in range(-steps, steps + 1)}
    near = max(coarse, key=lambda angle: (coarse[angle], -abs(angle)))
    fine = {near + step * _FINE: sharpness(near + step * _FINE) for step in range(-5, 6)}
    best = max(fine, key=lambda angle: (fine[angle], -abs(angle)))
    return round(best, 2), fine[best], float(numpy.median(list(coarse.values())))


def slid(rows: Grey, angle: float, width: int) -> Grey:
    """Return ``strips`` of a page of ``width`` slid so that lines which fall by ``angle`` lie level."""
    import cv2
    import numpy

    slope = tan(radians(angle)) * width / _STRIPS
    shear = numpy.array([[1, 0, 0], [slope, 1, -slope * (_STRIPS - 1) / 2]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(rows, shear, (_STRIPS, rows.shape[0]), flags=flags)  # type: ignore[return-value]


def turned(pixels: Grey, angle: float) -> Grey:
    """Return grey or colour pixels turned back by ``angle`` about the middle; the size stays, corners go white.

    Print in the very corner of a page may be cut, by 2 mm a degree; nothing stands there.
    """
    import cv2

    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return cv2.warpAffine(  # type: ignore[return-value]
        pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255)
    )


def turned_back(words: tuple[Word, ...], angle: float, width: int, height: int) -> tuple[Word, ...]:
    """Return words of a page that was ``turned``, with their boxes on the page as it was, ``width`` × ``height``."""
    across, down = cos(radians(angle)), sin(radians(angle))

    def on_page(x: float, y: float) -> tuple[float, float]:
        x, y = x - width / 2, y - height / 2
        return x * across - y * down + width / 2, x * down + y * across + height / 2

    back = []
    for word in words:
        across_at, down_at = zip(*(on_page(x, y) for x in (word.x0, word.x1) for y in (word.y0, word.y1)), strict=True)
        (x0, x1), (y0, y1) = _within(across_at, width), _within(down_at, height)
        back.append(replace(word, x0=x0, y0=y0, x1=x1, y1=y1))
    return tuple(back)


def _within(places: tuple[float, ...], side: int) -> tuple[int, int]:
    """Return the whole pixels that hold ``places`` and are on the page; what was turned in from outside gets one."""
    low = min(max(0, floor(min(places))), side - 1)
    return low, max(low + 1, min(side, ceil(max(places))))
