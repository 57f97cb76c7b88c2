"""A published document as it is handed on: its pages with lines and paragraphs, and what read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from digitize.archive import Archive
from digitize.words import Word
from digitize.words_file import VERSION, read_words_file
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page, counted from 1; boxes in pixels of its image. A page that was not read has no size and no words.

    ``engine`` is "" where the text of the PDF was kept; ``confidence`` is the mean of the words, 0–100.
    """

    number: int
    width: int | None
    height: int | None
    dpi: float | None
    engine: str
    version: str
    confidence: float | None
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """``name`` is that of the original file; ``settings`` of the reading are JSON."""

    sha256: str
    name: str
    pages: tuple[StoredPage, ...]
    settings: str
    language: str
    """As BCP 47 has it, "" where it is several."""

    @property
    def engines(self) -> tuple[tuple[str, str], ...]:
        """What read the pages, each once: name and version."""
        return tuple(dict.fromkeys((page.engine, page.version) for page in self.pages if page.engine))


def stored_document(archive: Archive, sha256: str, name: str) -> StoredDocument:
    """Return a published document. Raises VanthuError when its files are damaged or of an older version."""
    folder = archive.document(sha256)
    try:
        content = read_words_file(folder)
        if content["version"] != VERSION:
            raise VanthuError("tài liệu do bản digitize cũ đọc", path=folder, hint="chạy lại digitize run")
        settings = content["settings"]
        language = _LANGUAGES.get(settings["language"], "")
        pages = tuple(_page(page) for page in content["pages"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise VanthuError(
            "tệp của tài liệu trong kho hỏng", path=folder, hint="xóa thư mục này rồi chạy lại digitize run"
        ) from error
    return StoredDocument(sha256, name, pages, json.dumps(settings, sort_keys=True), language)


def _page(page: dict[str, Any]) -> StoredPage:
    places = [tuple(line[:3]) for line in page["lines"] for _ in range(line[3])]
    words = tuple(Word(*row[:6], *place, *row[6:]) for row, place in zip(page["words"], places, strict=True))
    size = page["width"], page["height"], page["dpi"]
    return StoredPage(page["number"], *size, page["engine"] or "", page["version"] or "", page["confidence"], words)


_LANGUAGES = {"vie": "vi", "eng": "en", "fra": "fr", "rus": "ru", "chi_sim": "zh", "chi_tra": "zh"}
