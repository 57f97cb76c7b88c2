"""The pages in the ledger: queued, leased to who reads them, done or given up. Here it is decided who reads what."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence

from digitize.outcome import PageOutcome


class PageRows:
    """The rows of pages in an open ledger, which commits where a method says that it does not."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def open(self, sha256: str, pages: int, kept: Sequence[PageOutcome]) -> list[PageOutcome]:
        """Queue the pages of a document that begins and return those that are not to be read again.

        ``kept`` are the pages whose reading is on disk, which decides: what a power cut took away is read once more.
        A page that was given up stays so until a person asks for it again.
        """
        self._db.execute("UPDATE documents SET pages = ? WHERE sha256 = ?", (pages, sha256))
        self._db.execute("DELETE FROM pages WHERE sha256 = ? AND number > ?", (sha256, pages))
        self._db.execute("UPDATE pages SET state = 'queued' WHERE sha256 = ? AND state = 'done'", (sha256,))
        self._db.executemany(
            "INSERT OR IGNORE INTO pages (sha256, number, state, settings_hash)"
            " SELECT sha256, ?, 'queued', settings_hash FROM documents WHERE sha256 = ?",
            [(number, sha256) for number in range(1, pages + 1)],
        )
        for page in kept:
            self.record(sha256, page)
        self._db.commit()
        return self.ended(sha256)

    def ended(self, sha256: str) -> list[PageOutcome]:
        """Return the pages of a document that were read or given up."""
        rows = self._db.execute(
            "SELECT number, state, reason, confidence, seconds, engine, version FROM pages"
            " WHERE sha256 = ? AND state IN ('done', 'no_text') ORDER BY number",
            (sha256,),
        )
        return [PageOutcome(*row) for row in rows]

    def take(self, sha256: str, holder: str, seconds: float, last: int) -> int | None:
        """Lease the first page up to ``last`` that is free, for ``seconds``; None when there is none. Not committed.

        A page is free when it is queued, or when the lease of another has run out.
        """
        now = time.time()
        rows = self._db.execute(
            "UPDATE pages SET state = 'running', holder = ?, until = ?, attempts = attempts + 1"
            " WHERE sha256 = ? AND number = (SELECT min(number) FROM pages WHERE sha256 = ? AND number <= ?"
            " AND (state = 'queued' OR (state = 'running' AND until < ? AND holder != ?))) RETURNING number",
            (holder, now + seconds, sha256, sha256, last, now, holder),
        ).fetchall()
        return int(rows[0][0]) if rows else None

    def try_again(self, sha256: str, number: int, seconds: float) -> None:
        """Lengthen a lease for a second attempt. Not committed."""
        self._db.execute(
            "UPDATE pages SET attempts = attempts + 1, until = ? WHERE sha256 = ? AND number = ?",
            (time.time() + seconds, sha256, number),
        )

    def record(self, sha256: str, page: PageOutcome) -> None:
        """Say what became of a page, which ends its lease. Not committed."""
        # One that was read by an earlier run keeps the time and the attempts that it took.
        self._db.execute(
            "UPDATE pages SET state = ?, reason = ?, confidence = ?, seconds = max(seconds, ?), engine = ?,"
            " version = ?, scan_dpi = ?, scan_bits = ?, scan_width = ?, scan_height = ?,"
            " holder = '', until = 0, attempts = max(attempts, 1),"
            " finished_at = CASE WHEN ? THEN coalesce(finished_at, 0) ELSE ? END WHERE sha256 = ? AND number = ?",
            (
                *(page.state, page.reason, page.confidence, page.seconds, page.engine, page.version),
                *((page.scan.dpi, page.scan.bits, page.scan.width, page.scan.height) if page.scan else (None,) * 4),
                *(page.kept, time.time(), sha256, page.number),
            ),
        )

    def give_back(self, sha256: str, number: int) -> None:
        """End the lease of a page that was not read, through no fault of its own. Not committed."""
        self._db.execute(
            "UPDATE pages SET state = 'queued', holder = '', until = 0, attempts = attempts - 1"
            " WHERE sha256 = ? AND number = ?",
            (sha256, number),
        )

    def take_back(self, is_dead: Callable[[str], bool]) -> int:
        """Queue the pages whose lease has run out or whose holder ``is_dead``; return how many."""
        rows = self._db.execute("SELECT DISTINCT holder FROM pages WHERE state = 'running'").fetchall()
        gone = [name for (name,) in rows if is_dead(name)]
        marks = ", ".join("?" * len(gone))
        changed = self._db.execute(
            "UPDATE pages SET state = 'queued', holder = '', until = 0"
            f" WHERE state = 'running' AND (until < ? OR holder IN ({marks}))",
            (time.time(), *gone),
        ).rowcount
        self._db.commit()
        return changed

    def retry(self, sha256: str) -> int:
        """Queue the pages of a document that were given up; return how many."""
        changed = self._db.execute(
            "UPDATE pages SET state = 'queued', attempts = 0, reason = '' WHERE sha256 = ? AND state = 'no_text'",
            (sha256,),
        ).rowcount
        self._db.commit()
        return changed
