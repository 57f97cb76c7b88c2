"""Answer a query: the best documents with the pages that answer, exact counts, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize import limits
from digitize.archive import Archive
from digitize.index.analysis import squashed
from digitize.index.fields import DocumentFields
from digitize.index.grouping import Groups, Sort, grouped
from digitize.index.marks import PageMarks, page_marks
from digitize.index.opened import OpenIndex, damage_told, open_index
from digitize.index.parser import parse
from digitize.index.query import And, Key, Node, Not, Or, written
from digitize.index.resemblance import like_document
from digitize.index.snippets import Snippet, snippet
from digitize.index.suggest import suggestion
from digitize.ledger import Ledger
from doclint.vietnamese.normalise import nfc
from vanthu.errors import VanthuError

__all__ = [
    "Answer",
    "DocumentFields",
    "DocumentHit",
    "PageHit",
    "PageMarks",
    "Request",
    "matching_pages",
    "more_like",
    "page_marks",
    "search",
]

PAGES_SHOWN = 3
"""Pages that are told of each document."""
PAGES_WITHIN = 500
"""Pages that are told of the only document that is searched."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. ``limit`` and ``offset`` count documents.

    ``within`` are documents to which the search keeps, all when empty; ``access`` are the levels that the asker may
    see, None for all. Who does not show ``snippets`` spares the time to read the texts: they are then empty.
    """

    text: str
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    within: tuple[str, ...] = ()
    access: frozenset[str] | None = None
    snippets: bool = True


@dataclass(frozen=True, slots=True)
class PageHit:
    """A page that answers, counted from 1."""

    page: int
    score: float
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document that answers. ``path`` is the original's, ``pdf`` the searchable copy's; ``pages`` are the best."""

    sha256: str
    path: str
    pdf: Path
    fields: DocumentFields
    matching_pages: int
    pages: tuple[PageHit, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many pages and documents answer ``query``, the best documents, and how many have each year, type and so on.

    ``suggestion`` is a query that finds more, None when there is none.
    """

    query: str
    pages: int
    documents: int
    hits: tuple[DocumentHit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]]
    suggestion: str | None


def search(archive: Archive, ledger: Ledger, request: Request) -> Answer:
    """Return the answer to ``request``. Raises QueryError, IndexDamaged."""
    query = parse(request.text)
    index = open_index(archive.index)
    with damage_told():
        shown = PAGES_WITHIN if len(request.within) == 1 else PAGES_SHOWN
        count, groups = _found(index, _scoped(query, request.within, request.access), request, shown)
        meant = suggestion(index, query, lambda other: _scoped(other, request.within, request.access), count)
        hits = _hits(archive, ledger, index, groups, query if request.snippets else None)
    return Answer(nfc(request.text), count, groups.documents, hits, groups.facets, written(meant) if meant else None)


def matching_pages(archive: Archive, sha256: str, text: str, access: frozenset[str] | None = None) -> tuple[int, ...]:
    """Return the pages of a document that answer ``text``, in order. Raises QueryError, IndexDamaged."""
    query = _scoped(parse(text), (sha256,), access)
    index = open_index(archive.index)
    with damage_told():
        _, groups = _found(index, query, Request(text, limit=1), limits.PAGES_PER_DOCUMENT)
    return tuple(sorted(page for group in groups.shown for page, _ in group.pages))


def more_like(
    archive: Archive, ledger: Ledger, sha256: str, limit: int, access: frozenset[str] | None = None
) -> Answer:
    """Return the documents that have most in common with one, without it. Raises IndexDamaged, VanthuError."""
    index = open_index(archive.index)
    try:
        texts = archive.page_texts(sha256)
    except OSError as error:
        raise VanthuError("mất tệp văn bản của tài liệu", path=archive.document(sha256)) from error
    with damage_told():
        query = like_document(index.reader, texts)
        if query is None:
            return Answer("", 0, 0, (), {}, None)
        others = And((query, Not(Key("document", sha256))))
        count, groups = _found(index, _scoped(others, (), access), Request("", limit=limit), PAGES_SHOWN)
        hits = _hits(archive, ledger, index, groups, query)
    return Answer("", count, groups.documents, hits, groups.facets, None)


def _scoped(query: Node, within: tuple[str, ...], access: frozenset[str] | None) -> Node:
    """Return ``query`` kept to some documents and levels, inside the engine: what is not seen is not counted either."""
    if within:
        query = And((query, _one_of("document", within)))
    if access is not None:
        # No level at all is a level that no document has.
        query = And((query, _one_of("access", sorted(map(squashed, access)) or ("",))))
    return query


def _one_of(field: str, values: tuple[str, ...] | list[str]) -> Node:
    keys = tuple(Key(field, value) for value in values)
    return Or(keys) if len(keys) > 1 else keys[0]


def _found(index: OpenIndex, query: Node, request: Request, pages: int) -> tuple[int, Groups]:
    matches = index.reader.matches(query)
    groups = grouped(matches, index.facts, request.sort, request.offset, request.limit, pages)
    return len(matches.keys), groups


def _hits(
    archive: Archive, ledger: Ledger, index: OpenIndex, groups: Groups, query: Node | None
) -> tuple[DocumentHit, ...]:
    """Return what is shown of the documents; snippets are of ``query``."""
    hits = []
    with index.documents() as documents:
        for group in groups.shown:
            sha256, fields = documents.named(group.document)
            texts = _texts(archive.page_texts, sha256) if query is not None else []
            pages = tuple(
                PageHit(page, score, _snippet(archive, sha256, texts, page, query) if query is not None else _NONE)
                for page, score in group.pages
            )
            path, pdf = ledger.path_of(sha256), archive.pdf(sha256)
            hits.append(DocumentHit(sha256, path, pdf, fields, group.count, pages))
    return tuple(hits)


def _snippet(archive: Archive, sha256: str, texts: Sequence[str], page: int, query: Node) -> Snippet:
    found = snippet(_page(texts, page), query)
    if found.marks:
        return found
    # The page answers by what was read before correction, or by what the document is called.
    before = snippet(_page(_texts(archive.raw_page_texts, sha256), page), query)
    return before if before.marks else found


def _texts(texts_of: Callable[[str], list[str]], sha256: str) -> list[str]:
    try:
        return texts_of(sha256)
    except OSError:  # a lost text file hides the snippets, not the hit
        return []


def _page(texts: Sequence[str], page: int) -> str:
    return nfc(texts[page - 1]) if page <= len(texts) else ""


_NONE = Snippet("", ())
