"""The review queue: one field after the other, the scan beside it, what a person says goes into the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from digitize.describe.catalogue import Catalogue, Row
from digitize.describe.checks import CHOICES
from digitize.describe.values import LABELS
from digitize.web.context import Context
from digitize.web.documents import seen, sight
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.web.identity import person
from digitize.web.kept_queue import queue_now
from digitize.web.pages.sheet_view import sheet_view
from digitize.web.pages.sifting import Asked, link, sift_view
from digitize.web.pages.titles import day, kept, title
from digitize.web.pages.waiting import Waiting, waiting
from digitize.web.permissions import needs
from digitize.web.queue import Ordered, Sift
from digitize.web.recording import record
from digitize.web.templating import page, root
from vanthu.errors import VanthuError

Last = Annotated[str, Query(alias="vua", max_length=90)]


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field in its form. ``before`` is what the person was shown, ``value`` what stands in the field now."""

    name: str
    label: str
    value: str
    before: str
    waiting: bool
    now: bool
    sureness: int
    evidence: str
    author: str
    page: int | None
    box: tuple[int, ...]
    long: bool
    choices: tuple[str, ...]
    action: str
    look: str
    fault: str = ""


def routes(context: Context) -> APIRouter:
    """Return the routes of the queue."""
    router = APIRouter(dependencies=[needs("review")])

    @router.get("/duyet")
    def queue(
        request: Request,
        sift: Asked,
        after: Annotated[str, Query(alias="sau", max_length=64)] = "",
        last: Last = "",
        ended: Annotated[bool, Query(alias="het")] = False,
    ) -> Response:
        with context.catalogue() as catalogue:
            found = queue_now(context, catalogue, sift)
            next_one = "" if ended else _next(request, context, found, after)
            if next_one:
                return RedirectResponse(link(root(request), f"/{next_one}", sift, vua=last), 303)
            left = _left(found)
            return page(
                request,
                "review.html",
                title="",
                left=left,
                all=waiting(catalogue) if sift.narrows else left,
                done=_done(request, catalogue, sift, last),
                sift=sift_view(sift, found),
                whole=link(root(request), "", Sift()),
                again=link(root(request), "", sift),
            )

    @router.get("/duyet/{sha256}")
    def document(
        request: Request,
        sha256: str,
        sift: Asked,
        field: Annotated[str, Query(alias="truong", max_length=20)] = "",
        last: Last = "",
    ) -> Response:
        return _page(request, context, sha256, field, sift, last)

    @router.post("/duyet/{sha256}/{field}")
    def decide(
        request: Request,
        sha256: str,
        field: str,
        sift: Asked,
        value: Annotated[str, Form(max_length=4000)] = "",
        before: Annotated[str, Form(max_length=4000)] = "",
    ) -> Response:
        seen(request, context, sha256)
        with context.catalogue() as catalogue:
            # What comes next is what stood behind this document as long as it had its place.
            found = queue_now(context, catalogue, sift)
            row = next((row for row in catalogue.rows(sha256) if row.field == field), None)
            if row is None:
                raise NO_DOCUMENT
            if row.value != before:
                told = f"{row.who} đã sửa thành «{row.value}» trong lúc bạn xem; xem lại rồi bấm Enter"
                return _page(request, context, sha256, field, sift, "", typed=row.value, fault=told)
            who = person(request).name
            try:
                if not catalogue.correct(sha256, field, value, who=who):
                    catalogue.accept(sha256, field, who=who)
            except VanthuError as error:
                return _page(request, context, sha256, field, sift, "", typed=value, fault=error.advice)
            record(request, context, "review", sha256=sha256, field=field)
            rest = next((row.field for row in catalogue.rows(sha256) if sift.takes(row)), "")
        last, base = f"{sha256}.{field}", root(request)
        if rest:
            return RedirectResponse(link(base, f"/{sha256}", sift, truong=rest, vua=last), 303)
        if next_one := _next(request, context, found, sha256):
            return RedirectResponse(link(base, f"/{next_one}", sift, vua=last), 303)
        return RedirectResponse(link(base, "", sift, het="1", vua=last), 303)

    return router


