"""While the pages are served, the index follows what people change in the catalogue, within a second or two."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from digitize.archive import Archive
from digitize.describe.catalogue import FILE
from digitize.index.build import update_fields
from digitize.ledger import Ledger
from vanthu.errors import VanthuError

_SECONDS = 1.0
_MOST_SECONDS = 60.0
_SHARE = 10
"""Of the time of a thread, at most one part in so many goes into following."""
_MOST = 500
"""Pages that are indexed at a time: whoever stops the server waits for so many."""


@contextmanager
def following(archive: Archive) -> Iterator[None]:
    """Let the index follow the catalogue as long as the body runs."""
    stop = threading.Event()
    thread = threading.Thread(target=_follow, args=(archive, stop), name="index")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _follow(archive: Archive, stop: threading.Event) -> None:
    done: object = None
    told = ""
    pause = _SECONDS
    while not stop.wait(pause):
        pause = _SECONDS
        now = _stamp(archive)
        if now == done:
            continue
        began = time.monotonic()
        try:
            with Ledger(archive.ledger) as ledger:
                done = now if update_fields(archive, ledger, _MOST) else None
            told = ""
        except (VanthuError, OSError, sqlite3.Error) as error:  # what is stored is stored; the next time may do better
            if str(error) != told:
                logging.getLogger("uvicorn.error").error("chỉ mục chưa theo kịp danh mục: %s", error)
            told = str(error)
        pause = min(_MOST_SECONDS, max(_SECONDS, _SHARE * (time.monotonic() - began)))


def _stamp(archive: Archive) -> list[tuple[int, int] | None]:
    """Return what changes when the catalogue does."""
    return [_changed(archive, name) for name in (FILE, f"{FILE}-wal")]


def _changed(archive: Archive, name: str) -> tuple[int, int] | None:
    try:
        found = (archive.root / name).stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size
