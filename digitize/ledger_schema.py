"""The tables of the ledger, and how an older ledger becomes one of today."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

from digitize.settings import Settings
from vanthu.errors import VanthuError

VERSION = 3


def open_database(path: Path) -> sqlite3.Connection:
    """Open the ledger at ``path``, made or brought up to date when need be. Raises VanthuError when it is none."""
    try:
        database = sqlite3.connect(path)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        if _version(database) < VERSION:
            _bring_up(database)
        version = _version(database)
    except sqlite3.OperationalError as error:  # a full disk, a folder that cannot be written: the file is not at fault
        raise VanthuError(
            f"chưa mở được sổ cái ({error})", path=path, hint="xem đĩa còn chỗ và có quyền ghi không rồi chạy lại"
        ) from error
    except sqlite3.DatabaseError as error:
        raise VanthuError(
            "sổ cái hỏng hoặc không phải sổ cái", path=path, hint="chép lại ledger.sqlite từ bản sao lưu của kho"
        ) from error
    if version != VERSION:
        raise VanthuError("sổ cái do bản digitize khác tạo ra", path=path, hint="dùng bản digitize mới nhất")
    return database


def settings_hash(settings: str) -> str:
    """Return the short name of settings under which pages keep them: 16 hexadecimal digits."""
    return hashlib.sha256(settings.encode()).hexdigest()[:16]


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _bring_up(database: sqlite3.Connection) -> None:
    """Make the tables, or change those of an earlier version, in one transaction."""
    database.execute("BEGIN IMMEDIATE")
    try:
        version = _version(database)  # another process may have been first
        if version == 0:
            _execute_all(database, _TABLES + _PAGES)
        elif version == 1:
            _from_version_1(database)
        elif version == 2:
            _execute_all(database, "DROP INDEX pages_by_state")
        if version < VERSION:
            _execute_all(database, _INDEXES)
            database.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        database.rollback()
        raise
    database.commit()


def _from_version_1(database: sqlite3.Connection) -> None:
    """Keep all that version 1 knew; what it read counts as read with the settings that say the same today."""
    _execute_all(
        database,
        "ALTER TABLE documents ADD COLUMN settings_hash TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE documents ADD COLUMN holder TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE documents ADD COLUMN pdfa TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE documents ADD COLUMN pdfa_reasons TEXT NOT NULL DEFAULT '';"
        "ALTER TABLE pages RENAME TO old_pages;" + _PAGES,
    )
    for (old,) in database.execute("SELECT DISTINCT settings FROM documents WHERE settings IS NOT NULL").fetchall():
        settings = _today(old)
        database.execute(
            "UPDATE documents SET settings = ?, settings_hash = ? WHERE settings = ?",
            (settings, settings_hash(settings), old),
        )
    _execute_all(
        database,
        "INSERT INTO pages (sha256, number, state, reason, confidence, seconds, settings_hash, attempts)"
        " SELECT sha256, number, old_pages.state, old_pages.reason, confidence, seconds, settings_hash, 1"
        " FROM old_pages JOIN documents USING (sha256); DROP TABLE old_pages;"
        # There was no log of the quarantine then: they are looked at again, and entered in it.
        "UPDATE documents SET state = 'queued' WHERE state = 'quarantined' AND reason = 'có dấu chỉ độ mật';",
    )


def _today(settings: str) -> str:
    """Return settings of version 1, when there was one engine, as today's program writes them."""
    try:
        return str(Settings(**{"engine": "tesseract", **json.loads(settings)}))
    except (ValueError, TypeError):  # of a program we do not know: other settings, so new work
        return settings


def _execute_all(database: sqlite3.Connection, script: str) -> None:
    # Not executescript(), which would end the transaction first.
    for statement in filter(str.strip, script.split(";")):
        database.execute(statement)


# Paths are bytes: a name on disk need not be text. ``stamp`` tells whether the file has been written since.
# ``pdfa`` is a Conformity.
# ``indexed`` is 0 when the index lacks the document, 1 when it has it, 2 when it has it as it was before.
_TABLES = """
CREATE TABLE runs (id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, found INTEGER);
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'quarantined')),
    reason TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    settings TEXT, versions TEXT, queued_at TEXT NOT NULL, finished_at TEXT, indexed INTEGER NOT NULL DEFAULT 0,
    settings_hash TEXT NOT NULL DEFAULT '', holder TEXT NOT NULL DEFAULT '',
    pdfa TEXT NOT NULL DEFAULT '', pdfa_reasons TEXT NOT NULL DEFAULT ''
);
CREATE TABLE paths (
    path BLOB PRIMARY KEY, sha256 TEXT REFERENCES documents,
    role TEXT NOT NULL CHECK (role IN ('document', 'alias', 'quarantined', 'excluded')),
    reason TEXT NOT NULL DEFAULT '', stamp TEXT, run INTEGER NOT NULL REFERENCES runs
);
CREATE INDEX paths_of_document ON paths (sha256);
CREATE INDEX paths_of_run ON paths (run);
"""
# ``holder`` and ``until`` are the lease of a page that is running; times are seconds of the epoch. ``scan_bits`` and
# what stands beside it are NULL for a page that was not scanned, ``scan_dpi`` also where the file gives none.
_PAGES = """
CREATE TABLE pages (
    sha256 TEXT NOT NULL REFERENCES documents, number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'no_text')), reason TEXT NOT NULL DEFAULT '',
    confidence REAL, seconds REAL NOT NULL DEFAULT 0, engine TEXT NOT NULL DEFAULT '',
    version TEXT NOT NULL DEFAULT '', settings_hash TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    holder TEXT NOT NULL DEFAULT '', until REAL NOT NULL DEFAULT 0, finished_at REAL,
    scan_dpi REAL, scan_bits INTEGER, scan_width INTEGER, scan_height INTEGER,
    PRIMARY KEY (sha256, number)
);
CREATE INDEX pages_by_time ON pages (finished_at);
"""
# All that the dashboard counts, so that it reads no rows.
_INDEXES = """
CREATE INDEX pages_by_state ON pages (state, confidence, engine);
CREATE INDEX documents_by_state ON documents (state, pages);
"""
