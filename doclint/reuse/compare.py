"""Two documents → the passages that the draft has from the other, how alike they are, and what it has changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.reuse.aside import Aside, operative, set_aside
from doclint.reuse.figures import Change, changes
from doclint.reuse.passages import Passage, find_passages
from doclint.reuse.shard import SIZE, met
from doclint.reuse.tokens import Hashes, Tokens, shingles, tokenise
from doclint.vietnamese.normalise import lowered
from doclint.vietnamese.tones import new_tone_placement

Grade = Literal["verbatim", "edited", "abridged"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a copy: what stands in the source and what in the draft; both where they are the same."""

    source: str
    draft: str
    same: bool


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage of the draft and where it stands in the source.

    ``similarity`` is the share of syllables, accents and all, that are the same, of both sides together. ``where`` is
    the numbered unit of the source: «Điều 5.2.a», empty when there is none.
    """

    draft: Span
    source: Span
    where: str
    similarity: float
    grade: Grade
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a draft has from one source; ``operative`` counts the syllables compared, ``copied`` those found there."""

    copies: tuple[Copy, ...]
    operative: int
    copied: int
    aside: tuple[Aside, ...]

    @property
    def share(self) -> float:
        """Share of what the draft says of its own that stands in the source too."""
        return self.copied / self.operative if self.operative else 0.0


def compare(draft: Document, anatomy: Anatomy, source: Document, source_anatomy: Anatomy) -> Comparison:
    """Compare the operative text of ``draft`` with all of ``source``."""
    ours, theirs = tokenise(draft.text), tokenise(source.text)
    aside = set_aside(draft, anatomy)
    paragraphs = operative(anatomy)
    asked = _asked(ours, paragraphs, [one.span for one in aside if one.kind != "formula"])
    telling = _asked(ours, paragraphs, [one.span for one in aside])
    ids = _hidden(ours.ids, asked)
    shared = find_passages(ids, theirs.ids, seeds_of(ids, theirs.ids), telling)
    found = [_trimmed(passage, draft.text, ours) for passage in shared]
    copies = tuple(_copy(passage, draft, ours, source, theirs, source_anatomy) for passage in found)
    covered = np.zeros(len(ours), dtype=bool)
    for passage in found:
        covered[slice(*passage.draft)] = True
    return Comparison(copies, int(telling.sum()), int((covered & telling).sum()), aside)


def _asked(tokens: Tokens, paragraphs: Sequence[Span], aside: Sequence[Span]) -> NDArray[np.bool_]:
    """Tell for each token whether it stands in ``paragraphs`` and not ``aside``."""
    asked = np.zeros(len(tokens), dtype=bool)
    for span in paragraphs:
        asked[slice(*tokens.between(span.start, span.end))] = True
    for span in aside:
        asked[slice(*tokens.between(span.start, span.end))] = False
    return asked


def _hidden(ids: Hashes, asked: NDArray[np.bool_]) -> Hashes:
    """Return ``ids`` with another number, found nowhere else, for each token that is not asked after."""
    return np.where(asked, ids, np.arange(len(ids), dtype=np.uint64))


def seeds_of(draft: Hashes, source: Hashes) -> list[tuple[int, int]]:
    """Return where a shingle of ``draft`` stands in ``source``: the first token of both."""
    left, right = shingles(draft, SIZE), shingles(source, SIZE)
    order = np.argsort(right, kind="stable")
    low, high = (np.searchsorted(right[order], left, side=side) for side in ("left", "right"))
    x, at = met(low, high, _MOST)
    return list(zip(x.tolist(), order[at].tolist(), strict=True))


def _trimmed(passage: Passage, text: str, tokens: Tokens) -> Passage:
    """Return ``passage`` without the word or two that it has of a paragraph before or after it."""
    pairs = passage.pairs
    breaks = [
        place
        for place, (before, after) in enumerate(pairwise(pairs), 1)
        if "\n" in text[int(tokens.ends[before[0]]) : int(tokens.starts[after[0]])]
    ]
    first = max((place for place in breaks if place <= _SCRAP), default=0)
    last = min((place for place in breaks if place >= len(pairs) - _SCRAP), default=len(pairs))
    return Passage(pairs[first:last])


def _copy(passage: Passage, draft: Document, ours: Tokens, source: Document, theirs: Tokens, anatomy: Anatomy) -> Copy:
    here = Span(int(ours.starts[passage.draft[0]]), int(ours.ends[passage.draft[1] - 1]))
    there = Span(int(theirs.starts[passage.source[0]]), int(theirs.ends[passage.source[1] - 1]))
    same = [_word(draft, ours, x) == _word(source, theirs, y) for x, y in passage.pairs]
    lengths = [last - first for first, last in (passage.draft, passage.source)]
    similarity = 2 * sum(same) / sum(lengths)
    return Copy(
        here,
        there,
        anatomy.body.path(anatomy.body.at(there.start)),
        similarity,
        _grade(similarity, lengths, len(passage.pairs)),
        tuple(_edits(passage, same, draft, ours, source, theirs)),
        tuple(changes(draft.text, ours, source.text, theirs, passage.pairs)),
    )


def _word(document: Document, tokens: Tokens, place: int) -> str:
    return new_tone_placement(lowered(document.text[int(tokens.starts[place]) : int(tokens.ends[place])]))


def _grade(similarity: float, lengths: list[int], pairs: int) -> Grade:
    if similarity == 1:
        return "verbatim"
    return "abridged" if lengths[1] >= 1.25 * lengths[0] and pairs >= 0.8 * lengths[0] else "edited"


def _edits(
    passage: Passage, same: list[bool], draft: Document, ours: Tokens, source: Document, theirs: Tokens
) -> list[Edit]:
    """Return the passage cut where the two sides part and meet again."""
    edits: list[Edit] = []
    x, y = passage.draft[0], passage.source[0]
    for first, last in _runs([pair for pair, alike in zip(passage.pairs, same, strict=True) if alike]):
        if first[0] > x or first[1] > y:
            edits.append(Edit(_text(source, theirs, y, first[1]), _text(draft, ours, x, first[0]), same=False))
        x, y = last[0] + 1, last[1] + 1
        edits.append(Edit(_text(source, theirs, first[1], y), _text(draft, ours, first[0], x), same=True))
    end_x, end_y = passage.draft[1], passage.source[1]
    if end_x > x or end_y > y:
        edits.append(Edit(_text(source, theirs, y, end_y), _text(draft, ours, x, end_x), same=False))
    return edits


def _runs(pairs: list[tuple[int, int]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the first and last of each run of pairs that follow each other on both sides."""
    runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for pair in pairs:
        if runs and pair == (runs[-1][1][0] + 1, runs[-1][1][1] + 1):
            runs[-1] = (runs[-1][0], pair)
        else:
            runs.append((pair, pair))
    return runs


def _text(document: Document, tokens: Tokens, first: int, last: int) -> str:
    """Return the tokens ``first`` to ``last`` with what is written between them."""
    if first >= last:
        return ""
    return " ".join(document.text[int(tokens.starts[first]) : int(tokens.ends[last - 1])].split())


_SCRAP = 3
"""Syllables of a paragraph that are no part of a copy: its number, or the words that end it."""
_MOST = 20
"""Times that a shingle may stand in the source: what stands there more often says nothing of a place."""
