"""Set phrases in which one word is taken for another that looks like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import lowered
from doclint.vietnamese.patterns import one_of, spaced

PLACEHOLDERS = frozenset({"wrong", "right"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """``wrong`` should read ``right``, except right after one of the words ``not_after``."""

    wrong: str
    right: str
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """``phrases``: what to look for, in lower case, in NFC, letters and blanks only."""

    phrases: tuple[Phrase, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report every such phrase, whole syllables only, whatever its capitals."""
    pattern, by_wrong = _compiled(options.phrases)
    for match in pattern.finditer(lowered(document.text)):
        span = Span(*match.span())
        found = document.at(span)
        phrase = by_wrong[" ".join(match[0].split())]
        before = document.text[max(0, match.start() - 20) : match.start()].lower().split()
        if before and before[-1] in phrase.not_after:
            continue
        right = phrase.right[0].upper() + phrase.right[1:] if found[0].isupper() else phrase.right
        yield Match(span, {"wrong": found, "right": right.upper() if found.isupper() else right})


@lru_cache(maxsize=8)
def _compiled(phrases: tuple[Phrase, ...]) -> tuple[re.Pattern[str], dict[str, Phrase]]:
    # In small letters and on the text in small letters: a search without regard to case takes twice as long.
    pattern = spaced(one_of(phrase.wrong for phrase in phrases))
    return re.compile(rf"(?<!\w){pattern}(?!\w)"), {phrase.wrong: phrase for phrase in phrases}
