"""One run over an archive: take files in, spread their pages over the workers, publish each document, give account."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from digitize import disk, limits
from digitize.account import claims, layers, shortcomings, totals, troubles
from digitize.archive import Archive, disk_is_full
from digitize.balance import Balance
from digitize.gate import Gate
from digitize.intake import Problem, Source, examine, walk
from digitize.leases import holder, is_dead
from digitize.ledger import Ledger
from digitize.profiles import Profile
from digitize.progress import Meter
from digitize.runners.local import LocalWorkers
from digitize.settings import Settings
from digitize.warm import warm_up

_COMMIT_EVERY = 500
_INTERRUPTED = "đã dừng theo yêu cầu"
_FULL = "hết chỗ trên đĩa"
_LOOK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Conduct:
    """How a run works. ``versions`` is what reads, as JSON; ``jobs`` how many pages are read at a time.

    ``profile`` is what is asked of scans. ``patient``: on a disk that is nearly full it waits for room, not ends.
    """

    settings: Settings
    versions: str
    jobs: int
    profile: Profile
    patient: bool = False


def run(archive: Archive, ledger: Ledger, folders: Iterable[Path], conduct: Conduct, meter: Meter) -> Balance:
    """Digitize what is under ``folders`` into ``archive``, which must be locked, and return the account of it.

    The account says in ``stopped`` why the run ended early, if it did; the same call then goes on where it was.
    """
    number, found, stopped = 0, 0, ""
    gate = Gate(archive, ledger)
    try:
        # Whoever holds the lock of the archive and only begins has nothing in hand.
        ledger.pages.take_back(lambda name: name == holder() or is_dead(name))
        archive.sweep(ledger.unfinished())
        ledger.requeue(sha256 for sha256 in ledger.done() if not archive.pdf(sha256).is_file())
        gate.bring_up()
        number = ledger.begin_run()
        found = take_in(ledger, number, folders, archive, meter)
        pending = _let_in(ledger.pending(number, str(conduct.settings)), gate)
        if pending:
            stopped = _work(archive, ledger, gate, conduct, meter, pending)
            archive.sweep(ledger.unfinished())
        ledger.end_run(number, found)
    except (OSError, sqlite3.OperationalError) as error:
        if not disk_is_full(error):
            raise
        stopped = _FULL
    told = tuple(gate.shown(trouble) for trouble in troubles(ledger, number))
    return Balance(
        found,
        totals(ledger, number),
        told,
        stopped,
        tuple(layers(ledger, number)),
        tuple(shortcomings(ledger, conduct.profile, number)),
        tuple(claims(ledger, number)),
    )


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


def _let_in(pending: list[Source], gate: Gate) -> list[Source]:
    for source in pending:
        if not gate.lets(source):
            gate.stop(source.sha256)
    return [source for source in pending if gate.lets(source)]


def _work(archive: Archive, ledger: Ledger, gate: Gate, conduct: Conduct, meter: Meter, pending: list[Source]) -> str:
    """Read and publish ``pending``; return why it ended early, or ""."""
    meter.expect(len(pending))
    if short := disk.shortage(archive.root, pending):
        meter.say(f"Cảnh báo: {short}.")
    # Files of one page each cannot have more pages than there are files.
    most = conduct.jobs if any(source.kind in ("pdf", "tiff") for source in pending) else len(pending)
    warm = partial(warm_up, archive, conduct.settings)
    with LocalWorkers(min(conduct.jobs, most), archive.scratch, warm) as workers, _interrupt_as_flag() as interrupted:
        from digitize.dispatch import Dispatch  # while the workers start

        dispatch = Dispatch(
            *(archive, ledger, gate, conduct.settings, conduct.versions, workers, meter, deque(pending))
        )
        while True:
            stopped = dispatch.carry_out(lambda: _reason_to_stop(archive, interrupted))
            if not conduct.patient or stopped in ("", _INTERRUPTED):
                return stopped
            if not _room_again(archive, interrupted, meter, stopped):
                return _INTERRUPTED


def _reason_to_stop(archive: Archive, interrupted: Sequence[int]) -> str:
    if interrupted:
        return _INTERRUPTED
    return f"đĩa còn dưới {limits.FREE_DISK_BYTES // 1024**2} MB" if disk.is_low(archive.root) else ""


def _room_again(archive: Archive, interrupted: Sequence[int], meter: Meter, reason: str) -> bool:
    """Wait until there is room on the disk; False when that was interrupted."""
    meter.say(f"Tạm dừng: {reason}. Hãy dọn đĩa, lệnh tự chạy tiếp khi đủ chỗ; Ctrl-C để dừng hẳn.")
    while disk.is_low(archive.root):
        for _ in range(int(_LOOK_SECONDS / 0.5)):
            if interrupted:
                return False
            time.sleep(0.5)
    meter.say(f"Chạy tiếp: đĩa còn {disk.gigabytes(disk.free(archive.root))}.")
    return True


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
