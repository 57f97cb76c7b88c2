"""Answer a query: the best pages, each with a snippet, the original's path and the archive's PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digitize.archive import Archive
from digitize.index.engines import whoosh
from digitize.index.query import parse
from digitize.index.snippets import Snippet, snippet
from digitize.ledger import Ledger
from doclint.vietnamese.normalise import nfc


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that answers; ``path`` is the original's, ``pdf`` the searchable copy's; pages count from 1."""

    path: str
    sha256: str
    page: int
    score: float
    snippet: Snippet
    pdf: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """``total`` pages match ``query``; the best of them are ``hits``."""

    query: str
    total: int
    hits: tuple[Hit, ...]


def search(archive: Archive, ledger: Ledger, text: str, limit: int) -> Answer:
    """Return the best ``limit`` pages for ``text``. Raises VanthuError for an empty query, IndexDamaged."""
    query = parse(text)
    total, best = whoosh.search(archive.index, query, limit)
    hits = []
    for sha256, page, score in best:
        found = snippet(_page_text(archive.page_texts, sha256, page), query)
        if not found.marks:  # the page answers by what was read before correction
            found = snippet(_page_text(archive.raw_page_texts, sha256, page), query)
        hits.append(Hit(ledger.path_of(sha256), sha256, page, score, found, archive.pdf(sha256)))
    return Answer(nfc(text), total, tuple(hits))


def _page_text(texts_of: Callable[[str], list[str]], sha256: str, page: int) -> str:
    try:
        return texts_of(sha256)[page - 1]
    except (OSError, LookupError):  # a lost text file hides the snippet, not the hit
        return ""
