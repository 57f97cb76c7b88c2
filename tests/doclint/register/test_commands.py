"""The commands of the register, as a clerk types them, on real files."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from doclint.api import check
from doclint.commands.register import register
from doclint.register.adding import PACK
from doclint.register.store import reading, register_file
from doclint.reuse.packs.library import library
from tests.doclint.reuse.offices import document, passage, write
from vanthu.errors import VanthuError
from vanthu.exit_codes import DoclintExit

DRAFTS = Path(__file__).parents[3] / "corpora/drafts"
SPECIMENS = Path(__file__).parents[3] / "corpora/specimens"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "nha"))


def call(*arguments: object) -> Result:
    return CliRunner().invoke(register, [str(argument) for argument in arguments], standalone_mode=False)


def told(*arguments: object) -> str:
    result = call(*arguments)
    assert result.exception is None, result.output
    return result.output


def test_real_documents_are_entered_with_class_and_conference(tmp_path: Path) -> None:
    names = (
        "cong-van-chuyen-tiep",
        "don-doc-hinh-thuc",
        "giay-moi-hoi-nghi-dai",
        "ke-hoach-dang-uy",
        "bao-cao-quy-iii",
    )
    result = call("add", *(DRAFTS / f"{name}.docx" for name in names))
    assert result.return_value == DoclintExit.CLEAN, result.output
    with reading() as opened:
        held = {entry.code: entry for entry in opened.entries()}
        meetings = opened.meetings()
    assert {code: entry.cls for code, entry in held.items()} == {
        "312/UBND-VP": "sao-gui",
        "341/UBND-VP": "don-doc-hinh-thuc",
        "81/GM-UBND": "can-thiet",
        "05-KH/ĐU": "khong-tinh",
        "188/BC-UBND": "can-thiet",
    }
    report = held["188/BC-UBND"]
    assert (report.date.isoformat(), report.type, report.unit, report.signer) == (
        "2026-10-05",
        "BC",
        "VP",
        "Hoàng Thị Vân Khánh",
    )
    assert (report.recipients, report.copies, len(report.sha256)) == (2, 2, 64)
    assert [(one.date.isoformat(), one.form, one.scope) for one in meetings] == [("2026-12-02", "truc-tiep", "toan-xa")]
    assert "đã có 5" in told("add", *(DRAFTS / f"{name}.docx" for name in names))
    with reading() as opened:
        assert len(opened.entries()) == 5


def test_what_cannot_be_entered_is_named_and_the_others_are_taken(tmp_path: Path) -> None:
    write(tmp_path, "hong.docx", "PK hỏng")
    write(tmp_path, "chua-so.txt", document(passage(1), number="      /KH-UBND"))
    write(tmp_path, "mat.txt", document(passage(2), number="78/KH-UBND", mark="TUYỆT MẬT"))
    write(tmp_path, "tot.txt", document(passage(3)))
    write(tmp_path, "trung.txt", document(passage(4), number="0077/KH-UBND"))
    result = call("add", tmp_path)
    assert result.return_value == DoclintExit.NOT_CHECKED
    assert "Sổ: thêm 1, trùng số 1, không nhận 3." in result.output
    assert re.search(r"KHÔNG NHẬN \S*mat.txt: có dấu chỉ độ mật", result.output)
    assert re.search(r"TRÙNG SỐ \S*trung.txt: sổ đã có 77/KH-UBND .* từ tệp tot.txt", result.output)
    kept = register_file().read_bytes()
    assert "78/KH" not in result.output and b"mat.txt" not in kept and passage(2)[:40].encode() not in kept


def test_a_re_draft_of_what_was_issued_is_found(tmp_path: Path) -> None:
    issued = write(tmp_path, "ban-hanh.txt", document(passage(7, 120)))
    told("add", issued)
    draft = write(tmp_path, "du-thao.txt", document(passage(7, 120), number="      /KH-UBND"))
    with library() as opened:
        assert PACK in [pack.name for pack in opened.packs]
        assert "TL06" in [finding.code for finding in check(draft, library=opened).findings]
        assert "TL06" not in [finding.code for finding in check(issued, library=opened).findings]


def test_a_person_changes_the_class_and_that_is_kept(tmp_path: Path) -> None:
    told("add", write(tmp_path, "a.txt", document(passage(1))))
    assert "«cần thiết» thành «chuyển tiếp»" in told("set-class", "077/kh-ubnd", "chuyen-tiep", "--reason", "gửi lại")
    told("set-class", "1", "can-thiet", "--reason", "xem lại thì cần")
    history = told("history", "77/KH-UBND")
    assert re.search(r"«cần thiết» thành «chuyển tiếp», vì gửi lại\n.*«chuyển tiếp» thành «cần thiết»", history)
    with sqlite3.connect(register_file()) as database, pytest.raises(sqlite3.IntegrityError, match="append only"):
        database.execute("DELETE FROM changes")
    assert isinstance(call("set-class", "9/KH", "can-thiet", "--reason", "x").exception, VanthuError)
    assert call("set-class", "1", "sao-gui", "--reason", "  ").exception is not None


def test_a_table_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    head = "Số ký hiệu,Ngày ban hành,Trích yếu,Phân loại\n"
    bad = write(
        tmp_path, "sai.csv", f"{head}1/UBND-VP,32/1/2026,a,\nvô số,1/2/2026,b,lạ\n3/UBND-VP,3/2/2026,c,sao gửi\n"
    )
    result = call("import", bad)
    assert "dòng 2: không hiểu ngày «32/1/2026»" in result.output
    assert "dòng 3: không hiểu số ký hiệu «vô số»" in result.output
    assert isinstance(result.exception, VanthuError) and "sai 2 dòng" in str(result.exception)
    with reading() as opened:
        assert not opened.entries()
    twice = write(tmp_path, "hai.csv", f"{head}1/UBND-VP,1/2/2026,giao việc,\n01/UBND-VP,2/2/2026,chuyện khác hẳn,\n")
    assert "dòng 3: trùng số, sổ đã có 1/UBND-VP" in call("import", twice).output
    with reading() as opened:
        assert not opened.entries()


def test_a_row_of_a_table_gets_its_class_and_then_its_file(tmp_path: Path) -> None:
    head = "Số ký hiệu,Ngày ban hành,Trích yếu,Phân loại\n"
    row = "77/KH-UBND,5/1/2026,Trồng cây ven đường"
    told("import", write(tmp_path, "a.csv", f"{head}{row},\n"))
    assert "phân loại 1" in told("import", write(tmp_path, "b.csv", f"{head}{row},sao gửi\n"))
    assert "muốn đổi: doclint register set-class 1" in told(
        "import", write(tmp_path, "c.csv", f"{head}{row},cần thiết\n")
    )
    assert "thêm tệp cho dòng đã nhập 1" in told("add", write(tmp_path, "a.txt", document(passage(1))))
    with reading() as opened:
        (entry,) = opened.entries()
        assert (entry.cls, entry.proposed, entry.file) == ("sao-gui", "can-thiet", "a.txt")
        assert [change.field for change in opened.changes("documents", 1)] == ["class", "sha256"]


def test_an_export_comes_back_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told("add", DRAFTS / "bao-cao-quy-iii.docx", DRAFTS / "don-doc-hinh-thuc.docx", SPECIMENS / "thong-tu-bai-bo.txt")
    head = "Số ký hiệu,Ngày ban hành,Trích yếu\n"
    told("import", write(tmp_path, "a.csv", f'{head}9/UBND-VP,1/2/2026,"=HYPERLINK(""x"")"\n'))
    told("add-meeting", "Hội nghị sơ kết", "--date", "12/5/2026", "--form", "truc-tuyen", "--scope", "toan-tinh")
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    told("export", "--output", first)
    told("export", "--meetings", "--output", tmp_path / "hop.csv")
    assert "'=HYPERLINK" in first.read_text("utf-8-sig")
    monkeypatch.setenv("VANTHU_HOME", str(tmp_path / "nha-khac"))
    told("import", first)
    told("export", "--output", second)
    told("import", "--meetings", tmp_path / "hop.csv")
    kept = [line.split(",")[:12] for line in first.read_text("utf-8-sig").splitlines()]
    assert [line.split(",")[:12] for line in second.read_text("utf-8-sig").splitlines()] == kept
    assert "12/05/2026  trực tuyến  toàn tỉnh  Hội nghị sơ kết" in told("list", "--meetings")


def test_a_conference_is_corrected(tmp_path: Path) -> None:
    told("add", DRAFTS / "giay-moi-hoi-nghi-dai.docx")
    assert "Sổ đã có" in told(
        "add-meeting", "hội nghị quán triệt kế hoạch số hóa", "--date", "2/12/2026", "--form", "truc-tuyen"
    )
    told("set-meeting", "1", "--form", "truc-tuyen", "--date", "3/12/2026", "--reason", "đổi lịch")
    told("set-meeting", "1", "--held", "khong", "--reason", "hoãn")
    assert "03/12/2026  không tổ chức" in told("list", "--meetings")
    assert len(told("history", "1", "--meetings").splitlines()) == 3


def test_two_commands_do_not_write_at_once(tmp_path: Path) -> None:
    told("add", write(tmp_path, "a.txt", document(passage(1))))
    with sqlite3.connect(register_file().with_suffix(".lock"), isolation_level=None) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        assert "đang được một lệnh khác ghi" in str(call("set-class", "1", "sao-gui", "--reason", "x").exception)
        assert "77/KH-UBND" in told("list")
        lock.execute("ROLLBACK")


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "van-ban"
    folder.mkdir()
    for number in range(1, 61):
        write(folder, f"{number:02}.txt", document(passage(number), number=f"{number:02}/KH-UBND"))
    command = "from doclint.commands.register import register; register()"
    process = subprocess.Popen([sys.executable, "-c", command, "add", str(folder)], env=dict(os.environ))
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if register_file().is_file():
            with reading() as opened:
                if len(opened.entries()) >= 5:
                    break
    process.send_signal(signal.SIGKILL)
    process.wait()
    with reading() as opened:
        before = opened.entries()
    assert 5 <= len(before) <= 60
    told("add", folder)
    with reading() as opened:
        after = opened.entries()
    assert after[: len(before)] == before
    assert sorted(entry.number for entry in after) == [f"{number:02}" for number in range(1, 61)]
    with library([PACK]) as opened_packs:
        assert len(list(opened_packs.packs[0].entries())) == 60


def test_a_register_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    told("add", write(tmp_path, "a.txt", document(passage(1))))
    with sqlite3.connect(register_file()) as database:
        database.execute("PRAGMA user_version = 99")
    assert "bản doclint mới hơn" in str(call("list").exception)
