"""Where things are inside an archive folder, and the lock that lets one command write to it."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vanthu.errors import VanthuError, os_reason


@dataclass(frozen=True, slots=True)
class Archive:
    """The folder that ``digitize run`` fills; every path below it comes from here."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The SQLite file that says what became of every file."""
        return self.root / "ledger.sqlite"

    @property
    def index(self) -> Path:
        """The folder of the search index, which can be rebuilt from the documents at any time."""
        return self.root / "index"

    @property
    def lock(self) -> Path:
        """The file that a command which writes holds locked; it says who that is, or was."""
        return self.root / "lock"

    @property
    def scratch(self) -> Path:
        """Temporary files of the workers; emptied at the start of each run."""
        return self.root / "work" / "tmp"

    def document(self, sha256: str) -> Path:
        """The published folder of one document: document.pdf, text.txt, text.raw, words.json.gz.

        Also signed.pdf, the original, when adding text has cost document.pdf its signature.
        """
        return self.root / "documents" / sha256[:2] / sha256

    def superseded(self, sha256: str) -> Path:
        """Where the published folder of a document waits while the one that takes its place is put there."""
        return self.document(sha256).with_name(f".cu-{sha256}")

    def work(self, sha256: str) -> Path:
        """The pages of a document that are read but not yet published."""
        return self.root / "work" / sha256

    def pdf(self, sha256: str) -> Path:
        """The searchable PDF of a published document."""
        return self.document(sha256) / "document.pdf"

    def page_texts(self, sha256: str) -> list[str]:
        """Return the text of each page of a published document, page 1 first. Raises OSError."""
        return (self.document(sha256) / "text.txt").read_text(encoding="utf-8").split("\f")

    def raw_page_texts(self, sha256: str) -> list[str]:
        """Return the text of each page before any correction, page 1 first. Raises OSError."""
        try:
            return (self.document(sha256) / "text.raw").read_text(encoding="utf-8").split("\f")
        except FileNotFoundError:  # published before there was any correction
            return self.page_texts(sha256)

    def sweep(self, unfinished: set[str]) -> None:
        """Remove what a killed run left, save the pages of documents that are ``unfinished``.

        Temporary files may hold the text of a page that was about to be found secret. A published folder that was
        moved out of the way for one that never came goes back to its place.
        """
        for before in (self.root / "documents").glob("*/.cu-*"):
            target = self.document(before.name.removeprefix(".cu-"))
            if target.exists():
                shutil.rmtree(before)
            else:
                before.replace(target)
        for folder in [*(self.root / "work").iterdir(), *(self.root / "documents").glob("*/.tam-*")]:
            if folder.name not in unfinished:
                shutil.rmtree(folder)
        self.scratch.mkdir(mode=0o700)

    def forget(self, sha256: str) -> None:
        """Remove everything that was stored of a document."""
        for folder in (self.work(sha256), self.document(sha256), self.superseded(sha256)):
            if folder.exists():
                shutil.rmtree(folder)


def create_archive(root: Path) -> Archive:
    """Return the archive at ``root``, made when it is not there. Raises VanthuError when that cannot be."""
    archive = Archive(root.absolute())
    try:
        for folder in (archive.root / "documents", archive.index, archive.scratch):
            # Whoosh keeps pickles, and a reader of scans need not be a reader of drafts: the owner's eyes only.
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise VanthuError(
            f"không tạo được kho ({os_reason(error)})", path=root, hint="chọn thư mục khác cho --archive"
        ) from error
    return archive


def open_archive(root: Path) -> Archive:
    """Return the archive that ``root`` already is. Raises VanthuError when it is none."""
    archive = Archive(root.absolute())
    if not archive.ledger.is_file():
        raise VanthuError(
            "chưa phải kho số hóa (không có sổ cái)", path=root, hint="chạy digitize run THƯ_MỤC --archive KHO trước"
        )
    return archive


@contextmanager
def locked(archive: Archive, waiting: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the archive for writing; death frees it.

    While another process holds it, ``waiting`` is told who, once, and this waits; without ``waiting`` VanthuError says
    who. Raises OSError when the lock file cannot be written.
    """
    handle = os.open(archive.lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        # Whoever asks who holds the lock holds it himself for that moment.
        if not _lock_within(handle, _MOMENT):
            if waiting is None:
                raise VanthuError(
                    f"kho đang được một lệnh digitize khác ghi ({_written_by(handle)})",
                    path=archive.root,
                    hint="chờ lệnh đó xong rồi chạy lại",
                )
            waiting(_written_by(handle))
            while not _lock_within(handle, _MOMENT):
                time.sleep(1)
        mine = {"host": socket.gethostname(), "pid": os.getpid(), "since": time.strftime("%H:%M %d/%m/%Y")}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(mine).encode(), 0)
        yield
    finally:
        os.close(handle)


def lock_holder(archive: Archive) -> str:
    """Return who holds the archive for writing, as a person is told; "" when nobody does."""
    try:
        handle = os.open(archive.lock, os.O_RDONLY)
    except FileNotFoundError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _written_by(handle)
    else:
        return ""
    finally:
        os.close(handle)


def _lock_within(handle: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        else:
            return True


def _written_by(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 1000, 0))
        return f"tiến trình {holder['pid']} trên máy {holder['host']}, từ {holder['since']}"
    except (ValueError, KeyError, TypeError):  # it has not yet written who it is
        return "chưa rõ tiến trình nào"


_MOMENT = 0.3


def disk_is_full(error: OSError | sqlite3.OperationalError) -> bool:
    """Tell whether ``error`` is for want of room."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode == sqlite3.SQLITE_FULL
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
