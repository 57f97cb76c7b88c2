"""A draft and a library → the passages that it has from documents there, each with its best source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from doclint.anatomy.citations import number_key
from doclint.document import Span
from doclint.finding import Verdict
from doclint.reuse.aside import Aside
from doclint.reuse.compare import covered
from doclint.reuse.copies import Copy, describe, trimmed
from doclint.reuse.draft import Draft
from doclint.reuse.hits import Hits, Relation, find_hits
from doclint.reuse.packs.entry import Entry, issuer_hash
from doclint.reuse.packs.library import Library
from doclint.reuse.packs.pack import Pack
from doclint.reuse.passages import MIN_SEEDS, MIN_TELLING, Passage, find_passages, solid
from doclint.reuse.seeds import common_seeds
from doclint.reuse.source import Source
from doclint.reuse.tokens import Offsets


@dataclass(frozen=True, slots=True)
class Found:
    """A copied passage and the document it comes from.

    ``syllables`` counts those of the draft that are asked after. ``also`` are other documents with the same passage.
    """

    copy: Copy
    syllables: int
    entry: Entry
    pack: str
    id: int
    source: Source
    also: tuple[Entry, ...]

    @property
    def unit(self) -> str:
        """The numbered unit of the source: «khoản 2 Điều 5»."""
        return self.source.unit(self.copy.source)


@dataclass(frozen=True, slots=True)
class Reuse:
    """What a draft has from a library: ``operative`` counts the syllables asked after, ``copied`` those found there."""

    found: tuple[Found, ...]
    operative: int
    copied: int
    fresh: tuple[Span, ...]
    """What is left that stands nowhere else."""
    aside: tuple[Aside, ...]

    @property
    def share(self) -> float:
        """Share of what the draft says of its own that stands elsewhere too."""
        return self.copied / self.operative if self.operative else 0.0

    @property
    def supports(self) -> Verdict:
        """The verdict that the copies alone support."""
        if self.share >= _NOTHING_LEFT:
            return "reconsider"
        return "revise" if self.found else "pass"


def find_reuse(
    draft: Draft, about: Entry, library: Library, relation: Relation, superiors: Sequence[str] = ()
) -> Reuse:
    """Find what ``draft`` has from documents that stand in ``relation`` to it and are not younger.

    ``about`` is what is known of the draft itself; a document of the same number and issuer is the draft itself.
    ``superiors`` are issuers that stand above it whatever their level.
    """
    hits = find_hits(draft, about, library, relation, frozenset(map(issuer_hash, superiors)))
    passages: list[_Candidate] = []
    for pack, id in _candidates(draft, hits):
        passages += _passages(draft, about, hits, pack, id)
    chosen = _chosen(passages, draft.telling)
    cut = [(one, trimmed(one.passage, draft.side)) for one in chosen]
    found = [(one, passage) for one, passage in cut if _tells(passage, draft) and not hits.everybodys(passage)]
    inside = covered(draft, [passage for _, passage in found])
    return Reuse(
        tuple(_found(one, passage, draft, passages) for one, passage in found),
        int(draft.own.sum()),
        int((draft.own & inside).sum()),
        tuple(_fresh(draft, draft.own & ~inside)),
        draft.aside,
    )


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    pack: Pack
    id: int
    entry: Entry
    source: Source


def _passages(draft: Draft, about: Entry, hits: Hits, pack: Pack, id: int) -> Iterator[_Candidate]:
    entry = pack.entry(id)
    if entry is None or _is_same(entry, about):
        return
    # The index tells which documents to open; what they share with the draft is read from their text.
    source = pack.source(id)
    theirs = source.side.tokens.ids
    seeds = common_seeds(draft.sought, theirs)
    for passage in find_passages(draft.ids, theirs, seeds, draft.telling, hits.rare):
        if (said := draft.said(passage)) is not None and not hits.everybodys(said):
            yield _Candidate(said, pack, id, entry, source)


def _tells(passage: Passage, draft: Draft) -> bool:
    return sum(bool(draft.telling[x]) for x, _ in passage.pairs) >= MIN_TELLING


def _is_same(entry: Entry, about: Entry) -> bool:
    numbers = {number_key(one.number) for one in (entry, about)}
    return bool(about.number) and len(numbers) == 1 and issuer_hash(entry.issuer) == issuer_hash(about.issuer)


def _candidates(draft: Draft, hits: Hits) -> list[tuple[Pack, int]]:
    """Return the documents that may have a passage of the draft, those with the longest first."""
    opened: dict[int, None] = {}
    times = np.zeros(len(draft.ids), dtype=np.int64)
    for members in _bands(hits):
        # What stands in enough documents already, and at greater length, is no reason to open another one.
        here = list(set(hits.index[members].tolist()))
        if len(here) >= MIN_SEEDS and (times[here] < _SOURCES).sum() >= MIN_SEEDS:
            times[here] += 1
            opened[int(hits.place[members[0]])] = None
        if len(opened) == _MAX_DOCUMENTS:
            break
    return [hits.documents[number] for number in opened]


def _bands(hits: Hits) -> Iterator[Offsets]:
    """Yield shingles that stand in one document and about as far from each other as in the draft, most first.

    Each shingle is in two bands, as a passage may lie across the border of one.
    """
    if not len(hits.index):
        return
    shift = hits.token - hits.index + int(hits.index.max())
    keys = np.concatenate([(hits.place << 32) | ((shift + half) // _BAND * 2 + bool(half)) for half in (0, _BAND // 2)])
    order = np.argsort(keys, kind="stable")
    borders = np.flatnonzero(np.diff(keys[order], prepend=-1, append=-1))
    sizes = np.diff(borders)
    for number in np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes >= MIN_SEEDS)].tolist():
        yield order[borders[number] : borders[number + 1]] % len(hits.index)


def _chosen(candidates: Sequence[_Candidate], telling: NDArray[np.bool_]) -> list[_Candidate]:
    """Return passages of which no two overlap in the draft, in order: of each stretch the longest."""
    taken = np.zeros(len(telling), dtype=bool)
    chosen: list[_Candidate] = []
    for one in sorted(candidates, key=lambda one: -len(one.passage.pairs)):
        for pairs in _left(one.passage, taken):
            for part in solid(pairs, telling):
                chosen.append(replace(one, passage=Passage(part)))
                taken[slice(*chosen[-1].passage.draft)] = True
    return sorted(chosen, key=lambda one: one.passage.draft)


def _left(passage: Passage, taken: NDArray[np.bool_]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the parts of ``passage`` before, between and after what is taken."""
    part: list[tuple[int, int]] = []
    for x, y in passage.pairs:
        if part and taken[part[-1][0] + 1 : x + 1].any():
            yield tuple(part)
            part = []
        if not taken[x]:
            part.append((x, y))
    if part:
        yield tuple(part)


