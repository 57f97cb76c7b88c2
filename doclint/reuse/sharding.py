"""Write shards: one of a batch of documents that is in memory, or one out of several that are not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from doclint.reuse.shard import BITS, FACTS, FILES, PLACE_BITS, SIZE, Shard, open_shard
from doclint.reuse.tokens import Hashes, Offsets, shingles

MAX_BATCH = 1 << 23
"""Tokens of documents that are written together: sorted in 64 MiB."""
MAX_TOKENS = 1 << 32
"""Tokens of a shard: a place takes four bytes. They are some three million documents."""
MAX_TIMES = 8
"""Places of a shingle in one document that are indexed: one that a form repeats a hundred times is not everybody's."""


@dataclass(frozen=True, slots=True)
class Row:
    """A document to be indexed: a row of ``FACTS``, and its tokens."""

    facts: Any
    ids: Hashes


def write_shard(folder: Path, rows: Sequence[Row]) -> None:
    """Write documents as a shard in the existing, empty ``folder``.

    Raises ValueError when they have more than ``MAX_BATCH`` tokens and are more than one.
    """
    documents = np.array([tuple(row.facts) for row in rows], dtype=FACTS)
    documents["length"] = [len(row.ids) for row in rows]
    total = int(documents["length"].sum())
    if total > MAX_BATCH and len(rows) > 1:
        raise ValueError(f"{total} tokens are too many for one batch")
    begins = np.cumsum(documents["length"]) - documents["length"]
    parts = [
        _keys(shingles(row.ids, SIZE) >> np.uint64(PLACE_BITS), begin) for row, begin in zip(rows, begins, strict=True)
    ]
    _write(folder, documents, total, [np.concatenate([*parts, np.zeros(0, np.uint64)])])


