"""The catalogue as a workbook that a person reviews: one row a document; what waits for him is coloured."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.describe.catalogue import Catalogue, Row
from digitize.describe.checks import CHOICES
from digitize.describe.values import LABELS
from vanthu.files import atomic_path

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET, BEFORE, LISTS = "Danh mục", "Bản xuất", "Danh sách"
HEADS = ("STT", "Tệp", *LABELS.values(), "Cần xem", "Đã duyệt", "Mã tài liệu (SHA-256)")
FIRST = 3
"""The column of the first field."""
DIGEST = len(HEADS)
"""The column of the SHA-256."""
ACCEPTED = DIGEST - 1
"""The column in which a person puts an x when all that waits in the row is right."""


def export(catalogue: Catalogue, name_of: Callable[[str], str], path: Path) -> tuple[int, int]:
    """Write the workbook to ``path``; return how many documents are in it and how many of them wait for a person.

    ``name_of`` tells the file of a document. A hidden sheet keeps what was written, by which an import knows what a
    person changed. Raises OSError.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Protection

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    before, lists = book.create_sheet(BEFORE), book.create_sheet(LISTS)
    before.sheet_state = lists.sheet_state = "veryHidden"
    _head(sheet)
    waiting = 0
    documents = catalogue.documents()
    for number, sha256 in enumerate(documents, start=2):
        rows = {row.field: row for row in catalogue.rows(sha256)}
        queue = [row for row in rows.values() if row.for_review]
        waiting += bool(queue)
        _put(sheet, number, 1, number - 1)
        _put(sheet, number, 2, name_of(sha256))
        for column, field in enumerate(LABELS, start=FIRST):
            row = rows.get(field)
            value = row.value if row is not None else ""
            _put(before, number, column, value)
            cell = _put(sheet, number, column, _shown(field, value))
            cell.protection = Protection(locked=False)
            _style(cell, field, row)
        _put(sheet, number, ACCEPTED, None).protection = Protection(locked=False)
        _put(sheet, number, ACCEPTED - 1, "; ".join(f"{LABELS[row.field]}: {row.evidence}" for row in queue)[:_LONGEST])
        for page in (sheet, before):
            _put(page, number, DIGEST, sha256)
    _finish(sheet, lists, len(documents) + 1)
    with atomic_path(path) as temporary:
        book.save(temporary)
    return len(documents), waiting


def _head(sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True), start=1):
        cell = _put(sheet, 1, column, head)
        cell.font = Font(name=_FONT, bold=True)
        cell.fill = PatternFill("solid", fgColor="E7EEF7")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _style(cell: Any, field: str, row: Row | None) -> None:
    from openpyxl.styles import PatternFill

    cell.number_format = "dd/mm/yyyy" if isinstance(cell.value, datetime.date) else "@"
    if row is not None and row.for_review:
        cell.fill = PatternFill("solid", fgColor=_WAITING)
    elif row is not None and row.author != "machine":
        cell.fill = PatternFill("solid", fgColor=_DONE)


def _finish(sheet: Worksheet, lists: Worksheet, last: int) -> None:
    """Add the lists to choose from, hide and lock what is not for people, keep the head in sight."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    columns = {field: column for column, field in enumerate(LABELS, start=FIRST)} | {"": ACCEPTED}
    for number, (field, choices) in enumerate([*CHOICES.items(), ("", ("x",))], start=1):
        for row, choice in enumerate(choices, start=1):
            lists.cell(row, number, choice)
        letter = get_column_letter(number)
        listed = DataValidation("list", f"'{LISTS}'!${letter}$1:${letter}${len(choices)}", allow_blank=True)
        listed.error, listed.errorTitle = "Chọn một giá trị trong danh sách.", HEADS[columns[field] - 1]
        listed.showErrorMessage = True
        sheet.add_data_validation(listed)
        column = get_column_letter(columns[field])
        listed.add(f"{column}2:{column}{max(2, last)}")
    sheet.column_dimensions[get_column_letter(DIGEST)].hidden = True
    sheet.freeze_panes = f"{get_column_letter(FIRST)}2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(DIGEST)}{max(2, last)}"
    # Without a password: it guards against a slip, not against a person.
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False


def _put(sheet: Worksheet, row: int, column: int, value: object) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell: Any = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # a subject that begins with = is a text
    return cell


def _shown(field: str, value: str) -> object:
    """Return a value as a clerk reads it: a whole day as a date, a part of one as 03/2024."""
    if field == "date" and value:
        parts = value.split("-")
        return datetime.date(*map(int, parts)) if len(parts) == 3 else "/".join(reversed(parts))
    return value


_FONT = "Times New Roman"
_WAITING, _DONE = "FFF2CC", "E2EFDA"
_LONGEST = 2000
_WIDTHS: Sequence[int] = (6, 30, 16, 9, 20, 13, 34, 34, 60, 22, 30, 40, 10, 12, 12, 9, 9, 10, 24, 24, 12, 14, 60, 9, 70)
