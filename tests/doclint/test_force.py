from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

from doclint.anatomy import dissect
from doclint.api import Report, check_document
from doclint.checks import Stage
from doclint.config import Settings, settings_for
from doclint.force import load
from doclint.readers.text import read_text
from doclint.rulebook import load as load_rulebook
from vanthu.data import data_folder
from vanthu.errors import VanthuError

RECORDS = list(load().by_number.values())


def checked(text: str, code: str, stage: Stage = "draft") -> Report:
    rule = load_rulebook().find(code)
    return check_document(read_text(text), Path("du-thao.txt"), settings=Settings((rule,)), stage=stage)


def test_there_are_enough_records_of_all_fields() -> None:
    assert len(RECORDS) >= 150
    assert len(list((data_folder("rules") / "sources" / "force").glob("*.csv"))) >= 8


def test_numbers_are_such_as_offices_write() -> None:
    normative = r"\d{1,4}/\d{4}/(?:QH\d{1,2}|UBTVQH\d{1,2}|(?:NĐ|TT|TTLT|QĐ|NQ|PL)-\w[\w-]*)"
    others = r"\d+/NQ-UBTVQH15|\d+-(?:KL|HD)/\w+"
    assert [one.number for one in RECORDS if not re.fullmatch(f"{normative}|{others}", one.number)] == []


def test_year_of_the_number_is_that_of_the_date() -> None:
    for record in RECORDS:
        year = re.search(r"/(\d{4})/", record.number)
        assert year is None or record.date is None or int(year[1]) == record.date.year, record.number


def test_what_ended_was_replaced_by_something_later() -> None:
    for record in RECORDS:
        if not record.replaced_by:
            continue
        assert record.in_force_to is not None, record.number
        assert record.replaced_by != record.number
        replacing = load().find(record.replaced_by)
        if replacing is not None and replacing.in_force_from is not None:
            assert replacing.in_force_from <= record.in_force_to + datetime.timedelta(days=1), record.number
        year = re.search(r"/(\d{4})/", record.replaced_by)
        assert year is not None and int(year[1]) <= record.in_force_to.year + 1, record.number


def test_origin_says_memory_where_nothing_was_read() -> None:
    for record in RECORDS:
        assert (record.confidence == "memory") == ("ghi nhớ" in record.origin), record.number


def test_last_day_in_force_is_still_in_force() -> None:
    record = load().find("110/2004/NĐ-CP", "NĐ")
    assert record is not None
    assert not record.ended(datetime.date(2020, 3, 4))
    assert record.ended(datetime.date(2020, 3, 5))


def test_laws_are_found_by_name_the_oldest_first() -> None:
    assert [law.number for law in load().law("Luật  Lưu trữ")] == ["01/2011/QH13", "33/2024/QH15"]
    assert load().law("Luật Không có") == ()


HEAD = "Số ký hiệu;Loại;Cơ quan ban hành;Ngày ban hành;Hiệu lực đến;Nguồn;Độ tin cậy\n"


def test_an_office_adds_and_corrects(tmp_path: Path) -> None:
    extra = tmp_path / "hieu-luc.csv"
    extra.write_text("\ufeff" + HEAD + "12/2020/QĐ-UBND;Quyết định;UBND tỉnh;1/2/2020;;công báo;văn bản\n", "utf-8")
    assert load(str(extra)).find("12/2020/QĐ-UBND", "QĐ") is not None
    assert load().find("12/2020/QĐ-UBND", "QĐ") is None


def test_the_settings_name_the_table_of_the_office(tmp_path: Path) -> None:
    row = "15/2024/QĐ-UBND;Quyết định;UBND tỉnh;1/2/2024;31/3/2026;công báo;văn bản\n"
    (tmp_path / "hieu-luc.csv").write_text(HEAD + row, "utf-8")
    (tmp_path / "doclint.toml").write_text('[office]\nforce = "hieu-luc.csv"\n', "utf-8")
    settings = settings_for(tmp_path, load_rulebook())
    draft = read_text(DRAFT.format(number="Quyết định số 15/2024/QĐ-UBND").replace("Chính phủ", "UBND tỉnh"))
    codes = [finding.code for finding in check_document(draft, tmp_path / "a.txt", settings=settings).findings]
    assert "VD06" in codes
    assert "VD06" not in [finding.code for finding in check_document(draft, tmp_path / "a.txt").findings]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("Sai;" + HEAD + "1;2;3;4;5;6;7;8\n", "cột lạ «Sai»"),
        (HEAD + "1/2020/QĐ-UBND;Sắc lệnh;UBND;;;công báo;văn bản\n", "không có loại văn bản «Sắc lệnh»"),
        (HEAD + "1/2020/QĐ-UBND;Quyết định;UBND;1/5/2020;1/1/2020;công báo;văn bản\n", "phải theo thứ tự"),
        (HEAD + "1/2020/QĐ-UBND;Quyết định;UBND;hôm qua;;công báo;văn bản\n", "không hiểu «hôm qua»"),
        (HEAD + "1/2020/QĐ-UBND;Quyết định;UBND;;;công báo;chắc chắn\n", "không hiểu «chắc chắn»"),
        (HEAD + "1/2020/QĐ-UBND;Quyết định;UBND;;;;văn bản\n", "dòng 2: thiếu «nguồn»"),
    ],
)
def test_faults_are_told(tmp_path: Path, table: str, reason: str) -> None:
    extra = tmp_path / "hieu-luc.csv"
    extra.write_text(table, "utf-8")
    with pytest.raises(VanthuError) as caught:
        load(str(extra))
    assert reason in str(caught.value) and "hieu-luc.csv" in str(caught.value)


DRAFT = """Vĩnh Trầm, ngày 12 tháng 5 năm 2026
KẾ HOẠCH
Kiểm tra hồ sơ
Căn cứ {number} của Chính phủ.
1. Văn phòng kiểm tra trước ngày 10/6/2026.
"""


def test_what_is_only_remembered_is_a_warning() -> None:
    read = checked(DRAFT.format(number="Nghị định số 110/2004/NĐ-CP"), "VD06").findings
    remembered = checked(DRAFT.format(number="Nghị định số 24/2014/NĐ-CP"), "VD06").findings
    assert [finding.level for finding in (*read, *remembered)] == ["error", "warning"]
    assert "cần tra lại" not in read[0].message and "cần tra lại" in remembered[0].message
    assert "30/2020/NĐ-CP" in read[0].message


def test_a_blank_number_is_an_error_in_an_issued_document() -> None:
    text = "Số:      /KH-UBND\n" + DRAFT.format(number="Nghị định số 30/2020/NĐ-CP")
    assert [finding.level for finding in checked(text, "VD08").findings] == ["info"]
    assert [finding.level for finding in checked(text, "VD08", "issued").findings] == ["error"]


def test_a_law_that_amends_is_not_the_law_it_amends() -> None:
    text = DRAFT.format(number="Luật sửa đổi, bổ sung một số điều của Luật Lưu trữ ngày 11 tháng 11 năm 2011")
    assert dissect(read_text(text)).citations
    assert checked(text, "VD06").findings == ()
