"""Fonts and colours that a theme names (ECMA-376 part 1, clause 20.1.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from doclint.readers.word.names import A, Element, W


@dataclass(frozen=True, slots=True)
class Theme:
    """Typefaces by the names of ``ST_Theme`` (``minorHAnsi``…) and colours, RRGGBB, by those of ``ST_ThemeColor``."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)


def read_theme(root: Element | None, settings: Element | None) -> Theme:
    """Read the root of the theme part; ``settings`` may map its colours to other names."""
    if root is None:
        return Theme()
    fonts = {}
    for size in ("major", "minor"):
        scheme = root.find(f".//{A}{size}Font")
        for tag, names in _SCRIPTS.items():
            face = scheme.find(A + tag) if scheme is not None else None
            # An empty typeface means: as the application likes.
            if face is not None and face.get("typeface"):
                fonts.update({size + name: face.get("typeface") for name in names})
    scheme = root.find(f".//{A}clrScheme")
    plain = {entry.tag.rpartition("}")[2]: _rgb(entry) for entry in scheme} if scheme is not None else {}
    mapped = settings.find(W + "clrSchemeMapping") if settings is not None else None
    colours = {}
    for name, (default, key) in _COLOURS.items():
        source = mapped.get(W + key) if mapped is not None and key else None
        rgb = plain.get(_SHORT.get(source or default, source or default))
        if rgb is not None:
            colours[name] = rgb
    return Theme(fonts, colours)


def _rgb(entry: Element) -> str | None:
    for colour in entry:
        value = colour.get("lastClr") or colour.get("val") or ""
        return value.upper() if _RGB.fullmatch(value) else None
    return None


_SCRIPTS = {"latin": ("Ascii", "HAnsi"), "ea": ("EastAsia",), "cs": ("Bidi",)}
_SHORT = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink"} | {
    "followedHyperlink": "folHlink"
}
# The name in w:themeColor, the colour of the theme by default, the attribute of w:clrSchemeMapping that changes it.
_COLOURS = {
    "text1": ("dk1", "t1"),
    "background1": ("lt1", "bg1"),
    "text2": ("dk2", "t2"),
    "background2": ("lt2", "bg2"),
    "dark1": ("dk1", ""),
    "light1": ("lt1", ""),
    "dark2": ("dk2", ""),
    "light2": ("lt2", ""),
    "hyperlink": ("hlink", "hyperlink"),
    "followedHyperlink": ("folHlink", "followedHyperlink"),
} | {f"accent{number}": (f"accent{number}", f"accent{number}") for number in range(1, 7)}
_RGB = re.compile(r"[0-9A-Fa-f]{6}")
