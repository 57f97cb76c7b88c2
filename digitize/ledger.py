"""The ledger: what was found, what became of it and why. A row here is written only after the files it speaks of."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digitize.intake import Kind, Problem, Source
from digitize.pipeline import PageOutcome
from vanthu.errors import VanthuError

State = Literal["queued", "running", "done", "failed", "quarantined"]
VERSION = 1


@dataclass(frozen=True, slots=True)
class Trouble:
    """A line for the end of a run. ``page`` is None when the whole file is meant."""

    state: Literal["quarantined", "failed", "excluded", "no_text"]
    path: str
    reason: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PageLayer:
    """Why the text of a PDF page was kept, or the page read."""

    path: str
    page: int
    reason: str


class Ledger:
    """The SQLite file of an archive. Methods that change it commit at once, except those of the intake."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:
                self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
        except sqlite3.DatabaseError as error:
            raise VanthuError(
                "sổ cái hỏng hoặc không phải sổ cái", path=path, hint="chép lại ledger.sqlite từ bản sao lưu của kho"
            ) from error
        if version not in (0, VERSION):
            raise VanthuError("sổ cái do bản digitize khác tạo ra", path=path, hint="dùng bản digitize mới nhất")

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def commit(self) -> None:
        """Make the rows of the intake last."""
        self._db.commit()

    # The intake

    def begin_run(self) -> int:
        """Return the number of a new run."""
        run = self._db.execute("INSERT INTO runs (started_at) VALUES (datetime('now'))").lastrowid
        self._db.commit()
        assert run is not None
        return run

    def known(self, path: str) -> tuple[str, str, Kind] | None:
        """Return stamp, SHA-256 and kind of ``path`` when an earlier run has seen it."""
        row: tuple[str, str, Kind] | None = self._db.execute(
            "SELECT stamp, sha256, kind FROM paths JOIN documents USING (sha256) WHERE path = ?", (os.fsencode(path),)
        ).fetchone()
        return row

    def register(self, run: int, source: Source) -> None:
        """Enter a file that can be digitized; a second path with the same bytes is an alias. Not committed."""
        self._db.execute(
            "INSERT OR IGNORE INTO documents (sha256, size, kind, state, queued_at)"
            " VALUES (?, ?, ?, 'queued', datetime('now'))",
            (source.sha256, source.size, source.kind),
        )
        path = os.fsencode(source.path)
        holder = self._db.execute(
            "SELECT path FROM paths WHERE sha256 = ? AND role = 'document' AND path != ?", (source.sha256, path)
        ).fetchone()
        if holder and not os.path.lexists(holder[0]):  # moved or renamed since: the name that still leads to it counts
            self._db.execute("UPDATE paths SET role = 'alias' WHERE path = ?", holder)
            holder = None
        role = "alias" if holder else "document"
        self._db.execute(
            "INSERT OR REPLACE INTO paths (path, sha256, role, stamp, run) VALUES (?, ?, ?, ?, ?)",
            (path, source.sha256, role, source.stamp, run),
        )

    def register_problem(self, run: int, path: str, problem: Problem) -> None:
        """Enter a file that is not taken. Not committed."""
        self._db.execute(
            "INSERT OR REPLACE INTO paths (path, role, reason, run) VALUES (?, ?, ?, ?)",
            (os.fsencode(path), problem.state, problem.reason, run),
        )

    def end_run(self, run: int, found: int) -> None:
        """Say that a run has ended and how many files its walk met."""
        self._db.execute("UPDATE runs SET finished_at = datetime('now'), found = ? WHERE id = ?", (found, run))
        self._db.commit()

    # The work

    def pending(self, run: int, settings: str) -> list[Source]:
        """Return the documents met in ``run`` that are neither done with these settings nor refused for good."""
        rows = self._db.execute(
            "SELECT path, sha256, kind, size, stamp, max(role) FROM paths JOIN documents USING (sha256) WHERE run = ?"
            " AND (state IN ('queued', 'running', 'failed') OR settings != ?) GROUP BY sha256 ORDER BY path",
            (run, settings),
        )
        return [Source(os.fsdecode(path), sha256, kind, size, stamp) for path, sha256, kind, size, stamp, _ in rows]

    def requeue(self, lost: Iterable[str]) -> None:
        """Say that documents are to be digitized anew, because what was published of them is gone."""
        self._db.executemany("UPDATE documents SET state = 'queued' WHERE sha256 = ?", [(sha256,) for sha256 in lost])
        self._db.commit()

    def unfinished(self) -> set[str]:
        """Return the documents of any run whose pages may be wanted again."""
        rows = self._db.execute("SELECT sha256 FROM documents WHERE state IN ('queued', 'running', 'failed')")
        return {row[0] for row in rows}

    def start(self, sha256: str, settings: str, versions: str) -> None:
        """Say that work on a document begins."""
        self._db.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
        self._db.execute(
            "UPDATE documents SET state = 'running', reason = '', attempts = attempts + 1, settings = ?, versions = ?"
            " WHERE sha256 = ?",
            (settings, versions, sha256),
        )
        self._db.commit()

    def record_page(self, sha256: str, page: PageOutcome) -> None:
        """Say what became of a page."""
        self._db.execute(
            "INSERT OR REPLACE INTO pages (sha256, number, state, reason, confidence, seconds)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (sha256, page.number, page.state, page.reason, page.confidence, page.seconds),
        )
        self._db.commit()

    def finish(self, sha256: str, state: State, *, reason: str = "", pages: int = 0) -> None:
        """Say how a document ended; what is not done has no pages, and a new reading is not yet indexed."""
        if state != "done":
            self._db.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
        self._db.execute(
            "UPDATE documents SET state = ?, reason = ?, pages = ?, finished_at = datetime('now'),"
            " indexed = min(indexed, 1) * 2 WHERE sha256 = ?",
            (state, reason, pages, sha256),
        )
        self._db.commit()

    # The account

    def totals(self, run: int) -> dict[str, int]:
        """Count the paths of a run by what became of them: alias, excluded, quarantined and the states of documents."""
        rows = self._db.execute(
            "SELECT CASE WHEN role = 'document' THEN state ELSE role END AS fate, count(*)"
            " FROM paths LEFT JOIN documents USING (sha256) WHERE run = ? GROUP BY fate",
            (run,),
        )
        return dict(rows.fetchall())

    def troubles(self, run: int) -> list[Trouble]:
        """Return what a person must be told of the files of a run, by path and page."""
        rows = self._db.execute(
            "WITH met AS ("
            " SELECT sha256, path, max(role) FROM paths WHERE run = :run AND sha256 IS NOT NULL GROUP BY sha256)"
            " SELECT role, path, reason, NULL FROM paths WHERE run = :run AND role IN ('quarantined', 'excluded')"
            " UNION ALL SELECT state, path, reason, NULL FROM met JOIN documents USING (sha256)"
            " WHERE state IN ('quarantined', 'failed')"
            " UNION ALL SELECT pages.state, path, pages.reason, number"
            " FROM met JOIN documents USING (sha256) JOIN pages USING (sha256)"
            " WHERE documents.state = 'done' AND pages.state = 'no_text' ORDER BY 2, 4",
            {"run": run},
        )
        return [Trouble(state, os.fsdecode(path), reason, page) for state, path, reason, page in rows]

    def layers(self, run: int) -> list[PageLayer]:
        """Return what was decided of the pages of the PDF files of a run, by path and page."""
        rows = self._db.execute(
            "WITH met AS ("
            " SELECT sha256, path, max(role) FROM paths WHERE run = ? AND sha256 IS NOT NULL GROUP BY sha256)"
            " SELECT path, number, pages.reason FROM met JOIN documents USING (sha256) JOIN pages USING (sha256)"
            " WHERE documents.state = 'done' AND pages.state = 'done' AND pages.reason != '' ORDER BY path, number",
            (run,),
        )
        return [PageLayer(os.fsdecode(path), number, reason) for path, number, reason in rows]

    def path_of(self, sha256: str) -> str:
        """Return the path of the original of a document."""
        row = self._db.execute("SELECT path FROM paths WHERE sha256 = ? ORDER BY role DESC, path", (sha256,)).fetchone()
        return os.fsdecode(row[0]) if row else ""

    # The index

    def done(self) -> list[str]:
        """Return every document that has been published."""
        return [row[0] for row in self._db.execute("SELECT sha256 FROM documents WHERE state = 'done' ORDER BY sha256")]

    def outdated_in_index(self) -> list[tuple[str, bool]]:
        """Return the documents that the index lacks or has as they no longer are, and whether it is to have them."""
        rows = self._db.execute(
            "SELECT sha256, state = 'done' FROM documents"
            " WHERE (state = 'done' AND indexed != 1) OR indexed = 2 ORDER BY sha256"
        )
        return [(sha256, bool(wanted)) for sha256, wanted in rows]

    def mark_indexed(self, documents: Iterable[tuple[str, bool]]) -> None:
        """Say that the index now has, or no longer has, these documents."""
        self._db.executemany(
            "UPDATE documents SET indexed = ? WHERE sha256 = ?", [(int(there), sha256) for sha256, there in documents]
        )
        self._db.commit()


# Paths are bytes: a name on disk need not be text. ``stamp`` tells whether the file has been written since.
# ``indexed`` is 0 when the index lacks the document, 1 when it has it, 2 when it has it as it was before.
_SCHEMA = """
CREATE TABLE runs (id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, found INTEGER);
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'quarantined')),
    reason TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    settings TEXT, versions TEXT, queued_at TEXT NOT NULL, finished_at TEXT, indexed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE paths (
    path BLOB PRIMARY KEY, sha256 TEXT REFERENCES documents,
    role TEXT NOT NULL CHECK (role IN ('document', 'alias', 'quarantined', 'excluded')),
    reason TEXT NOT NULL DEFAULT '', stamp TEXT, run INTEGER NOT NULL REFERENCES runs
);
CREATE INDEX paths_of_document ON paths (sha256);
CREATE INDEX paths_of_run ON paths (run);
CREATE TABLE pages (
    sha256 TEXT NOT NULL REFERENCES documents, number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'no_text')), reason TEXT NOT NULL DEFAULT '',
    confidence REAL, seconds REAL NOT NULL, PRIMARY KEY (sha256, number)
);
"""
