"""Bring together what two engines read in one line: words that stand in the same place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from digitize.lm.posterior import Seen

if TYPE_CHECKING:
    from digitize.lm.ctc import Posteriors
    from digitize.words import Word

_SHARED = 0.4  # of the narrower word: less is a letter that leans over


def paired(
    seen: Sequence[Seen], posteriors: Posteriors, spans: Sequence[tuple[int, int]], others: Sequence[Word]
) -> tuple[Seen, ...]:
    """Return what was seen in a line with what a second engine read in each place.

    ``spans`` are the frames of ``posteriors`` of each word. Words of the second engine where nothing was seen go with
    the word after them, or with the last.
    """
    words = [one.words[0] for one in seen]
    first_of = list(range(len(words)))  # word → the first word of its place
    homes: list[int] = []
    for other in others:
        shared = [place for place, word in enumerate(words) if _together(word, other)]
        if shared:
            for place in range(shared[0], shared[-1] + 1):
                first_of[place] = first_of[shared[0]]
            homes.append(shared[0])
        else:
            after = next((place for place, word in enumerate(words) if word.x0 >= other.x0), len(words) - 1)
            homes.append(after)
    found = []
    for first, group in groupby(range(len(words)), key=lambda place: first_of[place]):
        places = list(group)
        rival = tuple(other for other, home in zip(others, homes, strict=True) if first_of[home] == first)
        start, end = spans[places[0]][0], spans[places[-1]][1]
        found.append(Seen(tuple(words[place] for place in places), posteriors[start:end], rival))
    return tuple(found)


def _together(word: Word, other: Word) -> bool:
    shared = min(word.x1, other.x1) - max(word.x0, other.x0)
    return shared > _SHARED * min(word.x1 - word.x0, other.x1 - other.x0)
