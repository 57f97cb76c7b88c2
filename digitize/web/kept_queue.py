"""The review queue as the pages and the API share it: kept, and gone through in its order."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from digitize.describe.catalogue import Catalogue
from digitize.web.context import Context
from digitize.web.queue import Ordered, Sift, brought_up, ordered
from vanthu.errors import VanthuError


def queue_now(context: Context, catalogue: Catalogue, sift: Sift) -> Ordered:
    """Return the queue as it stands now."""
    now = context.clock()
    found = brought_up(context.queues.peek(sift), catalogue, sift, now)
    if found is None:
        with context.ledger() as ledger:
            found = ordered(catalogue, ledger, context.places, sift, now)
    context.queues.put(sift, found)
    return found


@contextmanager
def prepared(context: Context) -> Iterator[None]:
    """Make the whole queue while the body runs, so that whoever opens it first need not wait for it."""
    thread = threading.Thread(target=_prepare, args=(context,), name="queue")
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _prepare(context: Context) -> None:
    try:
        with context.catalogue() as catalogue:
            queue_now(context, catalogue, Sift())
    except (VanthuError, OSError, sqlite3.Error):  # whoever opens the queue is told
        pass
