"""Group the pages of an answer by document, put the documents in order and count them by facet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

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

    scores = np.round(matches.scores, 3)
    documents = matches.keys >> PAGE_BITS
    order = np.lexsort((matches.keys, -scores, documents))
    documents, scores, keys = documents[order], scores[order], matches.keys[order]
    starts = np.flatnonzero(np.diff(documents, prepend=np.int64(-1)))
    ends = np.append(starts[1:], len(documents))
    numbers, best = documents[starts], scores[starts]
    days = facts.days[numbers]
    if sort == "relevance":
        ranking = np.lexsort((facts.ranks[numbers], -days, -best))
    else:
        by_day = -days if sort == "newest" else np.where(days > 0, days, np.iinfo(np.int32).max)
        ranking = np.lexsort((facts.ranks[numbers], -best, by_day))
    shown = tuple(
        Group(int(numbers[at]), int(ends[at] - starts[at]), _best(keys, scores, starts[at], ends[at], pages))
        for at in ranking[offset : offset + limit]
    )
    return Groups(len(numbers), _facets(numbers, facts), shown)


def _best(
    keys: NDArray[np.int64], scores: NDArray[np.float32], start: int, end: int, pages: int
) -> tuple[tuple[int, float], ...]:
    end = min(end, start + pages)
    numbers = keys[start:end] & ((1 << PAGE_BITS) - 1)
    return tuple(zip(numbers.tolist(), scores[start:end].tolist(), strict=True))


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
