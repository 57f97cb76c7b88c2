"""The order of an archive: where each described document stands in it, by which the review queue goes through them.

To find it for 100,000 documents takes seconds, so it is kept; what changes in the catalogue is put in its place.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digitize.describe.catalogue import Catalogue
from digitize.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: a text by which it is put in order, what it is, where it is kept."""

    order: str
    type: str
    fonds: str
    file: str


@dataclass(frozen=True, slots=True)
class Order:
    """The places of the documents, found at ``at``, as they are after ``change``, and how many are before each."""

    at: float
    change: int
    places: Mapping[str, Place]
    numbers: Mapping[str, int]


class Places:
    """The order of one archive, kept; threads share it."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._kept: Order | None = None

    def known(self, catalogue: Catalogue, ledger: Ledger, now: float) -> Order:
        """Return the order as it is now: ``now`` is of the clock."""
        with self._mutex:
            kept = self._kept
            if kept is None or not 0 <= now - kept.at < _KEPT_SECONDS:
                kept = _found(catalogue, ledger, now)
            self._kept = _brought_up(kept, catalogue, ledger)
            return self._kept


def original_paths(ledger: Ledger) -> dict[str, str]:
    """Return the paths of the originals of all documents to which a name leads."""
    return {sha256: os.fsdecode(path) for sha256, path in ledger.database.execute(_PATHS)}


def _found(catalogue: Catalogue, ledger: Ledger, now: float) -> Order:
    change = catalogue.last_change()
    paths = original_paths(ledger)
    told = ", ".join(
        f"coalesce((SELECT value FROM fields WHERE sha256 = documents.sha256 AND field = '{name}'), '')"
        for name in _TOLD
    )
    rows = catalogue.database.execute(f"SELECT sha256, {told} FROM documents")
    places = {sha256: _place(sha256, values, paths.get(sha256, "")) for sha256, *values in rows}
    return Order(now, change, places, _numbers(places))


def _brought_up(kept: Order, catalogue: Catalogue, ledger: Ledger) -> Order:
    change, changed = catalogue.last_change(), catalogue.changed_since(kept.change)
    moved = {}
    for sha256 in changed:
        told = {row.field: row.value for row in catalogue.rows(sha256)}
        # Not ``path_of``, which tells the path of a copy where there is none of the original.
        path = ledger.database.execute(f"{_PATHS} AND sha256 = ?", (sha256,)).fetchone()
        place = _place(sha256, [told.get(name, "") for name in _TOLD], os.fsdecode(path[1]) if path else "")
        if place != kept.places.get(sha256):
            moved[sha256] = place
    if not moved:
        return replace(kept, change=change)
    places = {**kept.places, **moved}
    return replace(kept, change=change, places=places, numbers=_numbers(places))


def _numbers(places: Mapping[str, Place]) -> Mapping[str, int]:
    in_order = sorted(places, key=lambda sha256: places[sha256].order)
    return {sha256: number for number, sha256 in enumerate(in_order)}


def _place(sha256: str, told: Sequence[str], path: str) -> Place:
    type_, fonds, file, unit = told
    order = "\0".join((fonds, file, unit, path or sha256)).casefold()  # no two documents have one path
    return Place(_NUMBER.sub(lambda number: number[0].rjust(_DIGITS, "0"), order), type_, fonds, file)


_PATHS = "SELECT sha256, path FROM paths WHERE role = 'document'"
_TOLD = ("type", "fonds", "file", "unit")
_DIGITS = 12
_NUMBER = re.compile(r"[0-9]+")
"""2 stands before 10."""
_KEPT_SECONDS = 3600.0
"""Until all is found anew: that a file was moved is in no change of the catalogue."""
