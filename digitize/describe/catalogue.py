"""The catalogue of an archive: what every document is, who says so, and every change since, which nobody can undo.

A row is one field of one document. What the machine reads anew takes the place of what the machine read; what a
person accepted or corrected stays, and the new reading is kept beside it.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from digitize.describe.checks import checked
from digitize.describe.values import BY_PERSON, LABELS, UNSAID, Box, Description, Field, Status
from vanthu.database import open_database, transaction
from vanthu.errors import VanthuError
from vanthu.system_user import system_user

FILE = "catalogue.sqlite"
SCHEMA_VERSION = 3
Author = Literal["machine", "accepted", "corrected"]


@dataclass(frozen=True, slots=True)
class Row:
    """A field as it stands. ``read`` is what the machine reads, ``value`` what counts; box is in pixels of the page."""

    sha256: str
    field: str
    value: str
    read: str
    status: Status
    author: Author
    confidence: float
    evidence: str
    source: str
    page: int | None
    box: Box | None
    who: str
    at: str

    @property
    def for_review(self) -> bool:
        """Whether a person has yet to look at it."""
        return self.author == "machine" and self.status == "review"


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the change log; ``how`` tells where it came from: ``describe``, ``accept``, ``correct``, a file."""

    sha256: str
    field: str
    before: str
    after: str
    author: str
    how: str
    who: str
    at: str


@dataclass(frozen=True)
class Catalogue:
    """An open catalogue. Every method that changes it is one transaction, inside another a part of that."""

    database: sqlite3.Connection

    def reading_of(self, sha256: str) -> str | None:
        """Return the digest of the reading that a document was described from, None when it never was."""
        row = self.database.execute("SELECT reading FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return row[0] if row is not None else None

    def documents(self) -> list[str]:
        """Return the documents that are described."""
        return [row[0] for row in self.database.execute("SELECT sha256 FROM documents ORDER BY sha256")]

    def count(self) -> int:
        """Return how many documents are described."""
        return int(self.database.execute("SELECT count(*) FROM documents").fetchone()[0])

    def rows(self, sha256: str) -> list[Row]:
        """Return the fields of a document in the order in which they are shown."""
        found = self.database.execute(f"SELECT {_COLUMNS} FROM fields WHERE sha256 = ?", (sha256,))
        return sorted(map(_row, found), key=lambda row: _ORDER[row.field])

    def queue(self) -> list[Row]:
        """Return the fields that wait for a person, by document and field."""
        found = self.database.execute(
            f"SELECT {_COLUMNS} FROM fields WHERE author = 'machine' AND status = 'review' ORDER BY sha256, field"
        )
        return [_row(row) for row in found]

    def describe(self, sha256: str, reading: str, description: Description) -> None:
        """Enter what the machine reads of a document; values of a person stay."""
        with transaction(self.database):
            held = {row.field: row for row in self.rows(sha256)}
            self.database.execute(
                "INSERT INTO documents VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET reading = excluded.reading,"
                " at = excluded.at",
                (sha256, reading, _now()),
            )
            for name, field in description.items():
                self._enter(sha256, name, field, held.get(name))

    def accept(self, sha256: str, field: str, *, who: str = "", how: str = "accept") -> None:
        """Say that the value of a field is right, be it none. Raises VanthuError for a field that is not there."""
        with transaction(self.database):
            row = self._held(sha256, field)
            if row.author == "machine":
                self._set(row, row.value, "accepted", who, how)

    def correct(self, sha256: str, field: str, value: str, *, who: str = "", how: str = "correct") -> bool:
        """Give a field the value that a person says; tell whether that changed it.

        Raises VanthuError for a field that is not there and for a value that it cannot have.
        """
        value = checked(field, value)
        with transaction(self.database):
            row = self._held(sha256, field)
            if row.value == value:
                return False
            self._set(row, value, "corrected", who, how)
            return True

    def changes(self, sha256: str) -> list[Change]:
        """Return the change log of a document, the oldest first."""
        found = self.database.execute(
            "SELECT sha256, field, before, after, author, how, who, at FROM changes WHERE sha256 = ? ORDER BY id",
            (sha256,),
        )
        return [Change(*row) for row in found]

    def last_change(self) -> int:
        """Return the number of the last change, 0 before the first."""
        return int(self.database.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])

    def changed_since(self, change: int) -> list[str]:
        """Return the documents that changed after the change of that number."""
        found = self.database.execute("SELECT DISTINCT sha256 FROM changes WHERE id > ? ORDER BY sha256", (change,))
        return [row[0] for row in found]

    def _held(self, sha256: str, field: str) -> Row:
        row = self.database.execute(
            f"SELECT {_COLUMNS} FROM fields WHERE sha256 = ? AND field = ?", (sha256, field)
        ).fetchone()
        if row is None:
            raise VanthuError(f"danh mục chưa có trường «{field}» của tài liệu {sha256[:12]}", hint="digitize describe")
        return _row(row)

    def _enter(self, sha256: str, name: str, field: Field, held: Row | None) -> None:
        by_person = held is not None and held.author != "machine"
        kept = held.value if held is not None and by_person else field.value
        place = (field.place.page, *field.place.box) if field.place is not None else (None,) * 5
        read = (field.value, field.status, field.confidence, field.evidence, field.source, *place)
        now = _now()
        if held is None:
            self.database.execute(
                f"INSERT INTO fields (value, read, status, confidence, evidence, source, page, x0, y0, x1, y1, sha256,"
                f" field, author, who, at) VALUES ({', '.join('?' * 16)})",
                (kept, *read, sha256, name, "machine", _MACHINE, now),
            )
        else:
            self.database.execute(
                "UPDATE fields SET value = ?, read = ?, status = ?, confidence = ?, evidence = ?, source = ?, page = ?,"
                " x0 = ?, y0 = ?, x1 = ?, y1 = ?, at = ? WHERE sha256 = ? AND field = ?",
                (kept, *read, held.at if by_person else now, sha256, name),
            )
        before = held.value if held is not None else ""
        if not by_person and before != kept:
            self._log(sha256, name, before, kept, "machine", "describe", _MACHINE, now)

    def _set(self, row: Row, value: str, author: Author, who: str, how: str) -> None:
        who, now = who or system_user(), _now()
        self.database.execute(
            "UPDATE fields SET value = ?, author = ?, who = ?, at = ? WHERE sha256 = ? AND field = ?",
            (value, author, who, now, row.sha256, row.field),
        )
        self._log(row.sha256, row.field, row.value, value, author, how, who, now)

    def _log(self, *change: str) -> None:
        self.database.execute(
            "INSERT INTO changes (sha256, field, before, after, author, how, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            change,
        )


