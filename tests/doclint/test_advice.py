"""The advice on a whole document: why, and what would make it worth issuing."""

from __future__ import annotations

from pathlib import Path

from doclint.api import Report, check, check_document
from doclint.readers.text import read_text

DRAFTS = Path(__file__).parents[2] / "corpora" / "drafts"


def report(name: str) -> Report:
    return check(DRAFTS / name)


def test_a_note_that_only_forwards_is_told_why_first_and_what_to_do() -> None:
    forwarding = report("cong-van-chuyen-tiep.docx")
    assert forwarding.verdict == "reconsider"
    assert forwarding.reasons[0] == "Văn bản chỉ chuyển tiếp, không có nội dung của cơ quan mình"
    assert "ai chủ trì" in forwarding.remedy


def test_findings_of_one_rule_are_one_reason_and_there_are_three_at_most() -> None:
    copied = report("ke-hoach-sao-chep.docx")
    assert len(copied.reasons) == 3
    assert copied.verdict == "revise"


def test_a_clean_draft_needs_no_reason() -> None:
    clean = report("quyet-dinh-phan-cong.docx")
    assert (clean.verdict, clean.reasons, clean.remedy) == ("pass", (), "")


def test_a_secret_document_is_stopped_whatever_else_is_wrong_with_it() -> None:
    text = "ỦY BAN NHÂN DÂN\nXÃ VĨNH TRẦM\nMẬT\nSố: 12/KH-UBND\nKẾ HOẠCH\nDiễn tập\n1. Công an xã đơn đốc.\n"
    stopped = check_document(read_text(text), Path("x"))
    assert stopped.secret
    assert stopped.verdict is None
    assert {finding.rule for finding in stopped.findings} == {"dau-chi-do-mat"}
    assert stopped.reuse is None
