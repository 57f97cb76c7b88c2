"""Rule files: each fault is told with its file, and the shipped rules keep the promises of the format."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from doclint.anatomy import dissect
from doclint.api import matches
from doclint.checks import Context, bind, kinds, load_kind
from doclint.readers.text import read_text
from doclint.rulebook import Example, Rule, Rulebook, load
from vanthu.data import data_folder
from vanthu.errors import VanthuError

SOURCE = """id: nghi-dinh
citation: Nghị định số 30/2020/NĐ-CP
title: về công tác văn thư
origin: toàn văn
confidence: text
in_force_from: 2020-03-05
clauses:
  - {id: Điều 8, text: Văn bản có nơi nhận.}
"""
RULE = """id: nham-chu
code: CT09
title: Nhầm chữ
kind: phrases
level: warning
applies: {regime: any}
basis: [{source: nghi-dinh, clause: Điều 8}]
message: "«{wrong}» là «{right}»."
why: Sai chữ.
fix: Sửa lại.
options: {phrases: [{wrong: đơn đốc, right: đôn đốc}]}
examples:
  - flag: |
      Phải «đơn đốc» ngay.
  - pass: |
      Phải đôn đốc ngay.
"""
RULES = list(load().rules.values())

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(rule: str = RULE, source: str = SOURCE, name: str = "chinh-ta/nham-chu.yaml") -> Path:
        for path, text in ((tmp_path / name, rule), (tmp_path / "sources/nghi-dinh.yaml", source)):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        load.cache_clear()
        return tmp_path

    return write


def fault(folder: Path) -> str:
    with pytest.raises(VanthuError) as caught:
        load(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_rule_is_read_with_its_family_and_law(write: Write) -> None:
    rulebook = load(write())
    rule = rulebook.find("CT09")
    assert (rule.id, rule.family, rule.file) == ("nham-chu", "chinh-ta", "rules/chinh-ta/nham-chu.yaml")
    (legal,) = rulebook.legal(rule)
    assert (legal.source, legal.clause, legal.text) == ("nghi-dinh", "Điều 8", "Văn bản có nơi nhận.")
    assert rulebook.find("ct09") is rulebook.find("nham-chu") is rule


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: warning", "levl: warning", "không có khóa «levl» → ý bạn là «level»?"),
        ("level: warning\n", "", "thiếu khóa «level»"),
        ("level: warning", "level: fatal", "level: «fatal» không hợp lệ → chọn một trong: error, warning, info"),
        ("title: Nhầm chữ", "title: 12", "title: phải là chữ, không phải «12»"),
        ("title: Nhầm chữ", "title: ' '", "title: để trống"),
        ("title: Nhầm chữ", "title: Nhầm chữ\ntitle: Hai", "khóa «title» có hai lần"),
        ("title: Nhầm chữ", "title: {", "YAML sai"),
        ("id: nham-chu", "id: nham", "id «nham» khác tên tệp"),
        ("code: CT09", "code: ct9", "mã «ct9» phải là hai chữ hoa và hai chữ số"),
        ("regime: any", "regime: all", "applies.regime: «all» không hợp lệ"),
        ("source: nghi-dinh", "source: nghi-din", "không có nguồn «nghi-din» trong rules/sources → ý bạn"),
        ("clause: Điều 8", "clause: Điều 9", "nguồn nghi-dinh không có điều khoản «Điều 9» → ý bạn là «Điều 8»?"),
        ("[{source: nghi-dinh, clause: Điều 8}]", "[]", "thiếu căn cứ (basis)"),
        ("Sửa lại.", "'Sửa {right.'", "fix: dấu ngoặc nhọn phải thành cặp"),
        ("Sửa lại.", "'Sửa {} lại'", "fix: dấu ngoặc nhọn phải thành cặp"),
        ("  - flag: |\n      Phải «đơn đốc» ngay.\n", "", "cần ít nhất một ví dụ flag và một ví dụ pass"),
        ("  - pass: |\n      Phải đôn đốc ngay.\n", "", "cần ít nhất một ví dụ flag và một ví dụ pass"),
        ("«đơn đốc»", "đơn đốc", "examples[0]: phải đánh dấu chỗ sai"),
        ("«đơn đốc»", "«đơn «đốc»»", "examples[0]: phải đánh dấu chỗ sai"),
        ("«đơn đốc»", "«»đơn đốc", "examples[0]: phải đánh dấu chỗ sai"),
        ("  - pass: |", "    pass: |", "examples[0]: cần đúng một trong flag, pass, todo"),
        ("Phải đôn đốc", "Phải «đôn đốc»", "examples[1]: ví dụ pass không có gì để đánh dấu"),
        ("  - pass: |", "  - passs: |", "examples[1]: không có khóa «passs» → ý bạn là «pass»?"),
        (RULE, "- một\n- hai\n", "phải là các cặp «khóa: giá trị»"),
        (RULE, "", "phải là các cặp «khóa: giá trị»"),
        (RULE, "a: \t- &x *x\n", "YAML sai"),
    ],
)  # fmt: skip
def test_fault_of_a_rule_names_the_file(write: Write, old: str, new: str, said: str) -> None:
    assert RULE.count(old) == 1
    line = fault(write(RULE.replace(old, new)))
    assert said in line
    assert "chinh-ta/nham-chu.yaml: " in line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("confidence: text", "confidence: sure", "confidence: «sure» không hợp lệ"),
        ("in_force_from: 2020-03-05", "in_force_from: hôm qua", "in_force_from: phải là ngày"),
        ("id: nghi-dinh", "id: khac", "id «khac» khác tên tệp"),
        ("clauses:\n", "clauses:\n  - {id: Điều 8, text: Hai lần.}\n", "điều khoản «Điều 8»"),
    ],
)
def test_fault_of_a_source_names_the_file(write: Write, old: str, new: str, said: str) -> None:
    line = fault(write(source=SOURCE.replace(old, new)))
    assert said in line
    assert "sources/nghi-dinh.yaml: " in line


def test_code_or_id_of_another_rule_is_refused(write: Write) -> None:
    folder = write()
    (folder / "khac").mkdir()
    (folder / "khac/hai.yaml").write_text(RULE.replace("id: nham-chu", "id: hai"), encoding="utf-8")
    assert "rules/khac/hai.yaml: «CT09» đã là của rules/chinh-ta/nham-chu.yaml" in fault(folder)
    (folder / "khac/hai.yaml").unlink()
    (folder / "khac/nham-chu.yaml").write_text(RULE.replace("CT09", "CT10"), encoding="utf-8")
    assert "rules/khac/nham-chu.yaml: «nham-chu» đã là của" in fault(folder)


def test_bytes_that_are_no_text_are_refused(write: Write) -> None:
    folder = write()
    (folder / "chinh-ta/nham-chu.yaml").write_bytes(b"id: \xff\xfe")
    assert "chinh-ta/nham-chu.yaml: YAML sai" in fault(folder)


def test_rule_with_another_suffix_is_not_passed_over(write: Write) -> None:
    assert "quy tắc phải có đuôi .yaml → đổi tên thành nham-chu.yaml" in fault(write(name="chinh-ta/nham-chu.yml"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: phrases", "kind: phrase", "không có loại kiểm tra «phrase»"),
        ("{right}", "{wright}", "chỗ điền không có: wright → dùng: right, wrong"),
        ("wrong: đơn đốc,", "wrongs: đơn đốc,", "options.phrases[0]: không có khóa «wrongs» → ý bạn là «wrong»?"),
        ("options: {phrases: [{wrong: đơn đốc, right: đôn đốc}]}\n", "", "options: thiếu khóa «phrases»"),
    ],
)
def test_rule_that_does_not_fit_its_kind_names_the_file(write: Write, old: str, new: str, said: str) -> None:
    rule = load(write(RULE.replace(old, new))).find("CT09")
    document = read_text("Phải đơn đốc ngay.")
    with pytest.raises(VanthuError) as caught:
        list(matches(document, rule, Context(dissect(document))))
    assert str(caught.value).startswith("rules/chinh-ta/nham-chu.yaml: ")
    assert said in str(caught.value)


def test_wrong_name_is_told_with_the_nearest() -> None:
    with pytest.raises(VanthuError, match="không có quy tắc «noi-nhan-rong» → ý bạn là «noi-nhan-qua-rong»"):
        load().find("noi-nhan-rong")
    with pytest.raises(VanthuError, match="→ xem danh sách: doclint rules"):
        load().find("!!!")


def test_marks_are_spans_of_the_text() -> None:
    example = Example(flag="a «bc» d «e»")
    assert example.text == "a bc d e"
    assert [example.text[span.start : span.end] for span in example.marks] == ["bc", "e"]
    assert Example(passes="abc").marks == ()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_shipped_rule_fits_its_kind_and_is_exemplified(rule: Rule) -> None:
    assert rule.kind in kinds()
    bind(load_kind(rule.kind), rule.options, rule.message, rule.why, rule.fix)
    assert [example for example in rule.examples if example.flag]
    assert [example for example in rule.examples if example.passes]
    assert load().legal(rule)
    assert "{" not in rule.title


def test_texts_name_no_single_office() -> None:
    for path in data_folder("rules").rglob("*.yaml"):
        if path.parent.name != "sources":
            assert not re.search(r"Đắk\s+Lắk|Đăk\s+Lăk|Dak\s*Lak", path.read_text(encoding="utf-8")), path


def test_sources_are_used_and_dated() -> None:
    rulebook: Rulebook = load()
    used = {basis.source for rule in RULES for basis in rule.basis}
    assert used <= set(rulebook.sources)
    assert [source.id for source in rulebook.sources.values() if source.in_force_from is None] == []
