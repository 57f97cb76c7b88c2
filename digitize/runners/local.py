"""Run steps in N processes of this machine; a step that kills its process is tried once more and harms no other."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize import limits
from digitize.archive import disk_is_full
from vanthu.errors import VanthuError, os_reason


class Crashed(VanthuError):
    """The process of a step died twice: killed for time or memory, or by a fault in a library."""


class FileFailed(VanthuError):
    """A file could not be read or written now; another time it may."""


class DiskFull(VanthuError):
    """Nothing more can be written: the batch must stop."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step of the pipeline and its job; the process is killed when it takes longer than ``seconds``."""

    step: Callable[[Any], Any]
    job: Any
    seconds: int = limits.STEP_SECONDS


@dataclass(frozen=True, slots=True)
class Finished:
    """A task that has ended: with a result, or with the error that a person is told."""

    task: Task
    result: Any = None
    error: VanthuError | None = None


class LocalWorkers:
    """N processes, each with one task in hand. Use in a ``with`` block; leaving it kills what still runs."""

    def __init__(self, count: int, scratch: Path) -> None:
        self._scratch = scratch
        self._slots = [_Slot(self._process()) for _ in range(count)]

    def __enter__(self) -> LocalWorkers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            for process in multiprocessing.active_children():
                process.kill()
                with suppress(ProcessLookupError):  # it may not have made its group yet
                    if process.pid:
                        os.killpg(process.pid, signal.SIGKILL)  # its Tesseract
        for slot in self._slots:
            slot.pool.shutdown(cancel_futures=True)

    @property
    def idle(self) -> bool:
        """Whether a task can be handed in now."""
        return any(slot.future is None for slot in self._slots)

    @property
    def busy(self) -> bool:
        """Whether a task is in hand."""
        return any(slot.future is not None for slot in self._slots)

    def submit(self, task: Task) -> None:
        """Start ``task`` in an idle process."""
        slot = next(slot for slot in self._slots if slot.future is None)
        slot.attempts = 0
        self._start(slot, task)

    def wait(self, seconds: float) -> list[Finished]:
        """Return the tasks that have ended, as soon as there is one, at the latest after ``seconds``."""
        futures = [slot.future for slot in self._slots if slot.future is not None]
        ended, _ = wait(futures, timeout=seconds, return_when=FIRST_COMPLETED)
        finished = (self._collect(slot) for slot in self._slots if slot.future in ended)
        return [result for result in finished if result]

    def _collect(self, slot: _Slot) -> Finished | None:
        assert slot.future is not None and slot.task is not None
        future, slot.future = slot.future, None
        try:
            return Finished(slot.task, result=future.result())
        except VanthuError as error:
            return Finished(slot.task, error=error)
        except BrokenProcessPool:
            slot.pool.shutdown()
            slot.pool = self._process()
            if slot.attempts < 2:
                self._start(slot, slot.task)
                return None
            return Finished(slot.task, error=Crashed("làm chết tiến trình đọc (quá lâu, hết bộ nhớ hoặc lỗi thư viện)"))

    def _start(self, slot: _Slot, task: Task) -> None:
        slot.task = task
        slot.attempts += 1
        slot.future = slot.pool.submit(_perform, task)

    def _process(self) -> ProcessPoolExecutor:
        # One process a pool: when it breaks, it is known which task broke it. Spawned, because a fork would copy
        # locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(self._scratch,))


@dataclass(slots=True)
class _Slot:
    pool: ProcessPoolExecutor
    future: Future[Any] | None = None
    task: Task | None = None
    attempts: int = 0


def _begin(scratch: Path) -> None:
    """Prepare a worker process."""
    os.setpgrp()  # Ctrl-C goes to the group of the command, and pages in hand are to be finished
    os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's threads fight: a pool is three to four times as fast without
    tempfile.tempdir = str(scratch)
    resource.setrlimit(resource.RLIMIT_AS, (limits.WORKER_MEMORY_BYTES, limits.WORKER_MEMORY_BYTES))
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os.killpg(os.getpgrp(), signal.SIGKILL)  # this process and its Tesseract


def _perform(task: Task) -> Any:
    """Carry out a task in a worker. Every error leaves as a VanthuError that says its reason."""
    signal.alarm(task.seconds)  # not handled, so that it ends the process even inside a library
    try:
        return task.step(task.job)
    except VanthuError:
        raise
    except OSError as error:
        if disk_is_full(error):
            raise DiskFull("hết chỗ trên đĩa") from None
        raise FileFailed(f"lỗi đọc hoặc ghi tệp ({os_reason(error)})") from error
    except MemoryError:
        raise VanthuError("hết bộ nhớ") from None
    except (Exception, SystemExit) as error:  # the border of a task; pytesseract can exit
        raise VanthuError(f"lỗi chưa lường trước ({type(error).__name__}: {error})") from error
    finally:
        signal.alarm(0)
