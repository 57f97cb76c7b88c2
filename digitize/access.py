"""The level of access of a document: who may see it."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from digitize.archive import Archive

if TYPE_CHECKING:
    from digitize.secrets.quarantine import Quarantine

PUBLIC, INTERNAL, RESTRICTED = "công khai", "nội bộ", "hạn chế"
LEVELS = (PUBLIC, INTERNAL, RESTRICTED)
"""From what all may see to what few may."""
FIELD = "access"
"""The field of the catalogue in which a person says it."""


def level_of(archive: Archive, quarantine: Quarantine, sha256: str) -> str:
    """Return the level of a document. One that bore a secrecy marking is never less than restricted.

    What nobody has said is for the office alone. Raises sqlite3.Error when the catalogue is damaged.
    """
    if quarantine.level_of(sha256) is not None:
        return RESTRICTED
    path = archive.root / "catalogue.sqlite"
    if not path.is_file():
        return INTERNAL
    database = sqlite3.connect(path)
    try:
        row = database.execute("SELECT value FROM fields WHERE sha256 = ? AND field = ?", (sha256, FIELD)).fetchone()
    finally:
        database.close()
    if row is None or not row[0]:
        return INTERNAL
    return row[0] if row[0] in LEVELS else RESTRICTED
