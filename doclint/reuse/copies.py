"""A passage that two texts share → what a person wants to know of it: how alike, what was changed, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from doclint.document import Span
from doclint.reuse.figures import Change, changes
from doclint.reuse.passages import Passage
from doclint.reuse.side import Side

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

    ``similarity`` is the share of syllables, accents and all, that are the same, of both sides together.
    """

    draft: Span
    source: Span
    similarity: float
    grade: Grade
    edits: tuple[Edit, ...]
    changes: tuple[Change, ...]
    same: tuple[Span, ...]
    """What of the draft is the source's to the letter."""


def describe(passage: Passage, draft: Side, source: Side) -> Copy:
    """Return what there is to say of ``passage``."""
    ours, theirs = (side.words_at([pair[at] for pair in passage.pairs]) for at, side in enumerate((draft, source)))
    same = [pair for pair, our, their in zip(passage.pairs, ours, theirs, strict=True) if our == their]
    lengths = [last - first for first, last in (passage.draft, passage.source)]
    similarity = 2 * len(same) / sum(lengths)
    runs = list(_runs(same))
    return Copy(
        draft.span(*passage.draft),
        source.span(*passage.source),
        similarity,
        _grade(similarity, lengths, len(passage.pairs)),
        tuple(_edits(passage, runs, draft, source)),
        tuple(changes(draft, source, passage.pairs)),
        tuple(draft.span(first[0], last[0] + 1) for first, last in runs),
    )


def trimmed(passage: Passage, draft: Side) -> Passage:
    """Return ``passage`` without the word or two that it has of a paragraph before or after it."""
    pairs, tokens = passage.pairs, draft.tokens
    breaks = [
        place
        for place, (before, after) in enumerate(pairwise(pairs), 1)
        if "\n" in draft.text[int(tokens.ends[before[0]]) : int(tokens.starts[after[0]])]
    ]
    first = max((place for place in breaks if place <= _SCRAP), default=0)
    last = min((place for place in breaks if place >= len(pairs) - _SCRAP), default=len(pairs))
    return Passage(pairs[first:last])


def _grade(similarity: float, lengths: list[int], pairs: int) -> Grade:
    if similarity == 1:
        return "verbatim"
    return "abridged" if lengths[1] >= 1.25 * lengths[0] and pairs >= 0.8 * lengths[0] else "edited"


def _edits(passage: Passage, runs: list[_Run], draft: Side, source: Side) -> Iterator[Edit]:
    """Yield the passage cut where the two sides part and meet again."""
    x, y = passage.draft[0], passage.source[0]
    for first, last in runs:
        if first[0] > x or first[1] > y:
            yield Edit(source.words(y, first[1]), draft.words(x, first[0]), same=False)
        x, y = last[0] + 1, last[1] + 1
        yield Edit(source.words(first[1], y), draft.words(first[0], x), same=True)
    end_x, end_y = passage.draft[1], passage.source[1]
    if end_x > x or end_y > y:
        yield Edit(source.words(y, end_y), draft.words(x, end_x), same=False)


def _runs(pairs: list[tuple[int, int]]) -> Iterator[_Run]:
    """Yield the first and last of each run of pairs that follow each other on both sides."""
    if not pairs:
        return
    first = last = pairs[0]
    for pair in pairs[1:]:
        if pair != (last[0] + 1, last[1] + 1):
            yield first, last
            first = pair
        last = pair
    yield first, last


_Run = tuple[tuple[int, int], tuple[int, int]]
_SCRAP = 3
"""Syllables of a paragraph that are no part of a copy: its number, or the words that end it."""
