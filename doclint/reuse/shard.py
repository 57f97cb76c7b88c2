"""Part of a pack's index: sorted shingle hashes with where they stand, in files that are mapped, not read.

A shingle is kept as 28 bits of its hash: the first ones choose a bucket of the directory, the others, a byte in a full
shard, are stored. So a place costs five bytes, and one in eight shingles that stand nowhere seems to stand somewhere:
what is met here has to be looked at in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.tokens import Hashes, Offsets, shingles

SIZE = 4
"""Syllables of a shingle."""
MAX_PLACES = 1 << 25
"""Shingles that one shard holds: sorted in 256 MiB, and their places fit beside the hash."""
MAX_TIMES = 8
"""Places of one shingle in one document that are indexed."""

FACTS = np.dtype([("id", "<i8"), ("date", "<i4"), ("level", "u1"), ("issuer", "<u8"), ("length", "<i8")])
"""What is known of a document without asking the database: its id there, its date (days from year 1, 0 unknown), the
index of its level, a hash of its issuer, and how many tokens it has."""

FILES = ("directory.npy", "rest.npy", "places.npy", "documents.npy")
_BITS = 28
_PLACE_BITS = 64 - _BITS


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is indexed of a document: a row of ``FACTS``, how many tokens it has, its shingles and their first tokens.

    A shingle is indexed at most ``MAX_TIMES``: one that a form repeats a hundred times is not everybody's.
    """

    facts: Any
    length: int
    hashes: Hashes
    tokens: Offsets


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is open; ``documents`` are rows of ``FACTS``."""

    directory: NDArray[np.uint32]
    rest: NDArray[np.unsignedinteger]
    places: NDArray[np.uint32]
    documents: NDArray[Any]
    begins: Offsets
    """Where each document begins among the places."""

    def ranges(self, wanted: Hashes) -> tuple[Offsets, Offsets]:
        """Return for each shingle the first and last + 1 of its places here."""
        bits = (len(self.directory) - 1).bit_length() - 1
        wanted = wanted >> np.uint64(_PLACE_BITS)
        bucket = (wanted >> np.uint64(_BITS - bits)).astype(np.int64)
        rest = (wanted & np.uint64((1 << (_BITS - bits)) - 1)).astype(self.rest.dtype)
        low, high = self.directory[bucket].astype(np.int64), self.directory[bucket + 1].astype(np.int64)
        first = _search(self.rest, rest, low, high, right=False)
        return first, _search(self.rest, rest, first, high, right=True)

    def met(self, first: Offsets, last: Offsets) -> tuple[Offsets, Offsets, Offsets]:
        """Return what stands in ``ranges``: the number of the range, of the document here, and of its token."""
        index, at = spread(first, last)
        places = self.places[at].astype(np.int64)
        document = np.searchsorted(self.begins, places, side="right") - 1
        return index, document, places - self.begins[document]

    def indexed(self) -> Iterator[Indexed]:
        """Yield what was written of each document, but for the bits of hashes that are not kept."""
        bits = (len(self.directory) - 1).bit_length() - 1
        buckets = np.repeat(np.arange(len(self.directory) - 1, dtype=np.uint64), np.diff(self.directory))
        order = np.argsort(self.places)
        places = self.places[order].astype(np.int64)
        hashes = ((buckets << np.uint64(_BITS - bits) | self.rest) << np.uint64(_PLACE_BITS))[order]
        ends = self.begins + self.documents["length"]
        low, high = np.searchsorted(places, self.begins), np.searchsorted(places, ends)
        for row, begin, first, last in zip(self.documents, self.begins, low, high, strict=True):
            yield Indexed(row, int(row["length"]), hashes[first:last], places[first:last] - begin)


def spread(first: Offsets, last: Offsets) -> tuple[Offsets, Offsets]:
    """Return the members of the ranges ``first`` to ``last``, beside the number of the range of each."""
    count = last - first
    index = np.repeat(np.arange(len(first)), count)
    offsets = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return index, np.repeat(first, count) + offsets


def indexed(facts: Any, ids: Hashes) -> Indexed:
    """Return what is indexed of a document with the tokens ``ids``."""
    hashes = shingles(ids, SIZE)
    order = np.argsort(hashes, kind="stable")
    changes = np.flatnonzero(np.diff(hashes[order], prepend=~hashes[order][:1]))
    rank = np.arange(len(order)) - np.repeat(changes, np.diff(np.append(changes, len(order))))
    tokens = order[rank < MAX_TIMES]
    return Indexed(facts, len(ids), hashes[tokens], tokens)


def write_shard(folder: Path, documents: Sequence[Indexed]) -> None:
    """Write documents as a shard in the existing, empty ``folder``.

    Raises ValueError when they have more than ``MAX_PLACES`` tokens.
    """
    lengths = [one.length for one in documents]
    if sum(lengths) > MAX_PLACES:
        raise ValueError(f"{sum(lengths)} tokens are too many for one shard")
    begins = np.cumsum([0, *lengths])[: len(documents)]
    keys = np.concatenate([*(one.hashes for one in documents), np.zeros(0, np.uint64)])
    keys >>= np.uint64(_PLACE_BITS)
    keys <<= np.uint64(_PLACE_BITS)
    position = 0
    for begin, one in zip(begins, documents, strict=True):
        keys[position : position + len(one.tokens)] |= (begin + one.tokens).astype(np.uint64)
        position += len(one.tokens)
    keys.sort()
    places = (keys & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.uint32)
    keys >>= np.uint64(_PLACE_BITS)
    # A directory of 4 MiB is worth it as soon as it saves a byte of so many places.
    bits = 20 if len(keys) >= 1 << 22 else max(1, (len(keys) // 32).bit_length())
    low = np.uint64(_BITS - bits)
    width = np.uint8 if low <= 8 else np.uint16 if low <= 16 else np.uint32
    rows = np.array([tuple(one.facts) for one in documents], dtype=FACTS)
    rows["length"] = lengths
    parts = (
        np.searchsorted(keys, np.arange((1 << bits) + 1, dtype=np.uint64) << low).astype(np.uint32),
        (keys & np.uint64((1 << int(low)) - 1)).astype(width),
        places,
        rows,
    )
    for name, array in zip(FILES, parts, strict=True):
        np.save(folder / name, array)


def open_shard(folder: Path) -> Shard:
    """Map the shard in ``folder``. Raises OSError or ValueError when its files are not whole."""
    directory, rest, places = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[:3])
    documents = np.load(folder / FILES[3], allow_pickle=False)
    return Shard(directory, rest, places, documents, np.cumsum(documents["length"]) - documents["length"])


def _search(
    values: NDArray[np.unsignedinteger],
    wanted: NDArray[np.unsignedinteger],
    low: Offsets,
    high: Offsets,
    *,
    right: bool,
) -> Offsets:
    """Return where each of ``wanted`` belongs in its own sorted stretch of ``values``: before or after equals."""
    low, high = low.copy(), high.copy()
    while (open_ := low < high).any():
        middle = (low + high) // 2
        found = values[np.where(open_, middle, 0)]
        up = open_ & ((found <= wanted) if right else (found < wanted))
        low = np.where(up, middle + 1, low)
        high = np.where(open_ & ~up, middle, high)
    return low
