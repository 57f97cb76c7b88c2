"""What became of a page, as the steps tell the batch and the batch tells the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from digitize.profiles import PageFacts
from digitize.secrets.marking import Level


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """The end of an attempt at a page; of a page with a secrecy marking nothing but its ``level`` is told.

    ``reason`` says why it has no text, or, of a page of a PDF, why its own text was kept or not. ``failed`` is an
    attempt that another may mend, ``no_text`` is final. ``doubt`` says why a page counts as marked whose marking was
    not read. ``engine`` is "" where the text of the PDF was kept. ``kept``: read by an earlier run. ``scan``: how the
    page was scanned, None for one that was not.
    """

    number: int
    state: Literal["done", "failed", "no_text", "secret"]
    reason: str = ""
    confidence: float | None = None
    seconds: float = 0.0
    engine: str = ""
    version: str = ""
    level: Level | None = None
    doubt: str = ""
    kept: bool = False
    scan: PageFacts | None = None
