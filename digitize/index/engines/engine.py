"""What every engine can do: keep pages in a folder, and find all that answer a query, with their scores.

All engines score alike. A word counts as BM25 (k1 1.2, b 0.75) where it stands folded, and EXACT times as BM25 where it
stands with its accents, so that a page that has it so comes before every page that has it otherwise: BM25 of the folded
word cannot reach that, even for a page ten times the mean length against one that is all that word. What a document is
called by counts by the rarity of the word alone, ABOUT times; its whole number and symbol count OWN_CODE. A prefix
counts 1. Fields, ranges and NOT do not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from digitize.index.entries import IndexedPage
from digitize.index.query import Node
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT, ABOUT, OWN_CODE = 12.0, 2.0, 1000.0
K1, B = 1.2, 0.75
MOST_EXPANSIONS = 2000
"""Words that one prefix may stand for."""
PAGE_BITS = 24
"""A page is its document's number shifted left so far, plus its own number."""


class IndexDamaged(VanthuError):
    """The index cannot be used; the documents are unharmed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, hint="chạy digitize reindex --archive KHO để dựng lại")


VocabularyField = Literal["folded", "exact"]


@dataclass(frozen=True, slots=True)
class Matches:
    """All pages that answer, in no order: document and page in one number, as PAGE_BITS tells, and score."""

    keys: NDArray[np.int64]
    scores: NDArray[np.float32]


class Writer(Protocol):
    """Changes to an index that take effect together."""

    def remove(self, documents: Iterable[int]) -> None:
        """Take all pages of documents out."""

    def add(self, page: IndexedPage) -> None:
        """Put a page in."""


class Reader(Protocol):
    """An open index; several threads may use one. Any error it raises means that the index is damaged."""

    def matches(self, query: Node) -> Matches:
        """Return all that answers a query."""

    def best(self, query: Node, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """Return how many pages answer a query, and keys and scores of the best."""

    def vocabulary(self, field: VocabularyField) -> list[str]:
        """Return the words of all pages, sorted."""

    def frequency(self, field: VocabularyField, words: Iterable[str]) -> list[int]:
        """Return on how many pages each word stands."""

    def close(self) -> None:
        """Let go of the files."""


class Engine(Protocol):
    """An engine, by its folder."""

    def create(self, folder: Path) -> None:
        """Make an empty index."""

    def writing(self, folder: Path) -> AbstractContextManager[Writer]:
        """Open an index for changes, which are made together at the end, or not at all."""

    def open_reader(self, folder: Path) -> Reader:
        """Open an index to search it."""
