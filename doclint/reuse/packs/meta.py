"""The table that an office keeps of its documents (CSV) → what a pack shall believe of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from doclint.anatomy.gazetteer import Level
from doclint.anatomy.types import type_name, type_of_title
from doclint.reuse.packs.entry import Entry
from doclint.table import DATE_HINT, date_in, fault, read_rows, title_of
from doclint.vietnamese.normalise import fold

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
        if not self.rows:
            return ""
        parts = PurePath(origin).parts
        names = (str(PurePath(*parts[start:])) for start in range(len(parts)))
        return next((name for name in names if name in self.rows), "")


def read_table(path: Path, level: str = "") -> Table:
    """Read a CSV file as Excel or LibreOffice saves it. Raises VanthuError naming the row and the fault.

    The first line names the columns; the file has to be named, the others may be left out or be empty.
    """
    rows: dict[str, dict[str, object]] = {}
    for row in read_rows(path, _TITLES, ("origin",)):
        values = dict(row.cells)
        origin = str(PurePath(values.pop("origin").replace("\\", "/")))
        rows[origin] = {name: _value(name, value, path, row.line) for name, value in values.items()}
    return Table(rows, level)


def _value(name: str, value: str, path: Path, line: int) -> object:
    try:
        return _PARSERS.get(name, str)(value)
    except (ValueError, KeyError) as error:
        hint = {"level": f"dùng: {', '.join(LEVEL_NAMES)}", "type": "viết tên loại, như «kế hoạch», hoặc KH"}
        raise fault(path, line, title_of(name, _TITLES), value, hint.get(name, DATE_HINT)) from error


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
    "date": date_in,
    "in_force_from": date_in,
    "in_force_to": date_in,
    "level": _level,
    "type": _type,
}
