"""The level of access of a document: who may see it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
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
    marked = quarantine.level_of(sha256) is not None
    return level("" if marked else _said(archive.root / "catalogue.sqlite", sha256), marked=marked)


def _said(catalogue: Path, sha256: str) -> str:
    if not catalogue.is_file():
        return ""
    with closing(sqlite3.connect(catalogue)) as database:
        row = database.execute("SELECT value FROM fields WHERE sha256 = ? AND field = ?", (sha256, FIELD)).fetchone()
    return str(row[0]) if row else ""
