"""Part of a pack's index: sorted shingle hashes with where they stand, in files that are mapped, not read.

A shingle is kept as 28 bits of its hash: the first ones choose a bucket of the directory, the others, a byte in a full
shard, are stored. So a place costs five bytes, and a shingle seems to stand in a few places where another does: what is
met here has to be looked at in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.tokens import Hashes, Offsets

SIZE = 4
"""Syllables of a shingle."""
BITS = 28
"""Bits of the hash of a shingle that are kept."""
PLACE_BITS = 64 - BITS

FACTS = np.dtype([("id", "<i8"), ("date", "<i4"), ("level", "u1"), ("issuer", "<u8"), ("length", "<i8")])
"""What is known of a document without asking the database: its id there, its date (days from year 1, 0 unknown), the
index of its level, a hash of its issuer, and how many tokens it has."""

FILES = ("directory.npy", "rest.npy", "places.npy", "documents.npy")


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard that is open; ``documents`` are rows of ``FACTS``."""

    directory: NDArray[np.uint32]
    rest: NDArray[np.unsignedinteger]
    places: NDArray[np.uint32]
    documents: NDArray[Any]
    begins: Offsets
    """Where each document begins among the places."""

    @property
    def low_bits(self) -> int:
        """How many bits of a hash are stored: the others are the number of its bucket."""
        return BITS - ((len(self.directory) - 1).bit_length() - 1)

    def ranges(self, wanted: Hashes) -> tuple[Offsets, Offsets]:
        """Return for each shingle the first and last + 1 of its places here."""
        low_bits = self.low_bits
        wanted = wanted >> np.uint64(PLACE_BITS)
        bucket = (wanted >> np.uint64(low_bits)).astype(np.int64)
        rest = (wanted & np.uint64((1 << low_bits) - 1)).astype(np.int64)
        low, high = self.directory[bucket].astype(np.int64), self.directory[bucket + 1].astype(np.int64)
        first = _search(self.rest, rest, low, high)
        last = first.copy()
        here = np.flatnonzero(first < high)
        here = here[self.rest[first[here]] == rest[here]]
        # What is greater than a number begins where the next number does.
        last[here] = _search(self.rest, rest[here] + 1, first[here], high[here])
        return first, last

    def met(self, first: Offsets, last: Offsets) -> tuple[Offsets, Offsets, Offsets]:
        """Return what stands in ``ranges``: the number of the range, of the document here, and of its token."""
        index, at = spread(first, last)
        places = self.places[at].astype(np.int64)
        document = np.searchsorted(self.begins, places, side="right") - 1
        return index, document, places - self.begins[document]


def open_shard(folder: Path) -> Shard:
    """Map the shard in ``folder``. Raises OSError or ValueError when its files are not whole."""
    directory, rest, places = (np.load(folder / name, mmap_mode="r", allow_pickle=False) for name in FILES[:3])
    documents = np.load(folder / FILES[3], allow_pickle=False)
    # As plain arrays: one that knows of its file takes a microsecond longer at every turn.
    return Shard(
        directory.view(np.ndarray),
        rest.view(np.ndarray),
        places.view(np.ndarray),
        documents,
        np.cumsum(documents["length"]) - documents["length"],
    )


def spread(first: Offsets, last: Offsets) -> tuple[Offsets, Offsets]:
    """Return the members of the ranges ``first`` to ``last``, beside the number of the range of each."""
    count = last - first
    index = np.repeat(np.arange(len(first)), count)
    offsets = np.arange(len(index)) - np.repeat(np.cumsum(count) - count, count)
    return index, np.repeat(first, count) + offsets


def _search(values: NDArray[np.unsignedinteger], wanted: Offsets, low: Offsets, high: Offsets) -> Offsets:
    """Return where each of ``wanted`` belongs in its own sorted stretch of ``values``, before its equals."""
    step = 1 << int((high - low).max(initial=0)).bit_length() >> 1
    while step:
        # Where the stretch ends before, what is greater than all of it belongs at its end.
        ahead = np.minimum(low + step, high)
        low = np.where(values[ahead - 1] < wanted, ahead, low)
        step >>= 1
    return low
