"""A pack that is open for reading: its documents, and the shards to look shingles up in."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from doclint.reuse.packs.database import connect, damaged, dated, entries, entry_of
from doclint.reuse.packs.entry import Entry
from doclint.reuse.shard import FILES, Shard, open_shard
from doclint.reuse.source import Source, unpacked
from vanthu.files import near

SHARDS = "shards"


@dataclass(frozen=True)
class Pack:
    """An open pack. ``removed`` are ids of documents that stand in a shard, but are the pack's no more."""

    name: str
    folder: Path
    database: sqlite3.Connection
    shards: tuple[Shard, ...]
    removed: frozenset[int]

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield each document with its id, in the order they were added."""
        return entries(self.database)

    def entry(self, id: int) -> Entry | None:
        """Return the document ``id``, None when it has been removed since the pack was opened."""
        return entry_of(self.database, id)

    def dated(self, numbers: Sequence[str]) -> Iterator[Entry]:
        """Yield the documents with one of ``numbers`` whose date is known."""
        return dated(self.database, numbers)

    def source(self, id: int) -> Source:
        """Return the text of document ``id``. Raises VanthuError when it is gone or damaged."""
        row = self.database.execute("SELECT body FROM documents WHERE id = ?", (id,)).fetchone()
        try:
            return unpacked(row[0])
        except (ValueError, TypeError) as error:
            raise damaged(self.folder) from error


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Pack]:
    """Open the pack in ``folder``; what others add while it is open is not seen. Raises VanthuError when damaged."""
    database = connect(folder)
    try:
        yield Pack(name, folder, database, *_shards(folder, database))
    except sqlite3.DatabaseError as error:
        raise damaged(folder) from error
    finally:
        database.close()


def _shards(folder: Path, database: sqlite3.Connection) -> tuple[tuple[Shard, ...], frozenset[int]]:
    """Map the shards. One that a merge replaced after its name was read is gone: then the names are read anew."""
    for attempt in range(_ATTEMPTS):
        database.execute("BEGIN")
        names = [row[0] for row in database.execute("SELECT name FROM shards ORDER BY name")]
        removed = frozenset(row[0] for row in database.execute("SELECT id FROM removed"))
        database.execute("COMMIT")
        try:
            return tuple(open_shard(folder / SHARDS / name) for name in names), removed
        except (OSError, ValueError, EOFError) as error:
            if attempt == _ATTEMPTS - 1 or not isinstance(error, FileNotFoundError):
                raise damaged(folder) from error
    raise AssertionError


def faults(pack: Pack) -> Iterator[str]:
    """Yield what is wrong with a pack on disk, in Vietnamese: bytes that are no longer those that were written."""
    for (finding,) in pack.database.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield f"cơ sở dữ liệu: {finding}"
    for id, origin, body, digest in pack.database.execute("SELECT id, origin, body, body_sha256 FROM documents"):
        if hashlib.sha256(body).hexdigest() != digest:
            yield f"nội dung của văn bản {id} ({origin.decode('utf-8', 'replace')}) đã bị thay đổi"
    indexed: set[int] = set()
    for name, digests in pack.database.execute("SELECT name, digests FROM shards ORDER BY name"):
        folder = pack.folder / SHARDS / name
        if digests_of(folder) != json.loads(digests):
            yield f"phần chỉ mục {name} đã bị thay đổi hoặc thiếu tệp"
        else:
            indexed.update(open_shard(folder).documents["id"].tolist())
    missing = [id for (id,) in pack.database.execute("SELECT id FROM documents") if id not in indexed]
    if missing:
        yield f"{len(missing)} văn bản không có trong chỉ mục: {', '.join(map(str, missing[:10]))}"


def changed_origins(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the files that documents came from and that are not what they were, and how, in Vietnamese."""
    for _, entry in pack.entries():
        try:
            if sha256_of(Path(entry.origin)) != entry.sha256:
                yield near(entry.origin), "tệp gốc đã đổi từ khi đưa vào gói"
        except OSError:
            yield near(entry.origin), "tệp gốc không còn ở chỗ cũ"


def digests_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a shard; a missing one has none."""
    files = [folder / name for name in FILES]
    return {file.name: sha256_of(file) for file in files if file.is_file()}


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError, also for what is no file: a pipe would never end."""
    if not path.is_file():
        raise FileNotFoundError(errno.ENOENT, "no file", str(path))
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_ATTEMPTS = 5
