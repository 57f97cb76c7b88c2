"""One writer for an index, whoever holds the archive: a batch that reads for days does not keep corrections waiting."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def sole_writer(index: Path, *, patient: bool = True) -> Iterator[bool]:
    """Hold the index in ``index`` for writing; death frees it. Raises OSError.

    While another thread or process holds it this waits; when not ``patient`` it goes on at once, and yields False.
    """
    handle = os.open(index.with_name(f"{index.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _locked(handle, patient)
    finally:
        os.close(handle)


def _locked(handle: int, patient: bool) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
