"""How a PDF names its fonts and colours → the names an office knows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1024)
def family(raw: str) -> tuple[str, bool, bool]:
    """Return the family of the font called ``raw``, and whether its name says bold and italic.

    «ABCDEF+TimesNewRomanPS-BoldMT» is Times New Roman, bold; «LiberationSerif-Italic» is Liberation Serif, italic.
    """
    name = _SUBSET.sub("", raw).strip()
    stem = name
    styled = _STYLE.search(name)
    if styled is not None:
        stem = name[: styled.start()]
    style = name[len(stem) :].lower()
    bold = "bold" in style or "black" in style or "heavy" in style
    italic = "italic" in style or "oblique" in style
    plain = re.sub(r"(?:PS)?(?:MT)?$", "", stem.replace(" ", ""))
    known = _KNOWN.get(plain.lower())
    return known or _CAMEL.sub(" ", stem.removesuffix("MT")).strip() or name, bold, italic


def colour(value: Any) -> str | None:
    """Return a colour as RRGGBB; None for a pattern or a space with more than four inks. ``value`` is pdfminer's."""
    inks = value if isinstance(value, tuple | list) else (value,)
    try:
        parts = [min(1.0, max(0.0, float(ink))) for ink in inks]
    except (TypeError, ValueError):
        return None
    if len(parts) == 1:
        parts *= 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    return "".join(f"{round(255 * part):02X}" for part in parts) if len(parts) == 3 else None


def points(size: float) -> float:
    """Return a font size as an office sets it: programs print 13.98 for 14."""
    half = round(2 * size) / 2
    return half if abs(half - size) < 0.1 else round(size, 1)


_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"(?:PS)?[-,](?:Semi|Demi|Extra|Ultra)?(?:Bold|Italic|Oblique|Black|Heavy|Regular|Roman|Book|Light|Medium)"
    r"(?:[-, ]?(?:Bold|Italic|Oblique))*(?:MT)?$",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_KNOWN = {
    "timesnewroman": "Times New Roman",
    "times": "Times New Roman",  # the standard font of PDF, same metrics
    "arial": "Arial",
    "couriernew": "Courier New",
    "dejavusans": "DejaVu Sans",
    "dejavuserif": "DejaVu Serif",
}
