"""A folder for uploads while they are read; what a killed server left there goes when the next one starts."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PREFIX = "doclint-serve-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield a folder that no other user may look into; it is removed at the end. Raises OSError of the disk."""
    _remove_left()
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name, _locked(Path(name)):
        yield Path(name)


def _remove_left() -> None:
    """Remove the folders of servers that are no more: those that nobody holds a lock on."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if folder.lstat().st_uid == os.getuid():
                with _locked(folder):
                    shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # a server is at work in it, or it is no folder


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock that the system takes back however the process ends. Raises OSError when another holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
