"""Whatever stops a run, the next one goes on and ends with the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import REPOSITORY, command, digitize, numbered_sheet, tree, write_tiff

from digitize import batch, disk, limits
from digitize.archive import create_archive, disk_is_full, locked
from digitize.balance import UNCHECKED, Balance
from digitize.batch import Conduct
from digitize.intake import Source, examine
from digitize.ledger import Ledger
from digitize.pipeline import PageJob, read_page
from digitize.profiles import profile
from digitize.progress import meter
from digitize.settings import Settings

pytestmark = pytest.mark.usefixtures("fake_tesseract")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents of four pages."""
    folder = tmp_path / "quét"
    folder.mkdir()
    for number in range(3):
        write_tiff(folder / f"{number}.tif", [numbered_sheet(300 + 10 * number + page) for page in range(4)])
    return folder


def start(folder: Path, kho: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("run", folder, "--archive", kho, "--jobs", "2"),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_for(condition: Callable[[], object], process: subprocess.Popen[str]) -> bool:
    """Wait until ``condition`` holds; False when the process ends first."""
    while process.poll() is None:
        if condition():
            return True
        time.sleep(0.005)
    return False


def outputs(kho: Path) -> dict[str, bytes]:
    return tree(kho / "documents")


def test_killed_at_any_moment_it_goes_on_and_ends_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert digitize("run", folder, "--archive", tmp_path / "yên").returncode == 0
    kho = tmp_path / "kho"
    monkeypatch.setenv("FAKE_SECONDS", "0.15")
    moments: list[Callable[[], object]] = [
        lambda: (kho / "ledger.sqlite").exists(),
        lambda: list(kho.glob("work/tmp/*/*")),
        lambda: list(kho.glob("work/*/page-00001.json")),
        lambda: list(kho.glob("documents/*/.tam-*")),
        lambda: len(list(kho.glob("documents/*/[0-9a-f]*"))) >= 2,
        lambda: list(kho.glob("index/*/*")),
    ]
    for moment in moments:
        process = start(folder, kho)
        reached = wait_for(moment, process)
        process.kill()
        process.communicate()
        assert reached
    monkeypatch.setenv("FAKE_SECONDS", "0")
    done = digitize("run", folder, "--archive", kho)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tìm thấy 3 = xong 3 + trùng 0 + cách ly 0 + loại trừ 0" in done.stdout
    assert outputs(kho) == outputs(tmp_path / "yên")
    assert list((kho / "work").glob("*/*")) == []
    for archive in (kho, tmp_path / "yên"):
        assert digitize("search", "trang so", "--archive", archive).stdout.startswith("12 trang trong 3 tài liệu có")


def test_its_processes_die_with_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_HANG", "300")
    process = start(folder, tmp_path / "kho")
    assert wait_for(lambda: b"page.pnm" in commands_under(tmp_path), process)
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 10
    while b"page.pnm" in commands_under(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert b"page.pnm" not in commands_under(tmp_path)


def commands_under(folder: Path) -> bytes:
    """The command lines of all processes that name ``folder``."""
    found = b""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in line:
            found += line
    return found


def test_ctrl_c_finishes_pages_in_hand_and_says_how_to_go_on(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kho = tmp_path / "kho"
    monkeypatch.setenv("FAKE_SECONDS", "0.5")
    process = start(folder, kho)
    assert wait_for(lambda: list(kho.glob("work/tmp/*/*/page.pnm")), process)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    stdout, stderr = process.communicate(timeout=30)
    assert process.returncode == 3
    assert stderr == ""
    assert "tìm thấy 3 = xong 0 + trùng 0 + cách ly 0 + loại trừ 0 + chưa làm 3" in stdout
    assert "chạy lại đúng lệnh này để làm tiếp" in stdout
    assert list(kho.glob("work/*/page-00001.json"))  # what was in hand is kept
    monkeypatch.setenv("FAKE_SECONDS", "0")
    assert digitize("run", folder, "--archive", kho).returncode == 0


def test_a_second_run_on_the_same_archive_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kho = tmp_path / "kho"
    monkeypatch.setenv("FAKE_SECONDS", "0.3")
    process = start(folder, kho)
    assert wait_for(lambda: list(kho.glob("work/tmp/*/*/page.pnm")), process)
    for second in (digitize("run", folder, "--archive", kho), digitize("index", "--archive", kho)):
        assert second.returncode == 2
        assert "đang được một lệnh digitize khác ghi" in second.stderr
    process.communicate(timeout=60)
    assert process.returncode == 0


def run_here(folder: Path, kho: Path, settings: Settings) -> Balance:
    archive = create_archive(kho)
    with locked(archive), Ledger(archive.ledger) as ledger, meter() as bars:
        return batch.run(archive, ledger, [folder], Conduct(settings, "", 2, profile("tt05")), bars)


def test_a_hanging_page_is_given_up_and_the_others_finish(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_HANG", "311 233")
    balance = run_here(folder, tmp_path / "kho", Settings("vie", seconds_per_page=2))
    assert balance.line == "tìm thấy 3 = xong 3 + trùng 0 + cách ly 0 + loại trừ 0"
    assert balance.exit_code == 1
    assert list(balance.trouble_lines()) == [
        f"không đọc được: {folder}/1.tif, trang 2:"
        " lần 1: đọc quá 2 giây; lần 2 (Tesseract, ảnh 150 dpi): đọc quá 2 giây",
        UNCHECKED,
    ]


def test_a_step_that_hangs_in_a_library_is_killed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The limit of the step is under that of the page: the process goes, as if pdfium were stuck.
    monkeypatch.setattr(limits, "STEP_SECONDS", 20)
    monkeypatch.setenv("FAKE_HANG", "311 233")
    balance = run_here(folder, tmp_path / "kho", Settings("vie", seconds_per_page=100))
    assert balance.totals == {"done": 3}
    killed = "làm chết tiến trình đọc (quá 20 giây)"
    (trouble,) = balance.troubles
    assert trouble.reason == f"lần 1: {killed}; lần 2 (Tesseract, ảnh 150 dpi): {killed}"
    assert b"page.pnm" not in commands_under(tmp_path)  # its Tesseract has gone with it


def test_low_disk_stops_the_run_and_it_goes_on_later(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FREE_DISK_BYTES", shutil.disk_usage(tmp_path).total * 2)
    balance = run_here(folder, tmp_path / "kho", Settings("vie"))
    assert "đĩa còn dưới" in balance.stopped
    assert balance.exit_code == 3
    assert balance.line.endswith("+ chưa làm 3")
    monkeypatch.undo()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    assert run_here(folder, tmp_path / "kho", Settings("vie")).exit_code == 0


def test_a_full_disk_stops_the_run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kho = tmp_path / "kho"
    kho.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(kho)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("cần quyền gắn tmpfs")
    try:
        monkeypatch.setattr(limits, "FREE_DISK_BYTES", 0)
        write_tiff(folder / "to.tif", [numbered_sheet(2000)])
        balance = run_here(folder, kho, Settings("vie"))
        assert balance.stopped == "hết chỗ trên đĩa"
        assert balance.exit_code == 3
        subprocess.run(["mount", "-o", "remount,size=50m", str(kho)], check=True)
        assert run_here(folder, kho, Settings("vie")).exit_code == 0
    finally:
        subprocess.run(["umount", str(kho)], check=True)


def test_a_page_that_fails_for_want_of_room_is_not_given_up(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_ERROR", "310")
    archive = create_archive(tmp_path / "kho")
    source = examine(str(folder / "1.tif"))
    assert isinstance(source, Source)
    job = PageJob(archive, source, Settings("vie"), 1)
    assert read_page(job).state == "failed"
    monkeypatch.setattr(limits, "FREE_DISK_BYTES", disk.free(archive.root) * 2)
    with pytest.raises(OSError) as stopped:
        read_page(job)
    assert disk_is_full(stopped.value)


def test_an_original_that_changes_under_the_run_is_not_published(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_SECONDS", "0.1")
    process = start(folder, tmp_path / "kho")
    assert wait_for(lambda: list(tmp_path.glob("kho/work/*/page-00001.json")), process)
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes() + b"\0")
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "hỏng 3" in stdout
    assert stderr.count("tệp gốc đã thay đổi trong lúc số hóa") == 3
    assert outputs(tmp_path / "kho") == {}
    monkeypatch.setenv("FAKE_SECONDS", "0")
    done = digitize("run", folder, "--archive", tmp_path / "kho")
    assert "tìm thấy 3 = xong 3 + trùng 0" in done.stdout
