"""Take back the workbook that a person reviewed: what he changed, and nothing else, all of it or none."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.describe.catalogue import Catalogue
from digitize.describe.checks import as_iso, checked
from digitize.describe.values import LABELS
from digitize.describe.workbook import ACCEPTED, BEFORE, DIGEST, FIRST, HEADS, SHEET
from vanthu.database import transaction
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that a person changed, or accepted as it was: what was written there, and what he says."""

    cell: str
    sha256: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import changed in the catalogue: how many values were corrected, how many accepted."""

    corrected: int
    accepted: int


def take_back(catalogue: Catalogue, path: Path, *, who: str = "") -> Taken:
    """Enter the changed cells of the workbook at ``path``, and accept what waits in rows with an x.

    What was entered before is not entered twice. Raises VanthuError, and enters nothing, when a cell has a value that
    its field cannot have, when someone else changed the field since, and for what is not such a workbook.
    """
    faults: list[str] = []
    edits = list(_edits(*_sheets(path), faults))
    corrected = accepted = 0
    how = f"import {path.name}"
    with transaction(catalogue.database):
        for edit in edits:
            held = {row.field: row for row in catalogue.rows(edit.sha256)}.get(edit.field)
            if held is None and edit.before == edit.after:
                continue
            if held is None:
                faults.append(f"ô {edit.cell}: tài liệu không có trong danh mục")
            elif held.value != edit.after and held.value != edit.before:
                faults.append(
                    f"ô {edit.cell}: «{LABELS[edit.field]}» đã được {held.who} sửa thành «{held.value}» sau khi xuất"
                )
            elif edit.before != edit.after:
                corrected += catalogue.correct(edit.sha256, edit.field, edit.after, who=who, how=how)
            elif held.for_review:
                catalogue.accept(edit.sha256, edit.field, who=who, how=how)
                accepted += 1
        if faults:
            more = f" và {len(faults) - _SHOWN} ô nữa" if len(faults) > _SHOWN else ""
            hint = "sửa các ô này rồi nhập lại; chưa có gì được ghi"
            raise VanthuError(f"{'; '.join(faults[:_SHOWN])}{more}", path=path, hint=hint)
    return Taken(corrected, accepted)


def _sheets(path: Path) -> tuple[Worksheet, Worksheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    hint = "dùng tệp do digitize catalogue export tạo ra, giữ nguyên dòng tiêu đề và các cột"
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                raise VanthuError("sổ Excel quá lớn khi mở ra", path=path, hint=hint)
        book = load_workbook(path)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, EOFError, TypeError) as error:
        raise VanthuError("không phải sổ Excel đọc được", path=path, hint=hint) from error
    if SHEET not in book.sheetnames or BEFORE not in book.sheetnames:
        raise VanthuError("không phải sổ danh mục", path=path, hint=hint)
    sheet, before = book[SHEET], book[BEFORE]
    if tuple(cell.value for cell in sheet[1])[: len(HEADS)] != HEADS:
        raise VanthuError("dòng tiêu đề đã bị đổi", path=path, hint=hint)
    return sheet, before


def _edits(sheet: Worksheet, before: Worksheet, faults: list[str]) -> Iterator[Edit]:
    """Yield the changed cells; rows may have been sorted or deleted, the SHA-256 tells which document each is."""
    written = {str(row[DIGEST - 1].value): row for row in before.iter_rows(min_row=2) if row[DIGEST - 1].value}
    seen: set[str] = set()
    for row in sheet.iter_rows(min_row=2, max_col=DIGEST):
        sha256 = str(row[DIGEST - 1].value or "")
        if not sha256 and all(cell.value in (None, "") for cell in row):
            continue
        if sha256 not in written or sha256 in seen:
            faults.append(f"dòng {row[0].row}: mã tài liệu thiếu, lạ hoặc lặp lại")
            continue
        seen.add(sha256)
        for column, field in enumerate(LABELS, start=FIRST):
            cell = row[column - 1]
            was = str(written[sha256][column - 1].value or "")
            try:
                # What the machine read need not be a value that a person may give: it is left alone until changed.
                after = was if (said := _said(field, cell)) == was else checked(field, said)
            except VanthuError as error:
                faults.append(f"ô {cell.coordinate}: {error.reason}")
                continue
            if after != was or str(row[ACCEPTED - 1].value or "").strip():
                yield Edit(cell.coordinate, sha256, field, was, after)


def _said(field: str, cell: Any) -> str:
    """Return what a cell says in the form of the catalogue. Excel makes numbers and dates of what is typed."""
    value = cell.value
    if cell.data_type == "f" or cell.data_type == "e":
        raise VanthuError("là công thức hoặc lỗi của Excel, cần gõ giá trị")
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, datetime.date):
        if field != "date":
            raise VanthuError("Excel đã đổi thành ngày, cần gõ lại ở dạng văn bản")
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = "" if value is None else str(value).strip()
    return as_iso(text) if field == "date" and text else text


_SHOWN = 5
_LARGEST = 500 * 1024 * 1024
