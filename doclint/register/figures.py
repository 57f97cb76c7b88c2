"""The figures of a year: counts, and what became of the targets, each with the rows that it was counted from."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from doclint.register.entry import CLASSES, NEEDLESS, Entry, Meeting
from doclint.register.measures import Rows, Share, Target

By = Literal["unit", "type", "month"]
R = TypeVar("R", Entry, Meeting)

FEWER_DOCUMENTS = 15  # per cent a year: Kế hoạch II.5.b; Kết luận 226
FEWER_MEETINGS = 10  # per cent a year: II.4.b
ONLINE = 60  # per cent of all conferences at least: II.4.b
PROVINCE_WIDE, COMMUNE_WIDE = 2, 3  # conferences a year at most: Kết luận 226


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are counted of a year, and the same days of the year before."""

    year: int
    until: datetime.date

    @property
    def whole(self) -> bool:
        """Tell whether the year is over."""
        return self.until == datetime.date(self.year, 12, 31)

    @property
    def until_before(self) -> datetime.date:
        """The last day that is counted of the year before."""
        leap = (self.until.month, self.until.day) == (2, 29)
        return self.until.replace(year=self.year - 1, day=28 if leap else self.until.day)

    def of_both(self, rows: Iterable[R]) -> tuple[R, ...]:
        """Return the rows of these days of this year and of the year before."""
        year, until, before = self.year, self.until, self.until_before
        return tuple(
            row
            for row in rows
            if (row.date <= until if row.date.year == year else row.date.year == year - 1 and row.date <= before)
        )


@dataclass(frozen=True, slots=True)
class Both:
    """Rows of one kind in the period and in the same days of the year before."""

    name: str
    now: Rows
    before: Rows


@dataclass(frozen=True, slots=True)
class Group:
    """The administrative documents of a unit, a type or a month; the needless ones among them."""

    name: str
    all: Both
    needless: Both


