"""Search for a person: in what he may see, written down in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Literal

from starlette.requests import Request as WebRequest

from digitize.index.engines.engine import IndexDamaged
from digitize.index.search import Answer, DocumentHit, Request, matching_pages, more_like, search
from digitize.web.context import Context
from digitize.web.documents import sight
from digitize.web.faults import Fault
from digitize.web.identity import person
from digitize.web.recording import record


def question(
    text: str, limit: int, offset: int, sort: Literal["relevance", "newest", "oldest"], within: Sequence[str]
) -> Request:
    """Return what is asked; for whom, ``ask`` puts in."""
    return Request(text, limit=limit, offset=offset, sort=sort, within=tuple(within))


def ask(request: WebRequest, context: Context, asked: Request) -> Answer:
    """Return the answer to ``asked`` for who asks; its levels of access are put in here. Raises VanthuError."""
    with _index_told(), context.ledger() as ledger:
        answer = search(context.archive, ledger, replace(asked, access=person(request).access))
    record(request, context, "search", query=asked.text, offset=asked.offset, documents=answer.documents)
    return replace(answer, hits=_still_there(request, context, answer.hits))


def answering_pages(request: WebRequest, context: Context, sha256: str, text: str) -> tuple[int, ...]:
    """Return all pages of a document that answer ``text``; call ``seen`` first. Raises VanthuError."""
    with _index_told():
        pages = matching_pages(context.archive, sha256, text, person(request).access)
    record(request, context, "search", query=text, offset=0, documents=int(bool(pages)))
    return pages


@contextmanager
def _index_told() -> Iterator[None]:
    """Tell a visitor what he can do about a damaged index."""
    try:
        yield
    except IndexDamaged as error:
        raise Fault(503, "chỉ mục tìm kiếm hỏng hoặc chưa có", "báo người quản trị: digitize reindex") from error


def alike(request: WebRequest, context: Context, sha256: str, limit: int) -> tuple[DocumentHit, ...]:
    """Return documents like one that the person may see; call ``seen`` first. Raises VanthuError."""
    access = person(request).access
    with context.ledger() as ledger:
        answer = more_like(context.archive, ledger, sha256, limit, access)
    return _still_there(request, context, answer.hits)


def _still_there(request: WebRequest, context: Context, hits: tuple[DocumentHit, ...]) -> tuple[DocumentHit, ...]:
    """Leave out what was held back, or given another level, since the index was made."""
    with sight(request, context) as seen_by_him:
        return tuple(hit for hit in hits if seen_by_him(hit.sha256))
