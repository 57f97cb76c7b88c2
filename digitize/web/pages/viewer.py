"""The page viewer: one page of a document at a time, its scan, its text, what the document is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from digitize.describe.catalogue import Row
from digitize.describe.values import LABELS
from digitize.web.context import Context
from digitize.web.documents import one_page, seen
from digitize.web.faults import NO_DOCUMENT
from digitize.web.identity import person
from digitize.web.images import THUMBNAIL
from digitize.web.pages.hits import Hits, hits_in, text_marks
from digitize.web.pages.marked import pieces
from digitize.web.pages.sheet_view import image_link, sheet_view
from digitize.web.pages.titles import citation, day, facts, title
from digitize.web.recording import record
from digitize.web.templating import page as render
from digitize.web.templating import root
from doclint.vietnamese.normalise import nfc

Asked = Annotated[str, Query(alias="q", max_length=500)]


@dataclass(frozen=True, slots=True)
class RowView:
    """A line of the description. ``link`` leads to its review, "" when it does not wait or is not for this person."""

    label: str
    value: str
    waiting: bool
    author: str
    link: str


def routes(context: Context) -> APIRouter:
    """Return the routes of the viewer."""
    router = APIRouter()

    @router.get("/tai-lieu/{sha256}")
    def document(
        request: Request, sha256: str, number: Annotated[int, Query(alias="trang", ge=1)] = 1, asked: Asked = ""
    ) -> Response:
        seen(request, context, sha256)
        return RedirectResponse(_link(root(request), sha256, number, asked), 303)

    @router.get("/tai-lieu/{sha256}/{number}")
    def view(request: Request, sha256: str, number: int, asked: Asked = "") -> Response:
        document = seen(request, context, sha256)
        if not 1 <= number <= document.pages:
            raise NO_DOCUMENT
        record(request, context, "view", sha256=sha256, page=number, what="page")
        base = root(request)
        with context.catalogue() as catalogue:
            rows = catalogue.rows(sha256)
        known = {row.field: row.value for row in rows}
        read = one_page(context, sha256, number)
        hits = hits_in(request, context, sha256, number, asked) if asked else Hits()
        before = [page for page in hits.pages if page < number]
        after = [page for page in hits.pages if page > number]

        def link(page: int | None) -> str:
            return _link(base, sha256, page, asked) if page and page <= document.pages else ""

        return render(
            request,
            "viewer.html",
            title=title(known, document.name),
            subject=known.get("subject", ""),
            facts=[*facts(known), document.name],
            view=sheet_view(base, context, sha256, number, hits.boxes),
            pages=document.pages,
            asked=asked,
            back=f"{base}/?{urlencode({'q': asked})}",
            previous=link(number - 1),
            next=link(number + 1),
            previous_hit=link(before[-1] if before else None),
            next_hit=link(after[0] if after else None),
            hits=hits.pages,
            goto=f"{base}/tai-lieu/{sha256}",
            page_link=f"{base}/tai-lieu/{sha256}/{{page}}" + (f"?{urlencode({'q': asked})}" if asked else ""),
            thumbnail=f"{image_link(base, sha256, '{page}')}?width={THUMBNAIL}",
            text=pieces(text := nfc(read.text), text_marks(text, asked)),
            reason=read.reason,
            rows=_rows(base, rows, person(request).may("review")),
            pdf=f"{base}/tai-lieu/{sha256}/pdf",
            image_name=f"{document.name} - trang {number}.jpg",
            citation=citation(known, document.name, sha256, number),
        )

    return router


def _link(base: str, sha256: str, page: int, asked: str) -> str:
    return f"{base}/tai-lieu/{sha256}/{page}" + (f"?q={quote(asked)}" if asked else "")


def _rows(base: str, rows: list[Row], may_review: bool) -> list[RowView]:
    return [
        RowView(
            LABELS[row.field],
            day(row.value) if row.field == "date" else row.value,
            row.for_review,
            {"accepted": "đã duyệt", "corrected": "đã sửa"}.get(row.author, ""),
            f"{base}/duyet/{row.sha256}?truong={row.field}" if may_review and row.for_review else "",
        )
        for row in rows
        if row.value or row.for_review
    ]
