"""Where shingles of a draft stand in a library, and how many documents share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.draft import Draft
from doclint.reuse.packs.entry import UNKNOWN_LEVEL, Entry, issuer_hash, level_rank
from doclint.reuse.packs.library import Library
from doclint.reuse.packs.pack import Pack
from doclint.reuse.passages import MIN_SEEDS, Passage
from doclint.reuse.shard import SIZE
from doclint.reuse.tokens import Offsets

Relation = Literal["superior", "own", "any"]
"""Which documents are asked: those of a higher level, those that the office itself has issued, or all of them."""


@dataclass(frozen=True, slots=True)
class Hits:
    """Where shingles of a draft stand: the first token of each, the number of the document, the token there.

    ``documents`` are those with the numbers. For each shingle of the draft: whether some document has it that is asked,
    whether it is ``rare``, so that it tells where it comes from, and whether everybody writes it.
    """

    index: Offsets
    place: Offsets
    token: Offsets
    documents: Sequence[tuple[Pack, int]]
    known: NDArray[np.bool_]
    rare: NDArray[np.bool_]
    frequent: NDArray[np.bool_]

    def everybodys(self, passage: Passage) -> bool:
        """Tell whether a passage has little that few documents say: then it comes from none of them.

        What is rare about a shingle that has two words of «theo quy định của pháp luật» is the other two.
        """
        first, last = passage.draft
        x, y = np.array(passage.pairs, dtype=np.int64).T
        step = SIZE - 1
        shared = x[:-step][(x[step:] - x[:-step] == step) & (y[step:] - y[:-step] == step)]
        special, known = np.zeros((2, last - first), dtype=bool)
        for place in range(SIZE):
            special[shared[self.rare[shared]] - first + place] = True
            known[np.flatnonzero(self.known[first : last - step]) + place] = True
        for place in range(SIZE):
            special[np.flatnonzero(self.frequent[first : last - step]) + place] = False
        count = int(special.sum())
        if count < _FEW_TOKENS and 2 * len(x) < _ALIKE * (last - first + y[-1] + 1 - y[0]):
            return True
        return count < max(_MIN_SPECIAL, _SHARE_SPECIAL * int(known.sum()))


def find_hits(draft: Draft, about: Entry, library: Library, relation: Relation, superiors: frozenset[int]) -> Hits:
    """Look up the shingles of a draft that lead to a source."""
    asked = np.flatnonzero(draft.looked_up)
    shards = [(pack, shard) for pack in library.packs for shard in pack.shards]
    known = sum(len(shard.documents) for _, shard in shards)
    ranges = [shard.ranges(draft.shingles[asked]) for _, shard in shards]
    places = sum((last - first for first, last in ranges), np.zeros(len(asked), np.int64))
    often = _too_often(places, known)
    times = np.where(often, places, 0)
    few, many = max(_FEW, known * _SHARE), max(_MANY, known * _OFTEN)
    bodies = np.zeros(len(asked), np.uint64)
    unsure = (places > few) & ~often
    columns: list[tuple[Offsets, Offsets, Offsets]] = []
    documents: list[tuple[Pack, int]] = []
    for (pack, shard), (first, last) in zip(shards, ranges, strict=True):
        index, row, token = shard.met(first, np.where(often, first, last))
        rows, row, seeds = np.unique(row, return_inverse=True, return_counts=True)
        facts = shard.documents[rows]
        wanted = _asked(facts, about, relation, superiors) & ~np.isin(facts["id"], list(pack.removed))
        here = wanted[row]
        index, row, token = index[here], row[here], token[here]
        # The places of a shingle follow each other, and so do those in one document.
        new = (np.diff(index, prepend=-1) != 0) | (np.diff(row, prepend=-1) != 0)
        times += np.bincount(index[new], minlength=len(asked))
        if len(at := np.flatnonzero(unsure[index])):
            starts = np.flatnonzero(np.diff(index[at], prepend=-1))
            bodies[index[at][starts]] |= np.bitwise_or.reduceat(_bodies(facts[row[at]]), starts)
        # Of most documents there is a shingle or two: they need no second look.
        several = np.flatnonzero(wanted & (seeds >= MIN_SEEDS))
        numbers = np.full(len(rows), -1)
        numbers[several] = np.arange(len(documents), len(documents) + len(several))
        documents += [(pack, int(id)) for id in facts["id"][several]]
        near = numbers[row] >= 0
        columns.append((asked[index[near]], numbers[row[near]], token[near]))
    index, place, token = (np.concatenate((_NONE, *(column[part] for column in columns))) for part in range(3))
    rare = (times > 0) & ((times <= few) | unsure & _of_one_body(bodies) & (times <= many))
    marks = np.zeros((3, len(draft.shingles)), dtype=bool)
    marks[:, asked] = times > 0, rare, ~rare & (times > many)
    return Hits(index, place, token, documents, *marks)


def _of_one_body(bodies: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell which shingles one body alone writes, as in a series of its documents, where there are others to tell by."""
    several = int(np.bitwise_or.reduce(bodies)).bit_count() >= _BODIES
    alone: NDArray[np.bool_] = (bodies & (bodies - np.uint64(1)) == 0) & several
    return alone


