"""Correct what OCR read where the language model is sure of better; the reading itself is kept with each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from digitize.lm.candidates import candidates
from digitize.lm.guard import Leave, Piece, leave, piece, supported
from digitize.lm.model import UNKNOWN, Model
from digitize.lm.search import Choice, best
from digitize.lm.text import counted, is_vietnamese
from digitize.words import Word
from doclint.vietnamese.normalise import lowered

SURE = 97.0
"""Words of which Tesseract is surer than this (0–100) are left as they are."""
DOUBT = ((0.0, 1.0), (90.0, 1.5), (93.0, 3.0), (96.2, 5.3), (100.0, 6.5))
"""Confidence → the logarithm of how many words of that confidence are right for one that is wrong."""


def correct(words: Sequence[Word], model: Model) -> tuple[Word, ...]:
    """Return the words of a page, those that were misread corrected; ``raw`` of these is what was read."""
    corrected: list[Word] = []
    for _, group in groupby(words, key=lambda word: (word.block, word.paragraph)):
        corrected += _paragraph(tuple(group), model)
    return tuple(corrected)


def _paragraph(words: Sequence[Word], model: Model) -> list[Word]:
    units = [counted(word.text) for word in words]
    read = [
        Choice(tuple(model.number(unit) for unit in row), word.text, 0.0)
        for word, row in zip(words, units, strict=True)
    ]
    if not is_vietnamese([unit for row in units for unit in row]):
        return list(words)
    pieces = [piece(word.text) for word in words]
    choices = [_choices(words, pieces, read, place, model) for place in range(len(words))]
    chosen = best(choices, model)
    return [
        replace(word, text=choice.text, raw=word.text) if choice.text != word.text else word
        for word, choice in zip(words, chosen, strict=True)
    ]


def _choices(
    words: Sequence[Word], pieces: Sequence[Piece], read: Sequence[Choice], place: int, model: Model
) -> list[Choice]:
    """Return the ways to read a word, that of the engine first."""
    word, cut, as_read = words[place], pieces[place], read[place]
    how = Leave.NEVER if word.confidence > SURE else leave(pieces, place)
    if how is Leave.NEVER:
        return [as_read]
    syllable = lowered(cut.syllable)
    at = counted(word.text).index(syllable)
    found = [as_read]
    doubted = doubt(word.confidence)
    around = beside(read, place, at)
    for other, cost in candidates(syllable, model):
        number = model.number(other)
        if not supported(number, around, as_read.units[at], how, model):
            continue
        units = (*as_read.units[:at], number, *as_read.units[at + 1 :])
        text = f"{cut.before}{cased(other, cut.syllable)}{cut.after}"
        found.append(Choice(units, text, cost + doubted))
    return found


def beside(read: Sequence[Choice], place: int, at: int) -> tuple[int, int]:
    """Return the units before and after unit ``at`` of the word at ``place``."""
    before = [*(read[place - 1].units if place else ()), *read[place].units[:at]]
    after = [*read[place].units[at + 1 :], *(read[place + 1].units if place + 1 < len(read) else ())]
    return before[-1] if before else UNKNOWN, after[0] if after else UNKNOWN


def doubt(confidence: float) -> float:
    """Return the cost in nats of text other than Tesseract read with a confidence."""
    for (low, least), (high, most) in pairwise(DOUBT):
        if confidence < high:
            return least + (most - least) * max(confidence - low, 0) / (high - low)
    return DOUBT[-1][1]


def cased(other: str, syllable: str) -> str:
    """Return ``other`` in the case of what was read."""
    if syllable.isupper():
        return other.upper()
    return other.capitalize() if syllable[0].isupper() else other
