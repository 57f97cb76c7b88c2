"""What ``digitize`` has published of a scan → Document, read through its files: page texts and the boxes of words."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doclint.document import Block, Box, Document
from doclint.readers.limits import MAX_FILE_BYTES, SPLIT, UnreadableDocument, require_text
from doclint.readers.paragraphs import join_lines
from doclint.readers.pdf import PdfPlaces

TEXT = "text.txt"
"""The name under which every published document has its text, a form feed between pages."""


def read_archived(path: Path) -> Document:
    """Read the text of a published document and, for its places, the words file beside it.

    Raises UnreadableDocument when a file is damaged or too large, OSError when it cannot be opened.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableDocument("văn bản trong kho dài quá giới hạn", SPLIT, path=path)
    pages = path.read_bytes().decode("utf-8", "replace").split("\f")
    built = _Built()
    for page, words in zip(pages, _words(path), strict=False):
        built.add_page(page, words)
    text = "".join(built.pieces)
    require_text(text, path)
    blocks = tuple(Block(span) for span in join_lines(text))
    return Document(text, blocks, "pdf", PdfPlaces(built.pages, built.boxes))


@dataclass(frozen=True, slots=True)
class _Built:
    """The document's text while it grows; each character has a page, 0 for none, and a box."""

    pieces: list[str] = field(default_factory=list)
    pages: array[int] = field(default_factory=lambda: array("H"))
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def add_page(self, page: str, words: Sequence[tuple[str, Box]]) -> None:
        """Add a page: its text, with a gap between the two columns of a head as wide as on the paper."""
        at = 0
        before: Box | None = None
        for word, box in words:
            # Both sides are in the same order.
            found = re.compile(rf"(?<!\S){re.escape(word)}(?!\S)").search(page, at)
            if found is None:
                continue
            between = page[at : found.start()]
            wide = before is not None and between == " " and box.x0 - before.x1 > _GAP * (box.bottom - box.top)
            self._put(_COLUMNS if wide else between, None)
            self._put(word, box)
            at, before = found.end(), box
        self._put(page[at:] + "\n", None)

    def _put(self, text: str, box: Box | None) -> None:
        self.pieces.append(text)
        edges = (0.0,) * 4 if box is None else (box.x0, box.top, box.x1, box.bottom)
        self.pages.extend([box.page if box is not None else 0] * len(text))
        self.boxes.extend(edges * len(text))


def _words(path: Path) -> Iterator[list[tuple[str, Box]]]:
    """Yield the words of each page with their boxes in points."""
    try:
        with gzip.open(path.with_name("words.json.gz")) as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise UnreadableDocument("tệp từ của kho lớn quá giới hạn", SPLIT, path=path)
        for page in json.loads(content)["pages"]:
            yield [_word(row, page["number"], page["dpi"]) for row in page["words"]]
    except (ValueError, KeyError, TypeError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableDocument("tệp từ của kho bị hỏng", "chạy lại digitize run với tệp gốc", path=path) from error


def _word(row: list[Any], page: int, dpi: float) -> tuple[str, Box]:
    x0, top, x1, bottom = (edge * 72 / dpi for edge in row[1:5])
    return row[0], Box(page, x0, top, x1, bottom)


_GAP = 1.5
"""Height of a letter times which two words stand apart that belong to different columns."""
_COLUMNS = "     "
