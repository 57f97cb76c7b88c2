"""How a page is read and a document put together: functions of one job each, which bear being run twice."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from digitize import checkpoint
from digitize.archive import Archive
from digitize.checkpoint import KeptPage
from digitize.disk import blame_when_low
from digitize.engines.choose import load
from digitize.engines.engine import Engine, OcrFailed
from digitize.intake import Source, sha256_of
from digitize.layers.judge import KEPT
from digitize.lm.choose import model_for
from digitize.outcome import PageOutcome
from digitize.pages import Unreadable, count_pages
from digitize.pdf.check import Conformity
from digitize.pdf.searchable import PageWords, searchable_pdf
from digitize.profiles import page_facts
from digitize.reading import PageReading, read_page_of, rescue_page_of
from digitize.secrets.marking import Level
from digitize.settings import Settings
from digitize.words import as_read, mean_confidence, page_text
from digitize.words_file import NAME, published_pages, words_file
from vanthu.errors import VanthuError
from vanthu.files import atomic_path, sync_folder, write_atomic


@dataclass(frozen=True, slots=True)
class InspectJob:
    """One document that is to begin."""

    archive: Archive
    source: Source
    settings: Settings


@dataclass(frozen=True, slots=True)
class Inspection:
    """How many pages a document has, and those whose reading is there already."""

    pages: int
    kept: tuple[PageOutcome, ...]


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page, counted from 1.

    ``failure`` is what the first attempt failed for, "" when this is the first. ``released`` is the level of secrecy up
    to which a person has let the document be digitized.
    """

    archive: Archive
    source: Source
    settings: Settings
    number: int
    failure: str = ""
    released: Level | None = None


@dataclass(frozen=True, slots=True)
class PublishJob:
    """One document of which all pages are read or given up; ``reasons`` tells of those, by number, why.

    ``versions`` is what read it, as JSON.
    """

    archive: Archive
    source: Source
    settings: Settings
    versions: str
    pages: int
    reasons: tuple[tuple[int, str], ...] = ()


def inspect(job: InspectJob) -> Inspection:
    """Count the pages and find those that were read before. Raises Unreadable when the file cannot be used, OSError.

    When pages of a published document are to be tried again, the others are taken from what was published.
    """
    archive, sha256, settings = job.archive, job.source.sha256, job.settings
    pages = count_pages(job.source.path, job.source.kind)
    kept = {page.number: page for page in checkpoint.load_all(archive, sha256, settings, pages)}
    for page in published_pages(archive.document(sha256), settings):
        if page.number not in kept:
            checkpoint.save(archive, sha256, settings, page)
            kept[page.number] = page
    return Inspection(pages, tuple(page.outcome(kept=True) for page in kept.values()))


def read_page(job: PageJob) -> PageOutcome:
    """Read a page and keep the result in the work folder of the archive, unless it is marked secret.

    A page that was already read with the same settings is not read again. Raises OSError.
    """
    kept = checkpoint.load(job.archive, job.source.sha256, job.settings, job.number)
    if kept:
        return kept.outcome(kept=True)
    started = time.monotonic()
    try:
        page = _read(job)
    except Unreadable as error:
        return PageOutcome(job.number, "no_text", error.reason)
    except OcrFailed as error:
        # Tesseract writes files too: a page is not given up because these found no room.
        blame_when_low(job.archive.root)
        return PageOutcome(job.number, "failed", error.reason)
    if page.doubt:
        blame_when_low(job.archive.root)
    if page.marking:
        return PageOutcome(job.number, "secret", level=page.marking, doubt=page.doubt)
    read = KeptPage(
        number=job.number,
        width=page.width,
        height=page.height,
        dpi=round(page.dpi, 2),
        turn=page.turn,
        engine=page.engine,
        version=page.version,
        layer=page.layer,
        decisions=tuple(decision.as_data() for decision in page.decisions),
        reason=next((decision.reason for decision in page.decisions if decision.step == "layer"), ""),
        confidence=mean_confidence(page.words),
        words=page.words,
        scan=page_facts(job.source.path, job.source.kind, job.number),
        seconds=round(time.monotonic() - started, 2),
    )
    checkpoint.save(job.archive, job.source.sha256, job.settings, read)
    return read.outcome(kept=False)


def _read(job: PageJob) -> PageReading:
    page, settings = (job.source.path, job.source.kind, job.number), job.settings
    if job.failure:
        return rescue_page_of(*page, settings.language, settings.seconds_per_page, job.released)
    return read_page_of(*page, engine_for(job.archive, settings), settings.seconds_per_page, job.released)


def engine_for(archive: Archive, settings: Settings) -> Engine:
    """Return what reads pages into an archive. Raises VanthuError when its model has changed."""
    model = model_for(archive, settings.model) if settings.model else None
    return load(settings.engine, settings.language, model)


def publish(job: PublishJob) -> Conformity:
    """Build the folder of a document from its pages, put it in its place, whole or not at all, and tell of its PDF.

    A page without a kept result stays a picture. Raises Unreadable, VanthuError when the original has changed, OSError.
    """
    source, archive = job.source, job.archive
    target = archive.document(source.sha256)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = target.with_name(f".tam-{source.sha256}")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=0o700)
    made = _build(job, building)
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
    return made


def _build(job: PublishJob, folder: Path) -> Conformity:
    """Write the files of a document into ``folder`` and tell of its PDF."""
    source = job.source
    kept = [checkpoint.load(job.archive, source.sha256, job.settings, number) for number in range(1, job.pages + 1)]
    added = [_added(page) if page else None for page in kept]
    with atomic_path(folder / "document.pdf") as path:
        made = searchable_pdf(source.path, source.kind, added, path)
    if made.unsigned:  # the one that proves something stands beside the one that can be searched
        with atomic_path(folder / "signed.pdf") as path:
            shutil.copyfile(source.path, path)
    texts = [page_text(page.words) if page else "" for page in kept]
    write_atomic(folder / "text.txt", "\f".join(texts).encode())
    raw = [page_text(as_read(page.words)) if page else "" for page in kept]
    write_atomic(folder / "text.raw", "\f".join(raw).encode())
    content = words_file(source.sha256, job.settings, job.versions, made, kept, dict(job.reasons))
    write_atomic(folder / NAME, content)
    return made.conformity


def _added(page: KeptPage) -> PageWords | None:
    """Return the words to put under a page, None where its own text was kept."""
    if page.layer in KEPT:
        return None
    return PageWords(page.words, page.width, page.height, page.layer == "poor_ocr", page.turn)
