"""Count syllables, pairs and triples of them in text of any amount, in memory that does not grow with it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from doclint.vietnamese.normalise import lowered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Keys = NDArray[np.int64]

BITS = 21
"""A triple of word numbers is one integer of 63 bits."""
_WORDS = (1 << BITS) - 1
_AT_ONCE = 2_000_000  # units
_AT_MOST = 8_000_000  # different pairs or triples: 128 MB


@dataclass(frozen=True, slots=True)
class Counts:
    """Words in the order of their numbers, from 1; pairs and triples as sorted keys, each with its count.

    ``small`` says how often each word stood in small letters: names never do.
    """

    units: int
    words: list[str]
    singles: NDArray[np.int64]
    small: NDArray[np.int64]
    pairs: tuple[Keys, Keys]
    triples: tuple[Keys, Keys]


@dataclass(slots=True)
class _Tally:
    numbers: dict[str, int] = field(default_factory=dict)
    waiting: array[int] = field(default_factory=lambda: array("q"))
    in_small: bytearray = field(default_factory=bytearray)
    units: int = 0
    singles: Any = field(default_factory=lambda: np.zeros(1, np.int64))
    small: Any = field(default_factory=lambda: np.zeros(1, np.int64))
    pairs: Any = field(default_factory=lambda: _nothing())
    triples: Any = field(default_factory=lambda: _nothing())


def count(lines: Iterable[list[str]]) -> Counts:
    """Count the units of lines in small letters; pairs and triples do not cross lines.

    Where there are too many different ones, those seen once are dropped on the way.
    """
    tally = _Tally()
    for line in lines:
        tally.waiting.append(0)  # parts the lines
        tally.in_small.append(0)
        for unit in line:
            word = lowered(unit)
            tally.waiting.append(tally.numbers.setdefault(word, min(len(tally.numbers) + 1, _WORDS)))
            tally.in_small.append(word == unit)
        tally.units += len(line)
        if len(tally.waiting) >= _AT_ONCE:
            _settle(tally)
    _settle(tally)
    words = list(tally.numbers)[: _WORDS - 1]
    singles, small = (_as_long(counts, len(words) + 1) for counts in (tally.singles, tally.small))
    return Counts(tally.units, words, singles, small, tally.pairs, tally.triples)


def _settle(tally: _Tally) -> None:
    """Add what waits to the counts."""
    row = np.frombuffer(tally.waiting, np.int64) if tally.waiting else np.zeros(0, np.int64)
    row = np.where(row == _WORDS, 0, row)  # a word past the limit is as none
    singles = np.bincount(row)
    small = np.bincount(row, np.frombuffer(tally.in_small, np.uint8)).astype(np.int64)
    singles[:1] = small[:1] = 0
    length = max(len(singles), len(tally.singles))
    tally.singles = _as_long(tally.singles, length) + _as_long(singles, length)
    tally.small = _as_long(tally.small, length) + _as_long(small, length)
    pairs = (row[:-1] << BITS) | row[1:]
    whole = (row[:-1] > 0) & (row[1:] > 0)
    tally.pairs = _merged(tally.pairs, pairs[whole])
    three = whole[:-1] & whole[1:]
    tally.triples = _merged(tally.triples, ((pairs[:-1] << BITS) | row[2:])[three])
    tally.waiting, tally.in_small = array("q"), bytearray()


def _as_long(counts: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Return counts cut or filled up with zeros to a length."""
    return np.pad(counts[:length], (0, max(0, length - len(counts))))


def _merged(known: tuple[Keys, Keys], more: Keys) -> tuple[Keys, Keys]:
    keys, counts = np.unique(more, return_counts=True)
    both, places = np.unique(np.concatenate((known[0], keys)), return_inverse=True)
    total = np.bincount(places, np.concatenate((known[1], counts)), len(both)).astype(np.int64)
    if len(both) > _AT_MOST:
        kept = total > 1
        both, total = both[kept], total[kept]
    return both, total


def _nothing() -> tuple[Keys, Keys]:
    return np.zeros(0, np.int64), np.zeros(0, np.int64)
