"""Look for the shape of the word MẬT all over an ink: it finds stamps whose frame is lost in text, tables or seals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

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
_ALIKE = 0.53  # correlation; print that is no such word reaches 0.55
_MOST = 6  # of one ink
_FLAT = 10.0  # grey levels: paper and noise


def shapes(ink: Ink, dpi: float) -> Iterator[Candidate]:
    """Yield where MẬT seems to stand, level or along an edge of the page, the likeliest first; at most six."""
    import cv2
    import numpy

    factor = _DPI / dpi
    rows, columns = (numpy.flatnonzero(ink.mask.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return
    edge = round(dpi / 25.4 * 2)
    top, left = max(0, int(rows[0]) - edge), max(0, int(columns[0]) - edge)
    part = ink.picture[top : rows[-1] + edge, left : columns[-1] + edge]
    small = 255 - cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA).astype(numpy.float32)
    found: list[tuple[float, Box]] = []
    for cap, narrow in product(_CAPS, _WIDTHS):
        word = drawn("MẬT", cap * _DPI / 25.4, narrow)
        height, width = word.shape
        if height >= small.shape[0] or width >= small.shape[1]:
            continue
        alike = likeness(small, word)
        for _ in range(_MOST):
            _, best, _, (x, y) = cv2.minMaxLoc(alike)
            if best < _ALIKE:
                break
            middle = ((x + width / 2) / factor + left, (y + height / 2) / factor + top)
            found.append((best, Box(*middle, width / factor, cap * dpi / 25.4, 0.0)))
            alike[max(0, y - height // 2) : y + height // 2 + 1, max(0, x - width // 2) : x + width // 2 + 1] = 0
    found.sort(reverse=True)
    kept: list[Box] = []
    for _, box in found:
        if all(abs(box.x - other.x) + abs(box.y - other.y) > other.height for other in kept):
            kept.append(box)
            yield Candidate(ink.picture, box, "shape", ink.name)
        if len(kept) == _MOST:
            return


def likeness(picture: Pixels, word: Pixels) -> Pixels:
    """Return how far ``word`` is like each place of ``picture``, -1 to 1, by the upper left corner; flat places 0.

    It is what OpenCV calls TM_CCOEFF_NORMED, four times as fast.
    """
    import cv2
    import numpy

    height, width = word.shape
    centred = word.astype(numpy.float32) - float(word.mean())
    summed: Any = cv2.matchTemplate(picture, centred, cv2.TM_CCORR)
    rows, columns = summed.shape
    mean: Any = cv2.boxFilter(picture, -1, (width, height), anchor=(0, 0))[:rows, :columns]
    squares: Any = cv2.sqrBoxFilter(picture, -1, (width, height), anchor=(0, 0))[:rows, :columns]
    spread: Any = numpy.sqrt(numpy.maximum(squares - mean * mean, _FLAT**2))
    alike: Pixels = summed / (spread * float(numpy.linalg.norm(centred) * (height * width) ** 0.5))
    return alike


def alike_in(crop: Grey) -> float:
    """Return how like MẬT the likeliest place of an upright line of print is, whatever its size, -1 to 1."""
    import cv2
    import numpy

    scale = _LINE / crop.shape[0]
    size = (max(1, round(crop.shape[1] * scale)), _LINE)
    line = 255 - cv2.resize(crop, size, interpolation=cv2.INTER_AREA).astype(numpy.float32)
    best = 0.0
    for part, narrow in product(_PARTS, _WIDTHS):
        word = drawn("MẬT", _LINE * part, narrow)
        if word.shape[0] <= line.shape[0] and word.shape[1] <= line.shape[1]:
            best = max(best, float(likeness(line, word).max()))
    return best


_LINE = 32  # pixels
_PARTS = (0.22, 0.26, 0.31, 0.37, 0.44, 0.52)
