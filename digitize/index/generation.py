"""The folder of an index: one generation of its files that searches use, and one that is being built beside it.

Every generation has a manifest: its engine and the digest of each file. It is written after each commit and compared
when the index is opened, size and time first: neither Whoosh nor Tantivy tells of all the damage that it meets.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digitize.index.documents import create_documents, open_documents
from digitize.index.engines.choose import ENGINES, engine_named
from digitize.index.engines.engine import Engine, IndexDamaged
from digitize.index.writer import no_writer
from vanthu.files import sync_folder, write_atomic

VERSION = 3
"""Of the files of an index; version 2 did not have what a document is called by among the words of its page."""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it was when it was committed."""

    size: int
    time: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation of the index, in its folder."""

    folder: Path
    engine_name: str

    @property
    def engine(self) -> Engine:
        """What its files are read and written with."""
        return engine_named(self.engine_name)

    @property
    def files(self) -> Path:
        """The folder of the engine's own files."""
        return self.folder / "files"

    @property
    def manifest(self) -> Path:
        """The file that says what the others are; it changes with each commit."""
        return self.folder / _MANIFEST

    @property
    def is_sealed(self) -> bool:
        """Whether no commit is under way, nor was cut off."""
        return not (self.folder / _UNSEALED).exists()

    def unseal(self) -> None:
        """Say that a commit begins, after which the files are not those of the manifest until ``seal``."""
        write_atomic(self.folder / _UNSEALED, b"")

    def seal(self) -> None:
        """Write down what the files are now, flushed to disk."""
        before = self._known() if self.manifest.is_file() else {}
        now = {name: _state(path, before.get(name)) for name, path in self._paths()}
        for name, path in self._paths():
            if now[name] != before.get(name):
                with path.open("rb") as written:
                    os.fsync(written.fileno())
        sync_folder(self.files)
        files = {name: asdict(state) for name, state in now.items()}
        content = {"version": VERSION, "engine": self.engine_name, "files": files}
        write_atomic(self.manifest, json.dumps(content).encode())
        (self.folder / _UNSEALED).unlink(missing_ok=True)

    def roll_back(self) -> bool:
        """Take back a commit that was cut off, if it took nothing away yet; tell whether the files are as they were.

        For who holds the index for writing. Raises OSError.
        """
        try:
            with open_documents(self.folder) as documents:
                documents.count()  # SQLite takes back what it had not committed
            self.check()
            known = self._known()
        except (IndexDamaged, sqlite3.Error):
            return False
        for name, path in list(self._paths()):
            if name not in known:
                path.unlink()
        self.seal()
        return True

    def check(self, *, whole: bool = False) -> int:
        """Return how many files there are; ``whole`` reads all of them, else those are that look changed.

        Raises IndexDamaged when one is not as it was committed.
        """
        files = self._known()
        for name, known in files.items():
            path = self.folder / name
            try:
                found = path.stat()
            except OSError as error:
                raise IndexDamaged(f"chỉ mục hỏng: mất tệp {name}") from error
            same = found.st_size == known.size and found.st_mtime_ns == known.time
            if (whole or not same) and (found.st_size != known.size or _sha256(path) != known.sha256):
                raise IndexDamaged(f"chỉ mục hỏng: tệp {name} không còn như lúc ghi")
        return len(files)

    def _known(self) -> dict[str, FileState]:
        return {name: FileState(**state) for name, state in _read(self.folder)["files"].items()}

    def _paths(self) -> Iterator[tuple[str, Path]]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.name not in (_MANIFEST, _UNSEALED) and not path.name.endswith(_LOCKS):
                yield str(path.relative_to(self.folder)), path


def current(index: Path) -> Generation | None:
    """Return the generation that searches use, None when there is none of this version. Raises IndexDamaged."""
    return _named(index, _CURRENT)


def building(index: Path) -> Generation | None:
    """Return the generation that is being built, None when there is none."""
    try:
        return _named(index, _BUILDING)
    except IndexDamaged:  # it is begun anew
        return None


def engine_in_use(index: Path) -> str:
    """Return the name of the engine that searches use, "" when that cannot be told."""
    try:
        used = current(index)
    except IndexDamaged:
        return ""
    return used.engine_name if used is not None else ""


def verified(index: Path, waiting: Callable[[], None] = lambda: None) -> int:
    """Read every file of the index that searches use and return how many there are. Raises IndexDamaged.

    While a commit is under way the files are not those of the manifest: ``waiting`` is told that this waits for it.
    """
    with no_writer(index, waiting):
        used = current(index)
        if used is None:
            raise IndexDamaged("kho chưa có chỉ mục")
        return used.check(whole=True)


def begin(index: Path, engine_name: str) -> Generation:
    """Make an empty generation beside the one that is used, in place of one that was not finished."""
    index.mkdir(mode=0o700, exist_ok=True)
    (index / _BUILDING).unlink(missing_ok=True)
    used = _pointed(index, _CURRENT)
    numbers = [int(path.name) for path in index.iterdir() if path.is_dir() and path.name.isdecimal()]
    for path in index.iterdir():
        if path.is_dir() and path.name != used:
            shutil.rmtree(path)
    fresh = Generation(index / f"{max(numbers, default=0) + 1:06}", engine_name)
    fresh.files.mkdir(parents=True, mode=0o700)
    create_documents(fresh.folder)
    fresh.engine.create(fresh.files)
    fresh.seal()
    write_atomic(index / _BUILDING, fresh.folder.name.encode())
    return fresh


def put_to_use(index: Path, built: Generation) -> None:
    """Let searches use a generation that is whole; the one before goes."""
    before = _pointed(index, _CURRENT)
    write_atomic(index / _CURRENT, built.folder.name.encode())
    (index / _BUILDING).unlink(missing_ok=True)
    if before and before != built.folder.name:
        shutil.rmtree(index / before, ignore_errors=True)


def _named(index: Path, pointer: str) -> Generation | None:
    name = _pointed(index, pointer)
    if not name:
        return None
    folder = index / name
    if not folder.is_dir():
        raise IndexDamaged("chỉ mục hỏng: mất thư mục")
    if not (folder / _MANIFEST).is_file() and not (folder / "files").is_dir():
        return None  # of version 1, which had no manifest
    content = _read(folder)
    if content["version"] != VERSION or content["engine"] not in ENGINES:
        return None
    return Generation(folder, content["engine"])


def _pointed(index: Path, pointer: str) -> str:
    try:
        name = (index / pointer).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
    return name if name.isdecimal() else ""


def _read(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / _MANIFEST).read_bytes())
        return {name: content[name] for name in ("version", "engine", "files")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged("chỉ mục hỏng: mất bản kê tệp") from error


def _state(path: Path, before: FileState | None) -> FileState:
    found = path.stat()
    if before is not None and (before.size, before.time) == (found.st_size, found.st_mtime_ns):
        return before
    return FileState(found.st_size, found.st_mtime_ns, _sha256(path))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_MANIFEST, _UNSEALED = "manifest.json", "unsealed"
_CURRENT, _BUILDING = "current", "building"
_LOCKS = (".lock", "LOCK", "-journal")
"""Ends of the names of files that come and go."""
