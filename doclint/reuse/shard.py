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

from doclint.reuse.tokens import Hashes, Offsets

SIZE = 5
"""Syllables of a shingle."""
MAX_PLACES = 1 << 25
"""Shingles that one shard holds: sorted in 256 MiB, and their places fit beside the hash."""

FACTS = np.dtype([("id", "<i8"), ("date", "<i4"), ("level", "u1"), ("issuer", "<u8"), ("first", "<i8")])
"""What is known of a document without asking the database: its id there, its date (days from year 1, 0 unknown), the
index of its level, a hash of its issuer, and where it begins among the places."""

FILES = ("directory.npy", "rest.npy", "places.npy", "documents.npy")
_BITS = 28
_PLACE_BITS = 64 - _BITS


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

    def shingles(self) -> Iterator[tuple[Any, Hashes]]:
        """Yield each document, a row of ``FACTS``, with its shingles in order: all but the bits that are not kept."""
        bits = (len(self.directory) - 1).bit_length() - 1
        buckets = np.repeat(np.arange(len(self.directory) - 1, dtype=np.uint64), np.diff(self.directory))
        hashes = np.zeros(len(self.places), np.uint64)
        hashes[self.places] = (buckets << np.uint64(_BITS - bits) | self.rest) << np.uint64(_PLACE_BITS)
        for row, first, end in zip(self.documents, self.begins, np.append(self.begins, len(hashes))[1:], strict=True):
            yield row, hashes[first:end]


def spread(first: Offsets, last: Offsets) -> tuple[Offsets, Offsets]:
    """Return the members of the ranges ``first`` to ``last``, beside the number of the range of each."""
    count = last - first
    index = np.repeat(np.arange(len(first)), count)
    offsets = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return index, np.repeat(first, count) + offsets


def write_shard(folder: Path, documents: Sequence[tuple[Any, Hashes]]) -> None:
    """Write documents, each a row of ``FACTS`` and its shingles in order, as a shard in the existing, empty ``folder``.

    Raises ValueError when there are more than ``MAX_PLACES`` shingles.
    """
    lengths = [len(hashes) for _, hashes in documents]
    total = sum(lengths)
    if total > MAX_PLACES:
        raise ValueError(f"{total} shingles are too many for one shard")
    keys = np.concatenate([*(hashes for _, hashes in documents), np.zeros(0, np.uint64)])
    keys >>= np.uint64(_PLACE_BITS)
    keys <<= np.uint64(_PLACE_BITS)
    keys |= np.arange(total, dtype=np.uint64)
    keys.sort()
    places = (keys & np.uint64((1 << _PLACE_BITS) - 1)).astype(np.uint32)
    keys >>= np.uint64(_PLACE_BITS)
    bits = max(1, min(20, (total // 32).bit_length()))
    low = np.uint64(_BITS - bits)
    width = np.uint8 if low <= 8 else np.uint16 if low <= 16 else np.uint32
    rows = np.array([tuple(row) for row, _ in documents], dtype=FACTS)
    rows["first"] = np.cumsum([0, *lengths])[: len(documents)]
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
    return Shard(directory, rest, places, documents, documents["first"].copy())


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
