"""Cut text into the words that are searched, the same way for pages and for queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.vietnamese.normalise import fold
from doclint.vietnamese.syllables import tokens
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

    A code gives its parts, so that 534/QĐ-TTg is found by 534, by QĐ-TTg and, as neighbours, by itself.
    """
    for token in tokens(text):
        for part in _PART.finditer(token.text):
            start = token.start + part.start()
            yield Term(new_tone_placement(part[0].lower()), fold(part[0]), start, start + len(part[0]))


_PART = re.compile(r"\d+|[^\W\d_]+\d*")
