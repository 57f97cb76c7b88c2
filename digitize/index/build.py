"""Bring the index of an archive up to its ledger. Documents are stored whether or not this succeeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeVar

from digitize.archive import Archive
from digitize.index.engines import whoosh
from digitize.index.engines.whoosh import PageEntry
from digitize.ledger import Ledger
from vanthu.errors import VanthuError, os_reason

_DOCUMENTS_PER_COMMIT = 200
_T = TypeVar("_T")


def update_index(archive: Archive, ledger: Ledger) -> None:
    """Index what the index lacks; all of it when there is none. Raises IndexDamaged, VanthuError."""
    if not whoosh.exists(archive.index):
        rebuild_index(archive, ledger)
        return
    for batch in _batches(ledger.outdated_in_index()):
        wanted = [sha256 for sha256, there in batch if there]
        whoosh.update(archive.index, [sha256 for sha256, _ in batch], _entries(archive, wanted))
        ledger.mark_indexed(batch)


def rebuild_index(archive: Archive, ledger: Ledger) -> None:
    """Index every published document anew; until it is ready, searches use the old index. Raises VanthuError."""
    documents = ledger.done()
    whoosh.rebuild(archive.index, (_entries(archive, batch) for batch in _batches(documents)))
    removed = [(sha256, False) for sha256, wanted in ledger.outdated_in_index() if not wanted]
    ledger.mark_indexed([(sha256, True) for sha256 in documents] + removed)


def _entries(archive: Archive, documents: Iterable[str]) -> Iterator[PageEntry]:
    for sha256 in documents:
        try:
            texts, raw = archive.page_texts(sha256), archive.raw_page_texts(sha256)
        except OSError as error:
            raise VanthuError(
                f"mất tệp văn bản của tài liệu ({os_reason(error)})", path=archive.document(sha256)
            ) from error
        for number, (text, as_read) in enumerate(zip_longest(texts, raw[: len(texts)], fillvalue=""), start=1):
            yield PageEntry(sha256, number, _searched(text, as_read))


def _searched(text: str, raw: str) -> str:
    """Return a page with the lines added that were read in another way before they were corrected."""
    known = set(text.split("\n"))
    return "\n".join([text, *(line for line in raw.split("\n") if line not in known)])


def _batches(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), _DOCUMENTS_PER_COMMIT):
        yield items[start : start + _DOCUMENTS_PER_COMMIT]
