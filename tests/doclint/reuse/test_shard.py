"""A shard finds what a search through all documents would, and says when its files are not whole."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.reuse import sharding
from doclint.reuse.shard import FACTS, SIZE, Shard, open_shard
from doclint.reuse.sharding import MAX_TIMES, Row, merge_shards, write_shard
from doclint.reuse.tokens import mixed, shingles

documents = st.lists(st.lists(st.integers(0, 9), max_size=40), max_size=5)


def row(tokens: np.ndarray, id: int = 1) -> Row:
    return Row(np.array((id, 0, 0, 0, 0), dtype=FACTS)[()], tokens)


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


def test_too_much_for_one_batch_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sharding, "MAX_BATCH", 10)
    with pytest.raises(ValueError, match="too many"):
        write_shard(tmp_path, [row(ids([1] * 6)), row(ids([2] * 6))])


def test_of_what_everybody_says_enough_is_indexed_to_see_it(tmp_path: Path) -> None:
    phrase, own = list(range(1000, 1006)), 2000
    rows = [row(ids([*phrase, *range(own + 10 * number, own + 10 * number + 9)])) for number in range(1100)]
    write_shard(tmp_path, rows)
    shard = open_shard(tmp_path)
    everybody, mine = shingles(ids(phrase), SIZE), shingles(ids(list(range(own, own + 9))), SIZE)
    assert np.subtract(*shard.ranges(everybody)[::-1]).tolist() == [1000] * len(everybody)
    assert np.subtract(*shard.ranges(mine)[::-1]).all()


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


def stands(shard: Shard, draft: np.ndarray) -> list[tuple[int, int, int]]:
    """Return where the shingles of a draft stand: its token, the id of the document, the token there."""
    index, document, place = shard.met(*shard.ranges(shingles(draft, SIZE)))
    ids = shard.documents["id"][document]
    return sorted(zip(index.tolist(), ids.tolist(), place.tolist(), strict=True))


@settings(max_examples=100, deadline=None)
@given(st.lists(documents, min_size=1, max_size=4), st.sets(st.integers(0, 19)), st.sampled_from([1 << 22, 16, 4]))
def test_merged_shards_find_what_they_found_apart(parts: list[list[list[int]]], gone: set[int], piece: int) -> None:
    draft = ids(sorted(range(10)) * 2 + [0, 0, 0, 0, 0, 1])
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharding, "_PIECE", piece)
        folders = [Path(folder, str(number)) for number in range(len(parts) + 1)]
        apart, next_id = [], 0
        for path, sources in zip(folders, parts, strict=False):
            path.mkdir()
            write_shard(path, [row(ids(source), next_id + step) for step, source in enumerate(sources)])
            next_id += len(sources)
            apart += [found for found in stands(open_shard(path), draft) if found[1] not in gone]
        folders[-1].mkdir()
        merge_shards(folders[-1], folders[:-1], gone)
        merged = open_shard(folders[-1])
        assert stands(merged, draft) == sorted(apart)
        assert merged.documents["id"].tolist() == [id for id in range(next_id) if id not in gone]
