from __future__ import annotations

import json
import os
import pwd
import stat
from pathlib import Path

import pytest

from digitize.archive import Archive, create_archive
from digitize.ledger import Ledger
from digitize.secrets.quarantine import Quarantine
from tests.digitize.conftest import digitize
from vanthu.errors import VanthuError

A, B, C = "aa11" * 16, "aa12" * 16, "cc" * 32


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = create_archive(tmp_path / "kho")
    with Ledger(made.ledger):
        pass
    return made


def log(archive: Archive) -> Path:
    return archive.root / "secrets.jsonl"


def test_what_is_held_is_held_after_a_restart(archive: Archive) -> None:
    Quarantine(archive).hold(A, "mat", 3, ["/hồ sơ/b.pdf", "/hồ sơ/a.pdf"])
    again = Quarantine(archive)
    assert (again.status(A), again.level_of(A)) == ("held", "mat")
    assert again.all()[0].places == ("/hồ sơ/a.pdf", "/hồ sơ/b.pdf")
    assert again.status(B) is None and again.level_of(B) is None
    assert stat.S_IMODE(log(archive).stat().st_mode) == 0o600


def test_a_person_decides_and_may_change_his_mind(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "toi-mat", 1, ["/a.pdf"])
    quarantine.refuse(A, "chưa có ý kiến")
    quarantine.release(A, "đã giải mật,\n công văn 12")
    assert Quarantine(archive).status(A) == "released"
    [held] = Quarantine(archive).all()
    assert (held.who, held.reason) == (pwd.getpwuid(os.getuid()).pw_name, "đã giải mật, công văn 12")
    assert [json.loads(line)["event"] for line in log(archive).read_text().splitlines()] == [
        "held",
        "refused",
        "released",
    ]
    with pytest.raises(VanthuError, match="đã được cho số hóa"):
        quarantine.release(A, "lần nữa")


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_log_that_is_cut_short_is_noticed(archive: Archive, kept: int) -> None:
    quarantine = Quarantine(archive)
    for sha256 in (A, B, C):
        quarantine.hold(sha256, "mat", 1, ["/a.pdf"])
    lines = log(archive).read_bytes().splitlines(keepends=True)
    log(archive).write_bytes(b"".join(lines[:kept]))
    ended = digitize("secrets", "list", "--archive", archive.root)
    assert ended.returncode and "bị cắt bớt ở cuối" in ended.stderr and "secrets.end" in ended.stderr
    log(archive).unlink()
    with pytest.raises(VanthuError, match="bị cắt bớt ở cuối"):
        Quarantine(archive)


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b'{"end": "x", "hash": 1}', b"\xff"])
def test_an_anchor_that_is_lost_or_damaged_is_noticed(archive: Archive, content: bytes | None) -> None:
    Quarantine(archive).hold(A, "mat", 1, ["/a.pdf"])
    anchor = log(archive).with_name("secrets.end")
    anchor.unlink()
    if content is not None:
        anchor.write_bytes(content)
    with pytest.raises(VanthuError, match="bị mất hay hỏng"):
        Quarantine(archive)


def test_a_line_written_before_its_anchor_counts(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 1, ["/a.pdf"])
    anchor = log(archive).with_name("secrets.end")
    before = anchor.read_bytes()
    quarantine.hold(B, "mat", 1, ["/b.pdf"])
    anchor.write_bytes(before)  # what a power cut between the two leaves
    again = Quarantine(archive)
    assert again.status(B) == "held"
    again.refuse(B, "không số hóa")
    assert Quarantine(archive).status(B) == "refused"


def test_a_log_from_before_there_were_anchors_goes_on(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("digitize.secrets.quarantine._ANCHORED", 1)
        Quarantine(archive).hold(A, "mat", 1, ["/a.pdf"])
    log(archive).with_name("secrets.end").unlink()
    quarantine = Quarantine(archive)
    quarantine.refuse(A, "không số hóa")
    assert Quarantine(archive).status(A) == "refused"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_decision_has_a_reason(archive: Archive, reason: str) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 1, ["/a.pdf"])
    for decide in (quarantine.release, quarantine.refuse):
        with pytest.raises(VanthuError, match="chưa nêu lý do"):
            decide(A, reason)


def test_top_secret_is_never_released_and_its_name_is_not_kept(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "tuyet-mat", 1, ["/hồ sơ/phương án X.pdf"])
    with pytest.raises(VanthuError, match="Tuyệt mật"):
        quarantine.release(A, "cần gấp")
    quarantine.refuse(A, "giao phòng mật")
    assert Quarantine(archive).status(A) == "refused"
    assert "ph\\u01b0" not in log(archive).read_text() and "X.pdf" not in log(archive).read_text()


def test_a_release_is_for_the_level_that_was_seen(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 1, ["/a.pdf"])
    assert not quarantine.allows(A, "mat")
    quarantine.release(A, "đã giải mật")
    assert quarantine.allows(A, "mat") and not quarantine.allows(A, "tuyet-mat")
    quarantine.hold(A, "mat", 2, ["/a.pdf"])
    assert quarantine.status(A) == "released"
    quarantine.hold(A, "tuyet-mat", 7, ["/a.pdf"])
    assert (quarantine.status(A), quarantine.all()[0].places) == ("held", ("/",))
    with pytest.raises(VanthuError):
        quarantine.release(A, "như trước")