@contextmanager
def open_catalogue(root: Path) -> Iterator[Catalogue]:
    """Open the catalogue of the archive at ``root``, made when it is not there.

    Raises VanthuError when it is damaged, or of another version, and when the disk refuses.
    """
    restore = "chép lại catalogue.sqlite từ bản sao lưu của kho"
    path = root / FILE
    with open_database(path, "danh mục", restore, lambda database: _migrate(database, path)) as database:
        yield Catalogue(database)


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    if _version(database) < SCHEMA_VERSION:
        with transaction(database):
            version = _version(database)  # another process may have been first
            if version == 0:
                for statement in _SCHEMA:
                    database.execute(statement)
            if version == 1:  # which had no field that only a person sets
                database.executemany(_BLANK, [(name, UNSAID, _MACHINE, _now()) for name in BY_PERSON])
            if version in (1, 2):  # which had to read every row that waits to tell how sure it is
                database.execute("DROP INDEX waiting")
                database.execute(_WAITING)
            database.execute(f"PRAGMA user_version = {max(version, SCHEMA_VERSION)}")
    if _version(database) > SCHEMA_VERSION:
        raise VanthuError("danh mục do bản digitize khác tạo ra", path=path, hint="dùng bản digitize mới nhất")


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _row(cells: Sequence[Any]) -> Row:
    """Return the row of the cells of _COLUMNS."""
    sha256, field, value, read, status, author, confidence, evidence, source, page, x0, y0, x1, y1, who, at = cells
    box = (x0, y0, x1, y1) if page is not None else None
    return Row(sha256, field, value, read, status, author, confidence, evidence, source, page, box, who, at)


def _now() -> str:
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")


_MACHINE = "máy"
_ORDER = {name: number for number, name in enumerate(LABELS)}
_COLUMNS = "sha256, field, value, read, status, author, confidence, evidence, source, page, x0, y0, x1, y1, who, at"
_BLANK = (
    "INSERT OR IGNORE INTO fields (sha256, field, value, read, status, author, confidence, evidence, source, who, at)"
    " SELECT sha256, ?, '', '', 'absent', 'machine', 1.0, ?, '', ?, ? FROM documents"
)
_WAITING = "CREATE INDEX waiting ON fields (sha256, field, confidence) WHERE author = 'machine' AND status = 'review'"
_SCHEMA = (
    "CREATE TABLE documents (sha256 TEXT PRIMARY KEY, reading TEXT NOT NULL, at TEXT NOT NULL) STRICT",
    "CREATE TABLE fields (sha256 TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, read TEXT NOT NULL,"
    " status TEXT NOT NULL CHECK (status IN ('sure', 'review', 'absent')),"
    " author TEXT NOT NULL CHECK (author IN ('machine', 'accepted', 'corrected')),"
    " confidence REAL NOT NULL, evidence TEXT NOT NULL, source TEXT NOT NULL,"
    " page INTEGER, x0 INTEGER, y0 INTEGER, x1 INTEGER, y1 INTEGER,"
    " who TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, field)) STRICT",
    _WAITING,
    "CREATE TABLE changes (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, field TEXT NOT NULL,"
    " before TEXT NOT NULL, after TEXT NOT NULL, author TEXT NOT NULL, how TEXT NOT NULL, who TEXT NOT NULL,"
    " at TEXT NOT NULL) STRICT",
    "CREATE INDEX changes_of ON changes (sha256)",
    "CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'changes stay as they are'); END",
    "CREATE TRIGGER changes_last BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'changes stay as they are'); END",
)
