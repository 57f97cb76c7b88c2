"""SQLite as both commands write it: whole transactions, and one writer for as long as a command works."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vanthu.errors import VanthuError


@contextmanager
def open_database(
    path: Path | None, name: str, restore: str, migrate: Callable[[sqlite3.Connection], None]
) -> Iterator[sqlite3.Connection]:
    """Open the database at ``path``, in memory for None, in autocommit; what is committed outlives a power cut.

    ``migrate`` makes its tables, or brings them up to date. Raises VanthuError, which calls it ``name``, when the disk
    refuses, and when it is damaged, with the hint ``restore``.
    """
    try:
        with closing(sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            migrate(database)
            yield database
    except sqlite3.OperationalError as error:
        hint = "xem lại chỗ trống và quyền ghi"
        raise VanthuError(f"không dùng được {name} ({error})", path=path, hint=hint) from error
    except sqlite3.DatabaseError as error:
        raise VanthuError(f"{name} hỏng", path=path, hint=restore) from error


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


_PATIENCE = 30.0
"""Seconds to wait for another process that is writing."""
