"""Open a PDF with pdfminer, within limits: pages, what streams inflate to, signatures."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1

from doclint.readers.limits import (
    ASK_AGAIN,
    HOSTILE,
    MAX_PAGE_BYTES,
    MAX_PAGES,
    MAX_PDF_INFLATED,
    MAX_PDF_STREAM,
    SPLIT,
    UnreadableDocument,
)
from doclint.readers.pdf.device import print_page
from doclint.readers.pdf.sheet import Sheet, TooMuch


def open_pdf(content: bytes, path: Path) -> tuple[Iterator[Sheet], bool]:
    """Return the pages, read one by one, and whether the file bears a digital signature.

    Raises UnreadableDocument, the iterator too, naming what is wrong or which limit is passed.
    """
    # pdfminer reports every oddity of a file as a warning, which without a handler would reach the screen.
    logging.getLogger("pdfminer").addHandler(logging.NullHandler())
    try:
        parser = _Parser(io.BytesIO(content))
        document = PDFDocument(parser)
        pages = _count(document)
        signed = _is_signed(document) or b"/ByteRange" in content
    except Exception as error:
        raise _explained(error, path) from error
    return _sheets(pages, parser, path), signed


def _sheets(pages: list[Any], parser: _Parser, path: Path) -> Iterator[Sheet]:
    resources = PDFResourceManager()
    for number, page in enumerate(pages, 1):
        parser.page_bytes = 0
        try:
            yield print_page(page, number, resources)
        except TooMuch as error:
            yield Sheet(number, 0, 0, refused=str(error))
        except Exception as error:
            raise _explained(error, path) from error


def _count(document: Any) -> list[Any]:
    pages = list(islice(PDFPage.create_pages(document), 2 * MAX_PAGES))
    if len(pages) > MAX_PAGES:
        count = f"{len(pages)}" if len(pages) < 2 * MAX_PAGES else f"từ {len(pages)}"
        raise UnreadableDocument(f"PDF có {count} trang, quá giới hạn {MAX_PAGES}", SPLIT)
    if not pages:
        raise UnreadableDocument("PDF không có trang nào", ASK_AGAIN)
    return pages


def _explained(error: Exception, path: Path) -> UnreadableDocument:
    """Say for a person what went wrong: pdfminer meets a broken file with whatever its code stumbles over."""
    causes = (error, *error.args)
    for cause in causes:
        if isinstance(cause, UnreadableDocument):
            return UnreadableDocument(cause.reason, cause.hint, path=path)
    if any(isinstance(cause, PDFEncryptionError | PDFPasswordIncorrect) for cause in causes):
        return UnreadableDocument("PDF đặt mật khẩu", "bỏ mật khẩu rồi lưu lại", path=path)
    if any(isinstance(cause, RecursionError) for cause in causes):
        return UnreadableDocument("PDF lồng nhau quá sâu", HOSTILE, path=path)
    return UnreadableDocument("PDF bị cắt cụt hoặc hỏng", ASK_AGAIN, path=path)


def _is_signed(document: Any) -> bool:
    """Tell whether a signature field of the form is filled. Fields may form a tree; a cycle ends it."""
    form = resolve1(document.catalog.get("AcroForm"))
    waiting = list(resolve1(form.get("Fields")) or []) if isinstance(form, dict) else []
    for _ in range(_MAX_FIELDS):
        if not waiting:
            break
        field = resolve1(waiting.pop())
        if not isinstance(field, dict):
            continue
        if getattr(resolve1(field.get("FT")), "name", "") == "Sig" and resolve1(field.get("V")):
            return True
        kids = resolve1(field.get("Kids"))
        waiting += kids if isinstance(kids, list) else []
    return False


class _Parser(PDFParser):
    """pdfminer's parser, whose streams inflate within limits; it counts what is inflated, and read for this page."""

    inflated = 0
    page_bytes = 0

    def do_keyword(self, pos: int, token: Any) -> None:
        super().do_keyword(pos, token)
        if token is self.KEYWORD_STREAM and self.curstack and isinstance(self.curstack[-1][1], PDFStream):
            position: int = self.curstack[-1][0]
            stream: Any = self.curstack[-1][1]
            self.curstack[-1] = (position, _Stream(stream.attrs, stream.rawdata, stream.decipher, self))


