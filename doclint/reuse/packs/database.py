"""The SQLite file of a pack: its documents, and which shards hold what is indexed of them."""

from __future__ import annotations

import datetime
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

from doclint.reuse.packs.entry import Entry
from vanthu.errors import VanthuError

VERSION = 2
"""Of the tables, of what counts as a token and of the shingles: a pack of another version has to be built anew."""

FILE = "pack.sqlite"
_DATES = {"date", "in_force_from", "in_force_to"}
_COLUMNS = tuple(field.name for field in fields(Entry))
_LISTED = ", ".join(_COLUMNS)
_SCHEMA = f"""
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, {_LISTED}, syllables INTEGER NOT NULL,
    body BLOB NOT NULL, body_sha256 TEXT NOT NULL);
CREATE UNIQUE INDEX by_origin ON documents (origin);
CREATE TABLE shards (name TEXT PRIMARY KEY, documents INTEGER NOT NULL, tokens INTEGER NOT NULL,
    digests TEXT NOT NULL);
CREATE TABLE removed (id INTEGER PRIMARY KEY);
"""


def connect(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the database of the pack in ``folder``. Raises VanthuError when it is none, or of another version."""
    path = folder / FILE
    if not create and not path.is_file():
        raise VanthuError("không phải gói văn bản", path=folder, hint="xem các gói: doclint corpus list")
    try:
        database = _opened(path)
        version = database.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and create:
            # A document takes two to five thousand bytes, which small pages hold with little left over.
            database.execute("PRAGMA page_size = 2048")
            database.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            version = VERSION
    except sqlite3.Error as error:
        raise damaged(folder) from error
    if version != VERSION:
        database.close()
        raise VanthuError("gói do bản doclint khác tạo ra", path=folder, hint="xóa rồi dựng lại: doclint corpus build")
    return database


def damaged(folder: Path) -> VanthuError:
    """Return the error that says the pack in ``folder`` is damaged."""
    return VanthuError("gói văn bản bị hỏng", path=folder, hint="xóa thư mục này rồi dựng lại: doclint corpus build")


def entries(database: sqlite3.Connection) -> Iterator[tuple[int, Entry]]:
    """Yield each document with its id, in the order they were added."""
    for id, *values in database.execute(f"SELECT id, {_LISTED} FROM documents ORDER BY id"):
        yield id, _entry(values)


def entry_of(database: sqlite3.Connection, id: int) -> Entry | None:
    """Return the document ``id``, None when it is there no more."""
    row = database.execute(f"SELECT {_LISTED} FROM documents WHERE id = ?", (id,)).fetchone()
    return _entry(row) if row is not None else None


def dated(database: sqlite3.Connection, numbers: Sequence[str]) -> Iterator[Entry]:
    """Yield the documents with one of ``numbers`` whose date is known."""
    places = ", ".join("?" * len(numbers))
    rows = database.execute(
        f"SELECT {_LISTED} FROM documents WHERE date IS NOT NULL AND number IN ({places})", tuple(numbers)
    )
    yield from map(_entry, rows)


def insert(database: sqlite3.Connection, entry: Entry, syllables: int, body: bytes, body_sha256: str) -> int:
    """Add a document and return its id."""
    values = [_stored(name, getattr(entry, name)) for name in _COLUMNS]
    places = ", ".join("?" * (len(values) + 3))
    id = database.execute(
        f"INSERT INTO documents ({_LISTED}, syllables, body, body_sha256) VALUES ({places})",
        (*values, syllables, body, body_sha256),
    ).lastrowid
    assert id is not None
    return id


def remove(database: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Delete documents; that they may still stand in a shard is kept until it is merged."""
    rows = [(id,) for id in ids]
    database.executemany("INSERT OR IGNORE INTO removed SELECT id FROM documents WHERE id = ?", rows)
    database.executemany("DELETE FROM documents WHERE id = ?", rows)


def _opened(path: Path) -> sqlite3.Connection:
    if os.access(path if path.exists() else path.parent, os.W_OK):
        return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    # A pack that somebody shares on a disk one may not write to.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_PATIENCE, isolation_level=None)


def _stored(name: str, value: object) -> object:
    if name == "origin":
        return os.fsencode(str(value))
    return value.isoformat() if isinstance(value, datetime.date) else value or None


def _entry(values: Iterable[object]) -> Entry:
    known: dict[str, object] = {}
    for name, value in zip(_COLUMNS, values, strict=True):
        if isinstance(value, bytes):
            known[name] = os.fsdecode(value)
        elif value is not None:
            known[name] = datetime.date.fromisoformat(str(value)) if name in _DATES else value
    return Entry(**known)  # type: ignore[arg-type]


_PATIENCE = 30.0
"""Seconds to wait while another process ends its transaction."""
