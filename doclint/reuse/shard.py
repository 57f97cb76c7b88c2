"""Part of a pack's index: sorted shingle hashes with where they stand, in files that are mapped, not read.

A shingle is kept as 36 bits of its hash. The first ones choose a bucket of the directory, only the others are stored;
so a place costs six bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.tokens import Hashes, Offsets

SIZE = 5
"""Syllables of a shingle."""
MAX_PLACES = 1 << 25
"""Shingles that one shard holds: sorted in 256 MiB, and their places fit beside 36 bits of hash."""

_BITS = 36
_FILES = ("directory", "rest", "places", "firsts")


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is open. ``firsts`` is where each of its documents begins among its places, and the end of all."""

    directory: NDArray[np.uint32]
    rest: NDArray[np.unsignedinteger]
    places: NDArray[np.uint32]
    firsts: NDArray[np.int64]

    def seeds(self, draft: Hashes, most: int) -> tuple[Offsets, Offsets, Offsets]:
        """Return the shingles of ``draft`` met here: its index there, the document's number here, the source's token.

        Shingles that stand here more than ``most`` times are everybody's and say nothing.
        """
        bits = (len(self.directory) - 1).bit_length() - 1
        wanted = draft >> np.uint64(64 - _BITS)
        bucket = (wanted >> np.uint64(_BITS - bits)).astype(np.int64)
        rest = (wanted & np.uint64((1 << (_BITS - bits)) - 1)).astype(self.rest.dtype)
        low, high = self.directory[bucket].astype(np.int64), self.directory[bucket + 1].astype(np.int64)
        first = _search(self.rest, rest, low, high, right=False)
        last = _search(self.rest, rest, first, high, right=True)
        index, at = met(first, last, most)
        places = self.places[at].astype(np.int64)
        document = np.searchsorted(self.firsts, places, side="right") - 1
        return index, document, places - self.firsts[document]


def met(first: Offsets, last: Offsets, most: int) -> tuple[Offsets, Offsets]:
    """Return the members of the ranges ``first`` to ``last``, beside the number of the range of each.

    Ranges of more than ``most`` are left out.
    """
    count = np.where(last - first <= most, last - first, 0)
    index = np.repeat(np.arange(len(first)), count)
    offsets = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return index, np.repeat(first, count) + offsets


def write_shard(folder: Path, documents: Sequence[Hashes]) -> None:
    """Write the shingles of each document as a shard in the existing, empty ``folder``.

    Raises ValueError when there are more than ``MAX_PLACES``.
    """
    lengths = [len(hashes) for hashes in documents]
    total = sum(lengths)
    if total > MAX_PLACES:
        raise ValueError(f"{total} shingles are too many for one shard")
    place_bits = 64 - _BITS
    keys = np.concatenate([*documents, np.zeros(0, np.uint64)])
    keys >>= np.uint64(place_bits)
    keys <<= np.uint64(place_bits)
    keys |= np.arange(total, dtype=np.uint64)
    keys.sort()
    places = (keys & np.uint64((1 << place_bits) - 1)).astype(np.uint32)
    keys >>= np.uint64(place_bits)
    bits = max(1, min(20, (total // 32).bit_length()))
    low = np.uint64(_BITS - bits)
    width = np.uint16 if low <= 16 else np.uint32 if low <= 32 else np.uint64
    starts = np.arange((1 << bits) + 1, dtype=np.uint64) << low
    parts = {
        "directory": np.searchsorted(keys, starts).astype(np.uint32),
        "rest": (keys & np.uint64((1 << int(low)) - 1)).astype(width),
        "places": places,
        "firsts": np.concatenate(([0], np.cumsum(lengths))).astype(np.int64),
    }
    for name, array in parts.items():
        np.save(folder / f"{name}.npy", array)


def open_shard(folder: Path) -> Shard:
    """Map the shard in ``folder``. Raises OSError or ValueError when its files are not whole."""
    arrays = [np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _FILES]
    return Shard(*arrays)


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
