"""Cut the piece of a page that answers a query, and say where the words stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digitize.index.analysis import Term, terms
from digitize.index.query import Query

LENGTH = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of text and the offsets in it of the words that match."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(page: str, query: Query) -> Snippet:
    """Return at most about 200 characters of ``page``: those with the most different parts of ``query`` in them."""
    words = list(terms(page))
    found = sorted(
        (first.start, last.end, clause)
        for clause, wanted in enumerate(query.clauses)
        for first, last in _matches(words, wanted)
    )
    begin, end = _whole_words(page, _best_start(found))
    before, after = "… " if page[:begin].strip() else "", " …" if page[end:].strip() else ""
    # Blanks and line ends keep their number, so that the offsets hold.
    line = "".join(" " if char.isspace() else char for char in page[begin:end])
    shift = len(before) - begin
    return Snippet(
        before + line + after,
        tuple(_joined((left + shift, right + shift) for left, right, _ in found if begin <= left and right <= end)),
    )


def _joined(marks: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sorted marks without overlaps: a phrase and a word of it can match in the same place."""
    last: tuple[int, int] | None = None
    for mark in marks:
        if last and mark[0] < last[1]:
            last = last[0], max(last[1], mark[1])
            continue
        if last:
            yield last
        last = mark
    if last:
        yield last


def _matches(words: list[Term], wanted: tuple[Term, ...]) -> Iterator[tuple[Term, Term]]:
    """Yield first and last word of each place where a clause stands: with its accents if the page has it so at all."""
    size = len(wanted)
    folded = tuple(term.folded for term in wanted)
    exact = tuple(term.exact for term in wanted)
    runs = [words[start : start + size] for start in range(len(words) - size + 1)]
    alike = [run for run in runs if tuple(word.folded for word in run) == folded]
    same = [run for run in alike if tuple(word.exact for word in run) == exact]
    typed_without_accents = all(term.exact == term.folded for term in wanted)
    for run in alike if typed_without_accents or not same else same:
        yield run[0], run[-1]


def _best_start(found: list[tuple[int, int, int]]) -> int:
    best, best_score = 0, -1
    for start, _, _ in found:
        inside = [clause for left, right, clause in found if start <= left and right <= start + LENGTH * 3 // 4]
        score = len(set(inside)) * 100 + min(len(inside), 99)
        if score > best_score:
            best, best_score = start, score
    return best


def _whole_words(page: str, start: int) -> tuple[int, int]:
    """Widen from ``start`` to the length of a snippet without cutting a word."""
    begin = max(0, start - LENGTH // 4)
    while begin and not page[begin - 1].isspace() and start - begin < LENGTH:
        begin -= 1
    end = min(len(page), begin + LENGTH)
    while end < len(page) and not page[end].isspace() and end - begin < 2 * LENGTH:
        end += 1
    return begin, end
