"""Searches that a person keeps, each in the archive under his name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vanthu.database import open_database
from vanthu.errors import VanthuError

FILE = "saved.sqlite"
MOST = 100
"""Searches that one person may keep."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What was typed, by the number under which it is dropped again."""

    id: int
    text: str


@dataclass(frozen=True)
class SavedSearches:
    """The open list of all; each method speaks of what one person keeps."""

    database: sqlite3.Connection

    def of(self, who: str) -> list[SavedSearch]:
        """Return what ``who`` keeps, the newest first."""
        rows = self.database.execute("SELECT id, text FROM searches WHERE who = ? ORDER BY id DESC", (who,))
        return [SavedSearch(*row) for row in rows]

    def keep(self, who: str, text: str) -> None:
        """Keep a search; the same one twice is kept once. Raises VanthuError beyond MOST."""
        if len(self.of(who)) >= MOST:
            raise VanthuError(f"đã lưu {MOST} câu tìm, không lưu thêm được", hint="bỏ bớt câu cũ ở trang tìm")
        self.database.execute("INSERT OR IGNORE INTO searches (who, text) VALUES (?, ?)", (who, text))

    def drop(self, who: str, id: int) -> None:
        """Drop a search of ``who``; one of another, or of nobody, stays as it is."""
        self.database.execute("DELETE FROM searches WHERE who = ? AND id = ?", (who, id))


@contextmanager
def open_saved(root: Path) -> Iterator[SavedSearches]:
    """Open the list in the archive at ``root``, made when it is not there. Raises VanthuError."""
    restore = f"xóa {FILE} trong kho; chỉ mất các câu tìm đã lưu"
    with open_database(root / FILE, "các câu tìm đã lưu", restore, _migrate) as database:
        yield SavedSearches(database)


def _migrate(database: sqlite3.Connection) -> None:
    database.execute(
        "CREATE TABLE IF NOT EXISTS searches (id INTEGER PRIMARY KEY, who TEXT NOT NULL, text TEXT NOT NULL,"
        " UNIQUE (who, text)) STRICT"
    )
