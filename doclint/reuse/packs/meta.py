"""The table that an office keeps of its documents (CSV) → what a pack shall believe of them."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path, PurePath
from typing import Any

from doclint.anatomy.gazetteer import Level
from doclint.anatomy.types import type_name, type_of_title
from doclint.reuse.packs.entry import Entry
from doclint.vietnamese.dates import dates
from doclint.vietnamese.normalise import fold
from vanthu.errors import VanthuError

LEVEL_NAMES: Mapping[str, Level] = {
    "trung-uong": "central",
    "tinh": "province",
    "so": "department",
    "xa": "commune",
    "don-vi": "unit",
}
"""What a clerk calls the levels, on the command line and in the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows by file, as written; each is the fields to replace. ``level`` is for files whose row has none."""

    rows: Mapping[str, Mapping[str, object]]
    level: str = ""

    def applied(self, entry: Entry) -> Entry:
        """Return ``entry`` with what the table and the level given for all say instead."""
        given = {"level": self.level} if self.level else {}
        row = self.row(entry.origin)
        known: Mapping[str, Any] = {**given, **(self.rows[row] if row else {})}
        return replace(entry, **known)

    def row(self, origin: str) -> str:
        """Return the row of a file: by its whole path, or by as many of its last parts as the table writes."""
        parts = PurePath(origin).parts
        names = (str(PurePath(*parts[start:])) for start in range(len(parts)))
        return next((name for name in names if name in self.rows), "")


def read_table(path: Path, level: str = "") -> Table:
    """Read a CSV file as Excel or LibreOffice saves it. Raises VanthuError naming the row and the fault.

    The first line names the columns; the file has to be named, the others may be left out or be empty.
    """
    try:
        text = path.read_bytes()[:_MAX_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VanthuError("bảng không phải UTF-8", path=path, hint="lưu lại dạng CSV UTF-8") from error
    lines = text.splitlines()
    delimiter = max(";,\t", key=lines[0].count) if lines else ","
    reader = csv.reader(StringIO(text), delimiter=delimiter)
    columns = [_column(name, path) for name in next(reader, [])]
    if "origin" not in columns:
        raise VanthuError("bảng thiếu cột «tệp»", path=path, hint=f"các cột: {', '.join(_TITLES)}")
    rows: dict[str, dict[str, object]] = {}
    for cells in reader:
        values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if cell.strip()}
        if "origin" in values:
            origin = str(PurePath(values.pop("origin").replace("\\", "/")))
            rows[origin] = {name: _value(name, value, path, reader.line_num) for name, value in values.items()}
    return Table(rows, level)


def _column(name: str, path: Path) -> str:
    words = re.findall(r"\w+", fold(name))
    for title, column in _TITLES.items():
        if words == fold(title).split():
            return column
    raise VanthuError(f"bảng có cột lạ «{name}»", path=path, hint=f"các cột: {', '.join(_TITLES)}")


def _value(name: str, value: str, path: Path, line: int) -> object:
    try:
        return _PARSERS.get(name, str)(value)
    except (ValueError, KeyError) as error:
        title = next(title for title, column in _TITLES.items() if column == name)
        hint = {"level": f"dùng: {', '.join(LEVEL_NAMES)}", "type": "viết tên loại, như «kế hoạch», hoặc KH"}
        raise VanthuError(
            f"dòng {line}, cột «{title}»: không hiểu «{value}»",
            path=path,
            hint=hint.get(name, "viết ngày như 31/12/2026"),
        ) from error


def _date(value: str) -> datetime.date:
    day = next(dates(value), None)
    if day is not None and day.day is not None:
        return day.day
    return datetime.date.fromisoformat(value)


def _level(value: str) -> str:
    return LEVEL_NAMES["-".join(fold(value).split())]


def _type(value: str) -> str:
    if type_name(value):
        return value
    if not (found := type_of_title(value)):
        raise ValueError(value)
    return found


_TITLES = {
    "tệp": "origin",
    "số ký hiệu": "number",
    "ngày ban hành": "date",
    "cơ quan ban hành": "issuer",
    "trích yếu": "subject",
    "loại": "type",
    "cấp": "level",
    "hiệu lực từ": "in_force_from",
    "hiệu lực đến": "in_force_to",
    "thay bằng": "replaced_by",
}
_PARSERS: Mapping[str, Callable[[str], object]] = {
    "date": _date,
    "in_force_from": _date,
    "in_force_to": _date,
    "level": _level,
    "type": _type,
}
_MAX_BYTES = 1 << 26
