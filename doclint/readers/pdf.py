"""Born-digital PDF files: pdfplumber's characters become lines, columns and paragraphs, each with its boxes."""

from __future__ import annotations

import io
import logging
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doclint.document import Block, Box, Document, PdfPlace, Span
from doclint.readers.columns import Glyph, Line, reading_order
from doclint.readers.limits import MAX_CHARACTERS, MAX_PAGES, UnreadableDocument, require_text
from doclint.readers.paragraphs import is_marked
from doclint.vietnamese.normalise import nfc


def read_pdf(content: bytes, path: Path) -> Document:
    """Read the bytes of a PDF. Raises UnreadableDocument when it is broken, encrypted, or has a page without text."""
    text = _Text()
    scanned: list[int] = []
    page_numbers: list[Line] = []
    edges = (0.0, 0.0, 0.0)
    for page in _pages(content, path):
        lines = [line.on(page.number) for line in reading_order(page.words, page.width)]
        if not any(char.isalnum() for line in lines for char in line.text):
            # A page with neither text nor picture is blank paper; with a picture it is a scan.
            if page.pictured:
                scanned.append(page.number)
            continue
        flow = [line for line in lines if not _is_page_number(line, page.height)]
        page_numbers += [line for line in lines if line not in flow]
        edges = _edges(flow, page.width, edges)
        for line in flow:
            text.add(line, begins=text.last is None or _begins(line, text.last, *edges[1:]))
        if text.length > MAX_CHARACTERS:
            break
    if scanned:
        pages = ", ".join(map(str, scanned[:10])) + ("…" if len(scanned) > 10 else "")
        raise UnreadableDocument(
            f"trang {pages} là bản quét, hãy dùng digitize", "digitize run TỆP --archive KHO", path=path
        )
    for line in page_numbers:
        text.add(line, begins=True, part="page-number")
    document = text.document()
    require_text(document.text, path)
    return document


@dataclass(frozen=True)
class PdfPlaces:
    """The way back from the document's text to boxes: for each character its page (0 for a blank of ours) and box."""

    pages: array[int]
    boxes: array[float]

    def __call__(self, span: Span) -> PdfPlace:
        """Return one box a printed line. Raises ValueError when ``span`` holds no printed character."""
        merged: list[Box] = []
        for offset in range(span.start, span.end):
            if not (page := self.pages[offset]):
                continue
            x0, top, x1, bottom = self.boxes[4 * offset : 4 * offset + 4]
            last = merged[-1] if merged else None
            if last is not None and last.page == page and top < last.bottom and last.top < bottom and x0 >= last.x0:
                merged[-1] = Box(page, last.x0, min(last.top, top), max(last.x1, x1), max(last.bottom, bottom))
            else:
                merged.append(Box(page, x0, top, x1, bottom))
        if not merged:
            raise ValueError(f"no printed character at {span}")
        return PdfPlace(tuple(merged))


