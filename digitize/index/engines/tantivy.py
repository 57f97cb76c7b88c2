"""The Tantivy engine, for archives past 200,000 pages: the same fields and scores, found by Tantivy's own queries.

This module imports Tantivy: import it only where it is the engine of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from tantivy import Document, FieldType, Index, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from digitize.index.analysis import number_key
from digitize.index.engines.engine import ABOUT, EXACT, OWN_CODE, PAGE_BITS, Matches, VocabularyField, Writer
from digitize.index.engines.expansion import expanded
from digitize.index.engines.scoring import rarity
from digitize.index.entries import IndexedPage
from digitize.index.fields import KEYS, TEXTS
from digitize.index.query import And, Key, Node, Not, Or, Prefix, Range, Words

_WORDS = ("folded", "exact", "about", "about_exact", *TEXTS)


def create(folder: Path) -> None:
    """Make an empty index."""
    builder = SchemaBuilder()
    for field in _WORDS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER)
    builder.add_text_field(_PAIRS, tokenizer_name=_TOKENIZER, index_option="basic")
    for field in ("document", *KEYS):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("key", fast=True)
    builder.add_integer_field("number_in_index", indexed=True)
    for field in ("day", "confidence"):
        builder.add_integer_field(field, indexed=True, fast=True)
    Index(builder.build(), str(folder), reuse=False)


@contextmanager
def writing(folder: Path) -> Iterator[Writer]:
    """Open an index for changes, which are made together at the end, or not at all."""
    writer = _opened(folder).writer(_HEAP, 1)
    try:
        yield _Changes(writer, _opened(folder).schema)
    except BaseException:
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()


def open_reader(folder: Path) -> TantivyReader:
    """Open an index to search it."""
    return TantivyReader(_opened(folder))


class _Changes:
    def __init__(self, writer: Any, schema: Any) -> None:
        self._writer, self._schema = writer, schema

    def remove(self, documents: Iterable[int]) -> None:
        for number in documents:
            self._writer.delete_documents_by_term("number_in_index", number)

    def add(self, page: IndexedPage) -> None:
        values: dict[str, Any] = {
            "key": page.document << PAGE_BITS | page.number,
            "number_in_index": page.document,
            "day": page.day,
            "confidence": page.confidence,
            "folded": [" ".join(folded) for _, folded in page.streams],
            "exact": [" ".join(exact) for exact, _ in page.streams],
            _PAIRS: [" ".join(_pairs(folded)) for _, folded in page.streams],
            "about": [" ".join(folded) for _, folded in page.about],
            "about_exact": [" ".join(exact) for exact, _ in page.about],
            **{field: " ".join(folded) for field, (_, folded) in page.texts.items()},
            **{field: list(keys) for field, keys in page.keys.items()},
        }
        self._writer.add_document(Document.from_dict(values, self._schema))


class TantivyReader:
    """An open index, as it was when it was opened; threads may share it."""

    def __init__(self, index: Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._size = self._searcher.num_docs
        self._terms = lru_cache(maxsize=16)(self._all_terms)

    def matches(self, query: Node) -> Matches:
        """Return all that answers a query."""
        hits = self._searcher.search(self._query(query), max(1, self._size), count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        scores = np.fromiter((score for score, _ in hits), np.float32, len(hits))
        return Matches(np.array(keys, np.int64), scores)

    def best(self, query: Node, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """Return how many pages answer a query, and keys and scores of the best."""
        found = self._searcher.search(self._query(query), limit)
        hits = found.hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        count: int = found.count  # type: ignore[attr-defined]  # their stub lacks it
        return count, [(int(key or 0), score) for key, (score, _) in zip(keys, hits, strict=True)]

    def vocabulary(self, field: VocabularyField) -> list[str]:
        """Return the words of all pages, sorted."""
        return self._terms(field)

    def frequency(self, field: VocabularyField, words: Iterable[str]) -> list[int]:
        """Return on how many pages each word stands."""
        return [self._searcher.doc_freq(field, word) for word in words]

    def close(self) -> None:
        """Let go of the files: they go with the last that holds this."""

    def _query(self, node: Node) -> Query:
        match node:
            case Words():
                if node.field:
                    return self._filter(self._side_by_side(node.field, node.folded))
                return self._words(node)
            case Prefix():
                return self._prefix(node)
            case Key():
                return self._filter(self._term(node.field, node.value))
            case Range():
                field = "day" if node.field == "date" else node.field
                low = max(node.low, field == "day")
                return self._filter(Query.range_query(self._schema, field, FieldType.Integer, low, node.high))
            case Not():
                return Query.boolean_query([(Occur.Must, self._everything()), (Occur.MustNot, self._query(node.part))])
            case And():
                positive = [(Occur.Must, self._query(part)) for part in node.parts if not isinstance(part, Not)]
                negative = [(Occur.MustNot, self._query(part.part)) for part in node.parts if isinstance(part, Not)]
                return Query.boolean_query([*(positive or [(Occur.Must, self._everything())]), *negative])
            case Or():
                return Query.boolean_query([(Occur.Should, self._query(part)) for part in node.parts])

    def _words(self, node: Words) -> Query:
        """Return pages with the folded words, which alone decides; what else they have is looked up page by page."""
        found, exact = self._phrases(node)
        counting = [Query.boost_query(exact, EXACT)]
        for field, words, boost in (("about", node.folded, ABOUT), ("about_exact", node.exact, ABOUT * EXACT)):
            pages = [self._titles[field].get(word, 0) for word in words]
            if all(pages):
                value = boost * sum(rarity(count, self._size) for count in pages)
                counting.append(Query.const_score_query(self._side_by_side(field, words), value))
        if node.folded[0][0].isdecimal() and len(node.folded) > 1:
            own = self._term("number", number_key(" ".join(node.folded)))
            counting.append(Query.const_score_query(own, OWN_CODE))
        return Query.boolean_query([(Occur.Must, found), *((Occur.Should, one) for one in counting)])

    def _phrases(self, node: Words) -> tuple[Query, Query]:
        """Return the words side by side, folded and with their accents.

        Where all are frequent, pages that have each two neighbours are found first: positions are slow to read.
        """
        found = self._side_by_side("folded", node.folded), self._side_by_side("exact", node.exact)
        if len(node.folded) == 1 or self._size < _FREQUENT or min(self.frequency("folded", node.folded)) < _FREQUENT:
            return found
        near = [(Occur.Must, self._filter(self._term(_PAIRS, pair))) for pair in _pairs(node.folded)]
        folded, exact = (Query.boolean_query([*near, (Occur.Must, one)]) for one in found)
        return folded, exact

    def _side_by_side(self, field: str, words: tuple[str, ...]) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, field, words[0], "freq")
        return Query.phrase_query(self._schema, field, list(words))

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value, "basic")

    def _prefix(self, node: Prefix) -> Query:
        if node.field:
            return self._filter(self._united(node.field, node.folded))
        parts = (("folded", node.folded, 1.0), ("exact", node.exact, EXACT), ("about", node.folded, ABOUT))
        return Query.boolean_query(
            [(Occur.Should, Query.const_score_query(self._united(*part), score)) for *part, score in parts]
        )

    def _united(self, field: str, prefix: str) -> Query:
        words = expanded(self._terms(field), prefix)
        return Query.term_set_query(self._schema, field, words) if words else Query.empty_query()

    def _filter(self, query: Query) -> Query:
        return Query.const_score_query(query, 0.0)

    def _everything(self) -> Query:
        return self._filter(Query.all_query())

    @cached_property
    def _titles(self) -> dict[str, dict[str, int]]:
        """On how many pages each word of a title stands: most words stand in none, so those need not be looked for."""
        return {field: dict(self._searcher.terms_with_prefix(field, "")) for field in ("about", "about_exact")}

    def _all_terms(self, field: str) -> list[str]:
        return sorted(term for term, _ in self._searcher.terms_with_prefix(field, ""))


def _opened(folder: Path) -> Index:
    index = Index.open(str(folder))
    index.register_tokenizer(_TOKENIZER, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(words)]


_TOKENIZER, _PAIRS = "words", "pairs"
_FREQUENT = 20_000
"""On so many pages stands a word for which positions are slow to read."""
_HEAP = 256 * 1024 * 1024
