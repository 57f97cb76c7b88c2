"""``digitize index --verify`` tells of damage that is there, whoever writes meanwhile, and of no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from digitize.archive import Archive
from digitize.describe.catalogue import open_catalogue
from digitize.index import generation
from digitize.index.build import update_fields
from digitize.index.engines.engine import IndexDamaged
from digitize.index.writer import sole_writer
from digitize.ledger import Ledger
from tests.digitize.conftest import command
from tests.digitize.index_specimens import Paper, make_archive

PAPERS = [Paper(f"tờ {number}", (f"trang thứ {number} về kho lưu trữ",)) for number in range(3)]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return make_archive(tmp_path / "kho", PAPERS)


def test_what_is_written_meanwhile_is_no_damage(archive: Archive) -> None:
    looked = threading.Event()
    commits = 0

    def write() -> None:
        nonlocal commits
        while not looked.is_set():
            with open_catalogue(archive.root) as catalogue, Ledger(archive.ledger) as ledger:
                catalogue.correct(PAPERS[commits % 3].sha256, "subject", f"lần {commits}", who="An")
                commits += update_fields(archive, ledger, 100)

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    try:
        while commits < 6:
            assert generation.verified(archive.index) > 2
    finally:
        looked.set()
        writer.join()
    assert generation.verified(archive.index) > 2


def test_who_waits_is_told(archive: Archive) -> None:
    told = threading.Event()
    counts: list[int] = []
    with sole_writer(archive.index):
        looking = threading.Thread(target=lambda: counts.append(generation.verified(archive.index, told.set)))
        looking.start()
        assert told.wait(10) and not counts
    looking.join(10)
    assert counts and counts[0] > 2
    with sole_writer(archive.index, patient=False) as mine:
        assert mine


@pytest.mark.parametrize("lock", ["there", "not there"])
def test_a_copy_that_cannot_be_written_is_verified(archive: Archive, lock: str, tmp_path: Path) -> None:
    copy = tmp_path / "bản sao"
    shutil.copytree(archive.root, copy)
    if lock == "not there":
        (copy / "index.lock").unlink()
    with unwritable(copy):
        done = subprocess.run(
            command("index", "--verify", "--archive", copy), capture_output=True, text=True, check=False, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "") and "còn nguyên" in done.stdout
    used = generation.current(copy / "index")
    assert used is not None
    used.manifest.write_bytes(b"{")
    with unwritable(copy), pytest.raises(IndexDamaged):
        generation.verified(copy / "index")


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Make a folder one that nobody can write to: for root, too, by mounting it so."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    mounts = (["mount", "--bind", str(folder), str(folder)], ["mount", "-o", "remount,bind,ro", str(folder)])
    if any(subprocess.run(mount, capture_output=True, check=False).returncode for mount in mounts):
        pytest.skip("cần quyền gắn thư mục")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)
