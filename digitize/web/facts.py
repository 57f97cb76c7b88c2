"""What is known of the pages of a published document, from its words file and its text."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from digitize.archive import Archive
from digitize.web.cached import Cached
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.words_file import read_words_file


@dataclass(frozen=True, slots=True)
class WordBox:
    """A word in pixels of the page image; ``confidence`` is 0–100, None where the text of a PDF was kept."""

    text: str
    box: tuple[int, int, int, int]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page, counted from 1. One that could not be read has size 0, no words, and a ``reason``.

    ``packed`` are the rows of its words, small: as objects, those of 1,000 pages take 150 MB.
    """

    number: int
    width: int
    height: int
    dpi: float | None
    engine: str
    confidence: float | None
    text: str
    packed: bytes
    reason: str

    @property
    def words(self) -> tuple[WordBox, ...]:
        """The words in reading order."""
        rows = json.loads(zlib.decompress(self.packed))
        return tuple(WordBox(row[0], (row[1], row[2], row[3], row[4]), row[5]) for row in rows)


class Facts:
    """The pages of the documents that were asked for last: a words file of 1,000 pages takes long to read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: Cached[tuple[PageFacts, ...]] = Cached(_DOCUMENTS_KEPT)

    def of(self, sha256: str) -> tuple[PageFacts, ...]:
        """Return the pages of a document. Raises Fault when it is not there, or its files are damaged."""
        try:
            return self._kept.get(self.stamp(sha256), lambda: _read(self._archive, sha256))
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise Fault(500, "tệp của tài liệu trong kho hỏng", "báo người quản trị: chạy lại digitize run") from error

    def stamp(self, sha256: str) -> tuple[str, int, int]:
        """Return what tells one version of a published document from another. Raises NO_DOCUMENT."""
        try:
            known = self._archive.pdf(sha256).stat()
        except OSError as error:
            raise NO_DOCUMENT from error
        return sha256, known.st_mtime_ns, known.st_size


def _read(archive: Archive, sha256: str) -> tuple[PageFacts, ...]:
    pages = read_words_file(archive.document(sha256))["pages"]
    texts = archive.page_texts(sha256)
    return tuple(_page(page, text or "") for page, text in zip_longest(pages, texts[: len(pages)]))


def _page(page: dict[str, Any], text: str) -> PageFacts:
    return PageFacts(
        number=page["number"],
        width=page["width"] or 0,
        height=page["height"] or 0,
        dpi=page["dpi"],
        engine=page.get("engine") or "",
        confidence=page.get("confidence"),
        text=text,
        packed=zlib.compress(json.dumps([row[:6] for row in page["words"]]).encode(), level=1),
        reason=page.get("reason") or "",
    )


_DOCUMENTS_KEPT = 8
