"""Spread the pages of documents over the workers: what is to be done next, and what an ended task means."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from digitize import limits
from digitize.archive import Archive
from digitize.gate import Gate
from digitize.intake import Source
from digitize.leases import holder
from digitize.ledger import Ledger, State
from digitize.outcome import PageOutcome
from digitize.pages import Unreadable
from digitize.pdf.check import Conformity
from digitize.pipeline import InspectJob, PageJob, PublishJob, inspect, publish, read_page
from digitize.progress import Meter
from digitize.runners.local import Crashed, Finished, LocalWorkers, Task
from digitize.runners.worker import DiskFull, FileFailed
from digitize.settings import Settings


@dataclass(slots=True)
class _Document:
    """A document in hand. ``verdict`` is set when it will not be published.

    ``failed`` are the pages to try once more, and what the first attempt failed for.
    """

    source: Source
    pages: int = 0
    in_workers: int = 0
    outcomes: dict[int, PageOutcome] = field(default_factory=dict)
    failed: list[tuple[int, str]] = field(default_factory=list)
    attempts: int = 1
    publishing: bool = False
    verdict: tuple[State, str] | None = None


class Dispatch:
    """The documents in hand and those that wait. Which page is free, the ledger decides."""

    def __init__(
        self,
        archive: Archive,
        ledger: Ledger,
        gate: Gate,
        settings: Settings,
        versions: str,
        workers: LocalWorkers,
        meter: Meter,
        queue: deque[Source],
    ) -> None:
        self.archive, self.ledger, self.gate = archive, ledger, gate
        self.settings, self.versions = settings, versions
        self.workers, self.meter, self.queue = workers, meter, queue
        self.holder = holder()
        self.in_hand: dict[str, _Document] = {}

    def carry_out(self, stop: Callable[[], str]) -> str:
        """Work until nothing is left, or until ``stop`` or a full disk gives a reason to, which is returned.

        What is in hand is always finished.
        """
        stopped = ""
        while True:
            while self.workers.idle and (stopped := stopped or stop()) == "" and (task := self._next_task()):
                self.workers.submit(task)
            self.ledger.commit()
            if not self.workers.busy:
                if stopped or not self.in_hand:
                    self._give_back()
                    return stopped
                self._look_at_others()
            for finished in self.workers.wait(seconds=0.5):
                self._take(finished)
                if isinstance(finished.error, DiskFull):
                    stopped = finished.error.reason

    def _give_back(self) -> None:
        """Queue the pages whose second attempt did not come: nobody reads them now."""
        for document in self.in_hand.values():
            for number, _ in document.failed:
                self.ledger.pages.give_back(document.source.sha256, number)
            document.failed.clear()
        self.ledger.commit()

    def _look_at_others(self) -> None:
        """Learn what became of pages that another process holds, which is all that there is to wait for."""
        for document in self.in_hand.values():
            document.outcomes.update((page.number, page) for page in self.ledger.pages.ended(document.source.sha256))

    def _next_task(self) -> Task | None:
        """Return the next thing to do: finish documents in hand before opening another."""
        for document in self.in_hand.values():
            if task := self._task_of(document):
                document.in_workers += 1
                return task
        if not self.queue:
            return None
        source = self.queue.popleft()
        self.ledger.start(source.sha256, str(self.settings), self.versions, self.holder)
        self.in_hand[source.sha256] = _Document(source, in_workers=1)
        return Task(inspect, InspectJob(self.archive, source, self.settings), limits.STEP_SECONDS)

    def _task_of(self, document: _Document) -> Task | None:
        if document.verdict or document.publishing or not document.pages:
            return None
        if len(document.outcomes) == document.pages:
            document.publishing = True
            unread = [(page.number, page.reason) for page in document.outcomes.values() if page.state == "no_text"]
            job = PublishJob(
                *(self.archive, document.source, self.settings, self.versions, document.pages, tuple(sorted(unread)))
            )
            return Task(publish, job, limits.PUBLISH_SECONDS)
        sha256, seconds = document.source.sha256, limits.STEP_SECONDS + limits.LEASE_MARGIN_SECONDS
        if document.failed:
            number, failure = document.failed.pop()
            self.ledger.pages.try_again(sha256, number, seconds)
            return self._page_task(document, number, failure)
        # Page 1 alone first: it is where a secrecy marking stands, and the rest is then never read.
        last = document.pages if 1 in document.outcomes else 1
        free = self.ledger.pages.take(sha256, self.holder, seconds, last)
        return self._page_task(document, free) if free else None

    def _page_task(self, document: _Document, number: int, failure: str = "") -> Task:
        released = self.gate.released(document.source.sha256)
        job = PageJob(self.archive, document.source, self.settings, number, failure, released)
        return Task(read_page, job, limits.STEP_SECONDS)

    def _take(self, finished: Finished) -> None:
        """Enter what a worker has done."""
        document = self.in_hand[finished.task.job.source.sha256]
        document.in_workers -= 1
        step, error = finished.task.step, finished.error
        if isinstance(error, DiskFull):
            self._take_back(document, finished.task)
        elif step is read_page:
            self._take_page(document, finished)
        elif isinstance(error, Crashed) and document.attempts == 1:
            document.attempts, document.in_workers = 2, document.in_workers + 1
            self.workers.submit(finished.task)
        elif error:
            hopeless = isinstance(error, Unreadable | Crashed)
            document.verdict = ("quarantined" if hopeless else "failed", error.advice)
        elif step is inspect:
            self._open(document, finished)
        else:
            self._close(document, "done", "", finished.result)
            return
        if document.verdict and not document.in_workers:
            self._close(document, *document.verdict)

    def _take_back(self, document: _Document, task: Task) -> None:
        """Leave a task as it was before, neither done nor failed, to be taken up again."""
        document.publishing = False
        if task.step is read_page:
            self.ledger.pages.give_back(document.source.sha256, task.job.number)
        elif task.step is inspect:
            del self.in_hand[document.source.sha256]
            self.queue.appendleft(document.source)

    def _open(self, document: _Document, finished: Finished) -> None:
        document.attempts, document.pages = 1, finished.result.pages
        self.meter.pages_found(document.pages, len(self.queue))
        known = self.ledger.pages.open(document.source.sha256, document.pages, finished.result.kept)
        document.outcomes = {page.number: page for page in known}
        self.meter.pages_ended(len(known))
        self._give_up_if_all_unread(document)

    def _take_page(self, document: _Document, finished: Finished) -> None:
        job, error = finished.task.job, finished.error
        if isinstance(error, FileFailed):
            document.verdict = document.verdict or ("failed", error.reason)
        outcome: PageOutcome = finished.result or PageOutcome(job.number, "failed", error.advice if error else "")
        if outcome.state == "secret":
            self.gate.hold(document.source.sha256, outcome)
            document.verdict = ("quarantined", self.gate.reason(document.source.sha256))
        if outcome.state == "failed" and not job.failure and not document.verdict:
            document.failed.append((job.number, outcome.reason))
            return
        self.meter.pages_ended(1)
        if document.verdict:
            return
        if outcome.state == "failed":
            reason = f"lần 1: {job.failure}; lần 2 (Tesseract, ảnh {limits.RESCUE_DPI} dpi): {outcome.reason}"
            outcome = PageOutcome(job.number, "no_text", reason)
        document.outcomes[outcome.number] = outcome
        self.ledger.pages.record(document.source.sha256, outcome)
        self._give_up_if_all_unread(document)

    def _give_up_if_all_unread(self, document: _Document) -> None:
        unread = sum(page.state == "no_text" for page in document.outcomes.values())
        if unread == document.pages:
            document.verdict = ("quarantined", document.outcomes[1].reason)

    def _close(self, document: _Document, state: State, reason: str, made: Conformity | None = None) -> None:
        sha256 = document.source.sha256
        if not self.gate.lets(document.source):
            self.gate.stop(sha256)  # once more, for the pages that were being read when the marking was found
        else:
            self.ledger.finish(sha256, state, reason=reason, pages=document.pages if state == "done" else 0, made=made)
        # Of a document that could not be read, a copy published earlier with other settings stays where it is.
        if state in ("done", "quarantined"):
            shutil.rmtree(self.archive.work(sha256), ignore_errors=True)
        del self.in_hand[sha256]
        self.meter.document_ended()
