"""A worker process: one task after another, in a group of its own and within its share of memory."""

from __future__ import annotations

import ctypes
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize import limits
from digitize.archive import disk_is_full
from vanthu.errors import VanthuError, os_reason

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from digitize.runners.local import Task


class FileFailed(VanthuError):
    """A file could not be read or written now; another time it may."""


class DiskFull(VanthuError):
    """Nothing more can be written: the batch must stop."""


def serve(tasks: Connection[Any, Any], scratch: Path, warm: Callable[[], None] | None) -> None:
    """Carry out tasks until the other end closes; answer each with its result, its error and the memory held now.

    ``warm`` loads what tasks will need, when there is none yet; what it fails at, a task will tell.
    """
    os.setpgrp()  # what a step starts dies with it; Ctrl-C, which goes to the group of the command, stays outside
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's threads fight: a pool is three to four times as fast without
    tempfile.tempdir = str(scratch)
    # Programs that a step starts inherit it.
    resource.setrlimit(resource.RLIMIT_AS, (limits.WORKER_MEMORY_BYTES, limits.WORKER_MEMORY_BYTES))
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _keep_memory()
    if warm and not tasks.poll():
        with suppress(Exception):
            warm()
    while True:
        try:
            task = tasks.recv()
        except EOFError:
            return
        result, error = perform(task)
        tasks.send((result, error, _memory()))


def perform(task: Task) -> tuple[Any, VanthuError | None]:
    """Carry out a task and return its result or its error, whatever it was, as one that says its reason."""
    try:
        return task.step(task.job), None
    except VanthuError as error:
        return None, error
    except OSError as error:
        if disk_is_full(error):
            return None, DiskFull("hết chỗ trên đĩa")
        return None, FileFailed(f"lỗi đọc hoặc ghi tệp ({os_reason(error)})")
    except MemoryError:
        return None, VanthuError("hết bộ nhớ")
    except (Exception, SystemExit) as error:  # the border of a task; pytesseract can exit
        return None, VanthuError(f"lỗi chưa lường trước ({type(error).__name__}: {error})")


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os.killpg(os.getpgrp(), signal.SIGKILL)  # this process and its Tesseract


def _keep_memory() -> None:
    """Let the C library keep what a page took for the next one: to have it cleared anew takes 40 ms a page."""
    with suppress(AttributeError):  # glibc alone has this
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, 32 * 1024**2)
        mallopt(_TRIM_THRESHOLD, 64 * 1024**2)


_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h


def _memory() -> int:
    """Return how many bytes of real memory this process holds."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
