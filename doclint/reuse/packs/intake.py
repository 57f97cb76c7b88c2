"""A file → a document ready for a pack, or the reason why it may not be in one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from doclint.anatomy.header import parse_header
from doclint.anatomy.zones import split_zones
from doclint.document import Document
from doclint.pool import Work, each
from doclint.readers import read
from doclint.readers.unchecked import pages_and_reasons
from doclint.reuse.packs.archive import TEXT, read_archived
from doclint.reuse.packs.entry import entry_of
from doclint.reuse.packs.pack import sha256_of
from doclint.reuse.packs.store import Prepared
from doclint.reuse.source import packed, source_of
from doclint.reuse.tokens import tokenise
from vanthu.errors import VanthuError, os_reason


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that is not taken, and why."""

    origin: str
    reason: str


def prepare(origin: str) -> Prepared | Refused:
    """Make the file at ``origin`` ready for a pack. Never raises for a bad file."""
    path = Path(origin)
    try:
        document = read_archived(path) if path.name == TEXT else read(path)
        return _prepared(document, origin, sha256_of(path))
    except VanthuError as error:
        return Refused(origin, error.advice)
    except OSError as error:
        return Refused(origin, f"không đọc được tệp ({os_reason(error)})")
    except Exception as error:
        # The border of one file: whatever goes wrong in it, the others are taken.
        return Refused(origin, f"chương trình gặp lỗi với tệp này ({type(error).__name__}: {error})"[:300])


def prepare_all(origins: Sequence[str], workers: int) -> Iterator[Prepared | Refused]:
    """Yield what ``prepare`` makes of each file, in order; a file that kills its process is refused."""
    if workers < 2 or len(origins) < _WORTH_A_POOL:
        return map(prepare, origins)
    return each(Work(prepare, _killer), origins, workers)


def _killer(origin: str) -> Prepared | Refused:
    return Refused(origin, "tệp này làm chương trình dừng đột ngột, có thể là tệp phá hoại")


def found_in(paths: Sequence[Path]) -> tuple[list[str], int]:
    """Return the files to take, each once, in order, and how many others the folders hold.

    A file named itself is always taken; of a folder those whose names end like documents; of an archive of
    ``digitize`` the texts that it has published. Links to folders are not followed.
    """
    taken: dict[str, None] = {}
    others = 0
    for path in paths:
        if not path.is_dir():
            taken[str(path.absolute())] = None
            continue
        for file in _files(path.absolute()):
            if file.name == TEXT if _is_archive(path) else file.suffix.lower() in _SUFFIXES:
                taken[str(file)] = None
            else:
                others += 1
    return list(taken), others


def _prepared(document: Document, origin: str, digest: str) -> Prepared | Refused:
    zones = split_zones(document)
    header = parse_header(document, zones.header)
    if any(mark.kind == "secrecy" for mark in header.marks):
        return Refused(origin, "có dấu chỉ độ mật, không được đưa vào gói")
    if any(piece.page <= 1 for piece in document.unchecked):
        # A mark of secrecy stands on the first page.
        return Refused(origin, "trang đầu không đọc được, nên không biết có dấu mật hay không")
    body = packed(source_of(document, zones))
    unread = pages_and_reasons(document.unchecked)
    return Prepared(entry_of(document, header, origin, digest), body, tokenise(document.text).ids, unread)


def _is_archive(folder: Path) -> bool:
    return (folder / "ledger.sqlite").is_file() and (folder / "documents").is_dir()


def _files(folder: Path) -> Iterator[Path]:
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # Word leaves «~$…» beside a document that is open.
            if not name.startswith((".", "~$")):
                yield Path(above, name)


_SUFFIXES = frozenset({".doc", ".docx", ".odt", ".pdf", ".rtf", ".txt"})
_WORTH_A_POOL = 32
