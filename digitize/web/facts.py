"""What is known of the pages of a published document, from its words file and its text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
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
    """A page, counted from 1. One that could not be read has size 0, no words, and a ``reason``."""

    number: int
    width: int
    height: int
    dpi: float | None
    engine: str
    confidence: float | None
    text: str
    words: tuple[WordBox, ...]
    reason: str


class Pages(Sequence[PageFacts]):
    """The pages of a document, the first at 0, one by one, kept small: as objects, those of 1,000 pages take 150 MB."""

    def __init__(self, pages: Iterable[tuple[dict[str, Any], str]]) -> None:
        self._packed = [zlib.compress(json.dumps([_plain(page), text]).encode(), level=1) for page, text in pages]

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, index: Any) -> Any:
        page, text = json.loads(zlib.decompress(self._packed[index]))
        words = tuple(WordBox(row[0], (row[1], row[2], row[3], row[4]), row[5]) for row in page.pop("words"))
        return PageFacts(**page, text=text, words=words)


class Facts:
    """The pages of the documents that were asked for last: a words file of 1,000 pages takes long to read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: Cached[Pages] = Cached(_DOCUMENTS_KEPT)

    def of(self, sha256: str) -> Sequence[PageFacts]:
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


def _read(archive: Archive, sha256: str) -> Pages:
    pages = read_words_file(archive.document(sha256))["pages"]
    texts = archive.page_texts(sha256)
    return Pages((page, text or "") for page, text in zip_longest(pages, texts[: len(pages)]))


def _plain(page: dict[str, Any]) -> dict[str, Any]:
    """Return what PageFacts tells of a page of the words file, but for its text."""
    return {
        "number": page["number"],
        "width": page["width"] or 0,
        "height": page["height"] or 0,
        "dpi": page["dpi"],
        "engine": page.get("engine") or "",
        "confidence": page.get("confidence"),
        "words": [row[:6] for row in page["words"]],
        "reason": page.get("reason") or "",
    }


_DOCUMENTS_KEPT = 8
