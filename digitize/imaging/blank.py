"""Pages without print: told with care, for a page that is called blank is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitize.decisions import Decision
from digitize.imaging.background import paper, whitened
from digitize.imaging.pixels import as_array, comma, components, darker, reduced
from digitize.imaging.speckle import specks

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage

_PLAIN = 0.35  # contrast that only ink has; of white
_PAGE = 20  # strokes in the middle of a page: there is no need to look at the rest
_FAINT, _NOISE = 0.06, 5.0  # contrast from which a mark may be print: of white, and times the noise of the paper
_THROUGH, _SHARP = 0.09, 2.35  # print of the other side: its contrast, and how much of it is lost on a mm at most;
_MANY = 60  # and there is a page of it
_STROKE = 1.5  # mm: smaller marks, with what lies within 0.5 mm, are dust
_EDGE, _BORDER = 1.5, 12.0  # mm: what comes that near to the edge and stays within the other is shade of the scanner
_HOLE = (3.0, 9.0)  # mm: a hole for a binder is round, that wide,
_HOLE_AT = 22.0  # and as near as that to the edge
_PAPER = 12.0  # mm: wider than a hole


def blank(page: PageImage) -> Decision:
    """Decide whether a page is blank (``applied``): no letter, no stamp, no stroke of a pen anywhere on it.

    Dust, holes, the shade along the edges and print of the other side are no print. In doubt a page is not blank.
    """
    pixels = as_array(page)
    height, width = pixels.shape[:2]
    middle = pixels[height * 3 // 8 : max(1, height * 5 // 8), width // 4 : max(1, width * 3 // 4)]
    if (plain := _plain(_darkest(middle), page.dpi)) >= _PAGE:
        return Decision("blank", False, f"có {plain} nét in rõ ở giữa trang", (("strokes", plain),))
    pixels = _darkest(pixels)
    if plain := _plain(pixels, page.dpi):
        return Decision("blank", False, f"có {plain} nét in rõ", (("strokes", plain),))
    return _of_faint(*reduced(pixels, page.dpi, 200))


def _darkest(pixels: Grey) -> Grey:
    """Return the darkest colour of each pixel, so that red and blue ink are as dark as black."""
    import cv2

    if pixels.ndim == 2:
        return pixels
    red, green, blue = cv2.split(pixels)
    return cv2.min(cv2.min(red, green), blue)  # type: ignore[return-value]


def _plain(pixels: Grey, dpi: float) -> int:
    """Return how many strokes have the contrast of ink."""
    small, dpi = reduced(pixels, dpi, 100)
    return len(_strokes(1 - darker(_contrast(small, dpi), 255 * _PLAIN), dpi))


def _of_faint(pixels: Grey, dpi: float) -> Decision:
    """Decide about a page on which nothing stands out."""
    import cv2
    import numpy

    contrast = _contrast(pixels, dpi)
    dust, _ = specks(255 - contrast, dpi, 255 * (1 - _PLAIN))
    contrast = cv2.blur(contrast * (1 - dust), (3, 3))  # type: ignore[assignment]
    usual = numpy.uint8(numpy.median(contrast))
    noise = 1.48 * float(numpy.median(numpy.maximum(contrast, usual) - numpy.minimum(contrast, usual)))
    contrast = numpy.maximum(contrast, usual) - usual
    strokes = _strokes(1 - darker(contrast, max(255 * _FAINT, _NOISE * noise)), dpi)
    across, down = (cv2.Sobel(contrast, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    slope = cv2.magnitude(across, down) * (dpi / 25.4)
    evidence = (("strokes", len(strokes)), ("noise", noise / 255))
    soft = 0
    for x, y, width, height in strokes:
        spot = numpy.s_[y : y + height, x : x + width]
        peak = float(numpy.percentile(contrast[spot], 98))
        steep = float(numpy.percentile(slope[spot], 95))
        if peak > 255 * _THROUGH or steep > _SHARP * peak:
            reason = f"có nét mờ, đậm hơn giấy {comma(100 * peak / 255)} %"
            return Decision("blank", False, reason, (*evidence, ("contrast", peak / 255), ("steep", steep / peak)))
        soft += 1
    if 0 < soft < _MANY:
        return Decision("blank", False, f"có {soft} vệt mờ, có thể là chữ", evidence)
    seen = f"chỉ có {soft} vệt mờ hằn từ mặt sau" if soft else "không có nét in, nét bút hay dấu nào"
    return Decision("blank", True, f"trang trắng: {seen}; ảnh vẫn được giữ", evidence)


def _contrast(pixels: Grey, dpi: float) -> Grey:
    """Return by how much each pixel is darker than the paper, of 255."""
    return 255 - whitened(pixels, paper(pixels, dpi, _PAPER))


def _strokes(mask: Grey, dpi: float) -> list[tuple[int, int, int, int]]:
    """Return the boxes (left, top, width, height) of marks that may be print or writing."""
    import cv2
    import numpy

    mm = dpi / 25.4
    near = max(3, round(mm)) | 1  # broken letters are one mark
    marks = _without_shade(mask, mm)
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, numpy.ones((near, near), numpy.uint8))
    _, stats = components(joined)  # type: ignore[arg-type]
    size = (mask.shape[1] / mm, mask.shape[0] / mm)
    boxes = stats[1:][stats[1:, 2:4].max(axis=1) >= _STROKE * mm]
    return [tuple(int(side) for side in box[:4]) for box in boxes if not _is_hole(box / mm, box[4] / mm**2, size)]  # type: ignore[misc]


def _without_shade(marks: Grey, mm: float) -> Grey:
    """Return ``marks`` without those that come from an edge of the page and end near it."""
    import cv2
    import numpy

    deep, edge = round(_BORDER * mm), max(1, round(_EDGE * mm))
    if min(marks.shape) <= 2 * deep:
        return marks
    rim = marks.copy()
    rim[deep:-deep, deep:-deep] = 0
    _, labels = cv2.connectedComponents(rim, connectivity=8)
    outer = numpy.zeros(int(labels.max()) + 1, dtype=bool)
    for side in (labels[:edge], labels[-edge:], labels[:, :edge], labels[:, -edge:]):
        outer[side] = True
    inner = labels[deep - 1 : 1 - deep, deep - 1 : 1 - deep]
    for side in (inner[0], inner[-1], inner[:, 0], inner[:, -1]):
        outer[side] = False
    outer[0] = False
    kept: Grey = marks * (1 - outer.astype(numpy.uint8)[labels])
    return kept


def _is_hole(box: Grey, area: float, size: tuple[float, float]) -> bool:
    """Tell whether a mark, its box in mm and area in mm², is a hole for a binder: round, and near an edge."""
    left, top, width, height = (float(side) for side in box[:4])
    low, high = _HOLE
    if not (low <= width <= high and low <= height <= high and 0.75 <= width / height <= 1.33):
        return False
    depth = min(left + width, top + height, size[0] - left, size[1] - top)
    return area >= 0.65 * width * height and depth <= _HOLE_AT
