"""The workbook, worked out by LibreOffice, and the report, checked by our own rules."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from doclint.api import check
from doclint.office import Office
from doclint.register.figures import By, Figures, Period, figures_of, grouped
from doclint.register.lines import lines_of
from doclint.register.measures import ranges
from doclint.register.report import deadline, write_report
from doclint.register.workbook import write_workbook
from tests.doclint.office import Office as LibreOffice
from tests.doclint.register.made import entries, meetings

OFFICE = Office(name="Ủy ban nhân dân xã Vĩnh Trầm")


def figures(seed: int, count: int = 500, until: datetime.date = datetime.date(2026, 12, 6)) -> Figures:
    return figures_of(entries(seed, count), meetings(seed, count // 8), Period(2026, until))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "count", "by"), [(0, 500, "unit"), (1, 500, "type"), (2, 3, "month"), (4, 500, "month")]
)
def test_formulas_count_what_we_count(office: LibreOffice, tmp_path: Path, seed: int, count: int, by: By) -> None:
    if not Path(office.program).resolve().with_name("libsclo.so").is_file():
        pytest.skip("cần LibreOffice Calc (gói libreoffice-calc-nogui)")
    told = figures(seed, count)
    write_workbook(told, by, tmp_path / "so.xlsx")
    # The last number asks for every sheet, in files of their own.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    with pytest.raises(AssertionError):  # «so.csv» is none of their names
        office.convert([tmp_path / "so.xlsx"], tmp_path, form)
    numbers = rows_of(tmp_path / "so-Số liệu.csv")
    for line in lines_of(told):
        shown = next(row for row in numbers if row[0].strip() in (line.name, f"{line.name} (tính riêng)"))
        assert int(shown[1]) == len(line.now), line
        numbers.remove(shown)
        assert int(shown[2]) == len(line.before), line
        if line.judgement:
            assert shown[4] == line.judgement
        assert shown[5] == ranges(line.now) or shown[5].endswith("… (lọc ở trang các dòng)")
    title = {"unit": "đơn vị", "type": "loại", "month": "tháng"}[by]
    groups = {row[0]: row[1:5] for row in rows_of(tmp_path / f"so-Theo {title}.csv")[1:]}
    for group in grouped(told.entries, told.period, by):
        counts = [len(rows) for both in (group.all, group.needless) for rows in (both.now, both.before)]
        assert list(map(int, groups[group.name])) == counts
    assert not any(cell.startswith(("#", "Err:")) for row in numbers for cell in row)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_only_our_formulas_are_formulas(tmp_path: Path) -> None:
    told = figures(0)
    write_workbook(told, "unit", tmp_path / "so.xlsx")
    book = openpyxl.load_workbook(tmp_path / "so.xlsx")
    rows = book["Dòng dữ liệu"]
    assert rows.auto_filter.ref == f"A1:Q{len(told.entries) + 1}"
    assert rows.max_row == len(told.entries) + 1
    assert not any(cell.data_type == "f" for row in rows.iter_rows() for cell in row)
    assert all(row[0].data_type == "s" for row in book["Theo đơn vị"].iter_rows(min_row=2))
    assert book["Số liệu"]["B6"].data_type == "f" or book["Số liệu"]["B5"].data_type == "f"


@pytest.mark.parametrize(("seed", "count"), [(0, 500), (1, 500), (2, 3), (3, 0)])
@pytest.mark.parametrize("half", [True, False])
def test_our_rules_find_nothing_in_the_report_but_blanks(tmp_path: Path, seed: int, count: int, half: bool) -> None:
    due = deadline(2026, half=half)
    told = figures(seed, count, due - datetime.timedelta(days=1))
    write_report(told, due, OFFICE, tmp_path / "bao-cao.docx")
    report = check(tmp_path / "bao-cao.docx")
    assert report.checked and report.anatomy is not None and report.document is not None
    found = [finding for finding in report.findings if finding.level != "info"]
    # Who signs is a blank too.
    assert [(finding.code, finding.message) for finding in found] == [("TT20", "Không thấy: họ tên người ký.")]
    assert report.anatomy.header.date == due - datetime.timedelta(days=1)
    text = report.document.text
    assert "Vĩnh Trầm, ngày 06 tháng" in text
    table = docx.Document(str(tmp_path / "bao-cao.docx")).tables[2]
    shown = {row.cells[0].text: [cell.text for cell in row.cells] for row in table.rows}
    for number, line in enumerate(lines_of(told), start=1):
        assert ranges(line.now) in shown[str(number)][4]
        assert ranges(line.before) in shown[str(number)][4]
    for number in ("1", "2"):
        assert f"{shown[number][2]} " in text and f"(dòng {number})" in text


def test_an_office_without_a_name_is_that_of_its_documents(tmp_path: Path) -> None:
    rows = entries(0, 50)
    named = [type(row)(**{**{f: getattr(row, f) for f in row.__slots__}, "issuer": "SỞ NỘI VỤ"}) for row in rows]
    told = figures_of(named, [], Period(2026, datetime.date(2026, 6, 6)))
    write_report(told, deadline(2026, half=True), Office(), tmp_path / "a.docx")
    report = check(tmp_path / "a.docx")
    assert report.anatomy is not None and report.anatomy.header.issuer is not None
    assert report.anatomy.header.issuer.name == "SỞ NỘI VỤ"
