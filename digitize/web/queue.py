"""The review queue: which documents wait for a person, sifted and in the order in which he wants to see them.

In a large archive it takes half a second to make, so it is kept. What people decide meanwhile is taken off by the
change log of the catalogue, so the counts are right all the same; documents that come in wait for a minute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import dropwhile, islice, repeat
from typing import Literal

from digitize.describe.catalogue import Catalogue, Row
from digitize.ledger import Ledger
from digitize.web.places import Place, Places, original_paths
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
    rows = {sha256: catalogue.rows(sha256) for sha256 in changed}
    counts = {sha256: sum(map(sift.takes, of_it)) for sha256, of_it in rows.items()}
    there = kept.documents
    newcomers = any(count for sha256, count in counts.items() if sha256 not in there)
    if newcomers and now - kept.at >= _NEWCOMERS_WAIT:
        return None
    # One that is decided keeps its place: what stands behind it is asked for next.
    known = {sha256: count for sha256, count in counts.items() if sha256 in there}
    said = {(row.field, row.value) for sha256, count in known.items() if count for row in rows[sha256]} | {
        *zip(repeat("type"), kept.types),
        *zip(repeat("fonds"), kept.fonds),
        *zip(repeat("file"), kept.files),
    }
    change = kept.change if newcomers else change
    return Ordered(kept.at, change, {**there, **known}, *(_values(said, name) for name in ("type", "fonds", "file")))


def _values(said: Iterable[tuple[str, str]], field: str) -> tuple[str, ...]:
    return tuple(sorted({value for name, value in said if name == field and value}))


def ordered(catalogue: Catalogue, ledger: Ledger, places: Places, sift: Sift, now: float) -> Ordered:
    """Return the queue that ``sift`` leaves."""
    # Read in this order, what is described meanwhile is a newcomer, and none is lost.
    change = catalogue.last_change()
    known = places.known(catalogue, ledger, now)
    found = catalogue.database.execute(
        f"SELECT sha256, count(*), min(confidence) {_WAITING}",
        (sift.field, sift.limit),
    )
    papers = [(known.places[sha256], sha256, count, least) for sha256, count, least in found if sha256 in known.places]
    told = _texts(catalogue, ledger, sift) if sift.text else None
    wanted = [one for one in papers if _is_kept(one[0], sift) and (told is None or one[1] in told)]
    doubt = sift.order == "doubt"
    wanted.sort(key=lambda one: (one[3] if doubt else 0.0, known.numbers[one[1]]))
    documents = {sha256: count for _, sha256, count, _ in wanted}
    values = [tuple(sorted({getattr(one[0], name) for one in papers} - {""})) for name in ("type", "fonds", "file")]
    return Ordered(now, change, documents, *values)


def rows_behind(catalogue: Catalogue, queue: Ordered, sift: Sift, last: tuple[str, str]) -> Iterator[Row]:
    """Yield the fields of a queue in its order, behind document and field of ``last``: all when it is not there."""
    sha256, field = last
    if sha256 in queue.documents:
        rows = dropwhile(lambda row: row.field != field, catalogue.rows(sha256))
        yield from filter(sift.takes, islice(rows, 1, None))
    for other in queue.behind(sha256):
        if queue.documents[other]:
            yield from filter(sift.takes, catalogue.rows(other))


def _is_kept(place: Place, sift: Sift) -> bool:
    """Tell whether a document is of the type, the fonds and the file that a person wants to see."""
    return (
        sift.type in ("", place.type)
        and sift.fonds in ("", place.fonds)
        and (not sift.file or _plain(sift.file) in _plain(place.file))
    )


def _texts(catalogue: Catalogue, ledger: Ledger, sift: Sift) -> set[str]:
    """Return the documents that have the text in their subject, in what waits, or in the path of the original."""
    text = fold(nfc(sift.text))
    paths = original_paths(ledger)
    rows = catalogue.database.execute(
        "SELECT sha256, waiting, coalesce((SELECT value FROM fields AS told WHERE told.sha256 = queue.sha256"
        " AND field = 'subject'), '')"
        f" FROM (SELECT sha256, group_concat(value, char(10)) AS waiting {_WAITING}) AS queue",
        (sift.field, sift.limit),
    )
    return {sha256 for sha256, *told in rows if text in fold(nfc("\n".join((*told, paths.get(sha256, "")))))}


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return fold(nfc(text))


_WAITING = (
    "FROM fields WHERE author = 'machine' AND status = 'review'"
    " AND ? IN ('', field) AND confidence * 100 < ? GROUP BY sha256"
)
"""What waits by document, of one field or any, less sure than a percentage."""
_KEPT_SECONDS = 3600.0
_NEWCOMERS_WAIT = 60.0
"""Seconds until a queue that was made is made anew for the documents that came since."""
_MOST_CHANGED = 200
"""Documents that are looked at again one by one."""
