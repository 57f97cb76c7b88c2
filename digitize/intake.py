"""Find the files to digitize and know each by its content: kind from the first bytes, identity from all of them."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from digitize import limits
from vanthu.errors import os_reason

Kind = Literal["pdf", "png", "jpeg", "tiff", "jpeg2000", "webp", "bmp"]
TAKEN = "ảnh PNG, JPEG, TIFF, JPEG 2000, WebP, BMP hay PDF"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is not taken: ``excluded`` when it is no scan at all, ``quarantined`` when it should have been one."""

    state: Literal["excluded", "quarantined"]
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be digitized. ``size`` is in bytes; ``stamp`` changes whenever the file is written."""

    path: str
    sha256: str
    kind: Kind
    size: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One name met on the walk, absolute; ``problem`` when it cannot even be opened."""

    path: str
    problem: Problem | None = None


def walk(roots: Iterable[Path], excluded: Path) -> Iterator[Entry]:
    """Yield every file under ``roots`` once, in a stable order, never entering ``excluded`` nor any folder twice."""
    seen: set[tuple[int, int]] = set()
    if excluded.is_dir():
        seen.add(_identity(excluded.stat()))
    files: set[str] = set()
    for root in roots:
        found = _walk_folder(str(root.absolute()), seen) if root.is_dir() else iter([Entry(str(root.absolute()))])
        for entry in found:
            if entry.path not in files:
                files.add(entry.path)
                yield entry


def examine(path: str, known: tuple[str, str, Kind] | None = None) -> Source | Problem:
    """Open the file at ``path`` for reading and tell what it is, or what is wrong with it.

    ``known`` is the stamp, SHA-256 and kind of an earlier run: bytes that have not changed since are not read again.
    """
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            # A pipe would wait for a writer for ever: it must not be opened.
            return Problem("excluded", "không phải tệp thường")
        if status.st_size == 0:
            return Problem("quarantined", "tệp rỗng (0 byte)")
        stamp = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"
        if known and known[0] == stamp:
            return Source(path, known[1], known[2], status.st_size, stamp)
        with open(path, "rb") as file:  # noqa: PTH123 — a str keeps names that are not UTF-8
            kind = kind_of(file.read(1024))
            if kind is None:
                return Problem("excluded", f"không phải {TAKEN}")
            if status.st_size > limits.FILE_BYTES:
                return Problem("quarantined", f"tệp lớn quá {limits.FILE_BYTES // 1024**3} GB")
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return Problem("quarantined", "liên kết hỏng hoặc tệp vừa bị xóa")
    except OSError as error:
        return Problem("quarantined", f"không đọc được tệp ({os_reason(error)})")
    return Source(path, sha256, kind, status.st_size, stamp)


def kind_of(head: bytes) -> Kind | None:
    """Return the kind of a file from its first 1024 bytes, None when it is not one we take."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    # Two letters begin many a text; the size of the header that follows is one of few.
    if head.startswith(b"BM") and head[14:18] in _BMP_HEADERS:
        return "bmp"
    return "pdf" if _PDF_HEADER.search(head) else None


def sha256_of(path: str) -> str:
    """Return the SHA-256 of the bytes at ``path`` in hexadecimal. Raises OSError."""
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()


def _walk_folder(folder: str, seen: set[tuple[int, int]]) -> Iterator[Entry]:
    pending = [folder]
    while pending:
        current = pending.pop()
        try:
            identity = _identity(Path(current).stat())
            if identity in seen:
                if Path(current).is_symlink():
                    yield Entry(current, Problem("excluded", "thư mục vòng lặp hoặc đã đi qua bằng tên khác"))
                continue
            seen.add(identity)
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            yield Entry(current, Problem("quarantined", f"không mở được thư mục ({os_reason(error)})"))
            continue
        folders = [entry for entry in entries if _is_folder(entry)]
        for entry in entries:
            if entry not in folders:
                yield Entry(entry.path)
        # The last pushed is walked first: real folders in order, then links, so that a file keeps its real name.
        folders.sort(key=lambda entry: (entry.is_symlink(), os.fsencode(entry.name)), reverse=True)
        pending += [entry.path for entry in folders]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that points at itself
        return False


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),  # the codestream alone
)
_BMP_HEADERS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))
# Printers and mail gateways put lines of their own before the header; a sentence that mentions %PDF- is not one.
_PDF_HEADER = re.compile(rb"(?:\A(?:\xef\xbb\xbf)?|[\r\n])[\s\0]*%PDF-\d")
