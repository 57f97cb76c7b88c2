"""How far what was read is from what it may be: OCR leaves marks out, and takes one letter for another."""

from __future__ import annotations

from collections.abc import Iterable

from doclint.vietnamese.normalise import fold, nfc


def letters(text: str) -> str:
    """Return the letters and digits of ``text``, folded and joined: what two readings of it share."""
    return "".join(char for char in fold(nfc(text)) if char.isalnum())


def distance(one: str, other: str, most: int) -> int:
    """Return the edit distance of two strings, ``most`` + 1 when it is more than ``most``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, start=1):
        left = number
        fresh = [left]
        for place, beside in enumerate(other, start=1):
            left = min(row[place] + 1, left + 1, row[place - 1] + (char != beside))
            fresh.append(left)
        if min(fresh) > most:
            return most + 1
        row = fresh
    return row[-1]


def nearest(key: str, keys: Iterable[str], most: int) -> tuple[str, int] | None:
    """Return the one of ``keys`` that is nearest to ``key`` and how far it is; None past ``most`` and when two are."""
    best: list[str] = []
    for candidate in keys:
        far = distance(key, candidate, most)
        if far < most:
            best, most = [candidate], far
        elif far == most:
            best.append(candidate)
    return (best[0], most) if len(best) == 1 else None


def begins_like(text: str, formula: str, most: int) -> bool:
    """Tell whether ``text`` begins with ``formula``, both as ``letters`` give them, save ``most`` letters."""
    return any(
        distance(text[:length], formula, most) <= most
        for length in range(max(1, len(formula) - most), len(formula) + most + 1)
        if length <= len(text)
    )


_DIGITS = str.maketrans({"O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "|": "1", "!": "1", "i": "1",
                         "S": "5", "s": "5", "B": "8", "Z": "2", "z": "2"})  # fmt: skip


def as_digits(text: str) -> str:
    """Return what stands where only digits can, with the letters that look like digits as those digits."""
    return "".join(text.split()).translate(_DIGITS)
