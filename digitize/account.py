"""What the ledger can tell of a run: counts, troubles, what was decided of text layers. It is only read here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from digitize.ledger import Ledger
from digitize.pdf.check import Conformity
from digitize.profiles import PageFacts, Profile, check


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or page that is not as it should be. ``page`` is None when the whole file is meant.

    ``sha256`` is "" of a file that is not taken at all. ``confidence`` is told of pages that were read, but badly.
    ``short`` are pages that were scanned worse than a profile asks.
    """

    state: Literal["quarantined", "failed", "excluded", "no_text", "done", "short"]
    path: str
    reason: str
    page: int | None = None
    sha256: str = ""
    attempts: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageLayer:
    """Why the text of a PDF page was kept, or the page read."""

    path: str
    page: int
    reason: str


def totals(ledger: Ledger, run: int) -> dict[str, int]:
    """Count the paths of a run by what became of them: alias, excluded, quarantined and the states of documents."""
    rows = ledger.database.execute(
        "SELECT CASE WHEN role = 'document' THEN state ELSE role END AS fate, count(*)"
        " FROM paths LEFT JOIN documents USING (sha256) WHERE run = ? GROUP BY fate",
        (run,),
    )
    return dict(rows.fetchall())


def troubles(ledger: Ledger, run: int | None = None, below: float = 0) -> list[Trouble]:
    """Return what a person must be told of the files of a run, or of all, by path and page.

    Pages that were read with a confidence under ``below`` (0–100) are told of too.
    """
    rows = ledger.database.execute(
        "SELECT role, path, reason, NULL, '', 0, NULL FROM paths"
        " WHERE (:run IS NULL OR run = :run) AND role IN ('quarantined', 'excluded')"
        f" UNION ALL SELECT * FROM (SELECT state, {_PATH} AS path, reason, NULL, sha256, attempts, NULL FROM documents"
        " WHERE state IN ('quarantined', 'failed')"
        f" UNION ALL SELECT pages.state, {_PATH} AS path, pages.reason, number, sha256, pages.attempts, confidence"
        " FROM pages CROSS JOIN documents USING (sha256) WHERE documents.state = 'done'"
        " AND (pages.state = 'no_text' OR (pages.state = 'done' AND pages.confidence < :below)))"
        " WHERE path IS NOT NULL ORDER BY 2, 4",
        {"run": run, "below": below},
    )
    return [Trouble(row[0], os.fsdecode(row[1]), *row[2:]) for row in rows]


def shortcomings(ledger: Ledger, asked: Profile, run: int | None = None) -> list[Trouble]:
    """Return the pages of a run, or of all, that were scanned worse than is asked, by path and page."""
    rows = ledger.database.execute(
        f"{_MET} SELECT path, number, sha256, scan_dpi, scan_bits, scan_width, scan_height FROM met"
        " JOIN documents USING (sha256) JOIN pages USING (sha256)"
        " WHERE documents.state = 'done' AND scan_bits IS NOT NULL ORDER BY path, number",
        {"run": run},
    )
    return [
        Trouble("short", os.fsdecode(path), "; ".join(short), number, sha256)
        for path, number, sha256, *facts in rows
        if (short := check(asked, PageFacts(*facts)))
    ]


def claims(ledger: Ledger, run: int) -> list[tuple[str, int]]:
    """Count the documents of a run that are done by what may be said of their PDF."""
    rows = ledger.database.execute(
        "SELECT pdfa, count(DISTINCT sha256) FROM paths JOIN documents USING (sha256)"
        " WHERE run = ? AND state = 'done' AND pdfa != '' GROUP BY pdfa ORDER BY 2 DESC",
        (run,),
    )
    return [(Conformity(status).claim, count) for status, count in rows]


def layers(ledger: Ledger, run: int) -> list[PageLayer]:
    """Return what was decided of the pages of the PDF files of a run, by path and page."""
    rows = ledger.database.execute(
        f"{_MET} SELECT path, number, pages.reason FROM met JOIN documents USING (sha256) JOIN pages USING (sha256)"
        " WHERE documents.state = 'done' AND pages.state = 'done' AND pages.reason != '' ORDER BY path, number",
        {"run": run},
    )
    return [PageLayer(os.fsdecode(path), number, reason) for path, number, reason in rows]


# The documents of a run, or of all, each with the path of its original.
_MET = (
    "WITH met AS (SELECT sha256, path, max(role) FROM paths"
    " WHERE (:run IS NULL OR run = :run) AND sha256 IS NOT NULL GROUP BY sha256)"
)
# The path of the original of a document, NULL when a run did not meet it.
_PATH = (
    "(SELECT path FROM paths WHERE paths.sha256 = documents.sha256 AND (:run IS NULL OR run = :run)"
    " ORDER BY role DESC, path LIMIT 1)"
)