def _found(one: _Candidate, passage: Passage, draft: Draft, others: Sequence[_Candidate]) -> Found:
    copy = describe(passage, draft.side, one.source.side)
    also = [other.entry for other in others if other.entry != one.entry and _overlap(other.passage, passage) >= _SAME]
    syllables = int(draft.own[slice(*passage.draft)].sum())
    return Found(copy, syllables, one.entry, one.pack.name, one.id, one.source, tuple(dict.fromkeys(also)))


def _overlap(other: Passage, passage: Passage) -> float:
    """Return the share of ``passage`` that ``other`` covers in the draft."""
    (first, last), (begin, end) = passage.draft, other.draft
    return max(0, min(last, end) - max(first, begin)) / (last - first)


def _fresh(draft: Draft, left: NDArray[np.bool_]) -> Iterator[Span]:
    """Yield the stretches of paragraphs that say something new: a word or two between copies says nothing."""
    ends = np.array([paragraph.end for paragraph in draft.paragraphs], dtype=np.int64)
    places = np.flatnonzero(left)
    paragraph = np.searchsorted(ends, draft.side.tokens.starts[places], side="right")
    for run in np.split(places, np.flatnonzero((np.diff(places) > _STRAY) | (np.diff(paragraph) > 0)) + 1):
        if len(run) >= _STRAY:
            yield draft.side.span(int(run[0]), int(run[-1]) + 1)


_BAND = 32
"""Syllables by which a passage may grow or shrink and still stand in one line."""
_MAX_DOCUMENTS = 30
"""Documents whose text is compared."""
_SOURCES = 3
"""Documents that are opened for one stretch of the draft: the best of them is told, the others beside it."""
_SAME = 0.8
"""Share of a passage that another document has too to be named beside its source."""
_NOTHING_LEFT = 0.8
_STRAY = 8
"""Syllables in a row that may be new without saying something new."""
