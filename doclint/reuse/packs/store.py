"""Write to a pack: one process at a time, each change whole or not at all, while others go on reading.

A batch of documents becomes a shard in a folder of its own; only then does one transaction enter the documents and name
the shard. So a process that is killed leaves at most a folder that nobody names, which the next writer removes.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from doclint.reuse.packs.database import connect, damaged, entries, insert, remove
from doclint.reuse.packs.entry import Entry, issuer_hash, level_rank
from doclint.reuse.packs.pack import SHARDS, digests_of
from doclint.reuse.shard import FACTS, FILES
from doclint.reuse.sharding import MAX_TOKENS, Row, merge_shards, write_shard
from doclint.reuse.tokens import Hashes
from vanthu.database import sole_writer, transaction
from vanthu.errors import VanthuError, os_reason
from vanthu.files import sync_folder


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document ready to be added: ``body`` is its packed source, ``ids`` are the tokens of its whole text."""

    entry: Entry
    body: bytes
    ids: Hashes
    unread: str = ""
    """Which pages could not be read, and why: what stands there cannot be found."""


@dataclass(frozen=True)
class Store:
    """A pack that is open for writing."""

    folder: Path
    database: sqlite3.Connection

    def entries(self) -> dict[int, Entry]:
        """Return the documents by id."""
        return dict(entries(self.database))

    def add(self, batch: Sequence[Prepared], replaced: Sequence[int] = ()) -> None:
        """Add the documents of ``batch``, in the place of ``replaced``."""
        if not batch:
            return self.remove(replaced)
        first = self._next_id()
        rows = [Row(_facts(first + step, one.entry), one.ids) for step, one in enumerate(batch)]
        tokens = sum(len(one.ids) for one in batch)
        name = self._new_shard(lambda folder: write_shard(folder, rows))
        with transaction(self.database):
            remove(self.database, replaced)
            for one in batch:
                insert(self.database, one.entry, len(one.ids), one.body, hashlib.sha256(one.body).hexdigest())
            if self._next_id() != first + len(batch):
                raise damaged(self.folder)
            self._enter(name, len(rows), tokens)
        return None

    def remove(self, ids: Sequence[int]) -> None:
        """Take documents out of the pack."""
        with transaction(self.database):
            remove(self.database, ids)

    def merge(self) -> None:
        """Join the small shards, leaving out what was removed since; a large one is joined when they are half of it."""
        listed = self.database.execute("SELECT name, tokens FROM shards ORDER BY tokens, name").fetchall()
        names: list[str] = []
        total = 0
        for name, tokens in listed:
            if (tokens > 2 * total and len(names) > 1) or total + tokens > MAX_TOKENS:
                break
            if tokens > 2 * total:
                names, total = [], 0
            names.append(name)
            total += tokens
        if len(names) > 1:
            self._join(names)

    def _join(self, names: Sequence[str]) -> None:
        removed = {row[0] for row in self.database.execute("SELECT id FROM removed")}
        folders = [self.folder / SHARDS / name for name in names]
        joined = self._new_shard(lambda folder: merge_shards(folder, folders, removed))
        documents = np.load(self.folder / SHARDS / joined / FILES[-1], allow_pickle=False)
        held = {id for folder in folders for id in np.load(folder / FILES[-1], allow_pickle=False)["id"].tolist()}
        with transaction(self.database):
            self.database.executemany("DELETE FROM shards WHERE name = ?", [(old,) for old in names])
            self.database.executemany("DELETE FROM removed WHERE id = ?", [(id,) for id in removed & held])
            self._enter(joined, len(documents), int(documents["length"].sum()))
        for old in folders:
            shutil.rmtree(old, ignore_errors=True)

    def _new_shard(self, write: Callable[[Path], None]) -> str:
        name = uuid4().hex
        folder = self.folder / SHARDS / name
        folder.mkdir()
        write(folder)
        for file in FILES:
            with (folder / file).open("rb") as written:
                os.fsync(written.fileno())
        for above in (folder, folder.parent):
            sync_folder(above)
        return name

    def _enter(self, name: str, documents: int, tokens: int) -> None:
        digests = json.dumps(digests_of(self.folder / SHARDS / name))
        self.database.execute("INSERT INTO shards VALUES (?, ?, ?, ?)", (name, documents, tokens, digests))

    def _next_id(self) -> int:
        row = self.database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").fetchone()
        return row[0] + 1 if row is not None else 1


@contextmanager
def writing(folder: Path, *, create: bool = False) -> Iterator[Store]:
    """Open the pack in ``folder`` for writing; ``create`` makes it when it is not there.

    Raises VanthuError when another process writes to it, when it is damaged, and when the disk refuses.
    """
    try:
        if create:
            (folder / SHARDS).mkdir(parents=True, exist_ok=True)
        with _locked(folder):
            database = connect(folder, create=create)
            try:
                _sweep(folder, database)
                yield Store(folder, database)
            finally:
                database.close()
    except OSError as error:
        raise VanthuError(
            f"không ghi được gói ({os_reason(error)})", path=folder, hint="xem lại chỗ trống và quyền ghi"
        ) from error
    except sqlite3.DatabaseError as error:
        raise damaged(folder) from error


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the pack for writing."""
    if not folder.is_dir():
        raise VanthuError("không có gói này", path=folder, hint="xem các gói: doclint corpus list")
    busy = VanthuError("gói đang được một lệnh khác ghi", path=folder, hint="chờ lệnh đó xong rồi chạy lại")
    with sole_writer(folder / "lock.sqlite", busy):
        yield


def _sweep(folder: Path, database: sqlite3.Connection) -> None:
    """Remove shards that no transaction named, and those that a merge could not remove."""
    named = {row[0] for row in database.execute("SELECT name FROM shards")}
    for shard in (folder / SHARDS).iterdir():
        if shard.name not in named:
            shutil.rmtree(shard, ignore_errors=True)


def _facts(id: int, entry: Entry) -> Any:
    date = entry.date.toordinal() if entry.date is not None else 0
    return np.array((id, date, level_rank(entry.level), issuer_hash(entry.issuer), 0), dtype=FACTS)[()]
