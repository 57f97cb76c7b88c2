"""The review queue: which documents wait for a person, sifted and in the order in which he wants to see them.

In a large archive the order takes seconds to make, so it is kept. What people decide meanwhile is taken off by the
change log of the catalogue, so the counts are right all the same; documents that come in wait for a minute.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import dropwhile, islice
from typing import Literal

from digitize.describe.catalogue import Catalogue, Row
from digitize.ledger import Ledger
from doclint.vietnamese.normalise import fold, nfc

ALL = 100
"""The confidence, in per cent, below which every field is that waits."""


@dataclass(frozen=True, slots=True)
class Sift:
    """What a person wants to see: one field, one type, one fonds, files and texts with these words, the less sure.

    Fields that are less sure than ``below`` per cent; ``file`` and ``text`` are compared without accents.
    """

    field: str = ""
    type: str = ""
    fonds: str = ""
    file: str = ""
    text: str = ""
    below: int = ALL
    order: Literal["archive", "doubt"] = "archive"

    @property
    def narrows(self) -> bool:
        """Whether some of the queue is left out."""
        return any(getattr(self, one.name) != one.default for one in fields(self) if one.name != "order")

    def takes(self, row: Row) -> bool:
        """Tell whether a field, of a document that is wanted, is."""
        return row.for_review and self.field in ("", row.field) and row.confidence * 100 < self.limit

    @property
    def limit(self) -> float:
        """The confidence in per cent that no wanted field has."""
        return self.below if self.below < ALL else float("inf")


@dataclass(frozen=True, slots=True)
class Ordered:
    """The documents of a queue in their order, with the number of their fields, as they were after ``change``.

    ``at`` is in seconds of the clock; types, fonds and files are those by which the queue can be sifted.
    """

    at: float
    change: int
    documents: dict[str, int]
    types: tuple[str, ...]
    fonds: tuple[str, ...]
    files: tuple[str, ...]

    def behind(self, sha256: str) -> Iterator[str]:
        """Yield the documents behind one, all of them when it is not among them."""
        if sha256 not in self.documents:
            return iter(self.documents)
        return islice(dropwhile(lambda other: other != sha256, self.documents), 1, None)


def brought_up(kept: Ordered | None, catalogue: Catalogue, sift: Sift, now: float) -> Ordered | None:
    """Return a queue that was ``kept`` as it stands now, None when it is to be made anew."""
    if kept is None or not 0 <= now - kept.at < _KEPT_SECONDS:
        return None
    change, changed = catalogue.last_change(), catalogue.changed_since(kept.change)
    if not changed or len(changed) > _MOST_CHANGED:
        return kept if not changed else None
    counts = {sha256: sum(map(sift.takes, catalogue.rows(sha256))) for sha256 in changed}
    there = kept.documents
    newcomers = any(count for sha256, count in counts.items() if sha256 not in there)
    if newcomers and now - kept.at >= _NEWCOMERS_WAIT:
        return None
    # One that is decided keeps its place: what stands behind it is asked for next.
    known = {sha256: count for sha256, count in counts.items() if sha256 in there}
    return replace(kept, change=kept.change if newcomers else change, documents={**there, **known})


def ordered(catalogue: Catalogue, ledger: Ledger, sift: Sift, now: float) -> Ordered:
    """Return the queue that ``sift`` leaves."""
    change = catalogue.last_change()
    papers = list(_papers(catalogue, ledger, sift))
    wanted = _wanted(sift)
    key = _by_doubt if sift.order == "doubt" else _by_place
    documents = {paper.sha256: paper.fields for paper in sorted(filter(wanted, papers), key=key)}
    values = [tuple(sorted({getattr(paper, name) for paper in papers} - {""})) for name in ("type", "fonds", "file")]
    return Ordered(now, change, documents, *values)


@dataclass(frozen=True, slots=True)
class _Paper:
    """A document that waits: how many fields, how sure the least sure is, what they say, what it is, where it is kept.

    ``path`` is of the original, "" when no name leads to it any more.
    """

    sha256: str
    fields: int
    least: float
    waiting: str
    type: str
    fonds: str
    file: str
    unit: str
    subject: str
    path: str


def _papers(catalogue: Catalogue, ledger: Ledger, sift: Sift) -> Iterator[_Paper]:
    paths = {
        sha256: os.fsdecode(path)
        for sha256, path in ledger.database.execute("SELECT sha256, path FROM paths WHERE role = 'document'")
    }
    told = ", ".join(
        f"coalesce((SELECT value FROM fields AS told WHERE told.sha256 = queue.sha256 AND field = '{name}'), '')"
        for name in ("type", "fonds", "file", "unit", "subject")
    )
    for row in catalogue.database.execute(
        f"SELECT sha256, count, least, waiting, {told} FROM (SELECT sha256, count(*) AS count,"
        " min(confidence) AS least, group_concat(value, char(10)) AS waiting FROM fields"
        " WHERE author = 'machine' AND status = 'review' AND ? IN ('', field) AND confidence * 100 < ?"
        " GROUP BY sha256) AS queue",
        (sift.field, sift.limit),
    ):
        yield _Paper(*(*row, paths.get(row[0], "")))


def _wanted(sift: Sift) -> Callable[[_Paper], bool]:
    """Return what tells whether a document is one of those that a person wants to see."""
    file, text = fold(nfc(sift.file)), fold(nfc(sift.text))

    def wanted(paper: _Paper) -> bool:
        return (
            sift.type in ("", paper.type)
            and sift.fonds in ("", paper.fonds)
            and (not file or file in fold(paper.file))
            and (not text or text in fold(nfc("\n".join((paper.subject, paper.waiting, paper.path)))))
        )

    return wanted


def _by_place(paper: _Paper) -> str:
    kept = "\0".join((paper.fonds, paper.file, paper.unit, paper.path, paper.sha256))
    return _NUMBER.sub(lambda number: number[0].rjust(_DIGITS, "0"), kept.casefold())  # 2 stands before 10


def _by_doubt(paper: _Paper) -> tuple[float, str]:
    return paper.least, _by_place(paper)


_DIGITS = 12
_NUMBER = re.compile(r"[0-9]+")
_KEPT_SECONDS = 3600.0
_NEWCOMERS_WAIT = 60.0
"""Seconds until a queue that was made is made anew for the documents that came since."""
_MOST_CHANGED = 200
"""Documents that are looked at again one by one."""
