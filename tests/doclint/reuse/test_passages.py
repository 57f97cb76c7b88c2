"""Passages: all of what two texts share, in order, and nothing that is not the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.reuse.passages import MIN_TELLING, MIN_TOKENS, Passage, find_passages
from doclint.reuse.seeds import common_seeds, sought
from doclint.reuse.shard import SIZE
from doclint.reuse.tokens import shingles

numbers = st.lists(st.integers(0, 40), max_size=120)


def passages(draft: list[int], source: list[int]) -> list[Passage]:
    ours, theirs = np.array(draft, dtype=np.uint64), np.array(source, dtype=np.uint64)
    seeds = common_seeds(sought(shingles(ours, SIZE)), theirs)
    return find_passages(ours, theirs, seeds, np.ones(len(draft), dtype=bool), np.ones(len(draft), dtype=bool))


def filler(start: int, count: int) -> list[int]:
    return list(range(start, start + count))


COPY = filler(1, 30)


@pytest.mark.parametrize("length", [MIN_TOKENS, 30])
def test_an_unchanged_passage_is_found_whole(length: int) -> None:
    (found,) = passages([*filler(500, 40), *COPY[:length], *filler(600, 40)], [*filler(700, 9), *COPY, *filler(800, 9)])
    assert found.draft == (40, 40 + length)
    assert found.source == (9, 9 + length)


def test_a_phrase_is_no_passage() -> None:
    phrase = COPY[: MIN_TELLING - 1]
    assert passages([*filler(500, 40), *phrase, *filler(600, 40)], [*filler(700, 9), *COPY]) == []


@pytest.mark.parametrize(
    "edited",
    [
        [*COPY[:12], 999, *COPY[13:]],
        [*COPY[:12], 998, 999, *COPY[12:]],
        [*COPY[:12], *COPY[15:]],
        [999, *COPY[1:]],
        [*COPY[:10], *COPY[18:]],
    ],
    ids=["replaced", "added", "left out", "first word", "sentence left out"],
)
def test_an_edited_passage_is_one(edited: list[int]) -> None:
    (found,) = passages([*filler(500, 20), *edited, *filler(600, 20)], [*filler(700, 9), *COPY, *filler(800, 9)])
    same = set(COPY) & set(edited)
    assert len(found.pairs) == len(same)


def test_phrases_far_apart_are_no_passage() -> None:
    source = [*COPY[:8], *filler(700, 40), *COPY[8:16]]
    assert passages([*filler(500, 20), *COPY[:16], *filler(600, 20)], source) == []


def test_what_is_everybodys_makes_no_passage() -> None:
    ours = np.array([*filler(500, 20), *COPY[:16]], dtype=np.uint64)
    theirs = np.array(COPY, dtype=np.uint64)
    telling = np.arange(36) < 26
    leading = np.ones(36, dtype=bool)
    assert find_passages(ours, theirs, common_seeds(sought(shingles(ours, SIZE)), theirs), telling, leading) == []
    assert find_passages(ours, theirs, common_seeds(sought(shingles(ours, SIZE)), theirs), leading, leading)
    assert find_passages(ours, theirs, common_seeds(sought(shingles(ours, SIZE)), theirs), leading, ~leading) == []


def test_two_copies_of_one_source_are_two_passages() -> None:
    found = passages([*COPY, *filler(500, 60), *COPY], [*filler(700, 9), *COPY])
    assert [passage.draft for passage in found] == [(0, 30), (90, 120)]
    assert {passage.source for passage in found} == {(9, 39)}


@settings(max_examples=200)
@given(numbers, numbers, st.lists(st.integers(0, 40), min_size=12, max_size=40))
def test_pairs_rise_and_are_the_same_on_both_sides(before: list[int], after: list[int], shared: list[int]) -> None:
    draft, source = [*before, *shared, *after], [*after, *shared, *before]
    found = passages(draft, source)
    for passage in found:
        assert all(draft[x] == source[y] for x, y in passage.pairs)
        assert all(x < next_x and y < next_y for (x, y), (next_x, next_y) in pairwise(passage.pairs))
    assert all(one.draft[1] <= other.draft[0] for one, other in pairwise(found))
