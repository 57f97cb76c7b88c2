"""How a PDF names its fonts, colours and glyphs → the names and letters an office knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from doclint.readers.pdf.sheet import UNKNOWN
from doclint.vietnamese.legacy import Encoding, encoding_of_font
from doclint.vietnamese.normalise import nfc


@lru_cache(maxsize=1024)
def family(raw: str) -> tuple[str, bool, bool]:
    """Return the family of the font called ``raw``, and whether its name says bold and italic.

    «ABCDEF+TimesNewRomanPS-BoldMT» is Times New Roman, bold; «LiberationSerif-Italic» is Liberation Serif, italic.
    """
    name = _SUBSET.sub("", raw).strip()
    if encoding_of_font(name) is not None:
        return name, "bold" in name.lower(), "italic" in name.lower()
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


def readable(raw: str) -> str:
    """Return what the file says a glyph means as text: form C, ligatures apart, bullets of symbol fonts as bullets.

    It may be nothing, for a mark without width, or UNKNOWN. What may be a letter of an old encoding stays as it is.
    """
    if raw.isascii() and raw.isprintable():
        return raw
    if raw.isspace():
        return " "
    text = "".join(unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in raw)
    text = nfc(text).translate(_SYMBOLS)
    return "".join(char if char.isprintable() or _KEPT.match(char) else UNKNOWN for char in text)


def old_code(code: int, char: str, encoding: Encoding) -> str:
    """Return what a font of an old encoding means by ``code``, of which its file says ``char``, UNKNOWN when nothing.

    A font without a table of its own is taken for one of Windows, whose tables have no letters there: 0xAD, the ư of
    TCVN3, is a blank to them.
    """
    if code == _HYPHEN and encoding is Encoding.TCVN3 and (char in " -\u00a0" or char == UNKNOWN):
        return chr(_HYPHEN)
    return chr(code) if char == UNKNOWN and code >= _LATIN else char


_HYPHEN = 0xAD
_LATIN = 0x80
_KEPT = re.compile("[\u00ad\x80-\x9f\ue000-\uf8ff]")
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
_SYMBOLS = {
    0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF06F: "o", 0xF0D8: "➢", 0xF0FC: "✓", 0xF076: "❖", 0xF0E0: "→",
    0xF02B: "+", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×",
    0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None, 0x200E: None, 0x200F: None,
}  # fmt: skip
"""Where the symbol fonts of Word put their bullets; and marks without width."""
