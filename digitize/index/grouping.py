"""Group the pages of an answer by document, put the documents in order and count them by facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from digitize.index.engines.engine import PAGE_BITS, Matches
from digitize.index.opened import Facts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of a document that answer: how many, and numbers and scores of the best, the best first."""

    document: int
    count: int
    pages: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """How many documents answer, by facet value too, and those that are shown."""

    documents: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    shown: tuple[Group, ...]


def grouped(matches: Matches, facts: Facts, sort: Sort, offset: int, limit: int, pages: int) -> Groups:
    """Return ``limit`` documents from ``offset`` on, each with up to ``pages`` pages, and what all are counted by.

    Scores that differ by less than engines round are alike: then the later document is first.
    """
    import numpy as np

    keys, scores = matches.keys, matches.scores
    if np.any(keys[1:] < keys[:-1]):
        order = np.argsort(keys)
        keys, scores = keys[order], scores[order]
    documents = keys >> PAGE_BITS
    starts = np.flatnonzero(np.diff(documents, prepend=np.int64(-1)))
    ends = np.append(starts[1:], len(documents))
    numbers = documents[starts]
    best = np.round(np.maximum.reduceat(scores, starts), 3) if len(starts) else scores
    days = facts.days[numbers]
    if sort == "relevance":
        first, then = -best, -days
    else:
        first, then = (-days if sort == "newest" else np.where(days > 0, days, np.iinfo(np.int32).max)), -best
    wanted = _least(first, offset + limit)
    ranking = wanted[np.lexsort((facts.ranks[numbers[wanted]], then[wanted], first[wanted]))]
    shown = tuple(
        Group(int(numbers[at]), int(ends[at] - starts[at]), _best(keys, scores, starts[at], ends[at], pages))
        for at in ranking[offset : offset + limit]
    )
    return Groups(len(numbers), _facets(numbers, facts), shown)


def _least(values: NDArray[Any], count: int) -> NDArray[np.int64]:
    """Return the places of the ``count`` least values, and of those that are as little as the last of them."""
    import numpy as np

    if count >= len(values):
        return np.arange(len(values))
    return np.flatnonzero(values <= np.partition(values, count - 1)[count - 1])


def _best(
    keys: NDArray[np.int64], scores: NDArray[np.float32], start: int, end: int, pages: int
) -> tuple[tuple[int, float], ...]:
    import numpy as np

    numbers, rounded = keys[start:end] & ((1 << PAGE_BITS) - 1), np.round(scores[start:end], 3)
    order = np.lexsort((numbers, -rounded))[:pages]
    return tuple(zip(numbers[order].tolist(), rounded[order].tolist(), strict=True))


def _facets(numbers: NDArray[np.int64], facts: Facts) -> dict[str, tuple[tuple[str, int], ...]]:
    """Count documents by facet: years the latest first, else the most frequent first. No value is not counted."""
    import numpy as np

    found = {}
    for name, (codes, values) in facts.facets.items():
        counts = np.bincount(codes[numbers], minlength=len(values))
        told = [(values[code], int(counts[code])) for code in np.flatnonzero(counts) if values[code]]
        told.sort(reverse=name == "year")
        if name != "year":
            told.sort(key=lambda pair: -pair[1])
        found[name] = tuple(told)
    return found
