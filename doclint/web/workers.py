"""Processes that stay warm and do one job at a time: one that hangs or dies is replaced, and the others go on."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from vanthu.errors import VanthuError

J = TypeVar("J")
A = TypeVar("A")


class Died(Exception):
    """The process of a job ended before it had an answer."""


class Workers(Generic[J, A]):
    """``size`` processes; each calls ``setup`` once, and what that returns with every job that it gets.

    Each has a folder of its own in ``folder``, where its temporary files are and which goes with it.
    """

    def __init__(self, size: int, setup: Callable[[], Callable[[J], A]], folder: Path) -> None:
        self._size, self._setup, self._folder = size, setup, folder
        self._idle: SimpleQueue[_Worker | None] = SimpleQueue()
        self._all: set[_Worker] = set()
        self._jobs = ThreadPoolExecutor(size)
        self._hiring = ThreadPoolExecutor(size)
        self._numbers = count()
        self._closing = False

    def __enter__(self) -> Self:
        """Start the processes and wait until all are warm. Raises VanthuError of ``setup``."""
        try:
            for worker in self._hiring.map(lambda _: self._hired(), range(self._size)):
                self._idle.put(worker)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def submit(self, job: J, seconds: float) -> Future[A]:
        """Return what will be the answer; TimeoutError when the job takes longer than ``seconds``, or Died."""
        return self._jobs.submit(self._done, job, seconds)

    def _done(self, job: J, seconds: float) -> A:
        worker = self._idle.get()
        if worker is not None and not worker.process.is_alive():
            self._dismiss(worker)  # while it had nothing to do: no fault of this job
            worker = None
        try:
            if worker is None:
                worker = self._hired()
            answer: A = worker.asked(job, seconds)
        except BaseException:
            if worker is not None:
                self._dismiss(worker)
            if self._closing:
                self._idle.put(None)
            else:
                self._hiring.submit(self._refill)
            raise
        self._idle.put(worker)
        return answer

    def _refill(self) -> None:
        try:
            self._idle.put(self._hired())
        except BaseException:
            self._idle.put(None)  # the next job tries again, and tells why it cannot be done
            raise

    def _hired(self) -> _Worker:
        if self._closing:
            raise Died
        folder = self._folder / f"{next(self._numbers)}"
        folder.mkdir(mode=0o700)
        ours, theirs = get_context("spawn").Pipe()
        process = get_context("spawn").Process(target=_work, args=(theirs, self._setup, folder), daemon=False)
        process.start()
        theirs.close()  # so that the end of the process is the end of the line
        worker = _Worker(process, ours, folder)
        self._all.add(worker)
        try:
            failure: VanthuError | None = worker.told(_START_SECONDS)
        except BaseException:
            self._dismiss(worker)
            raise
        if failure is not None:
            self._dismiss(worker)
            raise failure
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.terminate()
        worker.process.join(_LEAVE_SECONDS)
        worker.process.kill()
        worker.process.join()
        worker.line.close()
        shutil.rmtree(worker.folder, ignore_errors=True)
        self._all.discard(worker)

    def _close(self) -> None:
        """Stop at once: a job that is being done ends with Died."""
        self._closing = True
        self._jobs.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            worker.process.terminate()
        for _ in range(self._size):
            self._idle.put(None)  # nobody waits for one that will not come
        self._hiring.shutdown(cancel_futures=True)
        self._jobs.shutdown()
        for worker in list(self._all):
            self._dismiss(worker)


@dataclass(frozen=True, eq=False)
class _Worker:
    process: SpawnProcess
    line: Connection
    folder: Path

    def asked(self, job: object, seconds: float) -> Any:
        try:
            self.line.send(job)
        except OSError as error:
            raise Died from error
        return self.told(seconds)

    def told(self, seconds: float) -> Any:
        """Return what the process says next. Raises TimeoutError and Died."""
        try:
            if not self.line.poll(seconds):
                raise TimeoutError
            return self.line.recv()
        except (EOFError, ConnectionError) as error:
            raise Died from error


def _work(line: Connection, setup: Callable[[], Callable[[J], A]], folder: Path) -> None:
    """Do what comes down the line, in the other process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this process
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tempfile.tempdir = str(folder)
    try:
        do = setup()
    except VanthuError as error:
        line.send(error)
        return
    line.send(None)
    while True:
        try:
            job = line.recv()
        except EOFError:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending already
            return
        line.send(do(job))


def _leave(number: int, frame: object) -> None:
    """End in order: LibreOffice is stopped, temporary files are removed; once is enough."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(1)


def _end_with_parent() -> None:
    """End when the server was killed and can no longer say so."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(_LEAVE_SECONDS)
    os._exit(1)


_START_SECONDS = 120.0
"""A process reads rules and packs, on a slow disk for the first time."""
_LEAVE_SECONDS = 3.0
