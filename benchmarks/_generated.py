"""Documents made up of Vietnamese syllables in the frequencies of a language, each with some phrases that all share."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

from doclint.reuse.packs.entry import Entry
from doclint.reuse.packs.store import Prepared
from doclint.reuse.source import Source, packed
from doclint.reuse.tokens import Hashes, tokenise
from doclint.vietnamese.syllables import tokens

SYLLABLES = 1440
"""Syllables of a document, which with its head and the numbers of its items has 1,500."""
PHRASE = 12
"""Syllables of a phrase that all share."""
ITEM = 40
"""Syllables of a numbered item."""


def words(number: int) -> list[str]:
    """Return the syllables of document ``number``: always the same for the same number."""
    return [_vocabulary()[place] for place in _chosen(number)]


def prepared(number: int) -> Prepared:
    """Return document ``number`` as a pack takes it, without the way over a file."""
    chosen = _chosen(number)
    text = " ".join([_vocabulary()[place] for place in chosen])
    day = datetime.date(2000 + number % 26, number % 12 + 1, number % 28 + 1)
    entry = Entry(f"/{number}.txt", f"{number:064}", f"{number}/KH-UBND", day, "UBND tỉnh", "", "KH", "province")
    return Prepared(entry, packed(Source(text)), _hashes()[chosen])


def _chosen(number: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    source = np.random.default_rng(number)
    chosen = np.searchsorted(_frequencies(), source.random(SYLLABLES))
    for phrase in source.choice(len(_phrases()), 8):
        start = int(source.integers(0, SYLLABLES - PHRASE))
        chosen[start : start + PHRASE] = _phrases()[phrase]
    return chosen


@cache
def _hashes() -> Hashes:
    """Return the hash of each syllable of the vocabulary."""
    ids = tokenise(" ".join(_vocabulary())).ids
    assert len(ids) == len(_vocabulary())
    return ids


def document(number: int, text: list[str]) -> str:
    """Return a plan of a province with the syllables ``text`` as its numbered items."""
    items = [" ".join(text[start : start + ITEM]) for start in range(0, len(text), ITEM)]
    body = "\n".join(f"{place}. {item}." for place, item in enumerate(items, 1))
    day = f"ngày {number % 28 + 1:02} tháng {number % 12 + 1:02} năm {2000 + number % 26}"
    return (
        f"ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ\n\nSố: {number}/KH-UBND\n\nSơn Khê, {day}\n\nKẾ HOẠCH\nViệc số {number}\n\n"
        f"{body}\n\nNơi nhận:\n- Lưu: VT.\n"
    )


def noisy(text: list[str], by: random.Random, share: float = 0.02) -> list[str]:
    """Return ``text`` with ``share`` of its syllables misread."""
    return [word[::-1] if by.random() < share else word for word in text]


def write_all(folder: Path, count: int) -> None:
    """Write ``count`` documents, a thousand in a folder."""
    for number in range(count):
        above = folder / f"{number // 1000:04}"
        above.mkdir(exist_ok=True)
        (above / f"{number}.txt").write_text(document(number, words(number)), encoding="utf-8")


@cache
def _vocabulary() -> list[str]:
    """Return syllables of our own specimens, then such as nobody has written, 10,240 in all."""
    corpora = Path(__file__).resolve().parents[1] / "corpora"
    own = (token.text.lower() for path in sorted(corpora.rglob("*.txt")) for token in tokens(path.read_text("utf-8")))
    known = dict.fromkeys(word for word in own if word.isalpha())
    return [*known, *_made_up(known)][:10_240]


def _made_up(known: dict[str, None]) -> Iterator[str]:
    for first in "bcdghklmnprstvx":
        for middle in ("a", "o", "u", "i", "ê", "ô", "ơ", "ư"):
            for last in "bcdghklmnprstvx":
                for end in ("a", "o", "u", "i", "e"):
                    if (word := f"{first}{middle}{last}{end}") not in known:
                        yield word


@cache
def _frequencies() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the cumulated shares of the vocabulary, by Zipf's law."""
    weights = 1 / (np.arange(len(_vocabulary())) + 2.7)
    return np.cumsum(weights / weights.sum())


@cache
def _phrases() -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    return [np.random.default_rng(seed).integers(0, 500, PHRASE) for seed in range(20)]
