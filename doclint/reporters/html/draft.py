"""The blocks of a document → what a page shows of it: paragraphs, tables, the borders of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from doclint.document import Block, Document
from doclint.looks import WORD
from doclint.reporters.html.marks import Marks, Stretch
from doclint.reporters.html.sheet import Sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block; ``style`` are classes of report.css, ``label`` says where it stands when that is not the body."""

    stretches: tuple[Stretch, ...]
    style: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells of paragraphs; ``plain`` is one that only sets text side by side, as the head of a document."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    plain: bool


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of a PDF begins; ``unread`` says why its text is missing, empty where it is there."""

    page: int
    unread: str = ""


Item = Paragraph | Table | PageStart


def items(document: Document, marks: Marks) -> Iterator[Item]:
    """Yield what to show, in the order of the text."""
    sheet = sheet_of(document)
    shown = [block for block in document.blocks if block.part != "page-number" or marks.touch(block.span)]
    unread = {page.page: page.reason for page in document.unchecked if page.page}
    page = 0
    for table, group in groupby(shown, key=lambda block: block.cell and block.cell[0]):
        for blocks in [list(group)] if table is not None else sheet.side_by_side(list(group)):
            for start in _pages(blocks, sheet, page, unread):
                page = start.page
                yield start
            if table is not None:
                yield _table(blocks, sheet, marks)
            elif len(blocks) == 1:
                yield _paragraph(blocks[0], sheet, marks)
            else:
                yield _columns(blocks, sheet, marks)
    yield from (PageStart(number, reason) for number, reason in sorted(unread.items()) if number > page)


def _pages(blocks: Sequence[Block], sheet: Sheet, page: int, unread: dict[int, str]) -> Iterator[PageStart]:
    """Yield the pages that begin before ``blocks``, unread ones among them."""
    box = sheet.boxes.get(blocks[0].span.start)
    if box is not None and box.page > page:
        yield from (PageStart(number, unread[number]) for number in range(page + 1, box.page) if number in unread)
        yield PageStart(box.page, unread.get(box.page, ""))


def _table(blocks: Sequence[Block], sheet: Sheet, marks: Marks) -> Table:
    rows: dict[int, dict[int, list[Paragraph]]] = {}
    for block in blocks:
        _, row, column = block.cell or (0, 0, 0)
        rows.setdefault(row, {}).setdefault(column, []).append(_paragraph(block, sheet, marks))
    width = 1 + max(column for row in rows.values() for column in row)
    # A file may number its columns as it likes; empty cells are only worth showing in a table that Word could have.
    columns = range(width) if width <= _WIDEST else None
    cells = tuple(tuple(tuple(row.get(column, ())) for column in columns or sorted(row)) for row in rows.values())
    return Table(cells, plain=width == 2 and len(rows) <= _FEW)


def _columns(blocks: Sequence[Block], sheet: Sheet, marks: Marks) -> Table:
    """Return blocks that stand left and right of each other as a table of one row."""
    border = sheet.border(blocks)
    cells = []
    for side in (blocks[:border], blocks[border:]):
        style = "center" if sheet.is_centred(side) else "left"
        cells.append(tuple(Paragraph(tuple(marks.stretches(block.span)), style) for block in side))
    return Table((tuple(cells),), plain=True)


def _paragraph(block: Block, sheet: Sheet, marks: Marks) -> Paragraph:
    style = [*sheet.style(block)]
    text = sheet.document.at(block.span)
    # Columns set with blanks or tabs, and lines that Word was told to break; other files break a line where it is full.
    if "\t" in text or "   " in text or ("\n" in text and sheet.document.format in WORD):
        style.append("gaps")
    if block.part != "body":
        style.append("aside")
    return Paragraph(tuple(marks.stretches(block.span)), " ".join(style), _PARTS.get(block.part, ""))


_PARTS = {
    "header": "Đầu trang",
    "footer": "Chân trang",
    "footnote": "Chú thích",
    "page-number": "Số trang",
    "watermark": "Hình mờ",
    "margin": "Bên lề",
}
_WIDEST = 63
"""Columns that a table of Word may have."""
_FEW = 3
"""Rows of a table that sets the head or the signature side by side."""
