"""``doclint check --format word`` as a clerk meets it: where the copies are, what is said, what stays untouched."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from doclint.api import check
from doclint.reporters.word import commented
from doclint.reporters.word.remarks import AUTHOR
from tests.doclint.reporters.findings import ROOT
from tests.doclint.test_cli import doclint
from vanthu.errors import VanthuError
from vanthu.exit_codes import DoclintExit

DRAFT = ROOT / "corpora/drafts/cong-van-chuyen-tiep.docx"
SELECT = ("--format", "word", "--select", "TL03,NN01,CT02")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return Path(shutil.copy(DRAFT, tmp_path / "công văn.docx"))


def ours(path: Path) -> list[str]:
    opened: Any = docx.Document(str(path))
    return [comment.text for comment in opened.comments if comment.author == AUTHOR]


def test_the_copy_stands_beside_the_draft(draft: Path) -> None:
    before = draft.read_bytes()
    code, printed = doclint("check", draft, *SELECT)
    copy = draft.with_name("công văn.soat.docx")
    assert code == DoclintExit.FINDINGS
    first, second = printed.splitlines()
    assert first == f"{draft}: Cân nhắc không ban hành — 1 lỗi, 1 cảnh báo"
    assert second == f"  Bản nhận xét: {copy}"
    assert len(ours(copy)) == 3
    assert draft.read_bytes() == before
    assert sorted(path.name for path in draft.parent.iterdir()) == ["công văn.docx", copy.name]


def test_what_a_person_made_is_not_written_over(draft: Path) -> None:
    doclint("check", draft, *SELECT)
    copy = draft.with_name("công văn.soat.docx")
    doclint("check", draft, *SELECT)
    assert not draft.with_name("công văn.soat (2).docx").exists()
    # As Word and LibreOffice do: what nothing leads to is not kept.
    edited: Any = docx.Document(str(copy))
    edited.save(str(copy))
    content = copy.read_bytes()
    _, printed = doclint("check", draft, *SELECT)
    assert copy.read_bytes() == content
    assert f"{draft.with_name('công văn.soat (2).docx')}" in printed
    # A copy that is to be checked itself is a draft, too.
    doclint("check", draft, copy, draft.with_name("công văn.soat (2).docx"), *SELECT)
    assert copy.read_bytes() == content
    assert draft.with_name("công văn.soat (3).docx").exists()


def test_several_files_go_to_a_folder(draft: Path, tmp_path: Path) -> None:
    text, broken, locked = tmp_path / "công văn.txt", tmp_path / "hỏng.docx", tmp_path / "mật khẩu.doc"
    text.write_text("Các đơn vị đơn đốc,\n\ttránh chông chéo\x0c.\nGiao việc\n", encoding="utf-8")
    broken.write_bytes(DRAFT.read_bytes()[:900])
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    paper = ROOT / "corpora/drafts/ke-hoach-sach.pdf"
    folder = tmp_path / "kết quả"
    code, printed = doclint("check", broken, draft, text, locked, paper, *SELECT, "--output", folder)
    assert code == DoclintExit.NOT_CHECKED
    names = ["công văn.soat (2).docx", "công văn.soat.docx", "ke-hoach-sach.soat.pdf"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert f"{broken}: CHƯA KIỂM TRA ĐƯỢC: tệp Word bị cắt cụt hoặc hỏng" in printed
    assert f"{locked}: CHƯA KIỂM TRA ĐƯỢC: tệp Word đặt mật khẩu" in printed
    assert "\n5 tệp: " in printed
    opened: Any = docx.Document(str(folder / names[0]))
    assert [paragraph.text for paragraph in opened.paragraphs] == [
        "Các đơn vị đơn đốc,", "\ttránh chông chéo .", "Giao việc", ""
    ]  # fmt: skip
    assert len(ours(folder / names[0])) == 3


def test_one_file_may_be_named(draft: Path, tmp_path: Path) -> None:
    target = tmp_path / "nhận xét.docx"
    target.write_bytes(b"cu")
    code, printed = doclint("check", draft, *SELECT, "--output", target)
    assert (code, len(ours(target))) == (DoclintExit.FINDINGS, 3)
    code, printed = doclint("check", draft, *SELECT, "--output", tmp_path / "a.pdf")
    assert code == DoclintExit.NOT_CHECKED
    assert "là tệp .docx → đặt tên có đuôi .docx" in printed
    code, printed = doclint("check", draft, *SELECT, "--output", tmp_path / "khong-co/a.docx")
    assert code == DoclintExit.NOT_CHECKED
    assert "không ghi được bản nhận xét (không có tệp hay thư mục này)" in printed


@pytest.mark.parametrize("form", ["json", "terminal", "html", "sarif"])
def test_other_reports_are_files(draft: Path, form: str) -> None:
    with pytest.raises(VanthuError, match="là thư mục, báo cáo phải là một tệp"):
        doclint("check", draft, "--format", form, "--output", draft.parent)


def test_what_cannot_be_is_said_before_the_work(draft: Path, tmp_path: Path) -> None:
    with pytest.raises(VanthuError, match="báo cáo sẽ ghi đè lên dự thảo"):
        doclint("check", draft, *SELECT, "--output", draft)
    taken = tmp_path / "tep"
    taken.write_text("x")
    with pytest.raises(VanthuError, match="nhiều tệp thì --output phải là một thư mục"):
        doclint("check", draft, DRAFT, *SELECT, "--output", taken)


def test_a_secret_draft_gets_no_copy(tmp_path: Path) -> None:
    secret = tmp_path / "mat.txt"
    secret.write_text("TỐI MẬT\nKẾ HOẠCH\nTriển khai nhiệm vụ được giao\n", encoding="utf-8")
    code, printed = doclint("check", secret, "--format", "word")
    assert code == DoclintExit.NOT_CHECKED
    assert "có dấu chỉ độ mật nên đã dừng" in printed and "nhiệm vụ" not in printed
    assert list(tmp_path.iterdir()) == [secret]
    with pytest.raises(VanthuError, match="không có gì để nhận xét"):
        commented(check(secret), secret.read_bytes())


def test_a_draft_that_changed_meanwhile_is_not_commented(draft: Path) -> None:
    report = check(draft)
    for other in (ROOT / "corpora/drafts").glob("ke-hoach*.docx"):
        with pytest.raises(VanthuError, match="tệp đã đổi sau khi soát"):
            commented(report, other.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["odt", "doc"])
def test_old_formats_become_word_files(office: Any, tmp_path: Path, suffix: str) -> None:
    [path] = office.convert([DRAFT], tmp_path, suffix)
    report = check(path)
    copy = tmp_path / "a.docx"
    copy.write_bytes(commented(report, path.read_bytes()))
    again = check(copy)
    assert report.document is not None and again.document is not None
    assert again.document.text == report.document.text
    assert len(ours(copy)) == len(report.findings) + 1 > 1
    with zipfile.ZipFile(copy) as package:
        assert "word/comments.xml" in package.namelist()
