"""The Tantivy engine, for archives past 200,000 pages: the same fields and scores, found by Tantivy's own queries.

This module imports Tantivy: import it only where it is the engine of an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from tantivy import Document, FieldType, Index, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from digitize.index.analysis import number_key
from digitize.index.engines.engine import (
    ABOUT,
    EXACT,
    OWN_CODE,
    PAGE_BITS,
    Matches,
    VocabularyField,
    Writer,
)
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
        import numpy as np

        limit = max(1, self._searcher.num_docs)
        hits = self._searcher.search(self._query(query), limit, count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return Matches(np.array(keys, np.int64), np.array([score for score, _ in hits], np.float32))

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
                return self._filter(Query.term_query(self._schema, node.field, node.value, "basic"))
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
        parts = [
            (Occur.Should, Query.boost_query(self._side_by_side("exact", node.exact), EXACT)),
            (Occur.Should, self._side_by_side("folded", node.folded)),
        ]
        if all(self.frequency("about", node.folded)):  # type: ignore[arg-type]
            for field, words, boost in (("about", node.folded, 1.0), ("about_exact", node.exact, EXACT)):
                value = ABOUT * boost * self._rarity(field, words)
                parts.append((Occur.Should, Query.const_score_query(self._side_by_side(field, words), value)))
        found = Query.boolean_query(parts)
        if not (node.folded[0][0].isdecimal() and len(node.folded) > 1):
            return found
        own = Query.term_query(self._schema, "number", number_key(" ".join(node.folded)), "basic")
        return Query.boolean_query([(Occur.Must, found), (Occur.Should, Query.const_score_query(own, OWN_CODE))])

    def _side_by_side(self, field: str, words: tuple[str, ...]) -> Query:
        if len(words) == 1:
            return Query.term_query(self._schema, field, words[0], "freq")
        return Query.phrase_query(self._schema, field, list(words))

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

    def _rarity(self, field: str, words: tuple[str, ...]) -> float:
        return sum(rarity(self._searcher.doc_freq(field, word), self._size) for word in words)

    def _all_terms(self, field: str) -> list[str]:
        return sorted(term for term, _ in self._searcher.terms_with_prefix(field, ""))


def _opened(folder: Path) -> Index:
    index = Index.open(str(folder))
    index.register_tokenizer(_TOKENIZER, TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    return index


_TOKENIZER = "words"
_HEAP = 256 * 1024 * 1024
