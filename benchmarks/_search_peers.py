"""What else could search the pages of an archive: Whoosh, SQLite FTS5 and tantivy-py, each as its manual says."""

from __future__ import annotations

import shutil
import sqlite3
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from digitize.index.engines.choose import engine_named
from digitize.index.entries import IndexedDocument, pages_of
from digitize.index.query import And, Node, Not, Or, Words

PER_COMMIT = 20_000


@dataclass(frozen=True, slots=True)
class Searcher:
    """An index that was made: how fast, how large, and what answers with the number of pages and the best ten."""

    pages_per_second: float
    bytes_per_page: float
    ask: Callable[[Node], int]


def own(name: str, documents: Sequence[IndexedDocument], folder: Path) -> Searcher:
    """Index with an engine of ours."""
    engine = engine_named(name)
    count = sum(len(document.pages) for document in documents)
    start = time.perf_counter()
    engine.create(folder)
    for batch in _batches(documents):
        with engine.writing(folder) as writer:
            for number, document in batch:
                for page in pages_of(document, number):
                    writer.add(page)
    seconds = time.perf_counter() - start
    reader = engine.open_reader(folder)
    return Searcher(count / seconds, _size(folder) / count, lambda node: reader.best(node, 10)[0])


def plain_whoosh(pages: Sequence[list[str]], folder: Path) -> Searcher:
    """Index with Whoosh as its manual says: one field with positions, all in one commit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from whoosh import index
        from whoosh.analysis import LowercaseFilter, RegexTokenizer
        from whoosh.fields import TEXT, Schema
    schema = Schema(text=TEXT(analyzer=RegexTokenizer(r"\S+") | LowercaseFilter()))
    start = time.perf_counter()
    made = index.create_in(str(folder), schema)
    writer = made.writer(limitmb=256)
    for words in pages:
        writer.add_document(text=" ".join(words))
    writer.commit()
    seconds = time.perf_counter() - start
    searcher = made.searcher()

    def ask(node: Node) -> int:
        # Without the exact count, which would take as long again.
        return len(searcher.search(_for_whoosh(node), limit=10))

    return Searcher(len(pages) / seconds, _size(folder) / len(pages), ask)


def fts5(pages: Sequence[list[str]], folder: Path) -> Searcher:
    """Index with SQLite FTS5, the text not kept."""
    database = sqlite3.connect(folder / "fts.sqlite")
    start = time.perf_counter()
    database.execute(
        "CREATE VIRTUAL TABLE pages USING fts5(text, content='', tokenize=\"unicode61 remove_diacritics 0\")"
    )
    database.executemany("INSERT INTO pages (text) VALUES (?)", ((" ".join(words),) for words in pages))
    database.commit()
    seconds = time.perf_counter() - start

    def ask(node: Node) -> int:
        asked = _for_fts5(node)
        database.execute("SELECT rowid FROM pages WHERE pages MATCH ? ORDER BY rank LIMIT 10", (asked,)).fetchall()
        return int(database.execute("SELECT count(*) FROM pages WHERE pages MATCH ?", (asked,)).fetchone()[0])

    return Searcher(len(pages) / seconds, _size(folder) / len(pages), ask)


def raw_tantivy(pages: Sequence[tuple[list[str], list[str]]], folder: Path) -> Searcher | None:
    """Index with tantivy-py: words with accents and folded, asked for as we do, accents counting more; or None."""
    if not find_spec("tantivy"):
        return None
    from tantivy import Document, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    builder = SchemaBuilder()
    for field in ("exact", "folded"):
        builder.add_text_field(field, tokenizer_name="words")
    builder.add_integer_field("page", fast=True)
    schema = builder.build()
    index = Index(schema, str(folder))
    index.register_tokenizer("words", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
    start = time.perf_counter()
    writer = index.writer(256_000_000, 1)
    for number, (exact, folded) in enumerate(pages):
        writer.add_document(Document(exact=" ".join(exact), folded=" ".join(folded), page=number))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - start
    index.reload()
    searcher = index.searcher()

    def ask(node: Node) -> int:
        found = searcher.search(_for_tantivy(schema, node), 10)
        searcher.fast_field_values("page", [address for _, address in found.hits])
        return int(found.count)  # type: ignore[attr-defined]

    return Searcher(len(pages) / seconds, _size(folder) / len(pages), ask)


def _for_whoosh(node: Node) -> Any:
    from whoosh import query

    match node:
        case Words():
            words = list(node.exact)
            return query.Term("text", words[0]) if len(words) == 1 else query.Phrase("text", words)
        case And():
            return query.And([_for_whoosh(part) for part in node.parts])
        case Or():
            return query.Or([_for_whoosh(part) for part in node.parts])
        case Not():
            return query.Not(_for_whoosh(node.part))
    raise ValueError(node)


def _for_fts5(node: Node) -> str:
    match node:
        case Words():
            return f'"{" ".join(node.exact)}"'
        case And():
            wanted = " AND ".join(_for_fts5(part) for part in node.parts if not isinstance(part, Not))
            unwanted = "".join(f" NOT {_for_fts5(part.part)}" for part in node.parts if isinstance(part, Not))
            return f"(({wanted}){unwanted})"
        case Or():
            return f"({' OR '.join(map(_for_fts5, node.parts))})"
    raise ValueError(node)


def _for_tantivy(schema: Any, node: Node) -> Any:
    from tantivy import Occur, Query

    def words(field: str, found: tuple[str, ...]) -> Any:
        if len(found) == 1:
            return Query.term_query(schema, field, found[0], "freq")
        return Query.phrase_query(schema, field, list(found))

    match node:
        case Words():
            exact = Query.boost_query(words("exact", node.exact), 12.0)
            return Query.boolean_query([(Occur.Should, exact), (Occur.Should, words("folded", node.folded))])
        case And():
            parts = [(Occur.MustNot, part.part) if isinstance(part, Not) else (Occur.Must, part) for part in node.parts]
            return Query.boolean_query([(occur, _for_tantivy(schema, part)) for occur, part in parts])
        case Or():
            return Query.boolean_query([(Occur.Should, _for_tantivy(schema, part)) for part in node.parts])
    raise ValueError(node)


def _batches(documents: Sequence[IndexedDocument]) -> list[list[tuple[int, IndexedDocument]]]:
    batches: list[list[tuple[int, IndexedDocument]]] = [[]]
    pages = 0
    for number, document in enumerate(documents, start=1):
        if pages >= PER_COMMIT:
            batches.append([])
            pages = 0
        batches[-1].append((number, document))
        pages += len(document.pages)
    return batches


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def emptied(folder: Path) -> Path:
    """Return ``folder``, new."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