@dataclass(frozen=True, slots=True)
class Conferences:
    """Conferences in all, and by form and scope; ``open_to_distance`` adds those held in both forms to the online."""

    total: Both
    by_form: tuple[Both, Both, Both]
    """In person, in both forms at once, online."""
    online: Share
    open_to_distance: Share
    fewer: Target
    province_wide: Both
    commune_wide: Both


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period, what must be known to read them, and the rows themselves."""

    period: Period
    administrative: Target
    """First reading (Kết luận 226): all administrative documents."""
    needless: Target
    """Second reading (Kế hoạch II.5.b): the needless ones."""
    by_class: tuple[Both, ...]
    apart: tuple[Both, ...]
    """What is no administrative document: legal-normative, of the Party, others."""
    months: tuple[Group, ...]
    conferences: Conferences
    notes: tuple[str, ...]
    entries: tuple[Entry, ...]
    """The documents of both periods."""
    meetings: tuple[Meeting, ...]


def figures_of(entries: Sequence[Entry], meetings: Sequence[Meeting], period: Period) -> Figures:
    """Count the documents and conferences of ``period`` and of the same days a year before."""
    counted = period.of_both(entries)
    held = period.of_both(meeting for meeting in meetings if meeting.held)
    administrative = [entry for entry in counted if entry.cls != "khong-tinh"]
    all_of_them = _both("Văn bản hành chính", administrative, period)
    by_class = {cls: _both(CLASSES[cls], [one for one in counted if one.cls == cls], period) for cls in CLASSES}
    needless = _both("Văn bản không cần thiết", [one for one in administrative if one.cls in NEEDLESS], period)
    unclassed = by_class[""]
    return Figures(
        period,
        Target(all_of_them.name, all_of_them.now, all_of_them.before, FEWER_DOCUMENTS),
        Target(needless.name, needless.now, needless.before, FEWER_DOCUMENTS, _doubt(unclassed)),
        tuple(both for cls, both in by_class.items() if cls != "khong-tinh"),
        tuple(_apart(counted, period)),
        grouped(administrative, period, "month"),
        _conferences(held, period),
        tuple(_notes(entries, unclassed, period)),
        counted,
        held,
    )


def grouped(entries: Iterable[Entry], period: Period, by: By) -> tuple[Group, ...]:
    """Return the administrative documents of both years by unit, type or month, in the order of their names."""
    groups: dict[str, list[Entry]] = {}
    spelled: dict[str, str] = {}
    for entry in entries:
        if entry.cls != "khong-tinh":
            # «vp» and «VP» are one unit, to us as to a spreadsheet.
            name = NAMES[by](entry)
            groups.setdefault(spelled.setdefault(name.casefold(), name), []).append(entry)
    # Months by number, units by name, what is unknown last.
    order = sorted(groups, key=lambda name: (name == UNKNOWN, len(name) if by == "month" else 0, name))
    return tuple(
        Group(
            name,
            _both(name, groups[name], period),
            _both(name, [one for one in groups[name] if one.cls in NEEDLESS], period),
        )
        for name in order
    )


def _both(name: str, rows: Iterable[Entry | Meeting], period: Period) -> Both:
    now: list[int] = []
    before: list[int] = []
    for row in rows:
        (now if row.date.year == period.year else before).append(row.id)
    return Both(name, tuple(now), tuple(before))


def _apart(entries: Sequence[Entry], period: Period) -> Iterable[Both]:
    apart = [entry for entry in entries if entry.cls == "khong-tinh"]
    names = {"legal-normative": "Văn bản quy phạm pháp luật", "party": "Văn bản của Đảng", "state": "Không tính, khác"}
    for regime, name in names.items():
        both = _both(name, [entry for entry in apart if entry.regime == regime], period)
        if both.now or both.before:
            yield both


def _conferences(held: Sequence[Meeting], period: Period) -> Conferences:
    def where(name: str, wanted: Callable[[Meeting], bool]) -> Both:
        return _both(name, [meeting for meeting in held if wanted(meeting)], period)

    total = _both("Tổng số hội nghị", held, period)
    online = where("Trực tuyến", lambda one: one.form == "truc-tuyen")
    hybrid = where("Trực tiếp kết hợp trực tuyến", lambda one: one.form == "ket-hop")
    in_person = where("Trực tiếp", lambda one: one.form == "truc-tiep")
    return Conferences(
        total,
        (in_person, hybrid, online),
        Share("Hội nghị trực tuyến", online.now, total.now, ONLINE),
        Share("Hội nghị trực tuyến và kết hợp", (*online.now, *hybrid.now), total.now, ONLINE),
        Target(total.name, total.now, total.before, FEWER_MEETINGS),
        where("Hội nghị toàn tỉnh", lambda one: one.scope == "toan-tinh"),
        where("Hội nghị toàn xã", lambda one: one.scope == "toan-xa"),
    )


def _doubt(unclassed: Both) -> str:
    """Say why the needless ones of both years cannot be compared, empty when they can."""
    named = (("năm trước", unclassed.before), ("năm nay", unclassed.now))
    counts = [f"{year} còn {len(rows)} văn bản chưa phân loại" for year, rows in named if rows]
    return ", ".join(counts)


def _notes(entries: Sequence[Entry], unclassed: Both, period: Period) -> Iterable[str]:
    before, until = period.year - 1, period.until
    if not period.whole:
        yield (
            f"năm {period.year} tính đến hết ngày {until:%d/%m/%Y}, so với cùng kỳ năm {before} "
            f"(đến hết ngày {period.until_before:%d/%m/%Y})"
        )
    if doubt := _doubt(unclassed):
        yield f"{doubt}: phân loại xong thì số liệu về văn bản không cần thiết mới đủ"
    days = [entry.date for entry in entries if entry.date.year == period.year]
    if days and (period.until - max(days)).days > _LATE:
        yield f"văn bản mới nhất trong sổ ban hành ngày {max(days):%d/%m/%Y}: sổ có thể chưa đủ"
    earlier = [entry.date for entry in entries if entry.date.year == before]
    if earlier and min(earlier).month > 1:
        yield f"văn bản sớm nhất của năm {before} trong sổ ban hành ngày {min(earlier):%d/%m/%Y}: sổ có thể thiếu"


def _type(entry: Entry) -> str:
    from doclint.anatomy.types import type_name

    return type_name(entry.type) or UNKNOWN


BY: dict[By, str] = {"unit": "đơn vị", "type": "loại", "month": "tháng"}
"""What documents are grouped by, in Vietnamese."""
UNKNOWN = "chưa rõ"
NAMES: dict[By, Callable[[Entry], str]] = {
    "unit": lambda entry: entry.unit or UNKNOWN,
    "type": _type,
    "month": lambda entry: f"tháng {entry.date.month}",
}
_LATE = 14
"""Days without a document after which one may ask whether all are entered."""
