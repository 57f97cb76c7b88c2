"""One ``w:rPr`` or ``w:pPr`` → what it says itself, before any style (ECMA-376 part 1, clauses 17.3.1 and 17.3.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from doclint.readers.word.names import OFF, VAL, Element, W, is_on, points
from doclint.readers.word.theme import Theme

Properties = dict[str, Any]
"""Properties by name; one that is not said is absent."""

TOGGLES = ("bold", "italic", "caps", "small_caps", "hidden")
"""Run properties that styles switch over rather than set (17.7.3)."""


def run_properties(element: Element | None, theme: Theme) -> Properties:
    """Return what ``w:rPr`` says: fonts, size in points, colour and toggles."""
    found: Properties = {}
    for child in element if element is not None else ():
        read = _RUN.get(child.tag)
        if read is not None:
            read(child, found, theme)
    return found


def paragraph_properties(element: Element | None) -> Properties:
    """Return what ``w:pPr`` says: alignment, indents and spacing in points; the pitch as ``line`` and ``rule``."""
    found: Properties = {}
    for child in element if element is not None else ():
        if child.tag == _ALIGNMENT:
            found["alignment"] = _ALIGNMENTS.get(child.get(VAL, ""), "left")
        elif child.tag == _INDENT:
            _indent(child, found)
        elif child.tag == _SPACING:
            _spacing(child, found)
    return found


def key(element: Element | None) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what tells apart two ``w:rPr`` or ``w:pPr``: names and attributes of the children that are read."""
    if element is None:
        return ()
    return tuple([(child.tag, tuple(child.items())) for child in element if child.tag in _READ])


def _toggle(name: str) -> Callable[[Element, Properties, Theme], None]:
    def read(element: Element, found: Properties, theme: Theme) -> None:
        found[name] = is_on(element)

    return read


def _fonts(element: Element, found: Properties, theme: Theme) -> None:
    for name, (attribute, theme_attribute) in _FONTS.items():
        # A theme's font goes before a named one, unless the theme leaves it open (17.3.2.26).
        face = theme.fonts.get(element.get(theme_attribute, "")) or element.get(attribute)
        if face:
            found[name] = face


def _size(element: Element, found: Properties, theme: Theme) -> None:
    value = element.get(VAL)
    length = points(value)
    if length is not None and length > 0:
        # Half points where no unit is given (17.3.2.38).
        found["size"] = length if value[-1].isalpha() else round(length * 10, 4)


def _underline(element: Element, found: Properties, theme: Theme) -> None:
    found["underline"] = element.get(VAL, "single") != "none"


def _colour(element: Element, found: Properties, theme: Theme) -> None:
    value = element.get(VAL, "auto")
    colour = theme.colours.get(element.get(W + "themeColor", ""))
    # Word writes the tinted or shaded colour into w:val.
    shaded = element.get(W + "themeTint") or element.get(W + "themeShade")
    if colour is None or (shaded and _RGB.fullmatch(value)):
        colour = value.upper() if _RGB.fullmatch(value) else None
    found["colour"] = colour


def _indent(element: Element, found: Properties) -> None:
    for name, attributes in _SIDES.items():
        for attribute in attributes:
            if (length := points(element.get(W + attribute))) is not None:
                found[name] = length
                break
    hanging, first = points(element.get(W + "hanging")), points(element.get(W + "firstLine"))
    if hanging is not None or first is not None:
        found["first"] = -hanging if hanging is not None else first


def _spacing(element: Element, found: Properties) -> None:
    for side in ("before", "after"):
        automatic = element.get(f"{W}{side}Autospacing")
        if automatic is not None and automatic not in OFF:
            found[side] = AUTOMATIC_SPACING
        elif (length := points(element.get(W + side))) is not None:
            found[side] = length
    if (line := points(element.get(W + "line"))) is not None:
        found["line"] = line
        found["rule"] = element.get(W + "lineRule", "auto")


AUTOMATIC_SPACING = 14.0
"""Points that Word leaves for ``beforeAutospacing`` and ``afterAutospacing``, as a browser does around a paragraph."""

_RUN: dict[str, Callable[[Element, Properties, Theme], None]] = {
    W + "rFonts": _fonts,
    W + "sz": _size,
    W + "u": _underline,
    W + "color": _colour,
    W + "b": _toggle("bold"),
    W + "i": _toggle("italic"),
    W + "caps": _toggle("caps"),
    W + "smallCaps": _toggle("small_caps"),
    W + "vanish": _toggle("hidden"),
}
_ALIGNMENT, _INDENT, _SPACING = W + "jc", W + "ind", W + "spacing"
_READ = frozenset((*_RUN, _ALIGNMENT, _INDENT, _SPACING))
_FONTS = {
    "ascii": (W + "ascii", W + "asciiTheme"),
    "high_ansi": (W + "hAnsi", W + "hAnsiTheme"),
    "east_asia": (W + "eastAsia", W + "eastAsiaTheme"),
    "complex_script": (W + "cs", W + "cstheme"),
}
_SIDES = {"left": ("start", "left"), "right": ("end", "right")}
_ALIGNMENTS = {"center": "center", "right": "right", "end": "right"} | dict.fromkeys(
    ("both", "distribute", "thaiDistribute", "lowKashida", "mediumKashida", "highKashida"), "justify"
)
_RGB = re.compile(r"[0-9A-Fa-f]{6}")
