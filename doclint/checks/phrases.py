"""Set phrases in which one word is taken for another that looks like it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"wrong", "right"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """``wrong`` should read ``right``, except right after one of the words ``not_after``."""

    wrong: str
    right: str
    not_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """``phrases``: what to look for, in lower case, in NFC."""

    phrases: tuple[Phrase, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report every such phrase, whole syllables only, whatever its capitals."""
    pattern, by_wrong = _compiled(options.phrases)
    for match in pattern.finditer(document.text):
        phrase = by_wrong[" ".join(match[0].lower().split())]
        before = document.text[max(0, match.start() - 20) : match.start()].lower().split()
        if before and before[-1] in phrase.not_after:
            continue
        right = phrase.right[0].upper() + phrase.right[1:] if match[0][0].isupper() else phrase.right
        yield Match(Span(*match.span()), {"wrong": match[0], "right": right.upper() if match[0].isupper() else right})


@lru_cache(maxsize=8)
def _compiled(phrases: tuple[Phrase, ...]) -> tuple[re.Pattern[str], dict[str, Phrase]]:
    # The longest first: «chân chính lề lối» before any shorter phrase that begins like it.
    ordered = sorted((phrase.wrong for phrase in phrases), key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, wrong.split())) for wrong in ordered)
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), {phrase.wrong: phrase for phrase in phrases}
