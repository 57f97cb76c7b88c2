from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from digitize.describe.catalogue import FILE, SCHEMA_VERSION, Catalogue, open_catalogue
from digitize.describe.checks import as_iso, checked
from digitize.describe.describe import describe
from digitize.describe.review import Taken, take_back
from digitize.describe.values import LABELS
from digitize.describe.workbook import ACCEPTED, BEFORE, DIGEST, FIRST, SHEET, export
from tests.digitize.describe_specimens import Sheet, printed
from vanthu.errors import VanthuError

ONE, TWO = "1" * 64, "2" * 64
COLUMN = {field: number for number, field in enumerate(LABELS, start=FIRST)}


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue of two documents: one that is sure, and one with a number by hand."""
    with open_catalogue(tmp_path) as opened:
        opened.describe(ONE, "a", describe([printed(Sheet())]))
        opened.describe(TWO, "a", describe([printed(Sheet(number="Số: 118 /NQ-HĐND", title="NGHỊ QUYẾT"))]))
        yield opened


def value(catalogue: Catalogue, sha256: str, field: str) -> str:
    return next(row.value for row in catalogue.rows(sha256) if row.field == field)


def test_what_waits_is_queued_and_leaves_the_queue(catalogue: Catalogue) -> None:
    waiting = [(row.sha256, row.field) for row in catalogue.queue()]
    assert (TWO, "number") in waiting
    assert ONE not in {sha256 for sha256, _ in waiting}
    catalogue.accept(TWO, "date", who="An")
    catalogue.correct(TWO, "number", "116", who="An")
    assert not {(TWO, "number"), (TWO, "date")} & {(row.sha256, row.field) for row in catalogue.queue()}


def test_who_reads_does_not_wait_for_who_writes(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.database.execute("BEGIN IMMEDIATE")  # as the import of a large workbook does, for minutes
    with open_catalogue(tmp_path) as other:
        other.database.execute("PRAGMA busy_timeout = 0")
        assert other.count() == 2
    catalogue.database.execute("ROLLBACK")


def test_an_older_catalogue_is_brought_up_once(catalogue: Catalogue, tmp_path: Path) -> None:
    before = [row for sha256 in (ONE, TWO) for row in catalogue.rows(sha256)]
    catalogue.database.execute("DROP INDEX waiting")
    catalogue.database.execute(
        "CREATE INDEX waiting ON fields (sha256, field) WHERE author = 'machine' AND status = 'review'"
    )
    catalogue.database.execute("PRAGMA user_version = 2")
    for _ in range(2):
        with open_catalogue(tmp_path) as opened:
            assert opened.database.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
            names = [row[2] for row in opened.database.execute("PRAGMA index_info(waiting)")]
            assert names == ["sha256", "field", "confidence"]
            assert [row for sha256 in (ONE, TWO) for row in opened.rows(sha256)] == before


def test_a_persons_word_outlasts_a_new_reading(catalogue: Catalogue) -> None:
    catalogue.correct(TWO, "number", "116", who="An")
    catalogue.accept(TWO, "date", who="An")
    catalogue.describe(
        TWO, "b", describe([printed(Sheet(number="Số: 777/KH-SNV", dateline="Huế, ngày 01 tháng 01 năm 1999"))])
    )
    rows = {row.field: row for row in catalogue.rows(TWO)}
    assert (rows["number"].value, rows["number"].read, rows["number"].author) == ("116", "777", "corrected")
    assert (rows["date"].value, rows["date"].author) == ("2024-03-05", "accepted")
    assert rows["symbol"].value == "KH-SNV"
    assert catalogue.reading_of(TWO) == "b"
    assert [(c.before, c.after, c.author, c.who) for c in catalogue.changes(TWO) if c.field == "number"] == [
        ("", "118", "machine", "máy"),
        ("118", "116", "corrected", "An"),
    ]


def test_the_change_log_cannot_be_rewritten(catalogue: Catalogue) -> None:
    for statement in ("DELETE FROM changes", "UPDATE changes SET who = 'Bình'"):
        with pytest.raises(sqlite3.IntegrityError):
            catalogue.database.execute(statement)
    assert catalogue.changes(ONE)


@pytest.mark.parametrize(
    ("field", "said"),
    [("date", "31/02/2024"), ("number", "mười"), ("symbol", "QĐ UBND"), ("type", "Sắc lệnh lạ"), ("pages", "0"),
     ("subject", "a\x00b"), ("subject", "x" * 501), ("nothing", "x"), ("language", "Klingon")],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(catalogue: Catalogue, field: str, said: str) -> None:
    before = catalogue.rows(ONE)
    with pytest.raises(VanthuError):
        catalogue.correct(ONE, field, said)
    assert catalogue.rows(ONE) == before


@pytest.mark.parametrize(
    ("said", "kept"),
    [("05/03/2024", "2024-03-05"), ("5.3.2024", "2024-03-05"), ("3/2024", "2024-03"), ("2024", "2024"),
     ("2024-03-05", "2024-03-05")],
)  # fmt: skip
def test_days_are_kept_as_iso(said: str, kept: str) -> None:
    assert as_iso(said) == kept


def test_choices_bear_case_and_marks() -> None:
    assert checked("type", "QUYẾT ĐỊNH") == "Quyết định"
    assert checked("urgency", "hoa toc") == "Hỏa tốc"


def test_a_file_that_is_no_catalogue_says_so(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"khong phai sqlite" * 100)
    with pytest.raises(VanthuError, match="danh mục hỏng"), open_catalogue(tmp_path):
        pass


def test_a_catalogue_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with open_catalogue(tmp_path) as opened:
        opened.database.execute("PRAGMA user_version = 99")
    with pytest.raises(VanthuError, match="bản digitize khác"), open_catalogue(tmp_path):
        pass


# Excel


@pytest.fixture
def book(catalogue: Catalogue, tmp_path: Path) -> Path:
    path = tmp_path / "soat.xlsx"
    assert export(catalogue, lambda sha256: f"scan/{sha256[:4]}.pdf", path) == (2, 1)
    return path


def edited(path: Path, **cells: object) -> Path:
    """Write cells such as ``number_3`` (field and row) as a person would in Excel, and save."""
    opened = load_workbook(path)
    for name, said in cells.items():
        field, row = name.rsplit("_", 1)
        cell: Any = opened[SHEET].cell(int(row), COLUMN.get(field, ACCEPTED))
        cell.value = said
    opened.save(path)
    return path


def test_the_workbook_is_for_people(book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    assert sheet.protection.sheet
    assert sheet.cell(2, DIGEST).protection.locked
    assert not sheet.cell(2, COLUMN["number"]).protection.locked
    assert sheet.column_dimensions[sheet.cell(1, DIGEST).column_letter].hidden
    assert opened[BEFORE].sheet_state == "veryHidden"
    assert sheet.cell(3, COLUMN["number"]).fill.fgColor.rgb == "00FFF2CC"
    assert sheet.cell(2, COLUMN["number"]).fill.fgColor.rgb != "00FFF2CC"
    assert sheet.cell(2, COLUMN["date"]).value == datetime.datetime(2024, 3, 5)
    assert any(
        COLUMN["type"] == cells.min_col
        for listed in sheet.data_validations.dataValidation
        for cells in listed.cells.ranges
    )
    assert "viết tay" in str(sheet.cell(3, ACCEPTED - 1).value)


def test_a_round_trip_without_changes_changes_nothing(catalogue: Catalogue, book: Path) -> None:
    log = catalogue.changes(ONE) + catalogue.changes(TWO)
    assert take_back(catalogue, book) == Taken(0, 0)
    assert catalogue.changes(ONE) + catalogue.changes(TWO) == log


def test_only_changed_cells_are_taken_and_only_once(catalogue: Catalogue, book: Path) -> None:
    edited(book, number_3=116, date_3=datetime.datetime(2024, 3, 6), subject_2="=1+1 là hai")
    opened = load_workbook(book)
    opened[SHEET].cell(2, COLUMN["subject"]).data_type = "s"
    opened.save(book)
    assert take_back(catalogue, book, who="An") == Taken(3, 0)
    assert value(catalogue, TWO, "number") == "116"
    assert value(catalogue, TWO, "date") == "2024-03-06"
    assert value(catalogue, ONE, "subject") == "=1+1 là hai"
    assert next(c for c in catalogue.changes(TWO) if c.after == "116").how == "import soat.xlsx"
    assert take_back(catalogue, book, who="An") == Taken(0, 0)


def test_an_x_accepts_what_waits_in_the_row(catalogue: Catalogue, book: Path) -> None:
    waiting = len(catalogue.queue())
    taken = take_back(catalogue, edited(book, duyet_3="x", number_3="116"), who="An")
    assert taken == Taken(1, waiting - 1)
    assert not catalogue.queue()
    assert take_back(catalogue, book) == Taken(0, 0)


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"date_3": "31/02/2024"}, "F3"),
        ({"type_2": "Giấy lạ"}, "C2"),
        ({"number_3": "=A1+1"}, "D3"),
        ({"number_3": "một"}, "D3"),
        ({"symbol_2": datetime.datetime(2024, 1, 1)}, "E2"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(
    catalogue: Catalogue, book: Path, cells: dict[str, object], cell: str
) -> None:
    before = catalogue.rows(ONE) + catalogue.rows(TWO)
    with pytest.raises(VanthuError, match=rf"ô {cell}\b"):
        take_back(catalogue, edited(book, subject_2="Đã sửa", **cells))
    assert catalogue.rows(ONE) + catalogue.rows(TWO) == before


def test_what_another_changed_since_is_not_overwritten(catalogue: Catalogue, book: Path) -> None:
    catalogue.correct(TWO, "number", "117", who="Bình")
    with pytest.raises(VanthuError, match="Bình"):
        take_back(catalogue, edited(book, number_3="116"))
    assert value(catalogue, TWO, "number") == "117"


def test_rows_may_be_sorted_and_left_out(catalogue: Catalogue, book: Path) -> None:
    opened = load_workbook(book)
    sheet = opened[SHEET]
    for column in range(1, DIGEST + 1):
        sheet.cell(2, column).value = sheet.cell(3, column).value
    sheet.cell(2, COLUMN["number"]).value = "116"
    sheet.delete_rows(3)
    opened.save(book)
    assert take_back(catalogue, book) == Taken(1, 0)
    assert value(catalogue, TWO, "number") == "116"


def test_a_spoilt_digest_is_refused(catalogue: Catalogue, book: Path) -> None:
    opened = load_workbook(book)
    opened[SHEET].cell(3, DIGEST).value = "3" * 64
    opened.save(book)
    with pytest.raises(VanthuError, match="dòng 3"):
        take_back(catalogue, book)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"khong phai excel"])
def test_what_is_no_workbook_says_so(catalogue: Catalogue, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "hong.xlsx"
    path.write_bytes(content)
    with pytest.raises(VanthuError, match="không phải sổ"):
        take_back(catalogue, path)


def test_a_truncated_workbook_says_so(catalogue: Catalogue, book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-500])
    with pytest.raises(VanthuError):
        take_back(catalogue, book)
