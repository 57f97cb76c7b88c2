"""Bring the index of an archive up to its ledger and catalogue. Documents are stored whether or not this succeeds.

The ledger says of each document whether it is in the index: that is where a build that was stopped goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from digitize.archive import Archive
from digitize.describe.catalogue import Catalogue, open_catalogue
from digitize.index.documents import Documents, open_documents
from digitize.index.entries import IndexedDocument, documents, pages_of
from digitize.index.generation import Generation, begin, building, current, engine_in_use, put_to_use
from digitize.index.opened import damage_told
from digitize.index.writer import sole_writer
from digitize.ledger import Ledger

_DOCUMENTS_PER_COMMIT = 5000
_PAGES_PER_COMMIT = 20_000
_T = TypeVar("_T")
Progress = Callable[[int], None]
"""Told how many documents have been indexed since the last call."""


def update_index(
    archive: Archive, ledger: Ledger, engine: str | None = None, progress: Progress = lambda _: None
) -> None:
    """Index what the index lacks or has as it no longer is; with another ``engine`` than it has, all of it.

    Goes on with a build that was stopped; begins one when there is no index, or one whose commit was cut off.
    Raises IndexDamaged, VanthuError.
    """
    with sole_writer(archive.index):
        _update(archive, ledger, engine, progress)


def _update(archive: Archive, ledger: Ledger, engine: str | None, progress: Progress) -> None:
    unfinished, used = building(archive.index), current(archive.index)
    if unfinished is not None and _is_whole(unfinished) and engine in (None, unfinished.engine_name):
        unfinished.check()
        _bring_up(archive, ledger, unfinished, progress)
        put_to_use(archive.index, unfinished)
    elif used is not None and _is_whole(used) and engine in (None, used.engine_name):
        used.check()
        _bring_up(archive, ledger, used, progress)
    else:
        _rebuild(archive, ledger, engine, progress)


def rebuild_index(
    archive: Archive, ledger: Ledger, engine: str | None = None, progress: Progress = lambda _: None
) -> None:
    """Index every published document anew; until it is ready, searches use the old index. Raises VanthuError."""
    with sole_writer(archive.index):
        _rebuild(archive, ledger, engine, progress)


def _rebuild(archive: Archive, ledger: Ledger, engine: str | None, progress: Progress) -> None:
    fresh = begin(archive.index, engine or engine_in_use(archive.index) or DEFAULT_ENGINE)
    with open_catalogue(archive.root) as catalogue:
        _note_change(fresh, catalogue.last_change())
    ledger.forget_indexed()
    _bring_up(archive, ledger, fresh, progress)
    put_to_use(archive.index, fresh)


DEFAULT_ENGINE = "whoosh"


def update_fields(archive: Archive, ledger: Ledger, most: int) -> bool:
    """Index anew what people changed in the catalogue of documents that the index has, some ``most`` pages of it.

    Tell whether that was all; it is not when another writes to the index, or when there is none that is whole. Unlike
    ``update_index`` this may run while a batch stores documents: what the batch reads anew counts as outdated still.
    Raises IndexDamaged, VanthuError.
    """
    with sole_writer(archive.index, patient=False) as mine, open_catalogue(archive.root) as catalogue:
        used = current(archive.index) if mine else None
        if used is None or not _is_whole(used):
            return False
        with damage_told(), open_documents(used.folder) as table:
            since = table.change
            changed, last, all_of_it = _changed_documents(ledger, catalogue, table, most)
        if last > since:
            used.check()
            for some in _portions(documents(archive, ledger, catalogue, changed)):
                _commit(used, [], some)
            _note_change(used, last)
    return all_of_it


def _changed_documents(
    ledger: Ledger, catalogue: Catalogue, table: Documents, most: int
) -> tuple[list[str], int, bool]:
    """Return indexed documents that changed, the last change that is covered by them, and whether that is the last."""
    chosen: dict[str, int] = {}
    last = table.change
    for number, sha256 in catalogue.database.execute(
        "SELECT id, sha256 FROM changes WHERE id > ? ORDER BY id", (last,)
    ):
        if sha256 not in chosen and table.numbers([sha256]):
            if sum(chosen.values()) >= most:
                return list(chosen), last, False
            row = ledger.database.execute(
                "SELECT pages FROM documents WHERE sha256 = ? AND state = 'done'", (sha256,)
            ).fetchone()
            if row is not None:
                chosen[sha256] = row[0]
        last = number
    return list(chosen), last, True


def waiting(archive: Archive, ledger: Ledger, engine: str | None = None) -> int:
    """Return how many documents an update would index."""
    target = building(archive.index) or current(archive.index)
    if target is None or not target.is_sealed or engine not in (None, target.engine_name):
        return len(ledger.done())
    with open_catalogue(archive.root) as catalogue, damage_told(), open_documents(target.folder) as table:
        return len(_outdated(ledger, catalogue, table.change))


def _bring_up(archive: Archive, ledger: Ledger, target: Generation, progress: Progress) -> None:
    with open_catalogue(archive.root) as catalogue:
        with damage_told(), open_documents(target.folder) as table:
            since = table.change
        # Read first: what a person changes from now on is for the next time.
        last = catalogue.last_change()
        outdated = _outdated(ledger, catalogue, since)
        for batch in _batches(outdated):
            _write(archive, ledger, catalogue, target, batch, progress)
        _note_change(target, last)


def _is_whole(target: Generation) -> bool:
    """Tell whether no commit was cut off, or one that could be taken back."""
    return target.is_sealed or target.roll_back()


def _note_change(target: Generation, change: int) -> None:
    with damage_told(), open_documents(target.folder) as table:
        if table.change != change:
            target.unseal()
            table.change = change
            table.commit()
    target.seal()


def _outdated(ledger: Ledger, catalogue: Catalogue, since: int) -> list[tuple[str, bool]]:
    """Return the documents whose files or fields changed, and whether the index is to have them."""
    files = dict(ledger.outdated_in_index())
    there = set(ledger.done())
    fields = {sha256: True for sha256 in catalogue.changed_since(since) if sha256 in there}
    return sorted({**fields, **files}.items())


def _write(
    archive: Archive,
    ledger: Ledger,
    catalogue: Catalogue,
    target: Generation,
    batch: Sequence[tuple[str, bool]],
    progress: Progress,
) -> None:
    """Bring a batch of documents up, in as many commits as its pages need."""
    found = documents(archive, ledger, catalogue, [sha256 for sha256, there in batch if there])
    gone = [sha256 for sha256, there in batch if not there]
    for some in _portions(found):
        _commit(target, gone, some, progress)
        ledger.mark_indexed([(sha256, False) for sha256 in gone] + [(document.sha256, True) for document in some])
        gone = []
    if gone:
        _commit(target, gone, [], progress)
        ledger.mark_indexed((sha256, False) for sha256 in gone)


def _commit(
    target: Generation, gone: Sequence[str], some: Sequence[IndexedDocument], progress: Progress = lambda _: None
) -> None:
    with damage_told(), open_documents(target.folder) as table:
        stale = table.numbers([*gone, *(document.sha256 for document in some)])
        numbers = [table.add(document.sha256, document.fields) for document in some]
        with target.engine.writing(target.files) as writer:
            writer.remove(stale)
            for document, number in zip(some, numbers, strict=True):
                for page in pages_of(document, number):
                    writer.add(page)
                progress(1)
            target.unseal()
        progress(len(gone))
        table.remove(stale)
        table.commit()
        target.seal()


def _portions(found: Iterator[IndexedDocument]) -> Iterator[list[IndexedDocument]]:
    portion: list[IndexedDocument] = []
    pages = 0
    for document in found:
        portion.append(document)
        pages += len(document.pages)
        if pages >= _PAGES_PER_COMMIT:
            yield portion
            portion, pages = [], 0
    if portion:
        yield portion


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _DOCUMENTS_PER_COMMIT):
        yield items[start : start + _DOCUMENTS_PER_COMMIT]
