"""The journal: one file a month, every line chained to the one before, and its end written down elsewhere.

``audit/2026-11.jsonl`` holds the lines, ``audit-end.json`` the number and the hash of the last. A line is on the disk
before what it tells of happens. Several processes may write; what a power cut left half written was never done.
"""

from __future__ import annotations

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from vanthu.chain import FIRST, Line, sealed, unsealed
from vanthu.errors import VanthuError, os_reason
from vanthu.files import sync_folder

FOLDER, END = "audit", "audit-end.json"
Event = Literal["search", "view", "export", "release", "review", "sign-in", "sign-out", "refused", "account", "broken"]
EVENTS: tuple[Event, ...] = get_args(Event)


@dataclass(frozen=True, slots=True)
class End:
    """Where a journal ends: how many lines it has, and the hash of the last."""

    lines: int
    hash: str


NOTHING = End(0, FIRST)


class Journal:
    """The journal of the archive at ``root``, for adding to it."""

    def __init__(self, root: Path) -> None:
        self.folder, self.end_path = root / FOLDER, root / END
        self._mutex = threading.Lock()

    def append(self, event: Event, who: str, details: Mapping[str, object], *, address: str = "") -> None:
        """Write down what ``who`` does. Raises VanthuError when the disk refuses: then it must not be done."""
        try:
            with self._mutex, held(self.folder):
                self._append(event, who, address, details)
        except OSError as error:
            raise VanthuError(
                f"không ghi được nhật ký ({os_reason(error)})", path=self.folder, hint="xem chỗ trống và quyền ghi"
            ) from error

    def _append(self, event: Event, who: str, address: str, details: Mapping[str, object]) -> None:
        last, noted = self._last(), read_end(self.end_path)
        end = _end(last)
        # Only a death between the two writes lets the journal be ahead of the note, by a line that follows on it.
        ahead = last is not None and noted == End(end.lines - 1, last.before)
        if noted != end and not ahead:
            told = {"noted": None if noted is None else [noted.lines, noted.hash]}
            after = End(max(end.lines, noted.lines if noted else 0), end.hash)
            end = self._write("broken", "digitize", "", told, after)
        self._write(event, who, address, details, end)

    def _write(self, event: Event, who: str, address: str, details: Mapping[str, object], last: End) -> End:
        now = datetime.now().astimezone()
        entry = {
            "version": 1,
            "number": last.lines + 1,
            "at": now.isoformat(timespec="seconds"),
            "event": event,
            "who": who,
            "address": address,
            "details": dict(details),
        }
        line, digest = sealed(entry, last.hash)
        # A clock that was set back does not write into a month that has ended.
        name = max([f"{now:%Y-%m}.jsonl", *(path.name for path in files(self.folder)[-1:])])
        _add(self.folder / name, line)
        end = End(last.lines + 1, digest)
        write_end(self.end_path, end)
        return end

    def _last(self) -> Line | None:
        """Return the last line, None when there is none; what was left half written after it is taken away."""
        for path in reversed(files(self.folder)):
            if tail := _whole_tail(path):
                try:
                    return unsealed(tail)
                except ValueError:
                    return Line({}, "", "")  # nothing follows on it: the break is told, and stays to be seen
        return None


def _end(last: Line | None) -> End:
    return NOTHING if last is None else End(int(last.entry.get("number", 0)), last.hash)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the journal, against other processes too. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def files(folder: Path) -> list[Path]:
    """Return the files of a journal, the oldest first."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].jsonl"))


def read_end(path: Path) -> End | None:
    """Return the end that was written down, None when the note is lost or damaged; nothing yet is NOTHING."""
    try:
        told: dict[str, Any] = json.loads(path.read_bytes())
        return End(int(told["lines"]), str(told["hash"]))
    except FileNotFoundError:
        return NOTHING
    except (ValueError, KeyError, TypeError):
        return None


def write_end(path: Path, end: End) -> None:
    """Write down where the journal ends, in place and always as long, so that a power cut leaves the old or the new."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(handle, json.dumps({"lines": end.lines, "hash": end.hash}).ljust(_END_BYTES).encode(), 0)
        os.fdatasync(handle)
    finally:
        os.close(handle)


def _add(path: Path, line: bytes) -> None:
    new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        before = os.fstat(handle).st_size
        try:
            if os.write(handle, line) != len(line):
                raise OSError(28, "no room")
            os.fdatasync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)
    if new:
        sync_folder(path.parent)


def _whole_tail(path: Path) -> bytes:
    """Return the last whole line of a file, and take away what stands after it; nothing of an empty file."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        tail, start = b"", size
        while start and tail.count(b"\n", 0, -1) < 1 + (not tail.endswith(b"\n")):
            start = max(0, start - _BLOCK)
            file.seek(start)
            tail = file.read(size - start)
        whole, _, torn = tail.rpartition(b"\n")
        if torn:
            file.truncate(size - len(torn))
        return whole.rpartition(b"\n")[2] + b"\n" if whole else b""


_BLOCK = 4096
_END_BYTES = 128
