"""A number → the letters, digits or Roman numerals that Word prints for it (ECMA-376 part 1, clause 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable


def printed(number: int, style: str) -> str:
    """Return ``number`` in the ``ST_NumberFormat`` called ``style``; in digits where that is not known."""
    write = _STYLES.get(style, str)
    return write(number)


def padded(number: int, pattern: str) -> str:
    """Return ``number`` after the pattern of a custom format: ``001, 002, …`` asks for three digits."""
    first = pattern.partition(",")[0].strip()
    return str(number).zfill(len(first) if first.isdigit() and len(first) < 10 else 1)


def _letter(number: int) -> str:
    """Return a, b … z, aa, bb … as Word counts: the 26 letters of English, then each twice."""
    if not 0 < number <= _LAST_LETTER:
        return str(number)
    repeats, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (repeats + 1)


def _roman(number: int) -> str:
    if not 0 < number <= _LAST_ROMAN:
        return str(number)
    digits = []
    for value, digit in _ROMAN:
        count, number = divmod(number, value)
        digits.append(digit * count)
    return "".join(digits)


_LAST_LETTER, _LAST_ROMAN = 780, 32_767
"""Where Word itself stops; past them a label would only get longer and longer."""
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_STYLES: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
}
