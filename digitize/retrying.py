"""Queue again what could not be read; what is held for its secrecy marking is a person's to decide, not ours."""

from __future__ import annotations

from collections.abc import Collection

from digitize.archive import Archive
from digitize.ledger import Ledger
from digitize.secrets.quarantine import Quarantine


def queue_again(
    archive: Archive, ledger: Ledger, wanted: Collection[str] | None, *, failed: bool, no_text: bool
) -> tuple[int, int]:
    """Queue documents that are failed or quarantined, and pages without text of those that are done.

    ``wanted`` are the SHA-256 meant, None for all. Returns how many documents and how many pages were queued.
    """
    quarantine = Quarantine(archive)
    documents, pages = [], 0
    rows = ledger.database.execute("SELECT sha256, state FROM documents ORDER BY sha256").fetchall()
    for sha256, state in rows:
        if wanted is not None and sha256 not in wanted:
            continue
        if failed and state in ("failed", "quarantined") and quarantine.status(sha256) in (None, "released"):
            documents.append(sha256)
            ledger.pages.retry(sha256)
        elif no_text and state == "done":
            pages += ledger.pages.retry(sha256)
    ledger.requeue(documents)
    return len(documents), pages