def _bodies(rows: NDArray[Any]) -> NDArray[np.uint64]:
    """Return for each document, rows of ``FACTS``, a bit for its issuer; an unknown one counts as a body of its own."""
    numbers = np.where(rows["issuer"] > 0, rows["issuer"], rows["id"].astype(np.uint64))
    bits: NDArray[np.uint64] = np.uint64(1) << (numbers % np.uint64(64))
    return bits


def _too_often(places: Offsets, known: int) -> NDArray[np.bool_]:
    """Tell which shingles stand in so many places that they are everybody's, or more than there is time to look at."""
    order = np.argsort(places, kind="stable")
    beyond = np.zeros(len(places), dtype=bool)
    beyond[order] = np.cumsum(places[order]) > _MAX_HITS
    frequent: NDArray[np.bool_] = beyond | (places > max(_MOST, known * _SHARE))
    return frequent


def _asked(rows: NDArray[Any], about: Entry, relation: Relation, superiors: frozenset[int]) -> NDArray[np.bool_]:
    """Tell which documents, rows of ``FACTS``, stand in ``relation`` to the draft and are not younger."""
    day = about.date.toordinal() if about.date is not None else np.iinfo(np.int32).max
    asked: NDArray[np.bool_] = rows["date"] <= day
    issuer = np.uint64(issuer_hash(about.issuer))
    if relation == "superior":
        above = rows["level"] < min(level_rank(about.level), UNKNOWN_LEVEL)
        above |= np.isin(rows["issuer"], np.array(sorted(superiors), dtype=np.uint64))
        asked &= above & (rows["issuer"] != issuer)
    elif relation == "own":
        asked &= (rows["issuer"] == issuer) & (issuer != 0)
    return asked


_NONE = np.zeros(0, np.int64)
_SHARE = 0.01
"""Share of the documents that say what is nobody's in particular."""
_FEW = 3
"""Documents that may have it in common where the library is small."""
_OFTEN, _MANY = 0.05, 20
"""The same of what everybody writes: the share, and how many documents where the library is small."""
_BODIES = 5
"""Issuers that a library has at least where it can tell one's own words from everybody's."""
_MIN_SPECIAL, _SHARE_SPECIAL = 3, 0.2
"""Tokens of a passage that are rare, and their share of those that are found anywhere: fewer make a stock phrase."""
_FEW_TOKENS, _ALIKE = 7, 0.68
"""Where fewer tokens are rare both sides have to be as much alike."""
_MOST = 100
"""Places of a shingle that is looked at where the library is small."""
_MAX_HITS = 200_000
"""Places of shingles that are looked at; those of the rarest ones come first."""
