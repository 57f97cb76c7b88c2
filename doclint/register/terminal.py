"""The register for a person at a terminal: its rows, and the figures with the rows that each was counted from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from doclint.register.entry import CLASSES, FORMS, SCOPES, Change, Entry, Meeting
from doclint.register.figures import Figures, Group
from doclint.register.lines import Line, lines_of
from doclint.register.measures import Rows, ranges
from vanthu.errors import dotted


def figure_lines(figures: Figures, groups: Sequence[Group], heading: str) -> Iterator[str]:
    """Yield the lines that tell the figures, with a table of ``groups`` when there are any."""
    year = figures.period.year
    yield f"Năm {year}"
    for note in figures.notes:
        yield f"  Lưu ý: {note}."
    if not figures.entries:
        yield "  Sổ chưa có văn bản nào của hai năm này."
        yield "  Thêm: doclint register add TỆP…, hoặc doclint register import BẢNG.csv"
    section = ""
    for line in lines_of(figures):
        if line.section != section:
            section = line.section
            yield from ("", section)
        yield from _figure(line)
    if groups:
        yield ""
        yield from _table(groups, heading, year)


def document_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the documents, one a line."""
    yield from _columns(
        ("Mã", "Số, ký hiệu", "Ngày", "Phân loại", "Trích yếu"),
        [(str(one.id), one.code, f"{one.date:%d/%m/%Y}", CLASSES[one.cls], one.subject) for one in entries],
    )


def meeting_lines(meetings: Sequence[Meeting]) -> Iterator[str]:
    """Yield the conferences, one a line."""
    yield from _columns(
        ("Mã", "Ngày", "Hình thức", "Phạm vi", "Nội dung"),
        [
            (
                str(one.id),
                f"{one.date:%d/%m/%Y}",
                FORMS[one.form] if one.held else "không tổ chức",
                SCOPES[one.scope],
                one.subject,
            )
            for one in meetings
        ],
    )


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield what was changed in a row, the oldest first."""
    for one in changes:
        before, after = (_value(one.field, value) for value in (one.before, one.after))
        yield f"{one.when}  {one.who}: {_FIELDS.get(one.field, one.field)} «{before}» thành «{after}», vì {one.reason}"


def _figure(line: Line) -> Iterator[str]:
    indent = 6 if line.part else 2
    counts = f"{dotted(len(line.now))}, năm trước {dotted(len(line.before))}"
    words = f"; {line.words}" if line.words else ""
    judged = f" → {line.judgement}" if line.judgement else ""
    yield f"{' ' * indent}{line.name[0].lower() + line.name[1:] if line.part else line.name}: {counts}{words}{judged}"
    yield from _ids(line.now, indent + 2)


def _ids(rows: Rows, indent: int) -> Iterator[str]:
    if rows:
        listed = ranges(rows)
        whole = listed if len(listed) <= _LONGEST else f"{listed[:_LONGEST].rpartition(',')[0]}… (đủ ở --format xlsx)"
        yield f"{' ' * indent}dòng {whole}"


def _table(groups: Sequence[Group], heading: str, year: int) -> Iterator[str]:
    titles = (heading.capitalize(), str(year), str(year - 1), f"Không cần thiết {year}", f"{year - 1}")
    rows = [
        (
            group.name,
            *(dotted(len(rows)) for both in (group.all, group.needless) for rows in (both.now, both.before)),
        )
        for group in groups
    ]
    yield from _columns(titles, rows, numbers=True)


def _columns(titles: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = False) -> Iterator[str]:
    """Yield the rows with columns as wide as their longest text; all but the first are numbers, if said so."""
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]

    def line(cells: Iterable[str]) -> str:
        padded = (
            cell.rjust(width) if numbers and number else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return "  ".join(padded).rstrip()

    yield line(titles)
    yield from map(line, rows)


def _value(field: str, value: str) -> str:
    if field == "class":
        return next((name for cls, name in CLASSES.items() if cls == value), value)
    if field == "held":
        return "có" if value == "1" else "không"
    return FORMS.get(value) or SCOPES.get(value) or value


_FIELDS = {
    "class": "phân loại",
    "form": "hình thức",
    "scope": "phạm vi",
    "date": "ngày",
    "held": "tổ chức",
    "sha256": "tệp (SHA-256)",
}
_LONGEST = 100