def test_what_is_unknown_cannot_be_decided(archive: Archive) -> None:
    with pytest.raises(VanthuError, match="không có tài liệu"):
        Quarantine(archive).refuse(A, "vì")


def test_a_document_is_called_by_digits_that_are_its_own(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    for sha256 in (A, "aa11aa11" + "0" * 56, C):
        quarantine.hold(sha256, "mat", 1, ["/a.pdf"])
    assert quarantine.find(C[:8].upper()).sha256 == C
    for name, told in (
        (A[:8], "2 tài liệu"),
        (C[:7], "không phải mã"),
        ("zzzzzzzz", "không phải mã"),
        ("0" * 8, "xem"),
    ):
        with pytest.raises(VanthuError, match=told):
            quarantine.find(name)


@pytest.mark.parametrize("line", [0, 1, 2])
@pytest.mark.parametrize("change", ["edit", "remove", "garbage", "swap"])
def test_a_log_that_was_changed_is_told(archive: Archive, line: int, change: str) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 1, ["/a.pdf"])
    quarantine.hold(B, "toi-mat", 1, ["/b.pdf"])
    quarantine.refuse(B, "lý do")
    quarantine.refuse(A, "lý do")
    lines = log(archive).read_bytes().splitlines(keepends=True)
    if change == "edit":
        lines[line] = lines[line].replace(b'"when": "2', b'"when": "1')
    elif change == "remove":
        del lines[line]
    elif change == "garbage":
        lines[line] = b"\xff\x00{}\n"
    else:
        lines[line], lines[line + 1] = lines[line + 1], lines[line]
    log(archive).write_bytes(b"".join(lines))
    with pytest.raises(VanthuError, match="bị sửa hoặc hỏng từ dòng"):
        Quarantine(archive)


def test_every_cut_of_the_last_line_leaves_the_rest(archive: Archive) -> None:
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 1, ["/a.pdf"])
    whole, anchor = log(archive).read_bytes(), log(archive).with_name("secrets.end")
    before = anchor.read_bytes()
    quarantine.hold(B, "mat", 1, ["/b.pdf"])
    both = log(archive).read_bytes()
    for end in range(len(whole), len(both), 17):
        log(archive).write_bytes(both[:end])
        anchor.write_bytes(before)  # it is written after the line
        cut = Quarantine(archive)
        assert cut.status(A) == "held" and cut.status(B) is None
        cut.hold(C, "mat", 1, ["/c.pdf"])
        assert [held.sha256 for held in Quarantine(archive).all()] == [A, C]


def test_a_name_that_is_no_text_is_kept(archive: Archive) -> None:
    path = os.fsdecode(b"/h\xe9/\xff.pdf")
    Quarantine(archive).hold(A, "mat", 1, [path])
    assert Quarantine(archive).all()[0].places == (path,)
    listed = digitize("secrets", "list", "--archive", archive.root)
    assert listed.returncode == 0 and r"\xff.pdf" in listed.stdout


def test_the_list_tells_what_a_person_must_know_and_no_more(archive: Archive) -> None:
    assert "Không có tài liệu nào" in digitize("secrets", "list", "--archive", archive.root).stdout
    quarantine = Quarantine(archive)
    quarantine.hold(A, "mat", 2, ["/hồ sơ/a.pdf"])
    quarantine.hold(C, "tuyet-mat", 1, ["/hồ sơ/phương án.pdf"], "không đọc được")
    quarantine.refuse(C, "giao phòng mật")
    told = digitize("secrets", "list", "--archive", archive.root)
    assert told.returncode == 0
    assert "2 tài liệu có dấu độ mật: đang cách ly 1, đã từ chối 1." in told.stdout
    assert "/hồ sơ/a.pdf" in told.stdout and A[:12] in told.stdout
    assert "phương án" not in told.stdout and C[:13] not in told.stdout
    rows = json.loads(digitize("secrets", "list", "--archive", archive.root, "--format", "json").stdout)["documents"]
    assert [row["level"] for row in rows] == ["mat", "tuyet-mat"]
    assert rows[0]["sha256"] == A and rows[1]["sha256"] == C[:12] and rows[1]["places"] == ["/hồ sơ"]


def test_decisions_by_the_command_line(archive: Archive) -> None:
    Quarantine(archive).hold(A, "mat", 1, ["/a.pdf"])
    Quarantine(archive).hold(C, "tuyet-mat", 1, ["/c.pdf"])
    place = ("--archive", archive.root)
    assert digitize("secrets", "release", A[:8], *place).returncode == 2  # no reason
    both = digitize("secrets", "release", A[:8], C[:8], *place, "--reason", "x")
    assert both.returncode == 2 and "Tuyệt mật" in both.stderr
    assert Quarantine(archive).status(A) == "held"  # all or none
    assert digitize("secrets", "release", A[:8], *place, "--reason", "đã giải mật").returncode == 0
    assert Quarantine(archive).status(A) == "released"
    refused = digitize("secrets", "refuse", A[:8], C[:8], *place, "--reason", "nhầm")
    assert refused.returncode == 0, refused.stderr
    assert [held.status for held in Quarantine(archive).all()] == ["refused", "refused"]
