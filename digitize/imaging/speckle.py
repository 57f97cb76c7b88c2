"""Specks: dirt of old paper and noise of faxes, told from the marks of letters by standing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitize.imaging.pixels import darker

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey

_AROUND = 1.4  # mm: a mark, a dot, a full stop has a letter within half of this
_LARGEST = 5  # pixels at 200 dpi


def specks(pixels: Grey, dpi: float, threshold: float) -> tuple[Grey, float]:
    """Return 1 on the specks of grey ``pixels``, and how many pixels they have on a cm², as if at 200 dpi.

    A pixel darker than ``threshold`` is of a speck when all that is dark in the square about it makes a speck at most.
    """
    import cv2

    dark = darker(pixels, threshold)
    side = min(15, round(_AROUND * dpi / 25.4)) | 1  # 15 × 15 is what the sum of a byte can hold
    around = cv2.boxFilter(dark, -1, (side, side), normalize=False, borderType=cv2.BORDER_CONSTANT)
    largest = max(2, round(_LARGEST * (dpi / 200) ** 2))
    mask = darker(around, largest + 1) & dark  # type: ignore[arg-type]
    area = pixels.size / (dpi / 2.54) ** 2
    return mask, cv2.countNonZero(mask) / area / (dpi / 200) ** 2


def without(pixels: Grey, mask: Grey, level: float = 255) -> Grey:
    """Return grey ``pixels`` with ``level`` where ``mask`` is 1."""
    import cv2

    return cv2.copyTo(mask * 0 + round(level), mask, pixels.copy())  # type: ignore[return-value]