@dataclass
class _Text:
    """The document's text while it grows, line by line."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: array[int] = field(default_factory=lambda: array("H"))
    boxes: array[float] = field(default_factory=lambda: array("f"))
    blocks: list[Block] = field(default_factory=list)
    last: Line | None = None

    def add(self, line: Line, *, begins: bool, part: str = "body") -> None:
        if self.blocks:
            self._put("\n", None, 0)
        start = self.length
        for glyph in line.glyphs:
            self._put(glyph.char, glyph, line.page)
        if begins or not self.blocks:
            self.blocks.append(Block(Span(start, self.length), part))
        else:
            self.blocks[-1] = Block(Span(self.blocks[-1].span.start, self.length), part)
        self.last = line

    def _put(self, chars: str, glyph: Glyph | None, page: int) -> None:
        self.pieces.append(chars)
        self.length += len(chars)
        for _ in chars:
            self.pages.append(page)
            self.boxes.extend((glyph.x0, glyph.top, glyph.x1, glyph.bottom) if glyph else (0, 0, 0, 0))

    def document(self) -> Document:
        return Document("".join(self.pieces), tuple(self.blocks), "pdf", PdfPlaces(self.pages, self.boxes))


@dataclass(frozen=True, slots=True)
class _Page:
    """What is needed of a page; sizes in points. ``pictured``: it holds a picture or a drawing."""

    number: int
    width: float
    height: float
    words: list[list[Glyph]]
    pictured: bool


def _pages(content: bytes, path: Path) -> Iterator[_Page]:
    """Yield the pages one by one, dropping pdfplumber's after use: its cache would keep the whole file in memory."""
    import pdfplumber

    # pdfminer reports every oddity of a file as a warning, which without a handler would reach the screen.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            # Counted first: the list of pages is made whole at the first look.
            count = len(pdf.pages)
            if count > MAX_PAGES:
                raise UnreadableDocument(
                    f"PDF có {count} trang, quá giới hạn {MAX_PAGES}", "tách thành nhiều tệp", path=path
                )
            if not count:
                raise UnreadableDocument("PDF không có trang nào", "lấy lại tệp từ người gửi", path=path)
            for page in pdf.pages:
                pictured = bool(page.images) or len(page.curves) > _DRAWN
                yield _Page(page.page_number, float(page.width), float(page.height), _words(page), pictured)
                page.close()
    except UnreadableDocument:
        raise
    except Exception as error:
        # pdfminer meets a broken file with whatever its code stumbles over: KeyError, AssertionError, struct.error…
        if any(isinstance(cause, _encryption_errors()) for cause in (error, *error.args)):
            raise UnreadableDocument("PDF đặt mật khẩu", "bỏ mật khẩu rồi lưu lại", path=path) from error
        raise UnreadableDocument("PDF bị cắt cụt hoặc hỏng", "lấy lại tệp từ người gửi", path=path) from error


def _encryption_errors() -> tuple[type[Exception], ...]:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    return PDFEncryptionError, PDFPasswordIncorrect


def _words(page: Any) -> list[list[Glyph]]:
    words = page.extract_words(return_chars=True, keep_blank_chars=False, x_tolerance_ratio=0.15)
    return [glyphs for word in words if (glyphs := _glyphs(word["chars"]))]


def _glyphs(chars: list[dict[str, Any]]) -> list[Glyph]:
    """Return the glyphs of a word; a mark printed on its own goes to the letter it stands on."""
    glyphs: list[Glyph] = []
    for char in chars:
        text = nfc(char["text"])
        if glyphs and unicodedata.combining(text[0]):
            last = glyphs[-1]
            glyphs[-1] = Glyph(nfc(last.char + text), last.x0, last.top, last.x1, last.bottom)
        elif text.strip() and text.isprintable():
            glyphs.append(Glyph(text, float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"])))
    return glyphs


def _edges(flow: list[Line], width: float, before: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return the width of the page and the edges of its text: a page of few lines has those of the page before."""
    inside = [line for line in flow if line.column == 0]
    known = before[0] == width
    left = min((line.x0 for line in inside), default=before[1] if known else 0.0)
    right = max((line.x1 for line in inside), default=before[2] if known else width)
    return (width, min(left, before[1]), max(right, before[2])) if known else (width, left, right)


def _begins(line: Line, before: Line, left: float, right: float) -> bool:
    """Tell whether a paragraph begins with ``line``; ``left`` and ``right`` are the edges of the text on its page."""
    text, above = line.text, before.text
    if is_marked(text, above) or line.column != before.column:
        return True
    if line.column:
        return not text[0].islower()
    # The foot of a page is no gap between paragraphs.
    spaced = line.page == before.page and line.top - before.bottom > 0.9 * before.size
    indented = line.x0 > left + 0.5 * line.size
    ended = above.isupper() or before.x1 + _first_word(line) < right
    return spaced or (not text[0].islower() and (indented or ended))


def _first_word(line: Line) -> float:
    """Return the room that the first word of ``line`` and a blank take; where it was left, a paragraph ended."""
    end = next((number for number, glyph in enumerate(line.glyphs) if glyph.char == " "), len(line.glyphs))
    return line.glyphs[end - 1].x1 - line.x0 + 0.25 * line.size


def _is_page_number(line: Line, height: float) -> bool:
    return line.text.isdigit() and len(line.text) <= 4 and (line.bottom < 0.08 * height or line.top > 0.92 * height)


_DRAWN = 50
"""Curves on a page without text from which on it holds a drawing or text turned into outlines, not a blank sheet."""
