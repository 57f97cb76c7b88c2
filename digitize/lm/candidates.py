"""What a misread syllable may have been, and how unlikely each misreading is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from digitize.lm.model import Model
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.spelling import is_possible_syllable
from doclint.vietnamese.tones import new_tone_placement

Candidate = tuple[str, float]
"""A syllable in small letters and its cost: minus the logarithm of how likely it is to be read so, in nats."""

TONE, QUALITY, LETTER = 2.5, 2.5, 5.0
"""Costs of another tone, another mark of the letter itself (â ă ê ô ơ ư đ), and another letter."""
_LEAST = 3  # a syllable seen less often is as likely another misreading


@lru_cache(maxsize=16_384)
def candidates(syllable: str, model: Model) -> tuple[Candidate, ...]:
    """Return the syllables of the model that ``syllable``, in small letters, may be a misreading of; not itself."""
    return tuple(_candidates(syllable, model))


def _candidates(syllable: str, model: Model) -> Iterator[Candidate]:
    letters = fold(syllable)
    for word in model.alike(letters):
        if word != syllable and _fit(word, model) and new_tone_placement(word) != new_tone_placement(syllable):
            yield word, _marks_between(syllable, word)
    for start, end, other in confused(letters):
        variant = letters[:start] + other + letters[end:]
        for word in model.alike(variant):
            if _fit(word, model):
                tail = len(syllable) - end
                before = _marks_between(syllable[:start], word[:start])
                after = _marks_between(syllable[end:], word[len(word) - tail :])
                yield word, LETTER + before + after


def confused(letters: str) -> Iterator[tuple[int, int, str]]:
    """Yield where one confusion that is typical of print may stand in unmarked letters, and what was printed."""
    for start in range(len(letters)):
        for end in (start + 1, start + 2):
            for printed in _PRINTED.get(letters[start:end], ()) if end <= len(letters) else ():
                yield start, end, printed


def _fit(word: str, model: Model) -> bool:
    return model.singles[model.number(word)] >= _LEAST and is_possible_syllable(word)


def _marks_between(one: str, other: str) -> float:
    """Return the cost of the marks in which two strings of the same letters differ."""
    cost = 0.0
    for left, right in zip(one, other, strict=True):
        if left != right:
            (quality, tone), (other_quality, other_tone) = _marks(left), _marks(right)
            cost += QUALITY * (quality != other_quality) + TONE * (tone != other_tone)
    return cost


@lru_cache(maxsize=512)
def _marks(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)[1:]
    tone = "".join(part for part in parts if part in _TONES)
    return ("-" if letter == "đ" else "".join(part for part in parts if part not in _TONES)), tone


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PAIRS = "c e, c o, e o, a o, l i, l t, i t, n u, h b, m rn, n ri, n m, t c, v y, g q, u ii"
# Read → what was printed; either of a pair is taken for the other.
_PRINTED: dict[str, list[str]] = {}
for _pair in _PAIRS.split(", "):
    _one, _other = _pair.split()
    _PRINTED.setdefault(_one, []).append(_other)
    _PRINTED.setdefault(_other, []).append(_one)
