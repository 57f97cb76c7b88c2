"""Choose words by what a recogniser saw, what a second engine read there and what the language model expects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from digitize.lm.candidates import candidates
from digitize.lm.correct import beside, cased, doubt
from digitize.lm.ctc import log_likelihoods
from digitize.lm.guard import Leave, Piece, leave, piece, supported
from digitize.lm.search import Choice, best
from digitize.lm.text import NUMBER, counted, is_vietnamese
from digitize.words import line_text
from doclint.vietnamese.normalise import lowered

if TYPE_CHECKING:
    from digitize.lm.ctc import Posteriors
    from digitize.lm.model import Model
    from digitize.words import Word

SURE = 99.5
"""Words of which the recogniser is surer than this (0–100), and that the model knows, are left as they are."""
MOST = 14.0
"""The highest cost of other text in nats: beyond it posteriors only say no."""
SECOND = 1.0
"""What a nat of the second engine's confidence weighs."""
STRANGE = 1.0
"""Cost in nats of a letter that the recogniser does not have: its frames can only say that something stands there."""
UNIT = 5.4
"""What one unit more costs in the model: of two readings the shorter is not to win for being short."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Words as a recogniser read them, nearly always one, with the posteriors of their frames, frames × symbols.

    ``rival`` is what a second engine read in the same place, empty when nothing or when there is no second engine.
    """

    words: tuple[Word, ...]
    posteriors: Posteriors
    rival: tuple[Word, ...] = ()

    @property
    def text(self) -> str:
        """What the recogniser read."""
        return line_text(self.words)

    @property
    def agreed(self) -> bool:
        """Whether the second engine read the same."""
        return line_text(self.rival) == self.text


def decode(seen: Sequence[Seen], symbols: Mapping[str, int], model: Model | None) -> tuple[Word, ...]:
    """Return the words of a page; ``raw`` of those that differ from what the recogniser read is what it read.

    ``symbols`` are the columns of the posteriors. Without a model all is left as the recogniser read it.
    """
    if model is None:
        return tuple(word for one in seen for word in one.words)
    words: list[Word] = []
    for _, group in groupby(seen, key=lambda one: (one.words[0].block, one.words[0].paragraph)):
        words += _paragraph(tuple(group), symbols, model)
    return tuple(words)


def _paragraph(seen: Sequence[Seen], symbols: Mapping[str, int], model: Model) -> Iterator[Word]:
    read = [_choice(one.text, 0.0, model) for one in seen]
    pieces = [piece(one.text) for one in seen]
    vietnamese = is_vietnamese([unit for one in seen for unit in _units(one.text)])
    choices = []
    for place, one in enumerate(seen):
        found = [read[place]]
        if one.rival and not one.agreed:
            found.append(_rival(one, read[place], model if vietnamese else None))
        if vietnamese:
            found += _others(seen, pieces, read, place, symbols, model)
        choices.append(_weighed(one, found, symbols) if len(found) > 1 else found)
    for one, choice in zip(seen, best(choices, model), strict=True):
        yield from _words(one, choice.text)


def _choice(text: str, cost: float, model: Model) -> Choice:
    return Choice(tuple(model.number(unit) for unit in _units(text)), text, cost)


@lru_cache(maxsize=4096)  # of most pages most words are the same
def _units(text: str) -> tuple[str, ...]:
    return tuple(counted(text))


def _rival(one: Seen, read: Choice, model: Model | None) -> Choice:
    """Return what the second engine read as a choice; where numbers stand the model has no say."""
    text = line_text(one.rival)
    if model is None or NUMBER in (*_units(text), *_units(one.text)):
        return Choice(read.units, text, 0.0)
    other = _choice(text, 0.0, model)
    return replace(other, cost=-UNIT * (len(other.units) - len(read.units)))


def _others(
    seen: Sequence[Seen],
    pieces: Sequence[Piece],
    read: Sequence[Choice],
    place: int,
    symbols: Mapping[str, int],
    model: Model,
) -> Iterator[Choice]:
    """Yield what the model knows that may have been misread for a word."""
    one, cut, as_read = seen[place], pieces[place], read[place]
    how = leave(pieces, place) if len(one.words) == 1 else Leave.NEVER
    if how is Leave.NEVER or (one.words[0].confidence > SURE and all(as_read.units)):
        return
    syllable = lowered(cut.syllable)
    at = _units(one.text).index(syllable)
    around = beside(read, place, at)
    for other, _ in candidates(syllable, model):
        text = f"{cut.before}{cased(other, cut.syllable)}{cut.after}"
        number = model.number(other)
        if how is Leave.STRICT and not supported(number, around, as_read.units[at], how, model):
            continue
        if all(letter in symbols for letter in text) and text != line_text(one.rival):
            yield Choice((*as_read.units[:at], number, *as_read.units[at + 1 :]), text, 0.0)


def _weighed(one: Seen, choices: Sequence[Choice], symbols: Mapping[str, int]) -> list[Choice]:
    """Return the ways to read a word, the first as the recogniser did, with what each costs by the evidence."""
    strange = one.posteriors.shape[1]
    labels = [[symbols.get(letter, strange) for letter in choice.text] for choice in choices]
    first, *rest = log_likelihoods(_with_strange(one.posteriors), labels)
    unlikely = [0.0, *(max(-MOST, min(MOST, first - score)) for score in rest)]
    second = SECOND * doubt(min(word.confidence for word in one.rival)) if one.rival else 0.0
    rival = line_text(one.rival)
    return [
        replace(
            choice,
            cost=choice.cost + cost + STRANGE * label.count(strange) + (0.0 if choice.text == rival else second),
        )
        for choice, cost, label in zip(choices, unlikely, labels, strict=True)
    ]


def _with_strange(posteriors: Posteriors) -> Posteriors:
    """Return posteriors with one symbol more: any letter at all."""
    import numpy

    anything = numpy.log(numpy.maximum(1e-6, 1 - numpy.exp(posteriors[:, :1])))
    return numpy.concatenate((posteriors, anything), axis=1)


def _words(one: Seen, text: str) -> Iterator[Word]:
    """Yield the words of a place where ``text`` was chosen."""
    if text == one.text:
        if not (one.rival and one.agreed):
            yield from one.words
            return
        second = min(word.confidence for word in one.rival)
        for word in one.words:
            yield replace(word, confidence=_both(word.confidence, second))
    elif text == line_text(one.rival):
        first = one.words[0]
        for word, raw in zip(one.rival, _shared(one.text, one.rival), strict=True):
            yield replace(word, raw=raw, block=first.block, paragraph=first.paragraph, line=first.line)
    else:
        yield replace(one.words[0], text=text, raw=one.text)


def _both(one: float, other: float) -> float:
    """Return the confidence in a word that two engines read alike."""
    return round(100 - (100 - one) * (100 - other) / 100, 1)


def _shared(read: str, words: Sequence[Word]) -> list[str]:
    """Return for each of the words of a second engine the part of ``read`` that stands for it, "" where it is the same.

    Other spaces alone are no other reading.
    """
    if len(words) == 1:
        return [read if read.replace(" ", "") != words[0].text else ""]
    letters = read.replace(" ", "")
    if letters == "".join(word.text for word in words):
        return [""] * len(words)
    parts = read.split(" ")
    if len(parts) != len(words):
        ends = [round(len(letters) * (n + 1) / len(words)) for n in range(len(words))]
        parts = [letters[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    return [part if part != word.text else "" for part, word in zip(parts, words, strict=True)]
