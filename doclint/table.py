"""Tables that people keep in Excel or LibreOffice and save as CSV: columns by their Vietnamese titles."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from doclint.vietnamese.dates import dates
from doclint.vietnamese.normalise import fold
from vanthu.errors import VanthuError, os_reason

MAX_BYTES = 32 << 20
DATE_HINT = "viết ngày như 31/12/2026"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its line in the file, and the cells that are not empty by the names of their columns."""

    line: int
    cells: Mapping[str, str]


def read_rows(path: Path, titles: Mapping[str, str], required: Collection[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file that are not empty; ``titles`` are the columns it may have, each with its name,
    and every row has to fill those that are ``required``.

    The first line holds the titles, in any order, whatever their accents and capitals. Raises VanthuError for a file
    that cannot be read, is no UTF-8 or too large, for a column that is not known or stands twice, and for a required
    one that is missing.
    """
    text = _text(path)
    head = text.partition("\n")[0]
    reader = csv.reader(StringIO(text), delimiter=max(",;\t", key=head.count))
    try:
        columns = [_column(title, titles, path) for title in next(reader, [])]
        if twice := next((name for name in columns if columns.count(name) > 1), ""):
            raise VanthuError(f"bảng có hai cột «{title_of(twice, titles)}»", path=path)
        for name in required:
            if name not in columns:
                hint = f"các cột: {', '.join(titles)}"
                raise VanthuError(f"bảng thiếu cột «{title_of(name, titles)}»", path=path, hint=hint)
        for cells in reader:
            named = zip(columns, map(str.strip, cells), strict=False)
            values = {name: cell for name, cell in named if cell}
            if not values:
                continue
            for name in required:
                if name not in values:
                    raise VanthuError(f"dòng {reader.line_num}: thiếu «{title_of(name, titles)}»", path=path)
            yield Row(reader.line_num, values)
    except csv.Error as error:
        raise VanthuError(f"dòng {reader.line_num}: không phải bảng CSV", path=path) from error


def fault(path: Path, line: int, title: str, value: str, hint: str) -> VanthuError:
    """Return the error that a cell cannot be understood."""
    return VanthuError(f"dòng {line}, cột «{title}»: không hiểu «{value}»", path=path, hint=hint)


def title_of(name: str, titles: Mapping[str, str]) -> str:
    """Return the title of the column ``name``."""
    return next(title for title, column in titles.items() if column == name)


def date_in(value: str) -> datetime.date:
    """Return the day of a cell: 31/12/2026, «ngày 31 tháng 12 năm 2026» or 2026-12-31. Raises ValueError."""
    day = next(dates(value), None)
    if day is not None and day.day is not None:
        return day.day
    return datetime.date.fromisoformat(value)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise VanthuError("bảng quá lớn", path=path, hint="chia thành nhiều tệp")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise VanthuError("bảng không phải UTF-8", path=path, hint="lưu lại dạng CSV UTF-8") from error
    except OSError as error:
        raise VanthuError(f"không đọc được bảng ({os_reason(error)})", path=path) from error


def _column(title: str, titles: Mapping[str, str], path: Path) -> str:
    words = re.findall(r"\w+", fold(title))
    for known, name in titles.items():
        if words == fold(known).split():
            return name
    raise VanthuError(f"bảng có cột lạ «{title}»", path=path, hint=f"các cột: {', '.join(titles)}")
