"""Signs of the fonts that keep pictures at codes of their own: Symbol and Wingdings."""

from __future__ import annotations


def symbol(code: int, font: str) -> str:
    """Return the character that ``code`` of ``font`` looks like; a bullet for a picture that is not known.

    Word adds F000 to the codes of symbol fonts (ECMA-376 part 1, clause 17.3.3.30).
    """
    if not 0xF000 <= code <= 0xF0FF and font not in _FONTS:
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    low = code & 0xFF
    signs = _FONTS.get(font, _UNKNOWN)
    return signs.get(low) or (chr(low) if 0x20 <= low < 0x7F and font not in _PICTURES else "•")


_SYMBOL = {0xB7: "•", 0x2D: "-", 0xA3: "≤", 0xB3: "≥", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"}
_SYMBOL |= {
    0xAB: "↔",
    0xAC: "←",
    0xAE: "→",
    0xDE: "⇒",
    0xA5: "∞",
    0xE5: "∑",
    0xD6: "√",
    0xCE: "∈",
    0xC7: "∩",
    0xC8: "∪",
}
_SYMBOL |= dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True))
_WINGDINGS = {0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0xFB: "✗", 0xA8: "☐", 0x6F: "☐", 0x71: "❑"}
_WINGDINGS |= {0x76: "❖", 0x9F: "•", 0x6C: "●", 0x6E: "■", 0xE0: "→", 0xF0: "⇨", 0x28: "☎", 0x2A: "✉", 0xAB: "★"}
_UNKNOWN = {0xB7: "•", 0xA7: "▪", 0xD8: "➢", 0xFC: "✓", 0xA8: "☐"}
_PICTURES = frozenset(("Wingdings", "Wingdings 2", "Wingdings 3", "Webdings"))
_FONTS: dict[str, dict[int, str]] = {name: {} for name in _PICTURES} | {"Symbol": _SYMBOL, "Wingdings": _WINGDINGS}
