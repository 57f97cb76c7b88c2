"""How a page is read and a document put together: functions of one job each, which bear being run twice."""

from __future__ import annotations

import gzip
import json
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from digitize.archive import Archive
from digitize.engines.choose import load
from digitize.engines.engine import Engine, OcrFailed
from digitize.intake import Source, sha256_of
from digitize.layers.judge import KEPT
from digitize.lm.choose import model_for
from digitize.pages import Unreadable, count_pages
from digitize.pdf.searchable import PageWords, searchable_pdf
from digitize.reading import read_page_of
from digitize.secrets.marking import has_marking
from digitize.settings import Settings
from digitize.words import Word, as_read, mean_confidence, page_text
from vanthu.errors import VanthuError
from vanthu.files import atomic_path, sync_folder, write_atomic


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """One document; ``pages`` is 0 until it is inspected."""

    archive: Archive
    source: Source
    settings: Settings
    pages: int = 0


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page, counted from 1."""

    archive: Archive
    source: Source
    settings: Settings
    number: int


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of a page. Of a page with a secrecy marking nothing else is told.

    ``reason`` says why it has no text, or, of a page of a PDF, why its own text was kept or not.
    """

    number: int
    state: Literal["done", "no_text", "secret"]
    reason: str = ""
    confidence: float | None = None
    seconds: float = 0.0


def inspect(job: DocumentJob) -> int:
    """Return the number of pages. Raises Unreadable when the file is damaged, locked or past the limits."""
    return count_pages(job.source.path, job.source.kind)


def read_page(job: PageJob) -> PageOutcome:
    """Read a page and keep the result in the work folder of the archive, unless it is marked secret.

    A page that was already read with the same settings is not read again. Raises OSError.
    """
    checkpoint = _checkpoint(job.archive, job.source.sha256, job.number)
    kept = _load(checkpoint, job.settings)
    if kept:
        return PageOutcome(job.number, "done", kept["reason"], kept["confidence"], kept["seconds"])
    started = time.monotonic()
    try:
        page = read_page_of(job.source.path, job.source.kind, job.number, _engine(job), job.settings.seconds_per_page)
    except (Unreadable, OcrFailed) as error:
        return PageOutcome(job.number, "no_text", reason=error.reason)
    if any(has_marking(text, job.number, page.height) for text in (page.words, as_read(page.words), page.beside)):
        return PageOutcome(job.number, "secret")
    reason = next((decision.reason for decision in page.decisions if decision.step == "layer"), "")
    seconds = round(time.monotonic() - started, 2)
    confidence = mean_confidence(page.words)
    content = {
        "settings": asdict(job.settings),
        "width": page.width,
        "height": page.height,
        "dpi": round(page.dpi, 2),
        "engine": page.engine,
        "layer": page.layer,
        "decisions": [decision.as_data() for decision in page.decisions],
        "reason": reason,
        "confidence": confidence,
        "seconds": seconds,
        "words": [[getattr(word, name) for name in Word.__slots__] for word in page.words],
    }
    checkpoint.parent.mkdir(mode=0o700, exist_ok=True)
    write_atomic(checkpoint, json.dumps(content, ensure_ascii=False).encode())
    return PageOutcome(job.number, "done", reason, confidence, seconds)


def _engine(job: PageJob) -> Engine:
    settings = job.settings
    model = model_for(job.archive, settings.model) if settings.model else None
    return load(settings.engine, settings.language, model)


def publish(job: DocumentJob) -> None:
    """Build the folder of a document from its pages and put it in its place, whole or not at all.

    A page without a kept result stays a picture. Raises Unreadable, VanthuError when the original has changed, OSError.
    """
    source, archive = job.source, job.archive
    kept = [_load(_checkpoint(archive, source.sha256, number), job.settings) for number in range(1, job.pages + 1)]
    pages = [
        PageWords(
            tuple(Word(*row) for row in page["words"]), page["width"], page["height"], page["layer"] == "poor_ocr"
        )
        if page
        else None
        for page in kept
    ]
    added = [None if page and page["layer"] in KEPT else words for page, words in zip(kept, pages, strict=True)]
    target = archive.document(source.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = target.with_name(f".tam-{source.sha256}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    with atomic_path(building / "document.pdf") as path:
        unsigned = searchable_pdf(source.path, source.kind, added, path)
    if unsigned:  # the one that proves something stands beside the one that can be searched
        with atomic_path(building / "signed.pdf") as path:
            shutil.copyfile(source.path, path)
    write_atomic(building / "text.txt", "\f".join(page_text(page.words) if page else "" for page in pages).encode())
    raw = [page_text(as_read(page.words)) if page else "" for page in pages]
    write_atomic(building / "text.raw", "\f".join(raw).encode())
    write_atomic(building / "words.json.gz", gzip.compress(_words_file(source.sha256, kept), mtime=0))
    if sha256_of(source.path) != source.sha256:
        shutil.rmtree(building)
        # Some of the pages may be those of the other file.
        shutil.rmtree(archive.work(source.sha256), ignore_errors=True)
        raise VanthuError("tệp gốc đã thay đổi trong lúc số hóa", path=source.path, hint="chạy lại lệnh")
    before = archive.superseded(source.sha256)
    if target.exists():  # published by a run that died before it could say so, or read with other settings
        shutil.rmtree(before, ignore_errors=True)
        target.replace(before)
    building.replace(target)
    for folder in (target.parent, target.parent.parent):
        sync_folder(folder)
    shutil.rmtree(before, ignore_errors=True)


def _words_file(sha256: str, kept: list[dict[str, Any] | None]) -> bytes:
    """Return the words file: version 1, boxes in pixels of the page image; a page that was not read has no size."""
    pages = []
    for number, page in enumerate(kept, start=1):
        size = {key: page[key] if page else None for key in ("width", "height", "dpi")}
        pages.append({"number": number, **size, "words": [_cells(row) for row in page["words"]] if page else []})
    return json.dumps(
        {"version": 1, "sha256": sha256, "pages": pages}, ensure_ascii=False, separators=(",", ":")
    ).encode()


def _cells(row: list[Any]) -> list[Any]:
    """Return text, box and confidence of a word; where it was corrected, also what was read."""
    word = Word(*row)
    return [*row[:6], word.raw] if word.raw else row[:6]


def _checkpoint(archive: Archive, sha256: str, number: int) -> Path:
    return archive.work(sha256) / f"page-{number:05}.json"


def _load(checkpoint: Path, settings: Settings) -> dict[str, Any] | None:
    try:
        content: dict[str, Any] = json.loads(checkpoint.read_bytes())
    except (FileNotFoundError, ValueError):  # a page whose kept reading is damaged is read again
        return None
    return content if content.get("settings") == asdict(settings) else None
