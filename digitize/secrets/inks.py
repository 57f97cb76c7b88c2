"""Take a page apart by ink: red, blue, all that is dark, and what is paler than the print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digitize.imaging.pixels import as_array, darker, grey, limit

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage

_DPI = 150.0  # at least, where the page has them: letters of 3 mm are then 18 pixels high
_CONTRAST = 0.07  # of the paper: a stamp of a fifth of its ink in red still has 0.13
_NOISY = 0.12  # of the page: more than print covers, so that it is grain of the paper
_HUE = 20  # levels by which red ink has more red than green, blue ink more blue than red
_LEAST = 2.0  # mm²: less coloured ink than this on a page is noise
_EDGE = 5.0  # mm about it
_PALE = 0.18  # of the way from the darkest print to the paper


@dataclass(frozen=True, slots=True)
class Ink:
    """One ink of a page: ``picture`` of it alone, dark on white; ``mask`` 1 where it is; the ``dpi`` of both."""

    name: str
    picture: Grey
    mask: Grey
    dpi: float

    @property
    def is_print(self) -> bool:
        """Whether the print of the page is in it."""
        return self.name in ("dark", "pale")


def inks(page: PageImage) -> list[Ink]:
    """Return the inks of a page that may hold a stamp, in pictures of 150 to 300 dpi, or of less if the page has."""
    import cv2

    pixels, dpi = as_array(page), page.dpi
    while dpi >= 2 * _DPI and min(pixels.shape[:2]) > 1:
        height, width = pixels.shape[:2]
        even = pixels[: height // 2 * 2, : width // 2 * 2]
        pixels = cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
        dpi /= 2
    plain = grey(pixels)
    paper = limit(plain, dpi, _CONTRAST)
    dark = darker(plain, paper)
    if dark[::4, ::4].mean() > _NOISY:
        dark = darker(cv2.blur(plain, (3, 3)), paper)  # type: ignore[arg-type]
    found = [Ink("dark", plain, dark, dpi)]
    coloured = list(_coloured(pixels, dpi)) if pixels.ndim == 3 else []
    if coloured:
        return [*found, *coloured]
    pale = _pale(plain, dark, dpi)
    return [*found, *([pale] if pale else [])]


def _coloured(pixels: Grey, dpi: float) -> Iterator[Ink]:
    """Yield the red and the blue ink of a page, where there is any; violet is both."""
    import cv2
    import numpy

    for name, more, less in (("red", 0, 1), ("blue", 2, 0)):
        sample = pixels[::4, ::4, more].astype(numpy.int16) - pixels[::4, ::4, less]
        paper = max(0, int(numpy.median(sample)))
        few = (sample - paper >= _HUE).view(numpy.uint8)
        if cv2.countNonZero(few) < _LEAST * (dpi / 25.4) ** 2 / 16:
            continue
        x, y, across, down = (4 * side for side in cv2.boundingRect(few))  # it is seldom all over the page
        edge = round(dpi / 25.4 * _EDGE)
        part = numpy.s_[max(0, y - edge) : y + down + edge, max(0, x - edge) : x + across + edge]
        hue: Any = cv2.subtract(cv2.extractChannel(pixels[part], more), cv2.extractChannel(pixels[part], less))
        hue = cv2.subtract(hue, float(paper))  # type: ignore[call-overload]
        mask, picture = numpy.zeros(pixels.shape[:2], numpy.uint8), numpy.full(pixels.shape[:2], 255, numpy.uint8)
        mask[part] = cv2.threshold(hue, _HUE - 1, 1, cv2.THRESH_BINARY)[1]
        picture[part] -= cv2.convertScaleAbs(hue, alpha=2.0)
        yield Ink(name, picture, mask, dpi)


def _pale(plain: Grey, dark: Grey, dpi: float) -> Ink | None:
    """Return the ink that is paler than the print and not its edge, which is as pale."""
    import cv2
    import numpy

    sample, where = plain[::4, ::4], dark[::4, ::4].astype(bool)
    if not where.any() or where.all():
        return None
    paper = float(numpy.median(sample[~where]))
    black = float(numpy.percentile(sample[where], 5))
    limit = black + _PALE * (paper - black)
    printed = cv2.threshold(plain, limit, 1, cv2.THRESH_BINARY_INV)[1]
    edges: Any = cv2.dilate(printed, numpy.ones((3, 3), numpy.uint8), iterations=2)
    mask: Any = cv2.subtract(dark, edges)
    picture = plain.copy()
    picture[edges > 0] = round(paper)
    return Ink("pale", picture, mask, dpi)
