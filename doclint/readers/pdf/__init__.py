"""Born-digital PDF files: pages are judged, their characters become lines and paragraphs, each with its boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from doclint.document import SIGNED, Document, Unchecked
from doclint.readers.fonts import converted
from doclint.readers.limits import MAX_CHARACTERS, UnreadableDocument, require_text
from doclint.readers.pdf.furniture import body_lines, mark_furniture
from doclint.readers.pdf.judge import judge
from doclint.readers.pdf.legacy import decode_legacy
from doclint.readers.pdf.lines import Page, read_page
from doclint.readers.pdf.looks import format_of, sections
from doclint.readers.pdf.source import open_pdf
from doclint.readers.pdf.text import Edges, PdfPlaces, Text, begins, edges_of
from doclint.readers.unchecked import pages_and_reasons, ranges

__all__ = ["PdfPlaces", "read_pdf"]


def read_pdf(content: bytes, path: Path) -> Document:
    """Read the bytes of a PDF. Raises UnreadableDocument when it is broken, encrypted, or has no page to be trusted."""
    sheets, signed = open_pdf(content, path)
    pages: list[Page] = []
    characters = 0
    for sheet in sheets:
        pages.append(read_page(sheet, pages[-1] if pages else None))
        characters += len(sheet.glyphs) + len(sheet.hidden)
        if characters > 2 * MAX_CHARACTERS:
            break
    encodings = decode_legacy(pages)
    mark_furniture(pages)
    unchecked = tuple(Unchecked(page.number, reason) for page in pages if (reason := judge(page)))
    refused = {page.page for page in unchecked}
    trusted = [page for page in pages if page.number not in refused]
    if unchecked and not any(line.part == "body" for page in trusted for line in page.lines):
        scanned = any("digitize" in page.reason for page in unchecked)
        hint = "digitize run TỆP --archive KHO" if scanned else "kiểm tra nguồn tệp"
        raise UnreadableDocument(pages_and_reasons(unchecked), hint, path=path)
    text = _assemble(trusted)
    document = Document(
        "".join(text.pieces),
        tuple(text.blocks),
        "pdf",
        PdfPlaces(text.pages, text.boxes),
        (*_notes(trusted, signed), *converted(encodings)),
        runs=text.runs(),
        sections=sections(trusted, text.blocks, text.lines),
        unchecked=unchecked,
    )
    require_text(document.text, path)
    return document


def _assemble(pages: Sequence[Page]) -> Text:
    """Return the text of ``pages``: the body of all, then what stands in their margins."""
    text = Text()
    before = None
    edges: Edges = {}
    checked = {page.number for page in pages}
    for page in pages:
        own = body_lines(page)
        edges = edges_of(own, edges)
        # A sentence does not go on over a page that is missing.
        if before is not None and any(number not in checked for number in range(before.page + 1, page.number)):
            before = None
        for line in own:
            text.add(line, first=begins(line, before, edges))
            before = line
    by_number = {page.number: page for page in pages}
    for number, lines in enumerate(text.lines):
        block = text.blocks[number]
        text.blocks[number] = replace(block, format=format_of(block, lines, by_number[lines[0].page]))
    for page in pages:
        before = None
        aside = [line for line in page.lines if line.part != "body"]
        for line in aside:
            note = line.part == "footnote" and before is not None and before.part == "footnote"
            text.add(line, first=not note or begins(line, before, edges_of(aside, {})))
            before = line
    return text


def _notes(pages: Sequence[Page], signed: bool) -> tuple[str, ...]:
    recognised = [page.number for page in pages if page.hidden > _RECOGNISED]
    notes = [SIGNED] if signed else []
    if recognised:
        notes.append(f"trang {ranges(recognised)} là bản quét có lớp chữ nhận dạng, chữ có thể sai")
    return tuple(notes)


_RECOGNISED = 20
"""Characters hidden behind a picture from which on a page is a scan with its text recognised."""
