"""The commands of a batch as their user runs them: second attempts, retry, status, show, failures, watch, secrecy."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import REPOSITORY, command, digitize, numbered_sheet, tree, write_tiff

from digitize import batch, disk, limits
from digitize.archive import create_archive, locked
from digitize.batch import Conduct
from digitize.incoming import Incoming
from digitize.ledger import Ledger
from digitize.profiles import profile
from digitize.progress import meter
from digitize.secrets.quarantine import Quarantine
from digitize.settings import Settings
from digitize.standing import duration

pytestmark = pytest.mark.usefixtures("fake_tesseract")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A document of three pages and one of one."""
    folder = tmp_path / "quét"
    folder.mkdir()
    write_tiff(folder / "a.tif", [numbered_sheet(number) for number in (301, 302, 303)])
    numbered_sheet(310).save(folder / "b.png", dpi=(200, 200))
    return folder


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return tmp_path / "kho"


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return a function that tells the widths of the sheets read since it was last called."""
    log = tmp_path / "log"
    monkeypatch.setenv("FAKE_LOG", str(log))

    def since() -> list[str]:
        widths = log.read_text().split() if log.exists() else []
        log.unlink(missing_ok=True)
        return sorted(widths)

    return since


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*arguments), cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def as_json(*arguments: str | Path) -> Any:
    done = digitize(*arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def words_of(kho: Path, pages: int) -> dict[str, Any]:
    """The words file of the document of so many pages."""
    contents = [json.loads(gzip.decompress(path.read_bytes())) for path in kho.glob("documents/*/*/words.json.gz")]
    (found,) = [content for content in contents if len(content["pages"]) == pages]
    return found


def test_a_page_that_fails_once_is_read_in_another_way(
    folder: Path, kho: Path, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_KILLS_WORKER", "302")
    assert digitize("run", folder, "--archive", kho, "--jobs", "2", "--engine", "tesseract").returncode == 0
    assert read() == ["226", "301", "302", "303", "310"]
    page = words_of(kho, 3)["pages"][1]
    assert (page["width"], page["dpi"]) == (226, 150)
    assert "rescue" in {decision["step"] for decision in page["decisions"]}
    with sqlite3.connect(kho / "ledger.sqlite") as db:
        rows = db.execute("SELECT state, attempts, holder FROM pages ORDER BY seconds").fetchall()
    assert sorted(rows) == [("done", 1, "")] * 3 + [("done", 2, "")]


def test_the_words_file_tells_what_read_each_page_and_why(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ERROR", "302 226")
    assert digitize("run", folder, "--archive", kho, "--engine", "tesseract").returncode == 1
    content = words_of(kho, 3)
    assert (content["version"], content["versions"]["tesseract"]) == (2, "tesseract 5.0.0")
    read, lost, _ = content["pages"]
    assert (read["engine"], read["version"], read["confidence"], read["turn"]) == (
        "tesseract",
        "tesseract 5.0.0",
        90.0,
        0,
    )
    assert read["lines"] == [[1, 1, 1, 3]]
    assert all(set(decision) == {"step", "applied", "reason", "evidence"} for decision in read["decisions"])
    assert (lost["width"], lost["words"], lost["reason"][:6]) == (None, [], "lần 1:")


def test_retry_reads_only_what_was_not_read(
    folder: Path, kho: Path, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ERROR", "302 226 310 233")
    run = ["run", folder, "--archive", kho, "--engine", "tesseract"]
    assert "xong 1 + trùng 0 + cách ly 1" in digitize(*run).stdout
    before = as_json("show", folder / "a.tif", "--archive", kho)
    lines = [[word["box"] for word in page["words"]] for page in before["pages"]]
    assert read()
    assert digitize(*run).returncode == 1
    assert read() == []  # what was given up is not tried at every run
    monkeypatch.delenv("FAKE_ERROR")
    done = digitize("retry", "--archive", kho, folder / "a.tif")
    assert done.stdout.startswith("Xếp lại 0 tài liệu, 1 trang.\n")
    # Until it is read again, what was published is found.
    assert as_json("search", "303", "--archive", kho)["pages"] == 1
    assert digitize(*run).returncode == 1
    assert read() == ["302"]
    shown = as_json("show", folder / "a.tif", "--archive", kho)
    assert [page["text"] for page in shown["pages"]] == ["trang số 301", "trang số 302", "trang số 303"]
    again = [[word["box"] for word in page["words"]] for page in shown["pages"]]
    assert (again[0], again[2]) == (lines[0], lines[2])
    assert as_json("search", "302", "--archive", kho)["pages"] == 1
    assert digitize("retry", "--archive", kho, "--failed").stdout.startswith("Xếp lại 1 tài liệu, 0 trang.\n")
    assert digitize(*run).returncode == 0
    assert read() == ["310"]
    assert digitize("retry", "--archive", kho).stdout == "Xếp lại 0 tài liệu, 0 trang.\n"


def test_a_page_that_was_read_is_never_read_again(
    folder: Path, kho: Path, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ["run", folder, "--archive", kho, "--engine", "tesseract", "--jobs", "1"]
    monkeypatch.setenv("FAKE_HANG", "303")
    process = start(*run)
    assert until(lambda: list(kho.glob("work/*/page-00002.json")))
    process.kill()
    process.communicate()
    read()
    monkeypatch.delenv("FAKE_HANG")
    assert digitize(*run).returncode == 0
    assert read() == ["303", "310"]
    assert digitize(*run).returncode == 0
    assert read() == []


def test_status_tells_of_a_run_that_is_going_on(folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_HANG", "303")
    process = start("run", folder, "--archive", kho, "--jobs", "2")
    try:
        assert until(lambda: (kho / "ledger.sqlite").exists())
        assert until(lambda: as_json("status", "--archive", kho)["documents"].get("done") == 1)
        assert until(lambda: as_json("status", "--archive", kho)["pages"] == {"done": 3, "running": 1})
        now = as_json("status", "--archive", kho)
        assert now["documents"] == {"done": 1, "running": 1}
        assert now["pages"] == {"done": 3, "running": 1}
        assert now["pages_per_second"] > 0
        assert now["seconds_left"] > 0
        assert (now["confidence"], now["low"]) == (90.0, 0)
        assert f"tiến trình {process.pid} trên máy" in now["writer"]
        text = digitize("status", "--archive", kho).stdout
        assert "Tài liệu: xong 1, đang làm 1\nTrang: xong 3, đang làm 1\n" in text
        assert f"Đang ghi: tiến trình {process.pid}" in text
    finally:
        process.kill()
        process.communicate()
    after = digitize("status", "--archive", kho, "--follow").stdout  # there is nothing to follow
    assert "Không có lệnh nào đang ghi vào kho" in after


def test_a_second_run_is_told_who_writes_or_waits(folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_SECONDS", "2")
    first = start("run", folder, "--archive", kho, "--jobs", "1")
    assert until(lambda: list(kho.glob("work/tmp/*/*/page.pnm")))
    refused = digitize("run", folder, "--archive", kho)
    assert refused.returncode == 2
    assert f"đang được một lệnh digitize khác ghi (tiến trình {first.pid} trên máy" in refused.stderr
    assert digitize("retry", "--archive", kho).returncode == 2
    waited = digitize("run", folder, "--archive", kho, "--wait")
    assert first.poll() == 0
    first.communicate()
    assert waited.returncode == 0
    assert waited.stderr.startswith("Chờ: kho đang được một lệnh digitize khác ghi (tiến trình ")


def test_low_disk_pauses_a_patient_run_until_there_is_room(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    low = iter([False, False, True, True])
    monkeypatch.setattr(disk, "is_low", lambda _: next(low, False))
    monkeypatch.setattr(batch, "_LOOK_SECONDS", 0.5)
    archive = create_archive(kho)
    with locked(archive), Ledger(archive.ledger) as ledger, meter() as bars:
        balance = batch.run(
            archive, ledger, [folder], Conduct(Settings("vie"), "", 1, profile("tt05"), patient=True), bars
        )
    assert balance.totals == {"done": 2}
    told = capfd.readouterr().err
    assert "Tạm dừng: đĩa còn dưới 200 MB. Hãy dọn đĩa" in told
    assert "Chạy tiếp: đĩa còn" in told


def test_a_disk_that_will_not_do_is_told_before(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(disk, "free", lambda _: limits.FREE_DISK_BYTES + 1)
    archive = create_archive(kho)
    with locked(archive), Ledger(archive.ledger) as ledger, meter() as bars:
        assert batch.run(archive, ledger, [folder], Conduct(Settings("vie"), "", 1, profile("tt05")), bars).totals == {
            "done": 2
        }
    assert "Cảnh báo: đĩa của kho có thể không đủ chỗ: cần khoảng 0,2 GB, còn 0,2 GB" in capfd.readouterr().err


def test_show_gives_every_word_with_its_place(folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_TEXT_310", "Ủy ban nhân dẫn xã")
    digitize("run", folder, "--archive", kho)
    shown = as_json("show", folder / "b.png", "--archive", kho)
    assert shown["path"] == f"{folder}/b.png"
    (page,) = shown["pages"]
    assert (page["text"], page["raw_text"]) == ("Ủy ban nhân dân xã", "Ủy ban nhân dẫn xã")
    assert (page["number"], page["width"], page["height"], page["dpi"]) == (1, 310, 200, 200)
    assert page["engine"]
    assert page["words"][3] == {"text": "dân", "raw_text": "dẫn", "box": [260, 30, 310, 50], "confidence": 90.0}
    assert as_json("show", shown["sha256"][:10], "--archive", kho) == shown
    shutil.copy(folder / "b.png", folder.parent / "khác.png")
    assert as_json("show", folder.parent / "khác.png", "--archive", kho) == shown
    assert "— Trang 1, độ tin cậy 90\nỦy ban nhân dân xã" in digitize("show", folder / "b.png", "--archive", kho).stdout
    for name, message in ((folder / "c.png", "kho không có tệp này"), ("0" * 64, "kho không có tài liệu 000000000000")):
        lost = digitize("show", name, "--archive", kho)
        assert (lost.returncode, message in lost.stderr) == (2, True)


def test_failures_make_a_table_for_excel(
    folder: Path, kho: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ERROR", "302 226")
    (folder / "=1+1.pdf").touch()
    numbered_sheet(320).save(folder / "c.png")
    monkeypatch.setenv("FAKE_TEXT_320", "TUYỆT MẬT")
    digitize("run", folder, "--archive", kho)
    table = tmp_path / "bảng.csv"
    assert digitize("failures", "--archive", kho, "--csv", table).returncode == 0
    content = table.read_bytes()
    assert content.startswith("\ufeffloại,tệp,trang".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    grey = [row for row in rows if row["loại"] == "dưới yêu cầu"]
    assert {Path(row["tệp"]).name for row in grey} >= {"a.tif"}
    assert all("tt05 cần từ 24 bit" in row["lý do"] for row in grey)
    assert sorted((row["loại"], Path(row["tệp"]).name, row["trang"]) for row in rows if row not in grey) == [
        ("cách ly", "=1+1.pdf", ""),
        ("cách ly", "quét", ""),  # of Tuyệt mật the name is not told
        ("trang không đọc được", "a.tif", "2"),
    ]
    assert {row["số lần thử"] for row in rows if row["trang"] == "2"} == {"2"}
    assert b"c.png" not in content
    everything = digitize("failures", "--archive", kho, "--csv", "--below", "95").stdout
    assert everything.count("độ tin cậy thấp") == 3
    assert "Có 6 mục cần xem." in digitize("failures", "--archive", kho).stdout


def test_cells_that_would_be_formulas_are_text() -> None:
    from digitize.account import Trouble
    from digitize.commands.failures import _table

    made = _table([Trouble("failed", "=cmd()", "+1", 2)]).decode("utf-8-sig").split("\r\n")
    assert made[1] == "hỏng,'=cmd(),2,'+1,,,"


def test_a_file_is_taken_when_it_no_longer_grows(tmp_path: Path) -> None:
    folder = tmp_path / "vào"
    folder.mkdir()
    scan = folder / "a.tif"
    incoming = Incoming([folder], tmp_path / "kho", settle=10)
    assert incoming.look(0) == []
    scan.write_bytes(b"x")
    assert incoming.look(1) == []
    assert incoming.look(10) == []
    scan.write_bytes(b"xy")
    assert incoming.look(11.5) == []  # it has grown: its time begins anew
    assert incoming.look(21) == []
    assert incoming.look(22) == [str(scan)]
    assert incoming.look(100) == []
    scan.write_bytes(b"xyz")  # scanned once more under the same name
    assert incoming.look(101) == []
    assert incoming.look(112) == [str(scan)]
    scan.unlink()
    assert incoming.look(113) == []


def test_watch_takes_what_comes_and_ends_at_ctrl_c(folder: Path, kho: Path) -> None:
    process = start("watch", folder, "--archive", kho, "--settle", "1.5", "--jobs", "1")
    try:
        assert until(lambda: len(list(kho.glob("documents/*/[0-9a-f]*"))) == 2)
        half = io.BytesIO()
        numbered_sheet(333).save(half, format="PNG")
        with (folder / "c.png").open("wb") as slow:  # a scanner that writes for a while
            for piece in (half.getvalue()[:100], half.getvalue()[100:]):
                slow.write(piece)
                slow.flush()
                time.sleep(1)
        assert until(lambda: len(list(kho.glob("documents/*/[0-9a-f]*"))) == 3)
        assert until(lambda: "Không có lệnh nào" in digitize("status", "--archive", kho).stdout)
        assert as_json("search", "333", "--archive", kho)["pages"] == 1
    finally:
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 0
    assert stderr.endswith("Thôi canh. Chạy lại đúng lệnh này để canh tiếp; việc dở được làm nốt.\n")
    assert "cách ly: " not in stderr  # the half of a file was never taken for one
    assert stdout.count("tìm thấy") == 2


def test_what_a_person_has_released_passes_and_what_is_refused_goes(
    folder: Path, kho: Path, read: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_TEXT_310", "TỐI MẬT")
    run = ["run", folder, "--archive", kho, "--engine", "tesseract"]
    held = digitize(*run)
    assert held.stderr == f"cách ly: {folder}/b.png: có dấu chỉ độ mật Tối mật → digitize secrets list --archive KHO\n"
    archive = create_archive(kho)
    (entry,) = Quarantine(archive).all()
    assert (entry.status, entry.level, entry.page, entry.places) == ("held", "toi-mat", 1, (f"{folder}/b.png",))
    read()
    assert digitize(*run).stderr == held.stderr
    assert digitize("retry", "--archive", kho).stdout == "Xếp lại 0 tài liệu, 0 trang.\n"
    assert digitize(*run, "--language", "vie+vie").returncode == 1
    assert "310" not in read()  # not even with other settings
    Quarantine(archive).release(entry.sha256, "đã giải mật")
    assert digitize(*run).returncode == 0
    assert as_json("search", "tối mật", "--archive", kho)["pages"] == 1
    Quarantine(archive).refuse(entry.sha256, "nhầm")
    refused = digitize(*run)
    assert "đã bị từ chối số hóa → digitize secrets list" in refused.stderr
    assert as_json("search", "tối mật", "--archive", kho)["pages"] == 0
    assert not archive.document(entry.sha256).exists()


@pytest.mark.slow
def test_a_long_document_takes_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    peaks = {}
    for pages in (30, 300):
        scan = tmp_path / f"{pages}.tif"
        write_tiff(scan, [numbered_sheet(301)] * pages)
        process = start("run", scan, "--archive", tmp_path / f"kho{pages}", "--jobs", "2", "--engine", "tesseract")
        peak = 0
        while process.poll() is None:
            peak = max([peak, *(resident(child) for child in family(process.pid))])
            time.sleep(0.1)
        process.communicate()
        assert process.returncode == 0
        peaks[pages] = peak
    assert peaks[300] < 400 * 1024**2
    assert peaks[300] < 1.3 * peaks[30]


def family(number: int) -> list[int]:
    """The process and those it started."""
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return []
    return [number, *map(int, children)]


def resident(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(45, "45 giây"), (700, "12 phút"), (3600 * 3 + 300, "3 giờ 05 phút"), (52 * 3600, "2 ngày 4 giờ")],
)
def test_a_time_is_told_as_people_do(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_the_published_files_are_the_same_bytes_however_often_made(folder: Path, kho: Path, tmp_path: Path) -> None:
    assert digitize("run", folder, "--archive", kho).returncode == 0
    assert digitize("run", folder, "--archive", tmp_path / "kho2").returncode == 0
    assert tree(kho / "documents") == tree(tmp_path / "kho2" / "documents")


def test_a_scan_worse_than_asked_is_taken_and_told_with_what_its_pdf_is(kho: Path, tmp_path: Path) -> None:
    scans = tmp_path / "quét-thô"
    scans.mkdir()
    sheets = [numbered_sheet(width) for width in (302, 303, 304)]
    sheets[0].save(scans / "thô.tif", save_all=True, append_images=sheets[1:], dpi=(150, 150))
    done = digitize("run", scans, "--archive", kho)
    assert done.returncode == 0
    assert "thô.tif, trang 1–3: 150 dpi, tt05 cần từ 200 dpi; màu 8 bit, tt05 cần từ 24 bit" in done.stdout
    assert "PDF: 1 tệp đã tạo theo PDF/A-2b, chưa kiểm định" in done.stdout
    again = digitize("run", scans, "--archive", kho, "--profile", "ban-do")
    assert "150 dpi, ban-do cần từ 300 dpi" in again.stdout
    wrong = digitize("run", scans, "--archive", kho, "--profile", "x")
    assert wrong.returncode == 2 and "không có bộ yêu cầu «x» → dùng tt05, ban-do" in wrong.stderr
