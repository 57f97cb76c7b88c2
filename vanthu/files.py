"""Files that are written whole or not at all, and names that are safe to print."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_path(target: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``target``; on success it is flushed to disk and takes the target's name.

    A crash at any moment leaves the old file or the new one, never a part. Raises what the body raises, OSError of
    the disk.
    """
    handle, name = tempfile.mkstemp(prefix=".tam-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(target)
        sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_atomic(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target`` whole or not at all."""
    with atomic_path(target) as temporary:
        temporary.write_bytes(content)


def sync_folder(folder: Path) -> None:
    """Make a rename inside ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exact(path: Path | str) -> str:
    """Return a path for a program, as it is but for bytes that are not UTF-8, which JSON cannot hold: ``\\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def shown(path: Path | str) -> str:
    """Return a path as one printable line: control characters are escaped, undecodable bytes become ``\\xNN``."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in exact(path))


def near(path: Path | str) -> str:
    """Return a path as ``shown`` does, relative to the current folder where it lies below it."""
    # normpath and not resolve: a person knows the file by the link he named, not by what it points to.
    whole = Path(os.path.normpath(Path.cwd() / path))
    return shown(whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
