"""SQLite as both commands write it: whole transactions, and one writer for as long as a command works."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vanthu.errors import VanthuError


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Write all that the body writes or nothing; inside another transaction it is a part of that one.

    The connection must be in autocommit (``isolation_level=None``).
    """
    if database.in_transaction:
        yield
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


@contextmanager
def sole_writer(lock: Path, busy: VanthuError) -> Iterator[None]:
    """Hold the file ``lock`` of its own: a lock of SQLite, which every system has and which death frees.

    Raises ``busy`` when another process holds it.
    """
    with closing(sqlite3.connect(lock, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise busy from error
        yield
