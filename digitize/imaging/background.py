"""Paper: how dark, yellow and uneven it is, and the page as if it were white. Coloured stamps go lighter with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitize.imaging.pixels import percentiles, reduced

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey

_DPI = 50.0  # of the copy from which the paper is known
_HOLE = 3.4  # mm: wider than the strokes of any print that is to be read
_MARGIN = 0.02  # of the page
_WHITE = 235.0  # paper after whitening is lighter, but for its grain


def paper(pixels: Grey, dpi: float, hole: float = _HOLE) -> Grey:
    """Return what the paper of grey ``pixels`` would look like without print, at 50 to 100 dots per inch.

    What is darker than its surroundings and narrower than ``hole`` mm is not paper.
    """
    import cv2

    small, dpi = reduced(pixels, dpi, _DPI)
    side = max(3, round(dpi / 25.4 * hole)) | 1
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return cv2.blur(cv2.medianBlur(closed, min(side + 4, 31)), (side, side))  # type: ignore[return-value]


def levels(sheet: Grey) -> tuple[float, float]:
    """Return how light the ``paper`` is, 0 to 255, and by how much its darkest parts differ from its lightest.

    The edges say nothing of it: there the lid of the scanner throws its shade.
    """
    edge = round(min(sheet.shape) * _MARGIN)
    inner = sheet[edge : sheet.shape[0] - edge, edge : sheet.shape[1] - edge]
    low, middle, high = percentiles(inner, 5, 50, 95)
    return middle, high - low


def grain(pixels: Grey, sheet: Grey) -> float:
    """Return how grey the paper of grey ``pixels`` is beside its ``sheet``, of 255: grain, dirt, print showing through.

    A quarter of a page is darker than that; print is half of that quarter at most.
    """
    return 255 - percentiles(whitened(pixels[::4], sheet), 25)[0]


def whitened(pixels: Grey, sheet: Grey) -> Grey:
    """Return grey ``pixels`` divided by the paper, so that paper is white and ink keeps its contrast."""
    import cv2

    height, width = pixels.shape
    whole = cv2.resize(sheet, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(pixels, whole, scale=255)  # type: ignore[return-value]


def coloured(pixels: Grey) -> float:
    """Return which part of a colour page is coloured ink: more strongly coloured than the paper is."""
    import cv2
    import numpy

    red, green, blue = cv2.split(numpy.ascontiguousarray(pixels[::4, ::4]))
    colour = cv2.max(cv2.max(red, green), blue) - cv2.min(cv2.min(red, green), blue)
    return float((colour > percentiles(colour, 50)[0] + 40).mean())  # type: ignore[arg-type]


def without_stamps(pixels: Grey) -> Grey:
    """Return a colour page in grey in which coloured ink is nearly as light as paper and black ink is as it was.

    The lightest of the three colours is taken: red ink reflects red as paper does, black ink reflects none.
    """
    import cv2

    red, green, blue = cv2.split(pixels)
    return cv2.max(cv2.max(red, green), blue)  # type: ignore[return-value]


def stretched(pixels: Grey, black: float, white: float) -> Grey:
    """Return grey pixels with ``black`` and what is darker at 0, ``white`` and what is lighter at 255."""
    import cv2
    import numpy

    table = (numpy.arange(256) - black) * (255 / (white - black))
    return cv2.LUT(pixels, numpy.clip(table, 0, 255).astype(numpy.uint8))  # type: ignore[return-value]


def ends(pixels: Grey) -> tuple[float, float]:
    """Return the grey of the darkest hundredth of a whitened page, and that from which its paper is white."""
    return min(200.0, percentiles(pixels[::4], 1)[0]), _WHITE
