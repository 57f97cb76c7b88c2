"""An index that is open for searches, kept open as long as nothing is written to it."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.archive import disk_is_full
from digitize.index.analysis import both_forms
from digitize.index.documents import FACETS, Documents, open_documents
from digitize.index.engines.engine import IndexDamaged, Reader
from digitize.index.generation import Generation, current
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted and sorted by, each by number of the document: day, order of the SHA-256, facets.

    A facet is a code for each document and the value of each code; code 0 is of what has no value.
    """

    days: NDArray[np.int32]
    ranks: NDArray[np.int32]
    facets: dict[str, tuple[NDArray[np.int32], list[str]]]


class OpenIndex:
    """The files of a generation, open. Threads may share it."""

    def __init__(self, generation: Generation, stamp: tuple[int, int]) -> None:
        self.stamp = stamp
        self.generation = generation
        self.reader: Reader = generation.engine.open_reader(generation.files)

    @contextmanager
    def documents(self) -> Iterator[Documents]:
        """Open the table of documents for one answer."""
        with open_documents(self.generation.folder) as documents:
            yield documents

    @cached_property
    def facts(self) -> Facts:
        """What is counted and sorted by."""
        import numpy as np

        with self.documents() as documents:
            rows = documents.all()
            ordered = documents.by_sha256()
        size = max((row[0] for row in rows), default=0) + 1
        numbers = np.array([row[0] for row in rows], np.int64)
        days, ranks = np.zeros(size, np.int32), np.zeros(size, np.int32)
        days[numbers] = [row[1] for row in rows]
        ranks[np.array(ordered, np.int64)] = np.arange(len(ordered))
        facets = {}
        for place, name in enumerate(FACETS, start=2):
            values = sorted({str(row[place]) for row in rows} | {""})
            code = {value: number for number, value in enumerate(values)}
            codes = np.zeros(size, np.int32)
            codes[numbers] = [code[str(row[place])] for row in rows]
            facets[name] = codes, values
        return Facts(days, ranks, facets)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words of the index."""
        return frozenset(self.reader.vocabulary("folded"))

    def accented(self, folded: str) -> str:
        """Return the word that is written most often of those that are ``folded`` without accents."""
        forms = self._forms.get(folded, [folded])
        counts = self.reader.frequency("exact", forms)
        return max(zip(counts, forms, strict=True))[1]

    @cached_property
    def _forms(self) -> dict[str, list[str]]:
        forms = defaultdict(list)
        for word in self.reader.vocabulary("exact"):
            forms[both_forms(word)[1]].append(word)
        return forms


def open_index(folder: Path) -> OpenIndex:
    """Return the index in ``folder``, checked and open. Raises IndexDamaged.

    While a writer commits, its files are for a moment not those of the manifest: this then waits.
    """
    with _LOCK:
        for _ in range(_ATTEMPTS):
            with damage_told():
                generation = current(folder)
                if generation is None:
                    raise IndexDamaged("kho chưa có chỉ mục")
                written = generation.manifest.stat()
                stamp = written.st_ino, written.st_mtime_ns
                kept = _OPEN.get(folder)
                if kept is not None and kept.generation == generation and kept.stamp == stamp:
                    return kept
                try:
                    generation.check()
                    return _keep(folder, OpenIndex(generation, stamp))
                except Exception:
                    if generation.is_sealed and generation.manifest.stat().st_mtime_ns == written.st_mtime_ns:
                        raise
            time.sleep(_MOMENT)
    raise IndexDamaged("chỉ mục đang được ghi hoặc ghi dở")


def _keep(folder: Path, fresh: OpenIndex) -> OpenIndex:
    if len(_OPEN) >= _MOST_OPEN:
        _OPEN.pop(next(iter(_OPEN)))
    _OPEN[folder] = fresh  # the one before is closed when the last thread lets go of it
    return fresh


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn whatever a damaged index raises into IndexDamaged."""
    try:
        yield
    except VanthuError:
        raise
    except Exception as error:  # damage surfaces as a dozen types, a bare Exception among them
        if isinstance(error, OSError | sqlite3.OperationalError) and disk_is_full(error):
            raise
        raise IndexDamaged("chỉ mục hỏng") from error


_LOCK = threading.Lock()
_OPEN: dict[Path, OpenIndex] = {}
_MOST_OPEN = 4
_ATTEMPTS, _MOMENT = 30, 0.1
