"""The tables of the register. A step that was released is never changed: another one is added after it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from vanthu.errors import VanthuError


def migrate(database: sqlite3.Connection, path: Path | None) -> None:
    """Bring the tables to the version of this program. Raises VanthuError for those of a later one."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise VanthuError("sổ do bản doclint mới hơn tạo ra", path=path, hint="cập nhật doclint trên máy này")
    if version < len(MIGRATIONS):
        database.execute("BEGIN IMMEDIATE")
        # Another process may have done it meanwhile.
        version = database.execute("PRAGMA user_version").fetchone()[0]
        for statement in (statement for step in MIGRATIONS[version:] for statement in step):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        database.execute("COMMIT")


MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE documents (
        id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL, symbol TEXT NOT NULL, date TEXT NOT NULL,
        subject TEXT NOT NULL, type TEXT NOT NULL, regime TEXT NOT NULL, issuer TEXT NOT NULL, unit TEXT NOT NULL,
        position TEXT NOT NULL, signer TEXT NOT NULL, urgency TEXT NOT NULL, recipients INTEGER, copies INTEGER,
        verdict TEXT NOT NULL, codes TEXT NOT NULL, proposed TEXT NOT NULL, reason TEXT NOT NULL, class TEXT NOT NULL,
        sha256 TEXT NOT NULL, file TEXT NOT NULL, year INTEGER NOT NULL, identity TEXT NOT NULL)""",
        "CREATE UNIQUE INDEX by_digest ON documents (sha256) WHERE sha256 <> ''",
        "CREATE INDEX by_identity ON documents (identity)",
        "CREATE INDEX by_year ON documents (year)",
        """CREATE TABLE meetings (
        id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL, subject TEXT NOT NULL, form TEXT NOT NULL,
        scope TEXT NOT NULL, purpose TEXT NOT NULL, document INTEGER NOT NULL, held INTEGER NOT NULL,
        year INTEGER NOT NULL)""",
        "CREATE INDEX meetings_by_date ON meetings (date)",
        """CREATE TABLE changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT, "when" TEXT NOT NULL, who TEXT NOT NULL, "table" TEXT NOT NULL,
        "row" INTEGER NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
        reason TEXT NOT NULL)""",
        'CREATE INDEX changes_by_row ON changes ("table", "row")',
        "CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'append only'); END",
        "CREATE TRIGGER changes_last BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'append only'); END",
    ),
)
"""Each step is the statements that make the tables of one version those of the next."""
