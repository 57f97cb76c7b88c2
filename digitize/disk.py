"""Room on the disk of an archive: how much a batch will want, and whether there is still enough to write safely."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from digitize import limits
from digitize.intake import Source

# A searchable PDF holds the original unchanged, its text and its words; an image that PDF cannot hold becomes a PNG.
_GROWTH = 1.2


def free(folder: Path) -> int:
    """Return the bytes that can still be written to the disk of ``folder``."""
    return shutil.disk_usage(folder).free


def is_low(folder: Path) -> bool:
    """Tell whether a batch must not write any more."""
    return free(folder) < limits.FREE_DISK_BYTES


def blame_when_low(folder: Path) -> None:
    """Raise OSError, as a full disk does, when what has just failed may have failed for want of room."""
    if is_low(folder):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def shortage(folder: Path, sources: Iterable[Source]) -> str:
    """Return, for a person, that ``sources`` will not find room on the disk of ``folder``; "" when they will."""
    needed = int(sum(source.size for source in sources) * _GROWTH) + limits.FREE_DISK_BYTES
    there = free(folder)
    if needed <= there:
        return ""
    return f"đĩa của kho có thể không đủ chỗ: cần khoảng {gigabytes(needed)}, còn {gigabytes(there)}"


def gigabytes(size: int) -> str:
    """Return a number of bytes as a person reads it: ``1,5 GB``."""
    return f"{size / 1024**3:.1f} GB".replace(".", ",")
