"""Run steps in N warm processes of this machine; a step that kills or outlasts its process harms no other."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from digitize import limits
from digitize.runners.worker import serve
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess


class Crashed(VanthuError):
    """The process of a step died or was killed: for time or memory, or by a fault in a library."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step of the pipeline and its job; the process and all it started are killed after ``seconds``."""

    step: Callable[[Any], Any]
    job: Any
    seconds: float


@dataclass(frozen=True, slots=True)
class Finished:
    """A task that has ended: with a result, or with the error that a person is told."""

    task: Task
    result: Any = None
    error: VanthuError | None = None


class LocalWorkers:
    """N processes, each with one task in hand. Use in a ``with`` block; leaving it ends them, whatever they do.

    All are started at once; one that has no task yet calls ``warm``, which can be pickled.
    """

    def __init__(self, count: int, scratch: Path, warm: Callable[[], None] | None = None) -> None:
        self._slots = [_Slot(scratch / str(number), warm) for number in range(1, count + 1)]

    def __enter__(self) -> LocalWorkers:
        try:
            for slot in self._slots:
                slot.begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for slot in self._slots:
            slot.kill()
        for slot in self._slots:
            slot.end()

    @property
    def idle(self) -> bool:
        """Whether a task can be handed in now."""
        return any(slot.task is None for slot in self._slots)

    @property
    def busy(self) -> bool:
        """Whether a task is in hand."""
        return any(slot.task is not None for slot in self._slots)

    def submit(self, task: Task) -> None:
        """Start ``task`` in an idle process."""
        next(slot for slot in self._slots if slot.task is None).start(task)

    def wait(self, seconds: float) -> list[Finished]:
        """Return the tasks that have ended, as soon as there is one, at the latest after ``seconds``."""
        busy = [slot for slot in self._slots if slot.task]
        if not busy:
            time.sleep(seconds)
            return []
        until = min(slot.deadline for slot in busy) - time.monotonic()
        # A worker that dies closes its end, so that this wakes up then too.
        multiprocessing.connection.wait([slot.connection for slot in busy], max(0, min(seconds, until)))
        finished = (slot.collect() for slot in busy)
        return [one for one in finished if one]


class _Slot:
    """The place of one worker, in which one follows another. After the first, one is started when there is a task."""

    connection: Connection[Any, Any]

    def __init__(self, scratch: Path, warm: Callable[[], None] | None) -> None:
        self._scratch, self._warm = scratch, warm
        self._process: SpawnProcess | None = None
        self._done = 0
        self.task: Task | None = None
        self.deadline = 0.0

    def begin(self) -> None:
        """Start the worker where there is none."""
        if self._process is None:
            self._spawn()

    def start(self, task: Task) -> None:
        """Hand a task to the worker."""
        self.begin()
        self.task, self.deadline = task, time.monotonic() + task.seconds
        with suppress(OSError):  # it died while it was idle: collect() tells
            self.connection.send(task)

    def collect(self) -> Finished | None:
        """Return the task in hand when it has ended, in whatever way."""
        assert self.task is not None
        task = self.task
        if self.connection.poll():
            try:
                result, error, memory = self.connection.recv()
            except (EOFError, OSError):
                return self._died(task)
            self._done += 1
            self.task = None
            # However large an engine is, it is not loaded anew for every page.
            swollen = memory > limits.WORKER_RSS_BYTES and self._done >= limits.WORKER_TASKS_LEAST
            if swollen or self._done >= limits.WORKER_TASKS:
                self.end()
            return Finished(task, result, error)
        if time.monotonic() < self.deadline:
            return None
        self.end()
        return Finished(task, error=Crashed(f"làm chết tiến trình đọc (quá {task.seconds:.0f} giây)"))

    def end(self) -> int:
        """Kill the worker with all that it started, remove what they left in their folder; return how it ended."""
        self.task, self._done = None, 0
        if self._process is None:
            return 0
        self.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        self.connection.close()
        self._process = None
        shutil.rmtree(self._scratch, ignore_errors=True)
        return code or 0

    def kill(self) -> None:
        """Kill the worker with all that it started, without waiting until that is done."""
        if self._process is None:
            return
        # Its group first, while the process is not yet waited for and the number is surely still its own.
        assert self._process.pid is not None
        with suppress(ProcessLookupError):  # it may not have made its group yet
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def _died(self, task: Task) -> Finished:
        assert self._process is not None
        multiprocessing.connection.wait([self._process.sentinel], limits.DYING_SECONDS)
        death = _DEATHS.get(self.end(), "lỗi thư viện")
        return Finished(task, error=Crashed(f"làm chết tiến trình đọc ({death})"))

    def _spawn(self) -> None:
        # Spawned, because a fork would copy locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        self._scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.connection, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._scratch, self._warm), daemon=True)
        # Ctrl-C must not reach it before it has made a group of its own.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        # Without a name for the program it does not load that, which is a command with all its options.
        program, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            process.start()
            self._process = process
        finally:
            sys.modules["__main__"] = program
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()  # so that its death is seen


_DEATHS = {
    -signal.SIGKILL: "bị hệ thống dừng, có thể vì hết bộ nhớ",
    -signal.SIGSEGV: "lỗi bộ nhớ trong thư viện",
    -signal.SIGABRT: "thư viện tự dừng",
}
