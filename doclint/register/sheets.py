"""Tables (CSV) of documents and of conferences → rows for the register."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from doclint.anatomy.parts import Header, Number
from doclint.anatomy.types import regime_of, type_name, type_of_title
from doclint.document import Span
from doclint.register.entry import CLASSES, FORMS, FORMULA, SCOPES, Class, Entry, Meeting
from doclint.register.intake import plain
from doclint.table import Row, date_in, read_rows, title_of
from doclint.vietnamese.normalise import fold
from vanthu.errors import VanthuError

R = TypeVar("R")

DOCUMENT_TITLES = {
    "số ký hiệu": "code",
    "ngày ban hành": "date",
    "loại": "type",
    "trích yếu": "subject",
    "cơ quan ban hành": "issuer",
    "đơn vị soạn thảo": "unit",
    "chức vụ người ký": "position",
    "người ký": "signer",
    "mức độ khẩn": "urgency",
    "số nơi nhận": "recipients",
    "số bản": "copies",
    "phân loại": "cls",
    # What the register knows besides: written by an export, and read by no import.
    "mã": "id",
    "lĩnh vực quản lý văn bản": "regime",
    "đề xuất phân loại": "proposed",
    "lý do đề xuất": "reason",
    "kết luận soát": "verdict",
    "quy tắc có phát hiện": "codes",
    "tệp": "file",
    "sha 256": "sha256",
}
MEETING_TITLES = {
    "ngày": "date",
    "nội dung": "subject",
    "hình thức": "form",
    "phạm vi": "scope",
    "mục đích": "purpose",
    "mã": "id",
    "theo văn bản mã": "document",
    "tổ chức": "held",
}


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """The rows of a table, and what is wrong in it, by line, in Vietnamese: with a fault none of it is taken."""

    rows: list[R] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_documents(path: Path, issuer: str = "") -> Sheet[Entry]:
    """Read a table of documents; ``issuer`` is for rows that name none. Raises VanthuError for what is no table."""
    return _read(path, DOCUMENT_TITLES, ("code", "date", "subject"), lambda cells: _entry(cells, issuer))


def read_meetings(path: Path) -> Sheet[Meeting]:
    """Read a table of conferences. Raises VanthuError for what is no table."""
    return _read(path, MEETING_TITLES, ("date", "subject", "form"), _meeting)


def class_named(value: str) -> Class | None:
    """Return the class that a person means by «chuyển tiếp», «chuyen-tiep» or «Chuyển tiếp», None when none."""
    return next((cls for cls, name in CLASSES.items() if _slug(value) in (cls, _slug(name))), None)


def _read(
    path: Path, titles: Mapping[str, str], required: Collection[str], made: Callable[[Mapping[str, str]], R]
) -> Sheet[R]:
    sheet: Sheet[R] = Sheet()
    rows = list(read_rows(path, titles, ()))
    for name in required:
        if rows and all(name not in row.cells for row in rows):
            raise VanthuError(
                f"bảng thiếu cột «{title_of(name, titles)}», hay cột ấy để trống",
                path=path,
                hint=f"các cột: {', '.join(titles)}",
            )
    for row in rows:
        try:
            missing = [title_of(name, titles) for name in required if name not in row.cells]
            if missing:
                raise _Fault(f"thiếu «{'», «'.join(missing)}»")
            sheet.rows.append(made({name: _unguarded(value) for name, value in row.cells.items()}))
            sheet.lines.append(row.line)
        except _Fault as fault:
            sheet.faults.append(_at(row, fault))
    return sheet


class _Fault(ValueError):
    """What is wrong in a row, in Vietnamese."""


def _at(row: Row, fault: _Fault) -> str:
    return f"dòng {row.line}: {fault}"


def _entry(cells: Mapping[str, str], issuer: str) -> Entry:
    number, symbol = _code(cells["code"])
    type = _type(cells.get("type", ""), symbol)
    regime = regime_of(Header(number=Number(Span(0, 0), number, symbol), type=type))
    cls = _class(cells["cls"]) if "cls" in cells else ""
    return Entry(
        number=number,
        symbol=symbol,
        date=_date(cells["date"]),
        subject=plain(cells["subject"]),
        type=type,
        regime=regime,
        issuer=plain(cells.get("issuer", issuer)),
        unit=plain(cells.get("unit", "")),
        position=plain(cells.get("position", "")),
        signer=plain(cells.get("signer", "")),
        urgency=plain(cells.get("urgency", "")),
        recipients=_count(cells, "recipients"),
        copies=_count(cells, "copies"),
        cls=cls or ("khong-tinh" if regime != "state" else ""),
        reason="theo bảng nhập" if cls else "",
    )


def _meeting(cells: Mapping[str, str]) -> Meeting:
    return Meeting(
        date=_date(cells["date"]),
        subject=plain(cells["subject"]),
        form=_one_of(cells["form"], FORMS, "hình thức"),
        scope=_one_of(cells.get("scope", "khác"), SCOPES, "phạm vi"),
        purpose=plain(cells.get("purpose", "")),
        held=_slug(cells.get("held", "có")) != "khong",
    )


def _code(value: str) -> tuple[str, str]:
    found = re.match(r"(?:Số\s*:?\s*)?(?P<number>\d{1,6}[A-Za-zđĐ]?)\s*(?:[/-]\s*(?P<symbol>\S.*))?$", plain(value))
    if found is None:
        raise _Fault(f"không hiểu số ký hiệu «{plain(value)[:40]}» (viết như 188/BC-UBND)")
    return found["number"], (found["symbol"] or "").replace(" ", "")


def _type(value: str, symbol: str) -> str:
    """Return the abbreviation of the type in a cell; where there is none, that in the symbol: «KH-UBND»."""
    if not value:
        first = re.split(r"[/-]", re.sub(r"^\d{4}/", "", symbol))[0]
        return first if type_name(first) else "CV" if "-" in symbol else ""
    found = value if type_name(value) else type_of_title(value)
    if not found:
        raise _Fault(f"không có loại văn bản «{plain(value)[:40]}» (viết như «kế hoạch» hoặc KH)")
    return found


def _date(value: str) -> datetime.date:
    try:
        day = date_in(value)
    except ValueError as error:
        raise _Fault(f"không hiểu ngày «{plain(value)[:40]}» (viết như 31/12/2026)") from error
    if not _FIRST_YEAR <= day.year <= datetime.date.today().year + 1:
        raise _Fault(f"ngày «{plain(value)[:40]}» không thể đúng")
    return day


def _count(cells: Mapping[str, str], name: str) -> int | None:
    value = cells.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", value):
        raise _Fault(f"«{title_of(name, DOCUMENT_TITLES)}» phải là số, không phải «{plain(value)[:40]}»")
    return int(value)


def _class(value: str) -> Class:
    found = class_named(value)
    if found is None:
        listed = ", ".join(CLASSES.values())
        raise _Fault(f"không có phân loại «{plain(value)[:40]}» (dùng: {listed})")
    return found


def _one_of(value: str, names: Mapping[str, str], title: str) -> str:
    found = next((code for code, name in names.items() if _slug(value) in (code, _slug(name))), None)
    if found is None:
        raise _Fault(f"không hiểu {title} «{plain(value)[:40]}» (dùng: {', '.join(names.values())})")
    return found


def _slug(value: str) -> str:
    return "-".join(re.findall(r"\w+", fold(value)))


def _unguarded(value: str) -> str:
    return value[1:] if value.startswith("'") and value[1:].startswith(FORMULA) else value


_FIRST_YEAR = 1945