def merge_shards(folder: Path, sources: Sequence[Path], gone: Collection[int]) -> None:
    """Write what the shards in ``sources`` hold as one in the existing, empty ``folder``, without documents ``gone``.

    It is done a stretch of hashes after the other, so memory does not grow with the shards.
    """
    shards = [open_shard(source) for source in sources]
    kept = [~np.isin(shard.documents["id"], list(gone)) for shard in shards]
    documents = np.concatenate([shard.documents[keep] for shard, keep in zip(shards, kept, strict=True)])
    total = sum(len(shard.places) for shard in shards)
    begins = np.cumsum(documents["length"]) - documents["length"]
    firsts = np.cumsum([0, *(int(keep.sum()) for keep in kept)])
    movers = [
        _mover(shard, keep, begins[first:last])
        for shard, keep, first, last in zip(shards, kept, firsts, firsts[1:], strict=False)
    ]
    pieces = min(1 << _MOST_PIECES, 1 << (total // _PIECE).bit_length())
    borders = np.arange(1, pieces, dtype=np.uint64) * np.uint64((1 << BITS) // pieces)
    cuts = [[0, *shard.ranges(borders << np.uint64(PLACE_BITS))[0].tolist(), len(shard.places)] for shard in shards]

    def chunks() -> Iterator[Hashes]:
        for piece in range(pieces):
            yield np.concatenate(
                [
                    move(*_stretch(shard, source, *cut[piece : piece + 2]))
                    for shard, source, move, cut in zip(shards, sources, movers, cuts, strict=True)
                ]
            )

    _write(folder, documents, total, chunks())


def _keys(hashes: Hashes, begin: int) -> Hashes:
    """Return hash and place of each shingle of a document as one number, by which they are sorted."""
    places = np.arange(begin, begin + len(hashes), dtype=np.uint64)
    keys: Hashes = (hashes << np.uint64(PLACE_BITS)) | places
    return keys


def _mover(shard: Shard, keep: NDArray[np.bool_], begins: Offsets) -> Callable[[Hashes, Hashes], Hashes]:
    """Return what makes keys of hashes and places of ``shard``, its kept documents beginning at ``begins``."""
    by = np.zeros(len(keep), np.int64)
    by[keep] = begins - shard.begins[keep]

    def move(hashes: Hashes, places: Hashes) -> Hashes:
        if keep.all() and len(by):
            places = places + np.uint64(by[0])  # all move together
        else:
            document = np.searchsorted(shard.begins, places.astype(np.int64), side="right") - 1
            stays = keep[document]
            hashes, places = hashes[stays], (places.astype(np.int64) + by[document])[stays].astype(np.uint64)
        return (hashes << np.uint64(PLACE_BITS)) | places

    return move


def _stretch(shard: Shard, folder: Path, first: int, last: int) -> tuple[Hashes, Hashes]:
    """Return the hashes and places ``first`` to ``last`` of a shard: read, as what is mapped would stay in memory."""
    rest, places = (_read(folder / name, first, last) for name in FILES[1:3])
    begin, end = np.searchsorted(shard.directory, (first, last), side="right") - np.array((1, 0))
    edges = np.clip(shard.directory[begin : end + 1].astype(np.int64), first, last)
    buckets = np.repeat(np.arange(begin, begin + len(edges) - 1, dtype=np.uint64), np.diff(edges))
    return (buckets << np.uint64(shard.low_bits)) | rest, places.astype(np.uint64)


def _read(path: Path, first: int, last: int) -> NDArray[np.unsignedinteger]:
    with path.open("rb") as file:
        npy.read_magic(file)
        _, _, kind = npy.read_array_header_1_0(file)
        file.seek(first * kind.itemsize, 1)
        read: NDArray[np.unsignedinteger] = np.fromfile(file, kind, last - first)
    if len(read) != last - first:
        raise EOFError(path)
    return read


def _write(folder: Path, documents: NDArray[Any], total: int, chunks: Iterable[Hashes]) -> None:
    """Write a shard of at most ``total`` places; each of ``chunks`` holds all keys of a stretch of hashes, unsorted."""
    # A directory of 4 MiB is worth it as soon as it saves a byte of so many places.
    bits = 20 if total >= 1 << 22 else max(1, (total // 32).bit_length())
    low = BITS - bits
    kind = np.dtype(np.uint8 if low <= 8 else np.uint16 if low <= 16 else np.uint32)
    begins = np.cumsum(documents["length"]) - documents["length"]
    count = np.zeros(1 << bits, np.int64)
    written = 0
    with ExitStack() as stack:
        rest_file, places_file = (stack.enter_context((folder / name).open("wb")) for name in FILES[1:3])
        for file, stored in ((rest_file, kind), (places_file, np.dtype(np.uint32))):
            _write_header(file, stored, 0)
        for keys in chunks:
            keys.sort()
            keys = keys[_indexed(keys, begins)]
            hashes = keys >> np.uint64(PLACE_BITS)
            np.add.at(count, *_tally(hashes >> np.uint64(low)))
            (hashes & np.uint64((1 << low) - 1)).astype(kind).tofile(rest_file)
            (keys & np.uint64((1 << PLACE_BITS) - 1)).astype(np.uint32).tofile(places_file)
            written += len(keys)
        for file, stored in ((rest_file, kind), (places_file, np.dtype(np.uint32))):
            file.seek(0)
            _write_header(file, stored, written)
    np.save(folder / FILES[0], np.concatenate(([0], np.cumsum(count))).astype(np.uint32))
    np.save(folder / FILES[3], documents)


def _write_header(file: BinaryIO, kind: np.dtype[Any], length: int) -> None:
    """Write the head of an array file; that of a longer array is as long, so it can be written again."""
    npy.write_array_header_1_0(file, {"descr": npy.dtype_to_descr(kind), "fortran_order": False, "shape": (length,)})


def _tally(buckets: Hashes) -> tuple[Hashes, Offsets]:
    """Return each of the sorted ``buckets`` once, and how often it is there."""
    starts = np.flatnonzero(np.diff(buckets, prepend=~buckets[:1]))
    return buckets[starts], np.diff(starts, append=len(buckets))


def _indexed(keys: Hashes, begins: Offsets) -> NDArray[np.bool_]:
    """Tell which of the sorted ``keys`` are kept: few of a shingle that everybody writes or a form repeats."""
    hashes = keys >> np.uint64(PLACE_BITS)
    _, times = _tally(hashes)
    rank = np.arange(len(keys)) - np.repeat(np.cumsum(times) - times, times)
    kept: NDArray[np.bool_] = rank < max(_MANY, len(begins) // _OF_ALL)
    again = MAX_TIMES + np.flatnonzero(hashes[MAX_TIMES:] == hashes[:-MAX_TIMES])
    places = [(keys[at] & np.uint64((1 << PLACE_BITS) - 1)).astype(np.int64) for at in (again, again - MAX_TIMES)]
    this, that = (np.searchsorted(begins, place, side="right") for place in places)
    kept[again[this == that]] = False
    return kept


_PIECE, _MOST_PIECES = 1 << 22, 8
"""Keys that are sorted at a time, where a shard is not so large that more fall into one of 256 stretches."""
_MANY, _OF_ALL = 1000, 50
"""Places of a shingle in one shard that are indexed at most, and how many documents there are to one of them: a search
leaves a shingle alone long before."""
