"""Watch the memory of all that a command starts."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.25  # seconds


@dataclass(frozen=True, slots=True)
class Memory:
    """MB resident in one Python process under a command: the most ever, the mean early (2nd quarter) and late (4th)."""

    peak: float = 0.0
    early: float = 0.0
    late: float = 0.0


def watched(process: subprocess.Popen[bytes]) -> tuple[Memory, float, int]:
    """Wait for a command; return the memory of the Python processes under it, seconds of processor, exit status."""
    samples: list[float] = []
    peak = 0.0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        sizes = []
        for child in _under(process.pid):
            high, now = _megabytes(child)
            peak = max(peak, high)
            sizes.append(now)
        samples.append(max(sizes, default=0.0))
        time.sleep(EVERY)
    process.returncode = os.waitstatus_to_exitcode(status)
    quarter = len(samples) // 4
    early, late = samples[quarter : 2 * quarter], samples[3 * quarter :]
    memory = Memory(peak, statistics.fmean(early or [0.0]), statistics.fmean(late or [0.0]))
    return memory, usage.ru_utime + usage.ru_stime, process.returncode


def _under(pid: int) -> Iterator[int]:
    """Yield the Python processes that ``pid`` started, and theirs."""
    try:
        children = [
            int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in _read(path).split()
        ]
    except OSError:
        return
    for child in children:
        if "python" in _read(Path(f"/proc/{child}/cmdline")).split("\0", 1)[0]:
            yield child
        yield from _under(child)


def _megabytes(pid: int) -> tuple[float, float]:
    fields = dict(line.split(":", 1) for line in _read(Path(f"/proc/{pid}/status")).splitlines() if ":" in line)
    high, now = (int(fields.get(name, "0 kB").split()[0]) / 1024 for name in ("VmHWM", "VmRSS"))
    return high, now


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""
