"""A shard finds what a search through all documents would, and says when its files are not whole."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.reuse.shard import FACTS, MAX_PLACES, MAX_TIMES, SIZE, Indexed, indexed, open_shard, write_shard
from doclint.reuse.tokens import mixed, shingles

documents = st.lists(st.lists(st.integers(0, 9), max_size=40), max_size=5)


def row(tokens: np.ndarray, id: int = 1) -> Indexed:
    return indexed(np.array((id, 0, 0, 0, 0), dtype=FACTS)[()], tokens)


def ids(values: list[int]) -> np.ndarray:
    return mixed(np.array(values, dtype=np.uint64))


@settings(max_examples=60, deadline=None)
@given(documents, st.lists(st.integers(0, 9), max_size=40), st.integers(1, 6))
def test_a_shard_finds_what_a_plain_search_does(sources: list[list[int]], draft: list[int], most: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_shard(Path(folder), [row(ids(source)) for source in sources])
        shard = open_shard(Path(folder))
        first, last = shard.ranges(shingles(ids(draft), SIZE))
        index, document, place = shard.met(first, np.where(last - first > most, first, last))
    found = sorted(zip(index.tolist(), document.tolist(), place.tolist(), strict=True))
    runs = [tuple(draft[at : at + SIZE]) for at in range(len(draft) - SIZE + 1)]
    stand = [
        (run, number, at)
        for number, source in enumerate(sources)
        for at in range(len(source) - SIZE + 1)
        if [tuple(source[to : to + SIZE]) for to in range(at)].count(run := tuple(source[at : at + SIZE])) < MAX_TIMES
    ]
    wanted = [
        (at, number, place)
        for at, run in enumerate(runs)
        if sum(other == run for other, _, _ in stand) <= most
        for other, number, place in stand
        if other == run
    ]
    assert found == sorted(wanted)


def test_a_shard_of_many_documents_is_small_and_right(tmp_path: Path) -> None:
    source = np.random.default_rng(1)
    texts = [source.integers(0, 1 << 63, 400).astype(np.uint64) for _ in range(500)]
    write_shard(tmp_path, [row(text) for text in texts])
    shard = open_shard(tmp_path)
    index, document, place = shard.met(*shard.ranges(shingles(texts[321][100:160], SIZE)))
    assert set(document[np.bincount(document)[document] > 2].tolist()) == {321}
    mine = document == 321
    assert (place[mine] - index[mine] == 100).all()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 7 * 500 * 400


def test_too_much_for_one_shard_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too many"):
        write_shard(tmp_path, [replace(row(ids([1])), length=MAX_PLACES + 1)])


@pytest.mark.parametrize("broken", ["cut", "missing", "empty"])
def test_files_that_are_not_whole_are_refused(tmp_path: Path, broken: str) -> None:
    write_shard(tmp_path, [row(ids(list(range(100))))])
    file = tmp_path / "places.npy"
    if broken == "missing":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: 200 if broken == "cut" else 0])
    with pytest.raises((OSError, ValueError, EOFError)):
        open_shard(tmp_path)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_a_shard_gives_back_what_was_written(sources: list[list[int]]) -> None:
    written = [row(ids(source), number) for number, source in enumerate(sources, 1)]
    with tempfile.TemporaryDirectory() as folder:
        write_shard(Path(folder), written)
        got = list(open_shard(Path(folder)).indexed())
    assert [int(one.facts["id"]) for one in got] == list(range(1, len(sources) + 1))
    for before, after in zip(written, got, strict=True):
        assert before.length == after.length
        order = np.argsort(before.tokens)
        assert (before.tokens[order] == after.tokens).all()
        assert (before.hashes[order] >> np.uint64(36) == after.hashes >> np.uint64(36)).all()
