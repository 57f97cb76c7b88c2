"""The Whoosh engine, with nothing but the API of Whoosh 2.7.4.

Whoosh never calls fsync and names damage in a dozen ways, so the index is something that can always be rebuilt: a new
one is made beside the old and a pointer file moved, and whatever a damaged one raises becomes IndexDamaged.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from digitize.archive import disk_is_full
from digitize.index.query import Query
from vanthu.errors import VanthuError
from vanthu.files import write_atomic

# A page that has a word with its accents comes before every page that has it without: BM25 of the folded word cannot
# reach BM25 of the exact one times this, even for a page ten times the mean length against one that is all that word.
_EXACT_WEIGHT = 12.0


class IndexDamaged(VanthuError):
    """The index cannot be used; the documents are unharmed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, hint="chạy digitize index --archive KHO để dựng lại")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page to be indexed; pages count from 1."""

    sha256: str
    page: int
    text: str


def exists(folder: Path) -> bool:
    """Tell whether an index was ever made in ``folder``."""
    return (folder / "current").is_file()


def rebuild(folder: Path, batches: Iterable[Iterable[PageEntry]]) -> None:
    """Make a new index beside the one in ``folder``, one commit a batch, and let it take its place when it is whole."""
    index = _whoosh()
    from digitize.index.schema import page_schema

    folder.mkdir(mode=0o700, exist_ok=True)
    current = _current(folder)
    fresh = folder / f"{int(current.name) + 1 if current else 1:06}"
    for old in folder.iterdir():
        if old.is_dir() and old != current:
            shutil.rmtree(old)  # what a killed rebuild left
    fresh.mkdir(mode=0o700)
    made = index.create_in(str(fresh), page_schema())
    for batch in batches:
        with _writing(made) as writer:
            _add(writer, batch)
    made.close()
    write_atomic(folder / "current", fresh.name.encode())
    if current:
        shutil.rmtree(current, ignore_errors=True)


def update(folder: Path, stale: Iterable[str], entries: Iterable[PageEntry]) -> None:
    """Remove the documents ``stale``, add ``entries``, in one commit. Raises IndexDamaged."""
    with _open(folder) as index, _damage_told(), _writing(index) as writer:
        for sha256 in stale:
            writer.delete_by_term("sha256", sha256)
        _add(writer, entries)


def search(folder: Path, query: Query, limit: int) -> tuple[int, list[tuple[str, int, float]]]:
    """Return how many pages match and the best ``limit`` of them as SHA-256, page and score. Raises IndexDamaged."""
    with _open(folder) as index, _damage_told(), index.searcher() as searcher:
        results = searcher.search(_whoosh_query(query), limit=limit)
        # Whoosh's own estimate of the number can be a hundred times off.
        return len(results.docs()), [(hit["sha256"], hit["page"], float(hit.score)) for hit in results]


def _whoosh_query(query: Query) -> Any:
    from whoosh.query import And, Or, Phrase, Term

    def clause(field: str, words: list[str], weight: float) -> Any:
        return Term(field, words[0], boost=weight) if len(words) == 1 else Phrase(field, words, boost=weight)

    return And(
        [
            Or(
                [
                    clause("exact", [term.exact for term in words], _EXACT_WEIGHT),
                    clause("folded", [term.folded for term in words], 1.0),
                ]
            )
            for words in query.clauses
        ]
    )


def _add(writer: Any, entries: Iterable[PageEntry]) -> None:
    for entry in entries:
        writer.add_document(sha256=entry.sha256, page=entry.page, exact=entry.text, folded=entry.text)


@contextmanager
def _writing(index: Any) -> Iterator[Any]:
    """Commit what is written, or cancel it all."""
    writer = index.writer(limitmb=64)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


@contextmanager
def _open(folder: Path) -> Iterator[Any]:
    current = _current(folder)
    if current is None:
        raise IndexDamaged("kho chưa có chỉ mục")
    module = _whoosh()
    with _damage_told():
        index = module.open_dir(str(current))
    try:
        yield index
    finally:
        index.close()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except VanthuError:
        raise
    except Exception as error:  # damage surfaces as a dozen types, a bare Exception among them
        if isinstance(error, OSError) and disk_is_full(error):
            raise
        raise IndexDamaged("chỉ mục hỏng") from error


def _current(folder: Path) -> Path | None:
    try:
        name = (folder / "current").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return folder / name if name.isdecimal() else None


def _whoosh() -> ModuleType:
    with warnings.catch_warnings():
        # Whoosh 2.7.4 has strings with bad escapes, of which Python warns whenever it compiles them.
        warnings.simplefilter("ignore")
        for name in ("whoosh.query", "whoosh.codec.whoosh3"):
            import_module(name)
        return import_module("whoosh.index")
