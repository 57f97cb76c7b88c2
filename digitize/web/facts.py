"""What is known of the pages of a published document, from its words file and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from digitize.archive import Archive
from digitize.web.cached import Cached
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.words_file import packed_pages, page_size, unpacked_page


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
    """The pages of a document, the first at 0, kept as they are packed: as objects, those of 1,000 take 150 MB."""

    def __init__(self, packed: list[bytes], texts: list[str]) -> None:
        self._packed, self._texts = packed, texts

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, index: Any) -> Any:
        with _damage_told():
            page = unpacked_page(self._packed[index])
            return _page(page, self._texts[index] if index < len(self._texts) else "")

    def size(self, index: int) -> tuple[int, int]:
        """Return width and height of a page in pixels; its words are not unpacked."""
        with _damage_told():
            return page_size(self._packed[index])


class Facts:
    """The pages of the documents that were asked for last; one that is opened is read as a whole but not unpacked."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._kept: Cached[Pages] = Cached(_DOCUMENTS_KEPT)

    def of(self, sha256: str) -> Pages:
        """Return the pages of a document. Raises Fault when it is not there, or its files are damaged."""
        with _damage_told():
            return self._kept.get(self.stamp(sha256), lambda: _read(self._archive, sha256))

    def stamp(self, sha256: str) -> tuple[str, int, int]:
        """Return what tells one version of a published document from another. Raises NO_DOCUMENT."""
        try:
            known = self._archive.pdf(sha256).stat()
        except OSError as error:
            raise NO_DOCUMENT from error
        return sha256, known.st_mtime_ns, known.st_size


@contextmanager
def _damage_told() -> Iterator[None]:
    """Turn what a damaged words file raises into a fault."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Fault(500, "tệp của tài liệu trong kho hỏng", "báo người quản trị: chạy lại digitize run") from error


def _read(archive: Archive, sha256: str) -> Pages:
    return Pages(packed_pages(archive.document(sha256)), archive.page_texts(sha256))


def _page(page: dict[str, Any], text: str) -> PageFacts:
    return PageFacts(
        number=page["number"],
        width=page["width"] or 0,
        height=page["height"] or 0,
        dpi=page["dpi"],
        engine=page.get("engine") or "",
        confidence=page.get("confidence"),
        text=text,
        words=tuple(WordBox(word, (x0, y0, x1, y1), sure) for word, x0, y0, x1, y1, sure, *_ in page["words"]),
        reason=page.get("reason") or "",
    )


_DOCUMENTS_KEPT = 8
