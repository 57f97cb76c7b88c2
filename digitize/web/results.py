"""An answer of the search as programs get it, and as a table."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any

from digitize.index.search import Answer, DocumentHit
from vanthu.files import shown
from vanthu.spreadsheet import inert


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that answers; ``marks`` are offsets in ``snippet`` of the words that match."""

    page: int
    score: float
    snippet: str
    marks: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that answers: the name of its file, what it is, how many of its pages match, the best of them."""

    sha256: str
    name: str
    fields: dict[str, Any]
    matching_pages: int
    pages: list[FoundPage]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: so many ``pages`` in so many ``documents``; ``suggestion`` is what may have been meant."""

    query: str
    pages: int
    documents: int
    hits: list[FoundDocument]
    facets: dict[str, list[tuple[str, int]]]
    suggestion: str


def found(answer: Answer) -> Found:
    """Return an answer as programs get it."""
    facets = {name: [(str(value), count) for value, count in counts] for name, counts in answer.facets.items()}
    hits = [document_found(hit) for hit in answer.hits]
    return Found(answer.query, answer.pages, answer.documents, hits, facets, answer.suggestion or "")


def document_found(hit: DocumentHit) -> FoundDocument:
    """Return a document that answers; of where its file lies only the name."""
    pages = [FoundPage(one.page, round(one.score, 4), one.snippet.text, list(one.snippet.marks)) for one in hit.pages]
    return FoundDocument(hit.sha256, _name(hit), asdict(hit.fields), hit.matching_pages, pages)


def csv_table(answer: Answer) -> bytes:
    """Return the documents of an answer as a table that Excel opens: UTF-8 with its mark, no cell a formula."""
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(_HEADS)
    for ordinal, hit in enumerate(answer.hits, start=1):
        fields = hit.fields
        told = [fields.number, fields.symbol, fields.date, fields.type, fields.issuer, fields.subject, fields.signer]
        pages = " ".join(str(one.page) for one in hit.pages)
        cells = [*told, _name(hit), hit.sha256, hit.matching_pages, pages]
        table.writerow([ordinal, *(inert(str(cell if cell is not None else "")) for cell in cells)])
    return stream.getvalue().encode("utf-8-sig")


def _name(hit: DocumentHit) -> str:
    return shown(PurePath(hit.path).name)


_HEADS = (
    "STT",
    "Số",
    "Ký hiệu",
    "Ngày",
    "Loại",
    "Cơ quan ban hành",
    "Trích yếu",
    "Người ký",
    "Tệp",
    "Mã SHA-256",
    "Số trang khớp",
    "Trang khớp nhất",
)
