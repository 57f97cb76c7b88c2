"""Wait for files to come into folders, and for each to stop growing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from digitize.intake import walk

_LOOK_SECONDS = 1.0


class Incoming:
    """The files under ``folders`` as they come; ``excluded`` is never entered.

    A file is ready when size and time of writing have not changed for ``settle`` seconds as seen from here: the clock
    of a scanner or a share may be wrong.
    """

    def __init__(self, folders: Iterable[Path], excluded: Path, settle: float) -> None:
        self._folders, self._excluded, self._settle = tuple(folders), excluded, settle
        self._seen: dict[str, tuple[tuple[int, int], float]] = {}
        self._taken: dict[str, tuple[int, int]] = {}

    def wait(self) -> list[Path]:
        """Return the files that have become ready since the last call, as soon as there is one."""
        while not (ready := self.look(time.monotonic())):
            time.sleep(min(_LOOK_SECONDS, self._settle / 2))
        return [Path(path) for path in ready]

    def look(self, now: float) -> list[str]:
        """Look once, at ``now`` in seconds of any clock, and return what has become ready."""
        ready, seen = [], {}
        for entry in walk(self._folders, self._excluded):
            try:
                status = os.stat(entry.path)  # noqa: PTH116 — a str keeps names that are not UTF-8
            except OSError:  # it has been moved away, or is a link to nothing
                continue
            shape = (status.st_size, status.st_mtime_ns)
            if self._taken.get(entry.path) == shape:
                continue
            before, since = self._seen.get(entry.path, (shape, now))
            if before != shape:
                since = now
            if now - since >= self._settle:
                self._taken[entry.path] = shape
                ready.append(entry.path)
            else:
                seen[entry.path] = (shape, since)
        self._seen = seen
        return ready
