"""Page images as arrays, and the small copies that evidence is taken from."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from digitize.pages import PageImage

    Grey = NDArray[numpy.uint8]


def as_array(page: PageImage) -> Grey:
    """Return the pixels of a page, height × width for grey, × 3 (red, green, blue) for colour."""
    import cv2
    import numpy

    cv2.setNumThreads(1)  # the pages are what is spread over the cores
    return numpy.asarray(page.image)


def as_page(pixels: Grey, dpi: float) -> PageImage:
    """Return pixels as a page."""
    from PIL import Image

    from digitize.pages import PageImage

    return PageImage(Image.fromarray(pixels), dpi)


def grey(pixels: Grey) -> Grey:
    """Return pixels in grey."""
    import cv2

    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY) if pixels.ndim == 3 else pixels  # type: ignore[return-value]


def reduced(pixels: Grey, dpi: float, to: float) -> tuple[Grey, float]:
    """Return grey pixels halved as often as leaves at least ``to`` dots per inch, and how many those are then.

    Halving is ten times as fast in OpenCV as any other reduction by areas.
    """
    import cv2

    while dpi >= 2 * to and min(pixels.shape) > 1:
        height, width = pixels.shape
        even = pixels[: height // 2 * 2, : width // 2 * 2]
        pixels = cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
        dpi /= 2
    return pixels, dpi


def ink(pixels: Grey, dpi: float, contrast: float = 0.15) -> Grey:
    """Return 1 where grey ``pixels`` are darker than the paper around them by the part ``contrast``, else 0."""
    return darker(pixels, limit(pixels, dpi, contrast))


def limit(pixels: Grey, dpi: float, contrast: float) -> Grey:
    """Return what is darker by the part ``contrast`` than the paper about each of grey ``pixels``.

    The paper is the mean of a square of 6 mm about the pixel, so that shade and yellow do not count.
    """
    import cv2

    side = max(3, round(dpi / 25.4 * 6)) | 1
    paper = cv2.blur(pixels, (side, side), borderType=cv2.BORDER_REPLICATE)
    return cv2.convertScaleAbs(paper, alpha=1 - contrast)  # type: ignore[return-value]


def darker(pixels: Grey, than: Grey | float) -> Grey:
    """Return 1 where ``pixels`` are darker than others, or than a level, else 0."""
    import numpy

    # A whole number, so that bytes are compared as bytes; OpenCV would take a page of one pixel for a level.
    return (pixels < (ceil(than) if isinstance(than, int | float) else than)).view(numpy.uint8)


def components(mask: Grey) -> tuple[Any, Any]:
    """Return the labels of the marks of a mask and their ``stats``, as OpenCV does; pixels may touch by corners."""
    import cv2
    import numpy

    # Labels of two bytes take a third of the time, where there are enough of them: no mark is without a run of pixels.
    runs = numpy.count_nonzero(mask[:, 1:] > mask[:, :-1]) + numpy.count_nonzero(mask[:, 0])
    kind = cv2.CV_16U if runs < 0xFFFF else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, kind, cv2.CCL_DEFAULT)
    return labels, stats


def percentiles(pixels: Grey, *shares: float) -> list[float]:
    """Return what ``numpy.percentile`` does of bytes, from how often there is each: that takes no sorting."""
    import cv2
    import numpy

    ends = numpy.cumsum(cv2.calcHist([pixels], [0], None, [256], [0, 256]), dtype=float)
    found = []
    for share in shares:
        place = share / 100 * (pixels.size - 1)
        low, high = numpy.searchsorted(ends, (floor(place), ceil(place)), side="right").tolist()
        found.append(low + (high - low) * (place - floor(place)))
    return found


def comma(value: float, digits: int = 1) -> str:
    """Return a figure as Vietnamese writes it: ``1,3``."""
    return f"{value:.{digits}f}".replace(".", ",")
