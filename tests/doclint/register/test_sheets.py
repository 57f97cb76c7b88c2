"""Tables that people and programs write: what is wrong is told by line, and nothing else ever happens."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.register.sheets import class_named, read_documents, read_meetings
from vanthu.errors import VanthuError

HEAD = "số ký hiệu;ngày ban hành;trích yếu;loại;phân loại;số nơi nhận\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "bang.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_as_offices_write_them(tmp_path: Path) -> None:
    rows = (
        "Số: 0121/KH-UBND;31/3/2026;a;;;\n05-NQ/ĐU;31/3/2026;b;;;\n12/2026/QĐ-UBND;31/3/2026;c;;;\n"
        "15a/ UBND - VX;ngày 05 tháng 3 năm 2026;d;;cần thiết;7\n9;2026-03-31;e;biên bản;Sao Gửi;\n"
    )
    sheet = read_documents(table(tmp_path, HEAD + rows), "UBND xã")
    assert not sheet.faults
    told = [(one.code, one.type, one.regime, one.cls, one.issuer) for one in sheet.rows]
    assert told == [
        ("0121/KH-UBND", "KH", "state", "", "UBND xã"),
        ("05-NQ/ĐU", "NQ", "party", "khong-tinh", "UBND xã"),
        ("12/2026/QĐ-UBND", "QĐ", "legal-normative", "khong-tinh", "UBND xã"),
        ("15a/UBND-VX", "CV", "state", "can-thiet", "UBND xã"),
        ("9", "BB", "state", "sao-gui", "UBND xã"),
    ]
    assert sheet.rows[3].date == datetime.date(2026, 3, 5) and sheet.rows[3].recipients == 7


def test_every_fault_is_told_by_its_line(tmp_path: Path) -> None:
    rows = (
        "1/UBND;30/2/2026;a;;;\n;1/2/2026;b;;;\n3/UBND;1/2/2026;c;thơ;;\n"
        "4/UBND;1/2/2026;d;;;nhiều\n5/UBND;1/2/1026;e;;;\n"
    )
    sheet = read_documents(table(tmp_path, HEAD + rows))
    assert [fault.partition(":")[0] for fault in sheet.faults] == [f"dòng {line}" for line in (2, 3, 4, 5, 6)]
    assert not sheet.rows
    with pytest.raises(VanthuError, match="thiếu cột «trích yếu»"):
        read_documents(table(tmp_path, "số ký hiệu,ngày ban hành\n1/UBND,1/2/2026\n"))


@settings(deadline=None)
@given(st.lists(st.tuples(*[st.text(max_size=30)] * 6), max_size=5))
def test_any_text_is_a_row_or_a_fault(tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, ...]]) -> None:
    text = HEAD + "".join(";".join(row) + "\n" for row in cells)
    path = table(tmp_path_factory.mktemp("bang"), text.encode("utf-8", "replace").decode())
    try:
        sheet = read_documents(path)
        assert all(entry.subject.isprintable() and entry.number for entry in sheet.rows)
    except VanthuError:
        pass
    with pytest.raises(VanthuError):
        read_meetings(path)


def test_classes_by_any_spelling() -> None:
    assert class_named("ĐÔN ĐỐC  hình thức") == class_named("don-doc-hinh-thuc") == "don-doc-hinh-thuc"
    assert class_named("chưa phân loại") == "" and class_named("lạ") is None
