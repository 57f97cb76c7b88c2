"""A text → its syllables as numbers, alike for all spellings of a date and with or without accents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from doclint.vietnamese.normalise import fold

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The syllables and numbers of a text in order: a hash of each, folded, and its first and last offset + 1.

    The words of a date are left out and its numbers have no leading nought: «ngày 05 tháng 3 năm 2020» is «05/3/2020».
    """

    ids: Hashes
    starts: Offsets
    ends: Offsets

    def __len__(self) -> int:
        return len(self.ids)

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of tokens that lie inside the characters ``first`` to ``last``."""
        return int(np.searchsorted(self.starts, first)), int(np.searchsorted(self.ends, last, side="right"))


def tokenise(text: str) -> Tokens:
    """Return the tokens of ``text``; every offset is one of ``text``."""
    codes = _classes().take(np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32), mode="clip")
    inside = np.zeros(len(codes) + 2, dtype=bool)
    inside[1:-1] = codes > 0
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return Tokens(np.zeros(0, np.uint64), starts, ends)
    # A hash of each token: the sum of its letters, each weighted by its place. What stands between counts nought.
    first = starts[0]
    place = np.arange(first, len(codes)) - starts.repeat(np.append(starts[1:], len(codes)) - starts)
    ids = np.add.reduceat(codes[first:] * _weights().take(place, mode="clip"), starts - first)
    numeric = codes[starts] <= _NINE
    if len(digits := np.flatnonzero(numeric)):
        bounds = np.stack((starts[digits], ends[digits]), axis=1).ravel()
        numeric[digits] = ~np.logical_or.reduceat(np.append(codes > _NINE, False), bounds)[::2]
    # The nought of «05» has no weight.
    nought = np.flatnonzero(numeric & (ends - starts == 2) & (codes[starts] == _ZERO))
    ids[nought] = codes[starts[nought] + 1] * _weights()[0]
    ids = mixed(ids)
    kept = ~_date_words(ids, numeric)
    return Tokens(ids[kept], starts[kept], ends[kept])


def mixed(values: Hashes) -> Hashes:
    """Return ``values`` with every bit spread over all others (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def shingles(ids: Hashes, size: int) -> Hashes:
    """Return the hash of each run of ``size`` tokens; there are ``len(ids) - size + 1``."""
    count = len(ids) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64)
    total = np.zeros(count, np.uint64)
    for place in range(size):
        total = total * np.uint64(0x9E3779B97F4A7C15) + ids[place : place + count]
    return mixed(total)


def _date_words(ids: Hashes, numeric: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which tokens are ngày, tháng, năm inside a date."""
    before = np.concatenate(([False], numeric[:-1]))
    after = np.concatenate((numeric[1:], [False]))
    day, month, year = _date_ids()
    between = before & after
    second = np.concatenate((ids[2:] == month, [False, False]))[: len(ids)]
    words: NDArray[np.bool_] = ((ids == month) | (ids == year)) & between | (ids == day) & after & second
    return words


@cache
def _date_ids() -> tuple[np.uint64, np.uint64, np.uint64]:
    day, month, year = (_hash_of(word) for word in ("ngay", "thang", "nam"))
    return day, month, year


def _hash_of(word: str) -> np.uint64:
    codes = np.array([ord(char) for char in word], dtype=np.uint64)
    value: np.uint64 = mixed(np.array([np.sum(codes * _weights()[: len(codes)])]))[0]
    return value


@cache
def _classes() -> Hashes:
    """Return for each character what it counts as: its folded code, 0 when it stands in no word."""
    inside = [code for code in range(_UNKNOWN) if chr(code).isalnum() or 0x300 <= code <= 0x36F]
    table = np.zeros(_UNKNOWN + 1, dtype=np.uint64)
    table[inside] = np.frombuffer(fold("".join(map(chr, inside))).encode("utf-32-le"), dtype=np.uint32)
    return table


@cache
def _weights() -> Hashes:
    powers = [pow(0x100000001B3, place, 1 << 64) for place in range(_LONGEST + 1)]
    return np.array(powers, dtype=np.uint64)


_UNKNOWN = 0x2000
"""Characters from here on are in no Vietnamese word."""
_LONGEST = 64
"""Letters of a token that are told apart by place."""
_ZERO, _NINE = ord("0"), ord("9")
