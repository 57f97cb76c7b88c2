"""The reading of a page kept in the work folder until its document is published: what a power cut must not take."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digitize.archive import Archive
from digitize.outcome import PageOutcome
from digitize.profiles import PageFacts
from digitize.settings import Settings
from digitize.words import Word
from vanthu.files import write_atomic


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page that was read; as ``PageReading``, with ``decisions`` as data, and how it went.

    ``reason`` tells of a page of a PDF why its own text was kept or not. ``seconds`` is what the reading took.
    """

    number: int
    width: int
    height: int
    dpi: float
    turn: int
    engine: str
    version: str
    layer: str | None
    decisions: tuple[dict[str, Any], ...]
    reason: str
    confidence: float | None
    words: tuple[Word, ...]
    scan: PageFacts | None = None
    seconds: float = 0.0

    def outcome(self, *, kept: bool) -> PageOutcome:
        """Return what the ledger is to know of it."""
        told = (self.reason, self.confidence, self.seconds, self.engine, self.version)
        return PageOutcome(self.number, "done", *told, kept=kept, scan=self.scan)


def save(archive: Archive, sha256: str, settings: Settings, page: KeptPage) -> None:
    """Keep a page that was read with ``settings``. Raises OSError."""
    content = {name: getattr(page, name) for name in KeptPage.__slots__}
    content["settings"] = asdict(settings)
    content["scan"] = asdict(page.scan) if page.scan else None
    content["words"] = [[getattr(word, name) for name in Word.__slots__] for word in page.words]
    path = _path(archive, sha256, page.number)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_atomic(path, json.dumps(content, ensure_ascii=False).encode())


def load(archive: Archive, sha256: str, settings: Settings, number: int) -> KeptPage | None:
    """Return a page that was read with the same settings, None when there is none or it is damaged."""
    try:
        content = json.loads(_path(archive, sha256, number).read_bytes())
        # There was one engine before there was a choice, and pages were not turned.
        if {"engine": "tesseract", **content.pop("settings")} != asdict(settings):
            return None
        given = {"turn": 0, "engine": "tesseract", "version": "", "decisions": (), **content, "number": number}
        words = tuple(Word(*row) for row in given.pop("words"))
        scan = PageFacts(**given["scan"]) if given.get("scan") else None
        return KeptPage(**{**given, "decisions": tuple(given["decisions"]), "words": words, "scan": scan})
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def load_all(archive: Archive, sha256: str, settings: Settings, pages: int) -> Iterator[KeptPage]:
    """Yield the kept pages of a document, page 1 first."""
    for number in range(1, pages + 1):
        if page := load(archive, sha256, settings, number):
            yield page


def _path(archive: Archive, sha256: str, number: int) -> Path:
    return archive.work(sha256) / f"page-{number:05}.json"
