"""Word files (.docx), read from their XML: python-docx opens the package, but drops insertions and text boxes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from doclint.document import Block, Document, DocxPlace, RunRange, Span
from doclint.readers.limits import require_text
from doclint.readers.package import open_body
from doclint.vietnamese.normalise import nfc_with_offsets, raw_range

Cell = tuple[int, int, int] | None


def read_docx(content: bytes, path: Path) -> Document:
    """Read the bytes of a .docx. Raises UnreadableDocument for a bomb, a broken package or another kind of zip."""
    body = open_body(content, path)
    pieces: list[str] = []
    length = 0
    blocks: list[Block] = []
    paragraphs: list[Paragraph] = []
    joined = False
    for number, (element, cell) in enumerate(_paragraphs(body)):
        runs = [_run_text(run) for run in _runs(element)]
        text, offsets = nfc_with_offsets("".join(runs))
        paragraphs.append(Paragraph(length, number, tuple(accumulate(map(len, runs))), offsets))
        if text.strip():
            lead = len(text) - len(text.lstrip())
            block = Block(Span(length + lead, length + len(text.rstrip())), cell=cell)
            if joined and blocks:
                blocks[-1] = Block(Span(blocks[-1].span.start, block.span.end), cell=blocks[-1].cell)
            else:
                blocks.append(block)
        joined = _is_mark_deleted(element)
        pieces.append(text if joined else text + "\n")
        length += len(pieces[-1])
    document = Document("".join(pieces), tuple(blocks), "docx", DocxPlaces(tuple(paragraphs)), _notes(body))
    require_text(document.text, path)
    return document


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Where a paragraph begins in the document's text, where each of its runs ends, counted in the characters that Word
    has, and the offsets back to those characters where form C changed them.
    """

    start: int
    number: int
    run_ends: tuple[int, ...]
    offsets: tuple[int, ...] | None

    def cut(self, span: Span) -> Iterator[RunRange]:
        """Yield the parts of runs that ``span`` covers; nothing when it covers only the paragraph's end."""
        length = len(self.offsets) - 1 if self.offsets is not None else (self.run_ends or (0,))[-1]
        start, end = max(span.start - self.start, 0), min(span.end - self.start, length)
        if start >= end:
            return
        start, end = raw_range(self.offsets, start, end)
        for run in range(bisect_right(self.run_ends, start), len(self.run_ends)):
            begins = self.run_ends[run - 1] if run else 0
            if begins >= end:
                break
            if begins < self.run_ends[run]:
                yield RunRange(self.number, run, max(start, begins) - begins, min(end, self.run_ends[run]) - begins)


@dataclass(frozen=True)
class DocxPlaces:
    """The way back from the document's text to paragraphs and runs."""

    paragraphs: tuple[Paragraph, ...]

    def __call__(self, span: Span) -> DocxPlace:
        """Return the runs that ``span`` covers. Raises ValueError when it covers none."""
        first = max(0, bisect_right(self.paragraphs, span.start, key=lambda paragraph: paragraph.start) - 1)
        runs: list[RunRange] = []
        for paragraph in self.paragraphs[first:]:
            if paragraph.start >= span.end:
                break
            runs += paragraph.cut(span)
        if not runs:
            raise ValueError(f"no run at {span}")
        return DocxPlace("document", tuple(runs))


def _paragraphs(container: Any, cell: Cell = None) -> Iterator[tuple[Any, Cell]]:
    """Yield the paragraphs inside ``container`` in reading order, those of tables and text boxes too."""
    tables = 0
    for child in _content(container, {_P, _TABLE}):
        if child.tag == _P:
            yield child, cell
            for box in child.iter(_TEXT_BOX):
                if _is_own(box, child):
                    yield from _paragraphs(box, cell)
        else:
            for row_number, row in enumerate(_content(child, {_ROW})):
                for column, table_cell in enumerate(_content(row, {_CELL})):
                    yield from _paragraphs(table_cell, (tables, row_number, column))
            tables += 1


def _content(container: Any, tags: set[str]) -> Iterator[Any]:
    """Yield the children with one of ``tags``, those in content controls and accepted insertions too."""
    for child in container:
        if child.tag in tags:
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _content(child, tags)


def _runs(paragraph: Any) -> Iterator[Any]:
    """Yield the runs of ``paragraph`` itself that remain when all changes are accepted."""
    return (run for run in paragraph.iter(_R) if _is_own(run, paragraph))


def _is_own(element: Any, paragraph: Any) -> bool:
    """Tell whether ``element`` belongs to ``paragraph`` and not to one in its text box, and is not deleted."""
    for parent in element.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag in _NOT_OURS:
            return False
    return False


def _run_text(run: Any) -> str:
    return "".join(child.text or "" if child.tag == _T else _MARKS.get(child.tag, "") for child in run)


def _is_mark_deleted(paragraph: Any) -> bool:
    """Tell whether the end of the paragraph was deleted, so that it goes on with the next one."""
    return paragraph.find(f"{_W}pPr/{_W}rPr/{_DELETED}") is not None


def _notes(body: Any) -> tuple[str, ...]:
    changed = next(body.iter(_INSERTED, _DELETED, _MOVED), None) is not None
    return ("đọc với mọi thay đổi được chấp nhận",) if changed else ()


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _R, _T = _W + "p", _W + "r", _W + "t"
_TABLE, _ROW, _CELL = _W + "tbl", _W + "tr", _W + "tc"
_TEXT_BOX = _W + "txbxContent"
_FALLBACK = _MC + "Fallback"
_INSERTED, _DELETED, _MOVED = _W + "ins", _W + "del", _W + "moveFrom"
_TRANSPARENT = {
    *(_W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")),
    *(_MC + name for name in ("AlternateContent", "Choice")),
}
# What stands under one of these is deleted, or belongs to the paragraph of a text box.
_NOT_OURS = {_DELETED, _MOVED, _P, _FALLBACK}
# The characters that marks count for; they are those of python-docx's run.text, but for the break of a page or column.
_MARKS = {
    _W + "tab": "\t",
    _W + "ptab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
}
