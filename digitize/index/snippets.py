"""Cut the piece of a page that answers a query, and say where the words stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from digitize.index.analysis import Term, both_forms, terms
from digitize.index.query import Node, Prefix, Words, wanted
from doclint.vietnamese.normalise import fold

LENGTH = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line of text and the offsets in it of the words that match."""

    text: str
    marks: tuple[tuple[int, int], ...]


def snippet(page: str, query: Node) -> Snippet:
    """Return at most about 200 characters of ``page``: those with the most different parts of ``query`` in them."""
    words = list(terms(page))
    found = sorted(
        (words[first].start, words[last].end, clause)
        for clause, node in enumerate(wanted(query))
        for first, last in places(words, node)
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


def places(page: Sequence[Term], node: Words | Prefix) -> list[tuple[int, int]]:
    """Return first and last word of each place where ``node`` stands: with its accents if the page has it so at all."""
    if isinstance(node, Prefix):
        size = 1
        whole = both_forms(node.folded)[1]
        alike = [at for at, word in enumerate(page) if word.folded.startswith(node.folded) or word.folded == whole]
        same = [at for at in alike if page[at].exact.startswith(node.exact)]
        bare = node.exact == node.folded
    else:
        size = len(node.folded)
        alike = [at for at, word in enumerate(page) if word.folded == node.folded[0] and _stands(page, at, node)]
        same = [at for at in alike if tuple(word.exact for word in page[at : at + size]) == node.exact]
        bare = all(fold(word) == word for word in node.exact)
    return [(at, at + size - 1) for at in (alike if bare or not same else same)]


def _stands(page: Sequence[Term], at: int, node: Words) -> bool:
    return tuple(word.folded for word in page[at : at + len(node.folded)]) == node.folded


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
