"""The ledger: what was found, what became of it and why. A row here is written only after the files it speaks of."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from digitize.intake import Kind, Problem, Source
from digitize.ledger_schema import open_database, settings_hash
from digitize.page_rows import PageRows
from digitize.pdf.check import Conformity
from digitize.secrets.marking import MARKED

State = Literal["queued", "running", "done", "failed", "quarantined"]


class Ledger:
    """The SQLite file of an archive. Methods commit at once, except where it is said that they do not."""

    def __init__(self, path: Path) -> None:
        self._db = open_database(path)
        self.pages = PageRows(self._db)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    @property
    def database(self) -> sqlite3.Connection:
        """For those who only read it."""
        return self._db

    def commit(self) -> None:
        """Make what was entered last."""
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

    # Documents

    def pending(self, run: int, settings: str) -> list[Source]:
        """Return the documents met in ``run`` that are neither done with these settings nor refused for good."""
        rows = self._db.execute(
            "SELECT path, sha256, kind, size, stamp, max(role) FROM paths JOIN documents USING (sha256) WHERE run = ?"
            " AND (state IN ('queued', 'running', 'failed') OR settings_hash != ? OR EXISTS"
            " (SELECT 1 FROM pages WHERE pages.sha256 = documents.sha256 AND pages.state = 'queued'))"
            " GROUP BY sha256 ORDER BY path",
            (run, settings_hash(settings)),
        )
        return [Source(os.fsdecode(path), sha256, kind, size, stamp) for path, sha256, kind, size, stamp, _ in rows]

    def requeue(self, lost: Iterable[str]) -> None:
        """Say that documents are to be digitized anew, because what was published of them is gone."""
        self._db.executemany("UPDATE documents SET state = 'queued' WHERE sha256 = ?", [(sha256,) for sha256 in lost])
        self._db.commit()

    def requeue_released(self, released: Iterable[str]) -> None:
        """Take documents up that were quarantined for a marking and have been released since."""
        self._db.executemany(
            "UPDATE documents SET state = 'queued' WHERE sha256 = ? AND state = 'quarantined' AND reason LIKE ?",
            [(sha256, MARKED + "%") for sha256 in released],
        )
        self._db.commit()

    def unfinished(self) -> set[str]:
        """Return the documents of any run whose pages may be wanted again."""
        rows = self._db.execute("SELECT sha256 FROM documents WHERE state IN ('queued', 'running', 'failed')")
        return {row[0] for row in rows}

    def start(self, sha256: str, settings: str, versions: str, holder: str) -> None:
        """Say that work on a document begins. What was known of its pages counts for these settings only."""
        key = settings_hash(settings)
        self._db.execute("DELETE FROM pages WHERE sha256 = ? AND settings_hash != ?", (sha256, key))
        self._db.execute(
            "UPDATE documents SET state = 'running', reason = '', attempts = attempts + 1, settings = ?,"
            " settings_hash = ?, versions = ?, holder = ? WHERE sha256 = ?",
            (settings, key, versions, holder, sha256),
        )
        self._db.commit()

    def finish(
        self, sha256: str, state: State, *, reason: str = "", pages: int = 0, made: Conformity | None = None
    ) -> None:
        """Say how a document ended; what is quarantined has no pages, and a new reading is not yet indexed.

        ``made`` is what may be said of its PDF.
        """
        if state == "quarantined":
            self._db.execute("DELETE FROM pages WHERE sha256 = ?", (sha256,))
        self._db.execute(
            "UPDATE pages SET state = 'queued', holder = '', until = 0 WHERE sha256 = ? AND state = 'running'",
            (sha256,),
        )
        self._db.execute(
            "UPDATE documents SET state = ?, reason = ?, pages = ?, pdfa = ?, pdfa_reasons = ?, holder = '',"
            " finished_at = datetime('now'),"
            " indexed = min(indexed, 1) * 2 WHERE sha256 = ?",
            (state, reason, pages, made.status if made else "", "; ".join(made.reasons) if made else "", sha256),
        )
        self._db.commit()

    def paths_of(self, sha256: str) -> list[str]:
        """Return the paths of a document, that of the original first."""
        rows = self._db.execute("SELECT path FROM paths WHERE sha256 = ? ORDER BY role DESC, path", (sha256,))
        return [os.fsdecode(row[0]) for row in rows]

    def path_of(self, sha256: str) -> str:
        """Return the path of the original of a document, "" when no name leads to it any more."""
        return next(iter(self.paths_of(sha256)), "")

    def state_of(self, sha256: str) -> tuple[State, str] | None:
        """Return the state of a document and its reason, None when it is not known."""
        row: tuple[State, str] | None = self._db.execute(
            "SELECT state, reason FROM documents WHERE sha256 = ?", (sha256,)
        ).fetchone()
        return row

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

    def forget_indexed(self) -> None:
        """Say that a new index begins, which has no document."""
        self._db.execute("UPDATE documents SET indexed = 0")
        self._db.commit()

    def mark_indexed(self, documents: Iterable[tuple[str, bool]]) -> None:
        """Say that the index now has, or no longer has, these documents."""
        self._db.executemany(
            "UPDATE documents SET indexed = ? WHERE sha256 = ?", [(int(there), sha256) for sha256, there in documents]
        )
        self._db.commit()
