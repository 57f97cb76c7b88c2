"""The visible part of a PDF page, and what the page inherits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page shows its content: the visible box in user space, and the turn in degrees clockwise."""

    x0: float
    y0: float
    width: float
    height: float
    rotation: int


def frame_of(page: pikepdf.Object) -> Frame:
    """Return what pdfium, which draws the page images, takes as the visible part of a page."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, 612.0, 792.0)
    crop = _box(page, "/CropBox") or media
    x0, y0, x1, y1 = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    if x0 >= x1 or y0 >= y1:
        x0, y0, x1, y1 = media
    try:
        rotation = int(inherited(page, "/Rotate") or 0) // 90 * 90 % 360
    except (TypeError, ValueError):
        rotation = 0
    return Frame(x0, y0, x1 - x0, y1 - y0, rotation)


def inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """Return an entry of a page or of the nearest node above that has it."""
    node: pikepdf.Object | None = page
    for _ in range(64):  # damaged files have page trees that go round
        if node is None:
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _box(page: pikepdf.Object, key: str) -> tuple[float, float, float, float] | None:
    value = inherited(page, key)
    try:
        left, bottom, right, top = (float(number) for number in value)  # type: ignore[union-attr]
    except (TypeError, ValueError):
        return None
    box = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
    return box if box[0] < box[2] and box[1] < box[3] else None
