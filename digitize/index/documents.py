"""The documents of an index: which number each has in it and what it is, in SQLite beside the files of the engine.

A document that is indexed anew gets a new number, so a number always means the same pages.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from digitize.index.fields import DocumentFields, day_number

FILE = "documents.sqlite"
FACETS = ("year", "type", "issuer", "fonds")
"""Fields by which an answer is counted."""


class Documents:
    """An open table."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def add(self, sha256: str, fields: DocumentFields) -> int:
        """Enter a document and return its number. Not committed."""
        told = (getattr(fields, name) for name in FACETS)
        row = (sha256, day_number(fields.date), *told, json.dumps(fields.filled(), ensure_ascii=False))
        number = self._database.execute(
            "INSERT INTO documents (sha256, day, year, type, issuer, fonds, fields) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        ).lastrowid
        assert number is not None
        return number

    def numbers(self, documents: Iterable[str]) -> list[int]:
        """Return the numbers that documents have."""
        found = (
            self._database.execute("SELECT number FROM documents WHERE sha256 = ?", (sha256,)) for sha256 in documents
        )
        return [row[0] for rows in found for row in rows]

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget documents. Not committed."""
        self._database.executemany("DELETE FROM documents WHERE number = ?", [(number,) for number in numbers])

    def commit(self) -> None:
        """Make what was entered last."""
        self._database.commit()

    def count(self) -> int:
        """Return how many documents there are."""
        return int(self._database.execute("SELECT count(*) FROM documents").fetchone()[0])

    def all(self) -> list[tuple[int, int, str, str, str, str]]:
        """Return number, day and facets of every document, by number."""
        return self._database.execute(
            f"SELECT number, day, {', '.join(FACETS)} FROM documents ORDER BY number"
        ).fetchall()

    def by_sha256(self) -> list[int]:
        """Return the numbers in the order of the SHA-256."""
        return [row[0] for row in self._database.execute("SELECT number FROM documents ORDER BY sha256")]

    def named(self, number: int) -> tuple[str, DocumentFields]:
        """Return the SHA-256 and the fields of a document."""
        sha256, fields = self._database.execute(
            "SELECT sha256, fields FROM documents WHERE number = ?", (number,)
        ).fetchone()
        return sha256, DocumentFields(**json.loads(fields))

    @property
    def change(self) -> int:
        """The last change of the catalogue that is in the index."""
        return int(self._database.execute("SELECT change FROM state").fetchone()[0])

    @change.setter
    def change(self, number: int) -> None:
        self._database.execute("UPDATE state SET change = ?", (number,))


def create_documents(folder: Path) -> None:
    """Make an empty table in ``folder``."""
    with closing(sqlite3.connect(folder / FILE)) as database:
        for statement in _SCHEMA:
            database.execute(statement)
        database.commit()


@contextmanager
def open_documents(folder: Path) -> Iterator[Documents]:
    """Open the table in ``folder`` for one thread. Raises sqlite3.Error when it is damaged."""
    with closing(sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=rw", uri=True)) as database:
        yield Documents(database)


_SCHEMA = (
    "CREATE TABLE documents (number INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, day INTEGER NOT NULL,"
    " year TEXT NOT NULL, type TEXT NOT NULL, issuer TEXT NOT NULL, fonds TEXT NOT NULL, fields TEXT NOT NULL)",
    "CREATE INDEX by_sha256 ON documents (sha256)",
    "CREATE TABLE state (change INTEGER NOT NULL)",
    "INSERT INTO state VALUES (0)",
)
