"""Make what engines keep of a page from the files of its document, its place in the ledger and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from digitize.access import level
from digitize.archive import Archive
from digitize.describe.catalogue import Catalogue
from digitize.index.analysis import number_key, squashed, words
from digitize.index.fields import ABOUT, TEXTS, DocumentFields, day_number
from digitize.ledger import Ledger
from digitize.secrets.quarantine import Quarantine
from vanthu.errors import VanthuError, os_reason

Stream = tuple[list[str], list[str]]
"""Words that follow each other, with their accents and folded."""


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document and the text of its pages, the first first; each page is one text or several."""

    sha256: str
    fields: DocumentFields
    pages: tuple[tuple[str, ...], ...]
    confidences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as every engine keeps it; ``document`` is its number in the index, ``number`` counts from 1.

    ``about`` is what the document is called by, on its first page alone; ``streams`` are the text of the page and what
    of ``about`` does not stand in it. ``texts`` and ``keys`` are fields, keys squashed; ``day`` is as
    ``fields.day_number``, ``confidence`` 0–100.
    """

    document: int
    number: int
    streams: tuple[Stream, ...]
    about: tuple[Stream, ...]
    texts: dict[str, Stream]
    keys: dict[str, tuple[str, ...]]
    day: int
    confidence: int


def documents(archive: Archive, ledger: Ledger, catalogue: Catalogue, wanted: list[str]) -> Iterator[IndexedDocument]:
    """Yield documents of an archive. Raises VanthuError when a text file is lost."""
    quarantine = Quarantine(archive)
    for sha256 in wanted:
        try:
            texts, raw = archive.page_texts(sha256), archive.raw_page_texts(sha256)
        except OSError as error:
            raise VanthuError(
                f"mất tệp văn bản của tài liệu ({os_reason(error)})", path=archive.document(sha256)
            ) from error
        confidences = _confidences(ledger, sha256, len(texts))
        known = [value for value in confidences if value is not None]
        fields = described(catalogue, sha256)
        fields = replace(
            fields,
            access=level(fields.access, marked=quarantine.level_of(sha256) is not None),
            confidence=round(sum(known) / len(known), 1) if known else None,
        )
        pages = tuple(_searched(text, was) for text, was in zip_longest(texts, raw[: len(texts)], fillvalue=""))
        rounded = tuple(round(value) if value is not None else 100 for value in confidences)
        yield IndexedDocument(sha256, fields, pages, rounded)


def described(catalogue: Catalogue, sha256: str) -> DocumentFields:
    """Return what the catalogue says of a document, its level of access as it was said, "" for nothing."""
    values = {row.field: row.value for row in catalogue.rows(sha256)}
    named = replace(DocumentFields(), **{name: values.get(name, "") for name in _CATALOGUED})  # type: ignore[arg-type]
    return replace(named, year=named.date[:4])


def pages_of(document: IndexedDocument, number: int) -> Iterator[IndexedPage]:
    """Yield the pages of a document that has ``number`` in the index."""
    fields = document.fields
    about = tuple(words(text) for name in ABOUT if (text := getattr(fields, name)))
    texts = {name: words(text) for name in TEXTS if (text := getattr(fields, name))}
    keys = {name: values for name, values in _keys(document.sha256, fields).items() if values}
    day = day_number(fields.date)
    confidences = document.confidences or (100,) * len(document.pages)
    for place, (page, confidence) in enumerate(zip(document.pages, confidences, strict=True), start=1):
        called = about if place == 1 else ()
        texts_read = [words(text) for text in page]
        streams = (*texts_read, *(stream for stream in called if not _is_in(stream, texts_read)))
        yield IndexedPage(number, place, streams, called, texts, keys, day, confidence)


def _is_in(stream: Stream, texts: list[Stream]) -> bool:
    """Tell whether words follow each other so in one of ``texts``, accents and all."""
    wanted = f" {' '.join(stream[0])} "
    return any(wanted in f" {' '.join(exact)} " for exact, _ in texts)


def _keys(sha256: str, fields: DocumentFields) -> dict[str, tuple[str, ...]]:
    numbers = {number_key(fields.number), number_key(fields.code)} - {""} if fields.number else set()
    return {
        "document": (sha256,),
        "number": tuple(sorted(numbers)),
        "symbol": tuple(filter(None, [squashed(fields.symbol)])),
        "type": tuple(filter(None, [squashed(fields.type)])),
        "access": (squashed(fields.access),),
    }


def _searched(text: str, raw: str) -> tuple[str, ...]:
    """Return a page and, apart from it, each line that was read in another way before it was corrected."""
    known = set(text.split("\n"))
    return text, *(line for line in raw.split("\n") if line not in known)


def _confidences(ledger: Ledger, sha256: str, count: int) -> list[float | None]:
    rows = ledger.database.execute("SELECT number, confidence FROM pages WHERE sha256 = ?", (sha256,))
    known: dict[int, float | None] = dict(rows.fetchall())
    return [known.get(number) for number in range(1, count + 1)]


_CATALOGUED = ("number", "symbol", "date", "type", "issuer", "subject", "signer", "fonds", "file", "unit", "access")
