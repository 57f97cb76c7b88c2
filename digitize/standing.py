"""How an archive stands, read from its ledger while a run may be going on; nothing is changed or locked for it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from digitize import disk, limits
from digitize.archive import Archive, lock_holder
from digitize.ledger import Ledger

WINDOW_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Standing:
    """Documents and pages by state, and how fast it goes.

    ``pages_per_second`` is of the last WINDOW_SECONDS; ``seconds_left`` counts the pages of documents not yet opened as
    the mean of the others, None when nothing is going on. ``confidence`` is the mean of all pages read, 0–100;
    ``low`` how many of them are under LOW_CONFIDENCE, ``tens`` how many that an engine read are in each ten points.
    ``writer`` is who holds the archive, "" for nobody.
    """

    documents: dict[str, int]
    pages: dict[str, int]
    pages_per_second: float
    seconds_left: float | None
    confidence: float | None
    low: int
    tens: tuple[int, ...]
    free: int
    writer: str


def standing(archive: Archive, ledger: Ledger) -> Standing:
    """Return how an archive stands now."""
    documents = dict(ledger.database.execute("SELECT state, count(*) FROM documents GROUP BY state").fetchall())
    # One look along an index: of a million pages it takes a tenth of a second.
    tally = ledger.database.execute(
        "SELECT state, confidence, engine, count(*) FROM pages GROUP BY state, confidence, engine"
    ).fetchall()
    pages: Counter[str] = Counter()
    tens = [0] * 10
    for state, confidence, engine, count in tally:
        pages[state] += count
        if state == "done" and engine and confidence is not None:
            tens[min(int(confidence) // 10, 9)] += count
    read = [(confidence, count) for state, confidence, _, count in tally if state == "done" and confidence is not None]
    known = sum(count for _, count in read)
    mean = round(sum(confidence * count for confidence, count in read) / known, 1) if known else None
    low = sum(count for confidence, count in read if confidence < limits.LOW_CONFIDENCE)
    writer = lock_holder(archive)
    speed = _speed(ledger)
    left = _pages_left(ledger, pages) / speed if writer and speed else None
    return Standing(documents, dict(pages), speed, left, mean, low, tuple(tens), disk.free(archive.root), writer)


def duration(seconds: float) -> str:
    """Return a time as a person says it: ``45 giây``, ``12 phút``, ``3 giờ 05 phút``, ``2 ngày 4 giờ``."""
    if seconds < 60:
        return f"{seconds:.0f} giây"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} phút"
    if minutes < 24 * 60:
        return f"{minutes // 60} giờ {minutes % 60:02} phút"
    return f"{minutes // 1440} ngày {minutes % 1440 // 60} giờ"


def _speed(ledger: Ledger) -> float:
    now = time.time()
    count, first = ledger.database.execute(
        "SELECT count(*), min(finished_at - seconds) FROM pages WHERE finished_at > ?", (now - WINDOW_SECONDS,)
    ).fetchone()
    # A run that has only begun is not measured against a window in which it was not there.
    return float(count) / max(min(now - first, WINDOW_SECONDS), 1) if count else 0.0


def _pages_left(ledger: Ledger, pages: Mapping[str, int]) -> float:
    unopened, opened, known = ledger.database.execute(
        "SELECT count(CASE WHEN state IN ('queued', 'running') AND pages = 0 THEN 1 END),"
        " count(CASE WHEN pages > 0 THEN 1 END), coalesce(sum(pages), 0) FROM documents"
    ).fetchone()
    mean = known / opened if opened else 1.0
    return float(pages.get("queued", 0) + pages.get("running", 0) + unopened * mean)
