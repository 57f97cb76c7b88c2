"""The level of access of a document: who may see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from digitize.archive import Archive

if TYPE_CHECKING:
    from digitize.secrets.quarantine import Quarantine

PUBLIC, INTERNAL, RESTRICTED = "công khai", "nội bộ", "hạn chế"
LEVELS = (PUBLIC, INTERNAL, RESTRICTED)
"""From what all may see to what few may."""
FIELD = "access"
"""The field of the catalogue in which a person says it."""


def level(said: str, *, marked: bool) -> str:
    """Return the level of a document of which the catalogue says ``said``, "" for nothing: then it is for the office.

    One that was ever ``marked`` as secret is never less than restricted.
    """
    if marked:
        return RESTRICTED
    return (said if said in LEVELS else RESTRICTED) if said else INTERNAL


def level_of(archive: Archive, quarantine: Quarantine, sha256: str) -> str:
    """Return the level of a document. Raises sqlite3.Error when the catalogue is damaged."""
    with levels(archive, quarantine) as level_of_one:
        return level_of_one(sha256)


@contextmanager
def levels(archive: Archive, quarantine: Quarantine) -> Iterator[Callable[[str], str]]:
    """Yield what ``level_of`` is, for many documents with one opening of the catalogue."""
    catalogue = archive.root / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) if catalogue.is_file() else nullcontext() as database:

        def level_of_one(sha256: str) -> str:
            marked = quarantine.level_of(sha256) is not None
            return level("" if marked or database is None else _said(database, sha256), marked=marked)

        yield level_of_one


def _said(database: sqlite3.Connection, sha256: str) -> str:
    row = database.execute("SELECT value FROM fields WHERE sha256 = ? AND field = ?", (sha256, FIELD)).fetchone()
    return str(row[0]) if row else ""
