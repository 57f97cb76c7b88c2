"""The figures as an Excel workbook: every row in a sheet, and formulas over the rows that anybody can follow."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from doclint.register.cells import Lines
from doclint.register.entry import CLASSES, FORMS, NEEDLESS, REGIMES, SCOPES, VERDICTS, Entry
from doclint.register.figures import (
    BY,
    COMMUNE_WIDE,
    FEWER_DOCUMENTS,
    FEWER_MEETINGS,
    NAMES,
    ONLINE,
    PROVINCE_WIDE,
    By,
    Figures,
    grouped,
)
from doclint.register.measures import FEWEST
from vanthu.files import atomic_path


def write_workbook(figures: Figures, by: By | None, path: Path) -> None:
    """Write the workbook of ``figures`` to ``path``, with ``by`` a sheet by unit, type or month. Raises OSError."""
    book = Workbook(write_only=True)
    numbers = Lines(book, "Số liệu", (40, 12, 12, 16, 44, 60))
    _documents(numbers, figures)
    _conferences(numbers, figures)
    if by is not None:
        _groups(Lines(book, f"Theo {BY[by]}", (40, 12, 12, 18, 18, 60)), figures, by)
    _rows(Lines(book, _ROWS, (8, 18, 13, 7, 10, 14, 14, 14, 22, 60, 34, 9, 22, 44, 24, 24, 20)), figures)
    _meeting_rows(Lines(book, _MEETINGS, (8, 13, 7, 28, 12, 60, 40, 16)), figures)
    with atomic_path(path) as temporary:
        book.save(temporary)


def _documents(put: Lines, figures: Figures) -> None:
    year = figures.period.year
    put.title(f"Số liệu văn bản và hội nghị năm {year}")
    for note in figures.notes:
        put.note(f"Lưu ý: {note}.")
    put.blank()
    put.head(("Văn bản", f"Năm {year}", f"Năm {year - 1}", "Giảm", "Đánh giá", f"Mã các dòng của năm {year}"))
    total, needless = put.row + 1, put.row + 2
    classes = {both.name: needless + 1 + number for number, both in enumerate(figures.by_class)}
    unclassed = classes[CLASSES[""]]
    put.line(
        "Văn bản hành chính",
        (*(f"={_count(y, None)}" for y in (year, year - 1)), *_fall(total, FEWER_DOCUMENTS)),
        figures.administrative.now,
        rate=True,
    )
    sums = ("=" + "+".join(f"{letter}{classes[CLASSES[cls]]}" for cls in NEEDLESS) for letter in "BC")
    doubt = f"B{unclassed}+C{unclassed}>0"
    fall = _fall(needless, FEWER_DOCUMENTS, doubt)
    put.line("Văn bản không cần thiết", (*sums, *fall), figures.needless.now, rate=True)
    for both in figures.by_class:
        counts = (f"={_count(y, both.name)}" for y in (year, year - 1))
        put.line(f"    {both.name}", (*counts, "", ""), both.now)
    for both in figures.apart:
        put.line(f"{both.name} (tính riêng)", (len(both.now), len(both.before), "", ""), both.now)


def _conferences(put: Lines, figures: Figures) -> None:
    ours, year = figures.conferences, figures.period.year
    put.blank()
    put.head(("Hội nghị", f"Năm {year}", f"Năm {year - 1}", "Tỷ lệ", "Đánh giá", f"Mã các hội nghị của năm {year}"))
    total = put.row + 1
    counts = (f"=COUNTIFS({_HELD_IN},{y})" for y in (year, year - 1))
    put.line(ours.total.name, (*counts, *_fall(total, FEWER_MEETINGS)), ours.total.now, rate=True)
    forms = {}
    for both in ours.by_form:
        forms[both.name] = put.row + 1
        counts = (f"=COUNTIFS({_HELD_IN},{y},{_FORM},{_text(both.name.lower())})" for y in (year, year - 1))
        put.line(f"    {both.name}", (*counts, "", ""), both.now)
    _, hybrid, online = forms.values()
    for share, parts in ((ours.online, (online,)), (ours.open_to_distance, (online, hybrid))):
        here = put.row + 1
        sums = ("=" + "+".join(f"{letter}{row}" for row in parts) for letter in "BC")
        rate = f'=IF(B{total}<{FEWEST},"",B{here}/B{total})'
        judged = (
            f'=IF(B{total}<{FEWEST},"dưới {FEWEST} hội nghị nên không tính tỷ lệ",'
            f'IF(D{here}>={ONLINE}%,"đạt mục tiêu từ {ONLINE}%","chưa đạt mục tiêu từ {ONLINE}%"))'
        )
        put.line(share.name, (*sums, rate, judged), share.part, rate=True)
    for both, most, scope in (
        (ours.province_wide, PROVINCE_WIDE, "toan-tinh"),
        (ours.commune_wide, COMMUNE_WIDE, "toan-xa"),
    ):
        here = put.row + 1
        counts = (f"=COUNTIFS({_HELD_IN},{y},{_SCOPE},{_text(SCOPES[scope])})" for y in (year, year - 1))
        judged = f'=IF(B{here}<={most},"không quá {most} hội nghị một năm","quá {most} hội nghị một năm")'
        put.line(both.name, (*counts, "", judged), both.now)


def _groups(put: Lines, figures: Figures, by: By) -> None:
    year = figures.period.year
    titles = (f"Năm {year}", f"Năm {year - 1}", f"Không cần thiết {year}", f"Không cần thiết {year - 1}")
    put.head((BY[by].capitalize(), *titles, f"Mã các dòng của năm {year}"))
    column = {"unit": _UNIT, "type": _TYPE, "month": _MONTH}[by]
    needless = "{" + ",".join(f'"{CLASSES[cls]}"' for cls in NEEDLESS) + "}"
    for group in grouped(figures.entries, figures.period, by):
        criterion = f"{column},{_text(group.name)}"
        counts = [f"={_count(y, None, criterion)}" for y in (year, year - 1)]
        counts += [f"=SUMPRODUCT(COUNTIFS({_YEAR},{y},{criterion},{_CLASS},{needless}))" for y in (year, year - 1)]
        put.line(group.name, counts, group.all.now)


def _rows(put: Lines, figures: Figures) -> None:
    put.table(
        (
            "Mã", "Số, ký hiệu", "Ngày ban hành", "Năm", "Tháng", "Loại", "Đơn vị", "Chế độ", "Phân loại", "Trích yếu",
            "Cơ quan ban hành", "Số nơi nhận", "Đề xuất phân loại", "Lý do đề xuất", "Kết luận soát", "Tệp", "SHA-256",
        ),
        map(_row, figures.entries),
    )  # fmt: skip


def _row(entry: Entry) -> Sequence[object]:
    return (
        entry.id,
        entry.code,
        entry.date,
        entry.date.year,
        NAMES["month"](entry),
        NAMES["type"](entry),
        NAMES["unit"](entry),
        REGIMES[entry.regime],
        CLASSES[entry.cls],
        entry.subject,
        entry.issuer,
        entry.recipients,
        CLASSES[entry.proposed] if entry.proposed else "",
        entry.reason,
        VERDICTS[entry.verdict],
        entry.file,
        entry.sha256,
    )


def _meeting_rows(put: Lines, figures: Figures) -> None:
    put.table(
        ("Mã", "Ngày", "Năm", "Hình thức", "Phạm vi", "Nội dung", "Mục đích", "Theo văn bản mã"),
        (
            (
                one.id,
                one.date,
                one.date.year,
                FORMS[one.form],
                SCOPES[one.scope],
                one.subject,
                one.purpose,
                one.document,
            )
            for one in figures.meetings
        ),
    )


def _count(year: int, cls: str | None, criterion: str = "") -> str:
    """Return the formula for the administrative documents of a year, or for those of a class."""
    wanted = _text(cls) if cls is not None else f'"<>{CLASSES["khong-tinh"]}"'
    return f"COUNTIFS({_YEAR},{year},{_CLASS},{wanted}{',' if criterion else ''}{criterion})"


def _fall(row: int, wanted: int, doubt: str = "FALSE") -> tuple[str, str]:
    """Return the formulas for the fall from the year before and for what is to be thought of it."""
    few = f"C{row}<{FEWEST}"
    return (
        f'=IF(OR({few},{doubt}),"",(C{row}-B{row})/C{row})',
        f'=IF({doubt},"chưa so được: còn văn bản chưa phân loại",'
        f'IF(C{row}=0,"không so được: năm trước không có dòng nào",'
        f'IF({few},"năm trước có dưới {FEWEST} nên không tính tỷ lệ",'
        f'IF(D{row}>={wanted}%,"đạt mục tiêu giảm {wanted}%","chưa đạt mục tiêu giảm {wanted}%"))))',
    )


def _text(value: str) -> str:
    """Return a criterion that is this text and no other: no wildcard, no comparison."""
    for special in "~*?":
        value = value.replace(special, f"~{special}")
    return '"=' + value.replace('"', '""') + '"'


_ROWS, _MEETINGS = "Dòng dữ liệu", "Hội nghị"
_LAST = 1_048_576


def _column(sheet: str, letter: str) -> str:
    return f"'{sheet}'!${letter}$2:${letter}${_LAST}"


_YEAR, _MONTH, _TYPE, _UNIT, _CLASS = (_column(_ROWS, letter) for letter in "DEFGI")
_HELD_IN, _FORM, _SCOPE = (_column(_MEETINGS, letter) for letter in "CDE")