def _left(queue: Ordered) -> Waiting:
    return Waiting(sum(queue.documents.values()), sum(map(bool, queue.documents.values())))


def _next(request: Request, context: Context, queue: Ordered, after: str) -> str:
    """Return the document that waits next behind ``after`` and that the person may see, "" when there is none."""
    with sight(request, context) as seen_by_him:
        return next((it for it in queue.behind(after) if queue.documents[it] and seen_by_him(it)), "")


def _page(
    request: Request,
    context: Context,
    sha256: str,
    name: str,
    sift: Sift,
    last: str,
    *,
    typed: str = "",
    fault: str = "",
) -> Response:
    """Return the page of a document with the field ``name`` open, the first that waits when none is named."""
    document = seen(request, context, sha256)
    base = root(request)
    with context.catalogue() as catalogue:
        rows = catalogue.rows(sha256)
        if not rows:
            raise Fault(404, "tài liệu này chưa được mô tả", "chạy digitize describe --archive KHO")
        now = min(rows, key=lambda row: (row.field != name, not sift.takes(row), not row.for_review))
        found = queue_now(context, catalogue, sift)
        left = _left(found)
        everything = waiting(catalogue) if sift.narrows else left
        done = _done(request, catalogue, sift, last)
    known = {row.field: row.value for row in rows}
    fields = [_field(base, row, sift, now=row is now) for row in rows]
    if fault:
        fields = [replace(field, value=typed, fault=fault) if field.now else field for field in fields]
    record(request, context, "view", sha256=sha256, page=now.page or 1, what="page")
    return page(
        request,
        "review.html",
        status=422 if fault else 200,
        title=title(known, document.name),
        subject=known.get("subject", ""),
        place=kept(known),
        path=document.name,
        document_link=f"{base}/tai-lieu/{sha256}/{now.page or 1}",
        fields=fields,
        view=sheet_view(base, context, sha256, now.page or 1, [now.box] if now.box else []),
        left=left,
        all=everything,
        done=done,
        sift=sift_view(sift, found),
        whole=link(base, "", Sift()),
        skip=link(base, "", sift, sau=sha256),
    )


def _field(base: str, row: Row, sift: Sift, *, now: bool) -> FieldView:
    return FieldView(
        name=row.field,
        label=LABELS[row.field],
        value=_shown(row),
        before=row.value,
        waiting=row.for_review,
        now=now,
        sureness=round(100 * row.confidence),
        evidence=row.evidence,
        author=_AUTHORS[row.author].format(who=row.who),
        page=row.page,
        box=row.box or (),
        long=row.field in _LONG,
        choices=CHOICES.get(row.field, ()),
        action=link(base, f"/{row.sha256}/{row.field}", sift),
        look=link(base, f"/{row.sha256}", sift, truong=row.field),
    )


def _shown(row: Row) -> str:
    """Return a value as a person writes it; the catalogue takes a day in that form, too."""
    return day(row.value) if row.field == "date" else row.value


def _done(request: Request, catalogue: Catalogue, sift: Sift, last: str) -> dict[str, str] | None:
    """Return what is told of the field that was decided last, ``SHA-256.field``."""
    sha256, _, name = last.partition(".")
    row = next((row for row in catalogue.rows(sha256) if row.field == name), None)
    if row is None or row.author == "machine":
        return None
    words = f"{'Đã nhận' if row.author == 'accepted' else 'Đã sửa'} {LABELS[name]}"
    return {"words": words, "value": _shown(row), "link": link(root(request), f"/{sha256}", sift, truong=name)}


_LONG = frozenset({"subject", "recipients", "signer_title"})
_AUTHORS = {"machine": "máy chắc", "accepted": "{who} đã duyệt", "corrected": "{who} đã sửa"}