class _Stream(PDFStream):
    """A stream that is measured before pdfminer inflates it at one stroke."""

    def __init__(self, attrs: Any, rawdata: bytes, decipher: Any, parser: _Parser) -> None:
        super().__init__(attrs, rawdata, decipher)
        self.parser = parser

    def get_data(self) -> bytes:
        data = super().get_data()
        kind = getattr(self.attrs.get("Type"), "name", "")
        if kind in ("ObjStm", "XRef") or "Length1" in self.attrs:
            return data  # objects and fonts
        # A form is decoded once, and carried out as often as a page shows it.
        self.parser.page_bytes += len(data)
        if self.parser.page_bytes > MAX_PAGE_BYTES:
            raise TooMuch(f"lệnh vẽ quá giới hạn {MAX_PAGE_BYTES // 2**20} MiB một trang")
        return data

    def decode(self) -> None:
        filters = [(getattr(name, "name", ""), params) for name, params in self.get_filters()]
        if any(name in _PICTURES for name, _ in filters):
            self.data = b""  # no picture is ever looked into
            return
        data = self.rawdata or b""
        if self.decipher is not None and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
            self.rawdata, self.decipher = data, None
        self._count(_decoded_size(data, filters))
        super().decode()

    def _count(self, size: int) -> None:
        self.parser.inflated += size
        for found, limit, what in (
            (size, MAX_PDF_STREAM, "một luồng dữ liệu"),
            (self.parser.inflated, MAX_PDF_INFLATED, "dữ liệu nén"),
        ):
            if found > limit:
                raise UnreadableDocument(f"{what} của PDF bung ra quá giới hạn {limit // 2**20} MiB", HOSTILE)


def _decoded_size(data: bytes, filters: list[tuple[str, Any]]) -> int:
    """Return at most how long ``data`` gets. Raises UnreadableDocument for filters that no program writes."""
    size = len(data)
    packed = False
    for name, params in filters:
        if name in _TEXT:
            data = _TEXT[name](data)
            size = len(data)
        elif name in _GROWING:
            if packed:
                raise UnreadableDocument("PDF có dữ liệu nén nhiều lớp", HOSTILE)
            packed = True
            size = _inflated(data) if _GROWING[name] == 1 else len(data) * _GROWING[name]
        if isinstance(params, dict) and _row(params) > _MAX_ROW:
            raise UnreadableDocument("PDF khai độ rộng dữ liệu vô lý", HOSTILE)
    return size


def _row(params: dict[str, Any]) -> int:
    """Return how many bits a predictor is told to keep of a row."""
    found = 1
    for name, usual in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8)):
        value = resolve1(params.get(name))
        found *= value if isinstance(value, int) else usual
    return found


def _inflated(data: bytes) -> int:
    """Return how many bytes ``data`` inflates to, without keeping them; what is over the limit is not counted on."""
    unpack = zlib.decompressobj()
    size = 0
    try:
        while data and size <= MAX_PDF_STREAM:
            size += len(unpack.decompress(data, 2**20))
            data = unpack.unconsumed_tail
    except zlib.error:
        pass  # pdfminer takes what can be had of a damaged stream
    return size


_PICTURES = frozenset({"CCITTFaxDecode", "CCF", "JBIG2Decode", "JPXDecode", "DCTDecode", "DCT"})
_TEXT = {"ASCII85Decode": ascii85decode, "A85": ascii85decode, "ASCIIHexDecode": asciihexdecode, "AHx": asciihexdecode}
_GROWING = {"FlateDecode": 1, "Fl": 1, "LZWDecode": 1000, "LZW": 1000, "RunLengthDecode": 64, "RL": 64}
"""Filters that make data longer, and by how much at the worst; 1 is measured."""
_MAX_ROW = 8 * 2**20
"""Bits."""
_MAX_FIELDS = 2_000
