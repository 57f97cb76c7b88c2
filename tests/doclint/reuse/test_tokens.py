"""Syllables as numbers: alike where the words are alike, each in its place."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doclint.readers import read
from doclint.reuse.tokens import shingles, tokenise
from doclint.vietnamese.normalise import fold

texts = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyAĐÔẾàấệ0123456789 ,.;:/()-\n\u0301😀ß", max_size=80)


def words(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def test_syllables_and_numbers_are_tokens() -> None:
    assert words("Ủy ban (UBND) xã, số 12/KH-UBND: 1.250.000đ!") == [
        "Ủy", "ban", "UBND", "xã", "số", "12", "KH", "UBND", "1", "250", "000đ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ủy ban nhân dân", "UY BAN NHAN DAN"),
        ("ngày 05 tháng 3 năm 2020", "05/3/2020"),
        ("ngày 05 tháng 03", "5/3"),
        ("quý I", "quy i"),
        ("đất", "Dat"),
    ],
)
def test_spellings_of_one_thing_are_alike(one: str, other: str) -> None:
    assert tokenise(one).ids.tolist() == tokenise(other).ids.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [("ba", "ab"), ("an", "ann"), ("15", "150"), ("05", "50"), ("2020", "0202"), ("năm", "ngày"), ("a b", "ab")],
)
def test_other_words_are_other_numbers(one: str, other: str) -> None:
    assert tokenise(one).ids.tolist() != tokenise(other).ids.tolist()


def test_words_of_a_date_stay_where_there_is_no_date() -> None:
    text = "trong 05 ngày của tháng 3 năm học 2026"
    assert words(text) == text.split()


@given(texts)
def test_every_token_stands_where_it_says(text: str) -> None:
    tokens = tokenise(text)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))
    assert (np.diff(tokens.starts) > 0).all()
    assert all(tokenise(word).ids.tolist() == [number] for word, number in zip(words(text), tokens.ids, strict=True))


@given(texts)
def test_folded_text_gives_the_same(text: str) -> None:
    assert tokenise(fold(text)).ids.tolist() == tokenise(text).ids.tolist()


@pytest.mark.realdata
def test_different_words_of_real_documents_differ(shared: Path) -> None:
    text = "\n".join(read(path).text for path in sorted((shared / "data/gazette").glob("*.txt")))
    known: dict[int, str] = {}
    for word, number in zip(words(text), tokenise(text).ids.tolist(), strict=True):
        plain = re.sub(r"^0(?=\d$)", "", fold(word))
        assert known.setdefault(number, plain) == plain
    assert len(known) > 1000


@given(st.lists(st.integers(0, 5), max_size=12), st.integers(1, 5))
def test_shingles_are_alike_where_their_tokens_are(values: list[int], size: int) -> None:
    ids = np.array(values, dtype=np.uint64)
    hashes = shingles(ids, size).tolist()
    runs = [tuple(values[place : place + size]) for place in range(len(values) - size + 1)]
    assert len(hashes) == len(runs)
    assert len(set(hashes)) == len(set(runs))
    assert len(set(zip(hashes, runs, strict=True))) == len(set(runs))
