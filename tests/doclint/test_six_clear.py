"""The table of tasks says what a reader of the plan would say, in a terminal and for other programs."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.console import Console

from doclint.anatomy import dissect
from doclint.api import check
from doclint.readers.text import read_text
from doclint.reporters.json import SCHEMA, render
from doclint.reporters.six_clear import put_six_clear
from doclint.six_clear import Row, missing, six_clear

PLAN = """KẾ HOẠCH
Sửa kho lưu trữ xã
I. NHIỆM VỤ
1. Lắp giá thép
- Cơ quan chủ trì: Văn phòng HĐND và UBND xã.
- Cơ quan phối hợp: Phòng Kinh tế.
- Thời gian: trước ngày 30/9/2026.
- Sản phẩm: 12 giá thép có biên bản nghiệm thu.
- Kinh phí: 48 triệu đồng từ ngân sách xã.
- Thẩm quyền: Chánh Văn phòng được chọn nơi mua.
2. Phòng Kinh tế kịp thời lập dự toán.
3. Lập danh mục tài liệu mốc.
4. Công an xã tăng cường kiểm tra khóa kho; không cho người ngoài vào.
5. Phòng Văn hóa - Xã hội xếp lại hồ sơ ngay sau khi giá được lắp xong, trình Chủ tịch Ủy ban nhân dân xã quyết định.
6. Phòng Kinh tế ghép số liệu, không lập sổ riêng, báo cáo kết quả (bằng văn bản điện tử) vào ngày 20 hằng tháng.
"""


def rows(text: str) -> tuple[Row, ...]:
    document = read_text(text)
    return six_clear(document, dissect(document))


def printed(table: tuple[Row, ...], width: int) -> str:
    console = Console(file=StringIO(), width=width, color_system=None)
    put_six_clear(table, console)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_each_fact_stands_in_its_cell() -> None:
    first = rows(PLAN)[0]
    assert (first.unit, first.what) == ("I.1", "Lắp giá thép")
    assert (first.lead, first.partners) == ("Văn phòng HĐND và UBND xã", "Phòng Kinh tế")
    assert (first.due, first.product) == ("trước ngày 30/9/2026", "12 giá thép có biên bản nghiệm thu")
    assert first.resources == "48 triệu đồng từ ngân sách xã"
    assert first.authority == "Chánh Văn phòng được chọn nơi mua"
    assert missing(first) == ()


@pytest.mark.parametrize(
    ("unit", "lacking"), [("I.2", ("due",)), ("I.3", ("lead", "due")), ("I.5", ("product",)), ("I.6", ())]
)
def test_what_is_missing(unit: str, lacking: tuple[str, ...]) -> None:
    (row,) = (row for row in rows(PLAN) if row.unit == unit)
    assert missing(row) == lacking


def test_words_that_are_no_time_are_shown() -> None:
    (row,) = (row for row in rows(PLAN) if row.unit == "I.2")
    assert (row.due, row.vague) == ("kịp thời", True)


def test_a_standing_duty_is_kept_and_lacks_nothing() -> None:
    standing = [row for row in rows(PLAN) if row.standing]
    assert [(row.unit, row.lead, missing(row)) for row in standing] == [("I.4", "Công an xã", ())]


def test_an_event_is_told_with_what_is_waited_for() -> None:
    (row,) = (row for row in rows(PLAN) if row.unit == "I.5")
    assert row.due == "ngay sau khi giá được lắp xong"
    assert row.what.startswith("Xếp lại hồ sơ")


def test_what_is_forbidden_is_no_product_but_a_report_is() -> None:
    (row,) = (row for row in rows(PLAN) if row.unit == "I.6")
    assert row.product == "báo cáo kết quả"


def test_a_document_that_is_cited_is_no_product() -> None:
    (row,) = rows(
        "KẾ HOẠCH\nSố hóa\nI. NHIỆM VỤ\n1. Phòng Kinh tế triển khai thực hiện Quyết định số 55/QĐ-UBND ngày 12/02/2026 "
        "của Ủy ban nhân dân tỉnh về việc ban hành kế hoạch chỉnh lý tài liệu trước ngày 30/6/2026.\n"
    )
    assert row.product is None


def test_order_and_spans_are_those_of_the_text() -> None:
    table = rows(PLAN)
    assert [row.unit for row in table] == [f"I.{number}" for number in range(1, 7)]
    assert all(row.span.start < row.span.end <= len(PLAN) for row in table)


def test_a_wide_window_has_a_table() -> None:
    out = printed(rows(PLAN), 140)
    assert "Chủ trì" in out.splitlines()[3]
    assert "5 việc: 1 thiếu người chủ trì, 1 thiếu thời hạn, 1 thời hạn mơ hồ" in out
    assert "1 việc thường xuyên" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 140


@pytest.mark.parametrize("width", [30, 40, 80])
def test_a_narrow_window_has_a_list(width: int) -> None:
    out = printed(rows(PLAN), width)
    assert "Thời hạn: —" in out
    assert max(map(len, out.splitlines())) <= width


def test_nothing_to_do_is_said() -> None:
    assert "Không thấy giao việc" in printed((), 80)


def test_programs_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    report: dict[str, Any] = json.loads(render([check(path), check(tmp_path / "khong-co.txt")], with_text=True))
    jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
    document, absent = report["documents"]
    assert absent["tasks"] == []
    assert [task["unit"] for task in document["tasks"]] == [row.unit for row in rows(PLAN)]
    first, second = document["tasks"][:2]
    assert document["text"][first["start"] : first["end"]] == "Lắp giá thép"
    assert (second["due"], second["vague"], second["missing"]) == ("kịp thời", True, ["due"])


def plan(*paragraphs: str) -> tuple[Row, ...]:
    return rows("\n".join(("KẾ HOẠCH", "Đổi mới lề lối làm việc", "I. NHIỆM VỤ", *paragraphs)))


def test_how_long_a_speech_lasts_is_no_deadline() -> None:
    (row,) = plan("1. Phòng Kinh tế viết tham luận, mỗi tham luận không quá 10 phút; các hội nghị cần thảo luận trước.")
    assert (row.lead, row.due) == ("Phòng Kinh tế", None)


def test_who_gave_the_work_does_not_do_it() -> None:
    (row,) = plan(
        "1. Phòng Kinh tế", "- Soạn tờ trình; chuẩn bị các báo cáo được UBND, Chủ tịch UBND xã phân công trong quý I."
    )
    assert row.lead == "Phòng Kinh tế"


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "1. Các cơ quan, đơn vị gửi danh mục trước ngày 15/5/2026.",
            "Định kỳ báo cáo kết quả vào ngày 25 hằng tháng.",
        ),
        ("1. Đề nghị Ban Tuyên giáo và Dân vận Thành ủy", "- Chỉ đạo các báo đưa tin trước ngày 15/5/2026."),
        ("1. Các sở; các đơn vị trực thuộc UBND tỉnh, UBND cấp xã", "a) Lập danh mục trước ngày 15/5/2026."),
        ("1. Phòng Kinh tế tổ chức thực hiện các việc sau:", "- Lập danh mục trước ngày 15/5/2026."),
    ],
)
def test_every_task_has_the_owner_named_above(paragraphs: tuple[str, ...]) -> None:
    table = plan(*paragraphs)
    assert table
    assert all(row.lead is not None for row in table)


def test_who_is_reported_to_goes_on() -> None:
    table = plan("1. Các phòng nâng cấp máy, báo cáo Sở Tài chính theo dõi, Sở Tài chính báo cáo UBND tỉnh.")
    assert [row.lead for row in table] == ["các phòng", "Sở Tài chính"]


def test_an_item_that_reports_a_situation_is_a_task() -> None:
    (row,) = plan("1. Phòng Kinh tế báo cáo tình hình thu ngân sách trước ngày 05/7/2026.")
    assert (row.lead, row.product) == ("Phòng Kinh tế", "báo cáo tình hình thu ngân sách")
