"""What somebody lets be: by a Word comment, a file beside the draft or the settings; never without a reason."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from doclint.api import Report, check
from doclint.config import FILE, Settings, Waiver, settings_for
from doclint.reporters import terminal
from doclint.rulebook import load
from vanthu.home import HOME

WRONG = "Các đơn vị đơn đốc, tránh chông chéo."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "nha"))


def only(*codes: str, **more: object) -> Settings:
    return Settings(tuple(load().find(code) for code in codes), **more)  # type: ignore[arg-type]


def commented(path: Path, *comments: str) -> Path:
    draft = docx.Document()
    for comment in comments:
        draft.add_comment(draft.add_paragraph(WRONG).runs[0], text=comment, author="Lê Văn A")
    draft.save(str(path))
    return path


def told(report: Report) -> list[str]:
    return [finding.excerpt for finding in report.findings]


def shown(report: Report) -> str:
    from io import StringIO

    from rich.console import Console

    buffer = StringIO()
    terminal.render([report], Console(file=buffer, width=200))
    return buffer.getvalue()


def test_a_comment_lets_be_what_it_is_fixed_to(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.docx", "doclint bỏ qua CT02: tên riêng của phong trào", "xem lại câu này")
    report = check(path, settings=only("CT02"))
    assert told(report) == ["đơn đốc", "chông chéo"]
    assert [one.finding.excerpt for one in report.waived] == ["đơn đốc", "chông chéo"]
    assert {one.leave.reason for one in report.waived} == {"tên riêng của phong trào"}
    assert report.findings[0].span.start > report.waived[-1].finding.span.end
    assert "Đã bỏ qua 2 phát hiện" in shown(report)
    assert "tên riêng của phong trào [nhận xét của Lê Văn A trong tệp]" in shown(report)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("doclint bỏ qua CT02", "thiếu lý do"),
        ("doclint bỏ qua CT02: …", "thiếu lý do"),
        ("doclint bo qua CT022: vì quen", "không có quy tắc «ct022»"),
        ("doclint bỏ qua TL03: gửi một lần", "không còn cần"),
    ],
)
def test_a_comment_that_does_nothing_is_told(tmp_path: Path, comment: str, said: str) -> None:
    report = check(commented(tmp_path / "a.docx", comment), settings=only("CT02"))
    assert told(report) == ["đơn đốc", "chông chéo"]
    assert len(report.idle) == 1
    assert said in report.idle[0]
    assert said in shown(report)


def test_a_file_beside_the_draft_names_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRONG, encoding="utf-8")
    beside = path.with_name(f"a.txt.{FILE}")
    beside.write_text("[[waive]]\nrule = 'CT02'\nexcerpt = 'ĐƠN ĐỐC'\nreason = 'chữ trong tên'\n", encoding="utf-8")
    report = check(path, settings=only("CT02"))
    assert told(report) == ["chông chéo"]
    assert [one.leave.origin for one in report.waived] == [f"tệp a.txt.{FILE}"]


def test_a_wrong_file_beside_a_draft_spoils_that_draft_only(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(WRONG, encoding="utf-8")
    path.with_name(f"a.txt.{FILE}").write_text("[[waive]]\nrule = 'CT02'\n", encoding="utf-8")
    report = check(path, settings=only("CT02"))
    assert not report.checked
    assert "thiếu khóa «reason»" in str(report.error)


def test_a_locked_rule_is_let_be_by_nobody(tmp_path: Path) -> None:
    path = commented(tmp_path / "a.docx", "doclint bỏ qua CT02: quen dùng")
    waiver = (Waiver("cum-tu-sai", "lý do"), tmp_path / FILE)
    report = check(path, settings=only("CT02", locked=frozenset({"cum-tu-sai"}), waivers=(waiver,)))
    assert told(report) == ["đơn đốc", "chông chéo"]
    assert [idle.count("đã bị khóa") for idle in report.idle] == [1, 1]


def test_settings_let_a_rule_be_for_all_drafts(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[[waive]]\nrule = 'CT02'\nreason = 'đang sửa mẫu'\n", encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text(WRONG, encoding="utf-8")
    held = settings_for(tmp_path, load())
    report = check(path, settings=Settings(only("CT02").rules, waivers=held.waivers))
    assert told(report) == []
    assert len(report.waived) == 2
