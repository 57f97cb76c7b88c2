"""Lines of a worksheet, written one after the other: only what is said to be a formula becomes one."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from doclint.register.measures import Rows, ranges


class Lines:
    """A new sheet of ``book`` with columns of these ``widths`` (in letters); ``row`` is the number of its last line."""

    def __init__(self, book: Any, title: str, widths: Sequence[int]) -> None:
        self._sheet = book.create_sheet(title)
        self._widths = widths
        self.row = 0
        for number, width in enumerate(widths, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._sheet.page_setup.orientation, self._sheet.page_setup.paperSize = "landscape", 9  # A4
        self._sheet.page_setup.fitToWidth, self._sheet.page_setup.fitToHeight = 1, 0
        self._sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def title(self, text: str) -> None:
        """Add the title of the sheet."""
        self._add([self._cell(text, Font(name=_FONT, size=14, bold=True))])

    def note(self, text: str) -> None:
        """Add a remark."""
        self._add([self._cell(text, Font(name=_FONT, size=11, italic=True))])

    def blank(self) -> None:
        """Add an empty line."""
        self._add([])

    def head(self, titles: Sequence[str]) -> None:
        """Add the titles of columns."""
        cells = [self._cell(title, Font(name=_FONT, size=11, bold=True), ruled=True, wrap=True) for title in titles]
        for cell in cells:
            cell.fill = _SHADE
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._add(cells)

    def line(self, name: str, values: Iterable[object], rows: Rows, *, rate: bool = False) -> None:
        """Add a name, its figures, where a text that begins with = is a formula, and the ids of the rows counted.

        ``rate`` makes the third figure a percentage.
        """
        cells = [self._cell(name, _PLAIN, ruled=True, wrap=True)]
        cells += [self._cell(value, _PLAIN, ruled=True, formula=True, wrap=True) for value in values]
        if rate:
            cells[3].number_format = "0.0%"
        self._add([*cells, self._cell(_fitting(ranges(rows)), _PLAIN, ruled=True, wrap=True)])

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Add a table from the top of the sheet, its head in sight and with filters."""
        self._sheet.freeze_panes = "B2"
        self.head(titles)
        for row in rows:
            # A cell object for each of half a million values would take a minute.
            self._add([self._cell(value) if _special(value) else value for value in row])
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{max(self.row, 2)}"

    def _add(self, cells: Sequence[Any]) -> None:
        self._sheet.append(cells)
        self.row += 1

    def _cell(
        self, value: Any, font: Font | None = None, *, ruled: bool = False, formula: bool = False, wrap: bool = False
    ) -> Any:
        cell = WriteOnlyCell(self._sheet, value)
        if isinstance(value, str) and not formula:
            cell.data_type = "s"  # a subject that begins with = is a text
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        if font is not None:
            cell.font = font
        if ruled:
            cell.border = _RULED
        if wrap:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        return cell


def _special(value: object) -> bool:
    return isinstance(value, datetime.date) or (isinstance(value, str) and value.startswith("="))


def _fitting(text: str) -> str:
    """Return a text that a cell can hold, and a person may want to read."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(",")[0] + "… (lọc ở trang các dòng)"


_FONT = "Times New Roman"
_PLAIN = Font(name=_FONT, size=11)
_SHADE = PatternFill("solid", fgColor="E7EEF7")
_THIN = Side(style="thin", color="999999")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LONGEST = 2000
