"""What a search found → what its page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import urlencode

from digitize.index.search import DocumentHit, PageHit
from digitize.web.pages.asked import PER_PAGE, Asked, has_clause, with_clause
from digitize.web.pages.marked import Piece, pieces
from digitize.web.pages.titles import facts, title
from vanthu.files import shown

PAGES_SHOWN = 3
"""Pages of one document on a page of results; the others are found inside it."""


@dataclass(frozen=True, slots=True)
class HitView:
    """A page that answers; ``crop`` is where the piece of its scan is, "" where it is not shown."""

    page: int
    link: str
    pieces: list[Piece]
    crop: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document that answers; ``more`` of its pages answer besides those shown."""

    title: str
    subject: str
    facts: list[str]
    link: str
    hits: list[HitView]
    more: int
    inside: str
    alike: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value by which results can be narrowed, or no longer are when it is ``chosen``."""

    name: str
    count: int
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Values of one field, those that most documents have first."""

    name: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a page of results and where it is; where numbers are left out, 0."""

    number: int
    link: str
    current: bool


def document_views(base: str, asked: Asked, hits: Sequence[DocumentHit]) -> list[DocumentView]:
    """Return the documents of a page of results."""
    return [_document(base, asked, hit) for hit in hits]


def facet_views(base: str, asked: Asked, counts: Mapping[str, Sequence[tuple[Any, int]]]) -> list[Facet]:
    """Return the values of all fields by which an answer can be narrowed."""
    return [
        Facet(name, [_choice(base, asked, field, str(value), count) for value, count in counts[key]][:_CHOICES])
        for key, name, field in _FACETS
        if counts.get(key)
    ]


def paging(base: str, asked: Asked, documents: int) -> list[Number]:
    """Return the numbers of the pages of results: the first, the last and those beside this one."""
    last = -(-documents // PER_PAGE)
    wanted = sorted({1, last, *range(asked.number - 2, asked.number + 3)} & set(range(1, last + 1)))
    numbers: list[Number] = []
    for number in wanted:
        if numbers and number > numbers[-1].number + 1:
            numbers.append(Number(0, "", False))
        numbers.append(Number(number, asked.link(base, number=number), number == asked.number))
    return numbers


def _document(base: str, asked: Asked, hit: DocumentHit) -> DocumentView:
    fields = {name: getattr(hit.fields, name) or "" for name in _FIELDS}
    file = shown(PurePath(hit.path).name)
    here = f"{base}/tai-lieu/{hit.sha256}"
    best = hit.pages[:PAGES_SHOWN]
    first = best[0].page if best else 1
    return DocumentView(
        title=title(fields, file),
        subject=fields["subject"],
        facts=[*facts(fields), file],
        link=_page_link(here, first, asked.text),
        hits=list(_hits(here, asked.text, best)),
        more=max(0, hit.matching_pages - len(best)) if not asked.within else 0,
        inside=asked.link(base, within=hit.sha256),
        alike=f"{here}/giong",
    )


def _hits(here: str, text: str, pages: Sequence[PageHit]) -> Iterator[HitView]:
    for number, hit in enumerate(pages):
        link = _page_link(here, hit.page, text)
        crop = f"{here}/{hit.page}/trich?{urlencode({'q': text})}" if not number and hit.snippet.marks else ""
        yield HitView(hit.page, link, pieces(hit.snippet.text, hit.snippet.marks), crop)


def _page_link(here: str, page: int, text: str) -> str:
    return f"{here}/{page}" + (f"?{urlencode({'q': text})}" if text else "")


def _choice(base: str, asked: Asked, field: str, value: str, count: int) -> Choice:
    clause = f"{field}:{value}" if value.isalnum() else f'{field}:"{value}"'
    link = asked.link(base, text=with_clause(asked.text, clause))
    return Choice(value, count, link, has_clause(asked.text, clause))


_FIELDS = ("type", "number", "symbol", "date", "issuer", "subject", "fonds", "file", "unit")
_FACETS = (
    ("year", "Năm", "nam"),
    ("type", "Loại văn bản", "loai"),
    ("issuer", "Cơ quan ban hành", "coquan"),
    ("fonds", "Phông", "phong"),
)
_CHOICES = 12
