"""Who holds a lease: named so that another process can tell whether the holder is still alive."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def holder() -> str:
    """Return the name of this process: host, number, and when it started, since numbers come again."""
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def is_dead(name: str) -> bool:
    """Tell whether the holder is known to be gone; of another machine only the end of its lease can tell."""
    host, number, started = name.rsplit("/", 2)
    return host == socket.gethostname() and _started(int(number)) != started


def _started(number: int) -> str:
    """Return when a process began, in ticks since the machine did; "" when there is no such process."""
    try:
        # The name of the program may hold anything, so fields are counted behind its closing bracket.
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] == "Z" else fields[19]
