"""Cut text into the words that are searched, the same way for pages and for queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from doclint.vietnamese.normalise import fold, lowered
from doclint.vietnamese.tones import new_tone_placement


@dataclass(frozen=True, slots=True)
class Term:
    """A word as it is searched: ``exact`` with its accents, ``folded`` without; ``start`` and ``end`` are offsets."""

    exact: str
    folded: str
    start: int
    end: int


def terms(text: str) -> Iterator[Term]:
    """Yield the words of ``text``, which must be in form C: no word is too short or too common.

    A code gives its parts, so that 534/QĐ-TTg is found by 534, by QĐ-TTg and, as neighbours, by itself. The folded
    word is alike for what scanners and people write in two ways: i and y, 0 and O, 1 and l.
    """
    for match in _WORD.finditer(text):
        exact, folded = both_forms(match[0])
        yield Term(exact, folded, match.start(), match.end())


def words(text: str) -> tuple[list[str], list[str]]:
    """Return the words of ``text`` with their accents, and folded."""
    pairs = [both_forms(word) for word in _WORD.findall(text)]
    return [exact for exact, _ in pairs], [folded for _, folded in pairs]


def squashed(text: str) -> str:
    """Return the folded words of ``text`` as one: 534/QĐ-TTg, 534 qd ttg and 534QĐTTg are all 534qdttg."""
    return "".join(words(text)[1])


def number_key(text: str) -> str:
    """Return a number, with its symbol or without, as it is found: squashed, without leading noughts."""
    return squashed(text).lstrip("0")


@lru_cache(maxsize=65536)
def both_forms(word: str) -> tuple[str, str]:
    """Return one word with its accents and folded, both as long as the word is."""
    exact, folded = new_tone_placement(lowered(word.translate(_ONE_D))), fold(word)
    folded = folded.replace("ð", "d")
    if _MISREAD_NUMBER.fullmatch(word):
        folded = folded.translate(_TO_DIGITS)
    elif _MISREAD_WORD.fullmatch(word):
        folded = folded.translate(_TO_LETTERS)
    elif folded.endswith("y") and _OPEN_Y.fullmatch(folded):
        folded = folded[:-1] + "i"
    return exact, folded


_ONE_D = str.maketrans("Ðð", "Đđ")
"""Letters that old keyboards have for đ."""
_LETTER = r"[^\W\d_]"
# A number in which a scanner took 0 for O or 1 for l, a word in which it did the reverse, a number, a word.
_WORD = re.compile(
    rf"(?<![^\W_])[OoLlIi]*\d[\dOoLlIi]*(?![^\W_]) | {_LETTER}+(?:[01]+{_LETTER}+)+ | \d+ | {_LETTER}+\d*", re.VERBOSE
)
_MISREAD_NUMBER = re.compile(r"(?=.*[OoLlIi])[\dOoLlIi]*\d[\dOoLlIi]*", re.ASCII)
_MISREAD_WORD = re.compile(rf"{_LETTER}+(?:[01]+{_LETTER}+)+")
_TO_DIGITS, _TO_LETTERS = str.maketrans("oli", "011"), str.maketrans("01", "ol")
_OPEN_Y = re.compile(r"(?:[bdghklmnrstvx]|ch|gh|kh|nh|ph|qu|th|tr)?y")
"""Syllables whose one vowel is y: lý and lí, quý and quí, y tế and i tế are one word."""
