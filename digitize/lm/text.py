"""Cut text into what the model counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from doclint.vietnamese.normalise import lowered, nfc
from doclint.vietnamese.syllables import tokens

NUMBER = "#"
"""Stands for every number, date, symbol and code: none of them is kept."""


def counted(line: str) -> list[str]:
    """Return the units of a line: syllables in form C and small letters, NUMBER, marks of punctuation."""
    return [lowered(unit) for unit in units_of(line)]


def units_of(line: str) -> list[str]:
    """Return the units of a line in the case they have there."""
    return [_unit(token.text) for token in tokens(nfc(line))]


def is_vietnamese(units: Sequence[str]) -> bool:
    """Tell whether units are of a Vietnamese text: three syllables of four bear a mark, of other languages few do."""
    syllables = [unit for unit in units if unit.isalpha()]
    return bool(syllables) and sum(not unit.isascii() for unit in syllables) >= _MARKED * len(syllables)


def vietnamese_lines(lines: Iterator[str]) -> Iterator[list[str]]:
    """Yield the units of each Vietnamese line, in the case they have there."""
    for line in lines:
        units = units_of(line)
        if is_vietnamese(units):
            yield units


def _unit(token: str) -> str:
    if token.isalpha():
        return token
    return NUMBER if any(char.isalnum() for char in token) else token[0]


_MARKED = 0.3
