"""One writer for an index, whoever holds the archive: a batch that reads for days does not keep corrections waiting."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sole_writer(index: Path, *, patient: bool = True) -> Iterator[bool]:
    """Hold the index in ``index`` for writing; death frees it. Raises OSError.

    While another thread or process holds it this waits; when not ``patient`` it goes on at once, and yields False.
    """
    handle = os.open(_lock_file(index), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(handle, fcntl.LOCK_EX, patient)
    finally:
        os.close(handle)


@contextmanager
def no_writer(index: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep writers from the index in ``index`` while it is looked at; where the folder is read-only there are none.

    While one is at work this waits, and says so once by ``waiting``. Raises OSError.
    """
    try:
        handle = os.open(_lock_file(index), os.O_RDONLY | os.O_CREAT, 0o600)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        yield
        return
    try:
        if not _locked(handle, fcntl.LOCK_SH, patient=False):
            waiting()
            _locked(handle, fcntl.LOCK_SH, patient=True)
        yield
    finally:
        os.close(handle)


def _lock_file(index: Path) -> Path:
    return index.with_name(f"{index.name}.lock")


def _locked(handle: int, how: int, patient: bool) -> bool:
    try:
        fcntl.flock(handle, how | (0 if patient else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
