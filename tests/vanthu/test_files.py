"""Files are whole or absent, and names are safe to print."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import vanthu
from vanthu.files import atomic_path, near, shown, write_atomic

OLD, NEW = b"old" * 1000, b"new" * 2_000_000

# Replaces the same file over and over, until it is killed in the middle.
REPLACE_FOREVER = f"""
import sys
from pathlib import Path
from vanthu.files import write_atomic

print("started", flush=True)
while True:
    for content in ({OLD[:3]!r} * 1000, {NEW[:3]!r} * 2_000_000):
        write_atomic(Path(sys.argv[1]), content)
"""


def test_new_content_takes_the_name(tmp_path: Path) -> None:
    target = tmp_path / "kho.txt"
    write_atomic(target, OLD)
    write_atomic(target, NEW)
    assert target.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("delay", [0.001, 0.004, 0.009, 0.015, 0.022])
def test_killed_in_the_middle_leaves_old_or_new(tmp_path: Path, delay: float) -> None:
    target = tmp_path / "kho.txt"
    environment = {"PYTHONPATH": str(Path(vanthu.__file__).parent.parent)}
    with subprocess.Popen(
        [sys.executable, "-c", REPLACE_FOREVER, target], env=environment, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while not target.exists():
            assert process.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(delay)
        process.send_signal(signal.SIGKILL)
    assert target.read_bytes() in (OLD, NEW)


def test_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "kho.txt"
    write_atomic(target, OLD)
    with pytest.raises(RuntimeError, match="hết đĩa"), atomic_path(target) as temporary:
        temporary.write_bytes(NEW)
        raise RuntimeError("hết đĩa")
    assert target.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folder_is_the_callers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "không-có" / "kho.txt", NEW)


def test_temporary_keeps_the_suffix_and_stays_in_the_folder(tmp_path: Path) -> None:
    with atomic_path(tmp_path / "trang.pdf") as temporary:
        assert temporary.parent == tmp_path
        assert temporary.suffix == ".pdf"
        temporary.write_bytes(NEW)


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_permissions_follow_the_umask(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_atomic(tmp_path / "kho.txt", NEW)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kho.txt").stat().st_mode) == mode


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Quyết định 534.pdf", "Quyết định 534.pdf"),
        ("hai\ndòng.pdf", "hai\\ndòng.pdf"),
        ("xóa\x1b[2Jmàn hình", "xóa\\x1b[2Jmàn hình"),
        ("đảo\u202echữ", "đảo\\u202echữ"),
        (os.fsdecode(b"c\xf4ng v\xe3n.doc"), "c\\xf4ng v\\xe3n.doc"),
        (Path("thư mục") / "tệp.txt", "thư mục/tệp.txt"),
    ],
)
def test_shown_is_one_printable_line(name: Path | str, printed: str) -> None:
    assert shown(name) == printed


def test_near_is_relative_below_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert near(tmp_path / "kho" / ".." / "a.pdf") == "a.pdf"
    assert near("b/c.pdf") == str(Path("b/c.pdf"))
    assert near(tmp_path.parent / "x.pdf") == str(tmp_path.parent / "x.pdf")
    assert near(tmp_path) == "."
