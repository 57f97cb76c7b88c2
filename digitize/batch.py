"""One run over an archive: take files in, spread their pages over the workers, publish each document, give account."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from digitize import limits
from digitize.archive import Archive, disk_is_full
from digitize.balance import Balance
from digitize.intake import Problem, Source, examine, walk
from digitize.ledger import Ledger, State
from digitize.pages import Unreadable
from digitize.pipeline import DocumentJob, PageJob, PageOutcome, inspect, publish, read_page
from digitize.progress import Meter
from digitize.runners.local import Crashed, DiskFull, FileFailed, Finished, LocalWorkers, Task
from digitize.secrets.marking import MARKED
from digitize.settings import Settings

_COMMIT_EVERY = 500


def run(
    archive: Archive,
    ledger: Ledger,
    folders: Iterable[Path],
    settings: Settings,
    versions: str,
    jobs: int,
    meter: Meter,
) -> Balance:
    """Digitize what is under ``folders`` into ``archive``, which must be locked, and return the account of it.

    The account says in ``stopped`` why the run ended early, if it did; the same call then goes on where it was.
    """
    number, found, stopped = 0, 0, ""
    try:
        archive.sweep(ledger.unfinished())
        ledger.requeue(sha256 for sha256 in ledger.done() if not archive.pdf(sha256).is_file())
        number = ledger.begin_run()
        found = take_in(ledger, number, folders, archive, meter)
        pending = ledger.pending(number, str(settings))
        meter.expect(len(pending))
        if pending:
            with LocalWorkers(jobs, archive.scratch) as workers, _interrupt_as_flag() as interrupted:
                todo = _Batch(archive, ledger, settings, versions, workers, meter, deque(pending))
                stopped = todo.carry_out(interrupted)
            archive.sweep(ledger.unfinished())
        ledger.end_run(number, found)
    except (OSError, sqlite3.OperationalError) as error:
        if not disk_is_full(error):
            raise
        stopped = "hết chỗ trên đĩa"
    return Balance(found, ledger.totals(number), tuple(ledger.troubles(number)), stopped, tuple(ledger.layers(number)))


def take_in(ledger: Ledger, run: int, folders: Iterable[Path], archive: Archive, meter: Meter) -> int:
    """Enter every file under ``folders`` in the ledger and return how many the walk met."""
    found = 0
    for entry in walk(folders, archive.root):
        found += 1
        seen = entry.problem or examine(entry.path, ledger.known(entry.path))
        if isinstance(seen, Problem):
            ledger.register_problem(run, entry.path, seen)
        else:
            ledger.register(run, seen)
        if found % _COMMIT_EVERY == 0:
            ledger.commit()
        meter.file_seen()
    ledger.commit()
    return found


@dataclass(slots=True)
class _Document:
    """A document in hand. ``verdict`` is set when it will not be published."""

    source: Source
    pages: int = 0
    next_page: int = 1
    in_workers: int = 0
    outcomes: dict[int, PageOutcome] = field(default_factory=dict)
    publishing: bool = False
    verdict: tuple[State, str] | None = None


class _Batch:
    """The documents in hand and what is to be done next with them."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        settings: Settings,
        versions: str,
        workers: LocalWorkers,
        meter: Meter,
        queue: deque[Source],
    ) -> None:
        self.archive, self.ledger, self.settings, self.versions = archive, ledger, settings, versions
        self.workers, self.meter, self.queue = workers, meter, queue
        self.in_hand: dict[str, _Document] = {}

    def carry_out(self, interrupted: Sequence[int]) -> str:
        """Work until nothing is left, or until a reason to stop, which is returned."""
        stopped = ""
        while True:
            if not stopped and interrupted:
                stopped = "đã dừng theo yêu cầu"
            while not stopped and self.workers.idle and (task := self._next_task()):
                if shutil.disk_usage(self.archive.root).free < limits.FREE_DISK_BYTES:
                    stopped = f"đĩa còn dưới {limits.FREE_DISK_BYTES // 1024**2} MB"
                else:
                    self._hand_in(task)
            if not self.workers.busy:
                return stopped
            for finished in self.workers.wait(seconds=0.5):
                self._take(finished)
                if isinstance(finished.error, DiskFull):
                    stopped = finished.error.reason

    def _next_task(self) -> Task | None:
        """Return the next thing to do: finish documents in hand before opening another."""
        for document in self.in_hand.values():
            if task := self._task_of(document):
                return task
        if not self.queue:
            return None
        return Task(inspect, DocumentJob(self.archive, self.queue[0], self.settings))

    def _task_of(self, document: _Document) -> Task | None:
        if document.verdict or not document.pages:
            return None
        # Page 1 alone first: it is where a secrecy marking stands, and the rest is then never read.
        if document.next_page <= document.pages and (document.next_page == 1 or 1 in document.outcomes):
            return Task(read_page, PageJob(self.archive, document.source, self.settings, document.next_page))
        if len(document.outcomes) == document.pages and not document.publishing:
            job = DocumentJob(self.archive, document.source, self.settings, document.pages)
            return Task(publish, job, limits.PUBLISH_SECONDS)
        return None

    def _hand_in(self, task: Task) -> None:
        source = task.job.source
        if task.step is inspect:
            self.queue.popleft()
            self.ledger.start(source.sha256, str(self.settings), self.versions)
            self.in_hand[source.sha256] = _Document(source)
        document = self.in_hand[source.sha256]
        if task.step is read_page:
            document.next_page += 1
        document.publishing = task.step is publish
        document.in_workers += 1
        self.workers.submit(task)

    def _take(self, finished: Finished) -> None:
        """Enter what a worker has done."""
        document = self.in_hand[finished.task.job.source.sha256]
        document.in_workers -= 1
        if isinstance(finished.error, DiskFull):
            pass  # neither done nor failed: to be taken up again
        elif finished.task.step is read_page:
            self._take_page(document, finished)
        elif finished.error:
            hopeless = isinstance(finished.error, Unreadable | Crashed)
            document.verdict = ("quarantined" if hopeless else "failed", finished.error.reason)
        elif finished.task.step is inspect:
            document.pages = finished.result
            self.meter.pages_found(document.pages)
        else:
            self._close(document, "done", "")
            return
        if document.verdict and not document.in_workers:
            self._close(document, *document.verdict)

    def _take_page(self, document: _Document, finished: Finished) -> None:
        self.meter.page_ended()
        if isinstance(finished.error, FileFailed) and not document.verdict:
            document.verdict = ("failed", finished.error.reason)
        reason = finished.error.reason if finished.error else ""
        outcome = finished.result or PageOutcome(finished.task.job.number, "no_text", reason)
        if outcome.state == "secret":
            document.verdict = ("quarantined", MARKED)
            # At once: what a kill leaves of other pages must not wait for the end. At the close once more, for the
            # pages that are being read now.
            self.archive.forget(document.source.sha256)
        if document.verdict:
            return
        document.outcomes[outcome.number] = outcome
        self.ledger.record_page(document.source.sha256, outcome)
        unread = sum(page.state == "no_text" for page in document.outcomes.values())
        if unread == document.pages:
            document.verdict = ("quarantined", document.outcomes[1].reason)

    def _close(self, document: _Document, state: State, reason: str) -> None:
        sha256 = document.source.sha256
        if reason == MARKED:
            self.archive.forget(sha256)
        self.ledger.finish(sha256, state, reason=reason, pages=document.pages if state == "done" else 0)
        # Of a document that could not be read, a copy published earlier with other settings stays where it is.
        if state in ("done", "quarantined"):
            shutil.rmtree(self.archive.work(sha256), ignore_errors=True)
        del self.in_hand[sha256]
        self.meter.document_ended()


@contextmanager
def _interrupt_as_flag() -> Iterator[list[int]]:
    """Yield a list that is no longer empty after Ctrl-C; a second Ctrl-C stops at once."""
    received: list[int] = []

    def first(number: int, _: FrameType | None) -> None:
        received.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, first)
    try:
        yield received
    finally:
        signal.signal(signal.SIGINT, before)
