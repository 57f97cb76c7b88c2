"""Word files (.docx), read from their XML: python-docx opens the package, but drops insertions and text boxes."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doclint.document import Block, Document, DocxPlace, RunRange, Span
from doclint.readers.limits import MAX_PARTS, MAX_UNPACKED_BYTES, MAX_XML_BYTES, UnreadableDocument, require_text
from doclint.vietnamese.normalise import nfc_with_offsets


def read_docx(content: bytes, path: Path) -> Document:
    """Read the bytes of a .docx. Raises UnreadableDocument for a bomb, a broken package or another kind of zip."""
    _refuse_bombs(content, path)
    body = _body(content, path)
    text: list[str] = []
    length = 0
    blocks: list[Block] = []
    segments: list[Segment] = []
    for number, (paragraph, cell) in enumerate(_paragraphs(body)):
        own = ""
        for run_number, run in enumerate(_runs(paragraph)):
            piece, offsets = nfc_with_offsets(_run_text(run))
            if piece:
                start = length + len(own)
                segments.append(Segment(start, start + len(piece), number, run_number, offsets))
                own += piece
        if own.strip():
            lead = len(own) - len(own.lstrip())
            blocks.append(Block(Span(length + lead, length + len(own.rstrip())), cell=cell))
        text.append(own + "\n")
        length += len(own) + 1
    document = Document("".join(text), tuple(blocks), "docx", DocxPlaces(tuple(segments)), _notes(body))
    require_text(document.text, path)
    return document


@dataclass(frozen=True, slots=True)
class Segment:
    """The text of one run: ``start`` to ``end`` in the document's text, ``offsets`` back into the run when NFC changed it."""

    start: int
    end: int
    paragraph: int
    run: int
    offsets: tuple[int, ...] | None

    def cut(self, span: Span) -> RunRange:
        """Return the part of the run that ``span`` covers, in characters of the run as Word has it."""
        start, end = max(span.start, self.start) - self.start, min(span.end, self.end) - self.start
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[end]
        return RunRange(self.paragraph, self.run, start, end)


@dataclass(frozen=True)
class DocxPlaces:
    """The way back from the document's text to paragraphs and runs."""

    segments: tuple[Segment, ...]

    def __call__(self, span: Span) -> DocxPlace:
        """Return the runs that ``span`` covers. Raises ValueError when it covers none."""
        first = max(0, bisect_right(self.segments, span.start, key=lambda segment: segment.start) - 1)
        runs = []
        for segment in self.segments[first:]:
            if segment.start >= span.end:
                break
            if segment.end > span.start:
                runs.append(segment.cut(span))
        if not runs:
            raise ValueError(f"no run at {span}")
        return DocxPlace("document", tuple(runs))


def _refuse_bombs(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument("tệp Word bị cắt cụt hoặc hỏng", "lấy lại tệp từ người gửi", path=path) from error
    if len(parts) > MAX_PARTS:
        raise UnreadableDocument(
            f"gói Word có {len(parts)} phần, quá giới hạn {MAX_PARTS}", "kiểm tra nguồn tệp", path=path
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument("tệp nén đặt mật khẩu", "bỏ mật khẩu rồi lưu lại", path=path)
    if "word/document.xml" not in {part.filename for part in parts}:
        raise UnreadableDocument("tệp nén, không phải tệp Word .docx", "chọn tệp .docx, .pdf hoặc .txt", path=path)
    unpacked = sum(part.file_size for part in parts)
    largest_xml = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if unpacked > MAX_UNPACKED_BYTES or largest_xml > MAX_XML_BYTES:
        raise UnreadableDocument(
            f"tệp Word bung ra {max(unpacked, largest_xml) / 2**20:.0f} MiB, quá giới hạn"
            f" ({MAX_UNPACKED_BYTES // 2**20} MiB cả gói, {MAX_XML_BYTES // 2**20} MiB một phần)",
            "kiểm tra nguồn tệp, có thể là tệp phá hoại",
            path=path,
        )


def _body(content: bytes, path: Path) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        # A part that unpacks to more than it declares fails its length or CRC check inside zipfile.
        return docx.Document(io.BytesIO(content)).element.body
    except XMLSyntaxError as error:
        reason = "lồng nhau quá sâu hoặc XML hỏng" if "depth" in str(error) else "XML hỏng"
        raise UnreadableDocument(f"tệp Word hỏng ({reason})", "mở bằng Word rồi lưu lại", path=path) from error
    except (OpcError, KeyError, ValueError, AttributeError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise UnreadableDocument("tệp Word hỏng", "mở bằng Word rồi lưu lại", path=path) from error
    except Exception as error:
        # zlib.error is an Exception of its own; python-docx lets it through.
        if type(error).__module__ != "zlib":
            raise
        raise UnreadableDocument("tệp Word hỏng (nén sai)", "lấy lại tệp từ người gửi", path=path) from error


def _paragraphs(
    container: Any, cell: tuple[int, int, int] | None = None
) -> Iterator[tuple[Any, tuple[int, int, int] | None]]:
    """Yield the paragraphs inside ``container`` in reading order, those of tables and text boxes too."""
    tables = 0
    for child in container:
        if child.tag == _P:
            yield child, cell
            for box in child.iter(_TEXT_BOX):
                if not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                    yield from _paragraphs(box, cell)
        elif child.tag == _TABLE:
            for row_number, row in enumerate(child.iterchildren(_ROW)):
                for column, table_cell in enumerate(row.iterchildren(_CELL)):
                    yield from _paragraphs(table_cell, (tables, row_number, column))
            tables += 1
        elif child.tag in _TRANSPARENT:
            yield from _paragraphs(child, cell)


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of ``paragraph`` itself that remain when all changes are accepted."""
    for run in paragraph.iter(_R):
        for parent in run.iterancestors():
            if parent is paragraph:
                yield run
                break
            if parent.tag in _NOT_OURS:
                break


def _run_text(run: Any) -> str:
    return "".join(child.text or "" if child.tag == _T else _MARKS.get(child.tag, "") for child in run)


def _notes(body: Any) -> tuple[str, ...]:
    changed = next(body.iter(_INSERTED, _DELETED, _MOVED), None) is not None
    return ("đọc với mọi thay đổi được chấp nhận",) if changed else ()


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _R, _T = _W + "p", _W + "r", _W + "t"
_TABLE, _ROW, _CELL = _W + "tbl", _W + "tr", _W + "tc"
_TEXT_BOX = _W + "txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_INSERTED, _DELETED, _MOVED = _W + "ins", _W + "del", _W + "moveFrom"
_TRANSPARENT = {_W + "sdt", _W + "sdtContent", _W + "customXml", _W + "smartTag", _INSERTED, _W + "moveTo"}
# A run under one of these is deleted, or belongs to the paragraph of a text box.
_NOT_OURS = {_DELETED, _MOVED, _P, _FALLBACK}
_MARKS = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
}
