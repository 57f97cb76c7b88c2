"""Search an index of Whoosh: a query becomes one array of all pages that says which answer, and one of their scores.

This module imports Whoosh: import it only where an index is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitize.index.analysis import number_key
from digitize.index.engines.engine import ABOUT, EXACT, K1, OWN_CODE, Matches, VocabularyField
from digitize.index.engines.expansion import expanded
from digitize.index.engines.scoring import norms, rarity
from digitize.index.engines.whoosh import mark, pairs_field
from digitize.index.engines.whoosh_codec import FACTS, PageTermsReader
from digitize.index.query import And, Key, Node, Not, Or, Prefix, Range, Words

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Found = tuple[Mask, Scores | None]
"""Which pages answer, and what they count, None for nothing."""


class WhooshReader:
    """An open index. Nothing in it changes, so threads may share it."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._reader = index.reader()
        self._leaves: list[tuple[PageTermsReader, int]] = []
        facts, live = [], []
        for leaf, offset in self._reader.leaf_readers():
            if not leaf.doc_count_all():
                continue
            self._leaves.append((leaf._terms, offset))
            facts.append(facts_of(leaf))
            alive = np.ones(leaf.doc_count_all(), bool)
            alive[list(leaf.segment().deleted_docs())] = False
            live.append(alive)
        self._facts = np.concatenate(facts) if facts else np.zeros(0, FACTS)
        self._live = np.concatenate(live) if live else np.zeros(0, bool)
        self._size = len(self._live)
        lengths = self._facts["length"]
        self._norms = norms(lengths, int(lengths.sum(dtype=np.int64)))
        self._key = np.ascontiguousarray(self._facts["key"])
        self._terms = lru_cache(maxsize=8)(self._all_terms)

    def matches(self, query: Node) -> Matches:
        """Return all that answers a query."""
        mask, scores = self._answer(query)
        pages = np.flatnonzero(mask)
        return Matches(self._key[pages], scores[pages] if scores is not None else np.zeros(len(pages), np.float32))

    def best(self, query: Node, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """Return how many pages answer a query, and keys and scores of the best."""
        found = self.matches(query)
        count = len(found.keys)
        places = np.argpartition(-found.scores, limit)[:limit] if count > limit else np.arange(count)
        places = places[np.lexsort((found.keys[places], -found.scores[places]))]
        return count, list(zip(found.keys[places].tolist(), found.scores[places].tolist(), strict=True))

    def vocabulary(self, field: VocabularyField) -> list[str]:
        """Return the words of all pages, sorted."""
        return self._terms(field)

    def frequency(self, field: VocabularyField, words: Iterable[str]) -> list[int]:
        """Return on how many pages each word stands."""
        return [self._pages_with(field, word) for word in words]

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
        self._index.close()

    def _answer(self, query: Node) -> Found:
        mask, scores = self._found(query)
        return mask & self._live, scores

    def _found(self, node: Node) -> Found:
        match node:
            case Words():
                return self._words(node) if not node.field else (self._field_words(node), None)
            case Prefix():
                return self._prefix(node)
            case Key():
                return self._mask(self._pages(node.field, node.value)), None
            case Range():
                values = self._facts["day" if node.field == "date" else "confidence"]
                return (values >= max(node.low, node.field == "date")) & (values <= node.high), None
            case Not():
                return ~self._found(node.part)[0], None
            case And():
                return self._all(node)
            case Or():
                return self._any(node)

    def _all(self, node: And) -> Found:
        found = [self._found(part) for part in node.parts]
        mask = found[0][0]
        for other, _ in found[1:]:
            mask = mask & other
        scores = _sum([scores for _, scores in found])
        return mask, scores * mask if scores is not None else None

    def _any(self, node: Or) -> Found:
        found = [self._found(part) for part in node.parts]
        mask = found[0][0]
        for other, _ in found[1:]:
            mask = mask | other
        return mask, _sum([scores for _, scores in found])

    def _words(self, node: Words) -> Found:
        scores = np.zeros(self._size, np.float32)
        pages, counts, exact_pages, exact_counts = self._places("", node)
        self._add_bm25(scores, pages, counts, self._rarity("folded", node.folded))
        self._add_bm25(scores, exact_pages, exact_counts, EXACT * self._rarity("exact", node.exact))
        mask = self._mask(pages)
        about, _, about_exact, _ = self._places("about", node)
        if len(about):
            scores[about] += np.float32(ABOUT * self._rarity("about", node.folded))
            scores[about_exact] += np.float32(ABOUT * EXACT * self._rarity("about_exact", node.exact))
        if node.folded[0][0].isdecimal() and len(node.folded) > 1:
            own = self._pages("number", number_key(" ".join(node.folded)))
            scores[own[mask[own]]] += np.float32(OWN_CODE)
        return mask, scores

    def _places(self, field: str, node: Words) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return the pages where words stand side by side and how often, then the same with their accents."""
        if len(node.folded) == 1:
            folded, exact = (field, f"{field}_exact") if field else ("folded", "exact")
            return (*self._counted(folded, node.folded[0]), *self._counted(exact, node.exact[0]))
        keys, same = self._side_by_side(field, node)
        return (*_runs(keys >> 32), *_runs(keys[same] >> 32))

    def _side_by_side(self, field: str, node: Words) -> tuple[NDArray[np.int64], Mask]:
        """Return page and place of each time a phrase stands, and whether it has its accents there."""
        last = len(node.folded) - 2
        found = []
        for at in sorted({*range(0, last, 2), last}):
            term = f"{node.folded[at]} {node.folded[at + 1]}"
            keys, marks = self._placed(pairs_field(field), term)
            found.append((keys - at, marks == mark(node.exact[at], node.exact[at + 1])))
        found.sort(key=lambda pair: len(pair[0]))
        keys, same = found[0]
        for other, other_same in found[1:]:
            where = np.searchsorted(other, keys)
            where[where == len(other)] = 0
            there = other[where] == keys if len(other) else np.zeros(len(keys), bool)
            keys, same = keys[there], same[there] & other_same[where[there]]
        return keys, same

    def _field_words(self, node: Words) -> Mask:
        if len(node.folded) == 1:
            return self._mask(self._pages(node.field, node.folded[0]))
        return self._mask(self._side_by_side(node.field, node)[0] >> 32)

    def _prefix(self, node: Prefix) -> Found:
        if node.field:
            return self._united(node.field, expanded(self._terms(node.field), node.folded)), None
        mask = self._united("folded", expanded(self._terms("folded"), node.folded))
        exact = self._united("exact", expanded(self._terms("exact"), node.exact))
        about = self._united("about", expanded(self._terms("about"), node.folded))
        scores = mask.astype(np.float32) + exact * np.float32(EXACT) + about * np.float32(ABOUT)
        return mask | exact, scores.astype(np.float32)

    def _united(self, field: str, terms: Iterable[str]) -> Mask:
        mask = np.zeros(self._size, bool)
        for term in terms:
            mask[self._pages(field, term)] = True
        return mask

    def _add_bm25(self, scores: Scores, pages: NDArray[Any], counts: NDArray[Any], weight: float) -> None:
        if len(pages):
            often = counts.astype(np.float32)
            scores[pages] += np.float32(weight * (K1 + 1)) * (often / (often + self._norms[pages]))

    def _rarity(self, field: str, words: tuple[str, ...]) -> float:
        return sum(rarity(self._pages_with(field, word), self._size) for word in words)

    def _mask(self, pages: NDArray[Any]) -> Mask:
        mask = np.zeros(self._size, bool)
        mask[pages] = True
        return mask

    def _pages_with(self, field: str, word: str) -> int:
        return sum(leaf.frequency_of(field, word.encode()) for leaf, _ in self._leaves)

    def _pages(self, field: str, word: str) -> NDArray[Any]:
        return self._counted(field, word)[0]

    def _counted(self, field: str, word: str) -> tuple[NDArray[Any], NDArray[Any]]:
        found = [(leaf.posting(field, word.encode()), offset) for leaf, offset in self._leaves]
        pages = [posting.pages + np.uint32(offset) for posting, offset in found if posting is not None]
        counts = [posting.counts for posting, _ in found if posting is not None]
        if len(pages) == 1:
            return pages[0], counts[0]
        return (np.concatenate(pages), np.concatenate(counts)) if pages else (_NO_PAGES, _NO_COUNTS)

    def _placed(self, field: str, term: str) -> tuple[NDArray[np.int64], NDArray[Any]]:
        keys, marks = [_NO_PAGES.astype(np.int64)], [_NO_COUNTS]
        for leaf, offset in self._leaves:
            posting = leaf.posting(field, term.encode())
            if posting is not None and posting.places is not None and posting.marks is not None:
                pages = np.repeat(posting.pages.astype(np.int64) + offset, posting.counts)
                keys.append(pages << 32 | posting.places)
                marks.append(posting.marks)
        return np.concatenate(keys), np.concatenate(marks)

    def _all_terms(self, field: str) -> list[str]:
        found = [list(leaf.all_terms(field)) for leaf, _ in self._leaves]
        return [term.decode() for term in sorted(set().union(*found))]


def facts_of(leaf: Any) -> NDArray[Any]:
    """Return the FACTS of all pages of a segment."""
    file, start, length = leaf._perdoc._get_column_file("facts")
    facts = np.frombuffer(file.get(start, length), FACTS)
    missing = leaf.doc_count_all() - len(facts)
    return np.concatenate([facts, np.zeros(missing, FACTS)]) if missing else facts


def _runs(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different ones of sorted values and how often each is there."""
    starts = np.flatnonzero(np.diff(values, prepend=np.int64(-1)))
    return values[starts], np.diff(starts, append=len(values))


def _sum(scores: list[Scores | None]) -> Scores | None:
    known = [one for one in scores if one is not None]
    return sum(known[1:], known[0]) if known else None


_NO_PAGES, _NO_COUNTS = np.zeros(0, np.uint32), np.zeros(0, np.uint16)
