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
from digitize.web.documents import seen
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.web.identity import person
from digitize.web.pages.sheet_view import sheet_view
from digitize.web.pages.titles import title
from digitize.web.pages.waiting import waiting
from digitize.web.permissions import needs
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
        request: Request, after: Annotated[str, Query(alias="sau", max_length=64)] = "", last: Last = ""
    ) -> Response:
        with context.catalogue() as catalogue:
            found = _next_document(request, context, catalogue, after)
            if found:
                return RedirectResponse(f"{root(request)}/duyet/{found}" + (f"?vua={last}" if last else ""), 303)
            return page(
                request, "review.html", title="", waiting=waiting(catalogue), done=_done(request, catalogue, last)
            )

    @router.get("/duyet/{sha256}")
    def document(
        request: Request, sha256: str, field: Annotated[str, Query(alias="truong", max_length=20)] = "", last: Last = ""
    ) -> Response:
        return _page(request, context, sha256, field, last)

    @router.post("/duyet/{sha256}/{field}")
    def decide(
        request: Request,
        sha256: str,
        field: str,
        value: Annotated[str, Form(max_length=4000)] = "",
        before: Annotated[str, Form(max_length=4000)] = "",
    ) -> Response:
        seen(request, context, sha256)
        with context.catalogue() as catalogue:
            row = next((row for row in catalogue.rows(sha256) if row.field == field), None)
            if row is None:
                raise NO_DOCUMENT
            if row.value != before:
                told = f"{row.who} đã sửa thành «{row.value}» trong lúc bạn xem; xem lại rồi bấm Enter"
                return _page(request, context, sha256, field, "", typed=row.value, fault=told)
            who = person(request).name
            try:
                if not catalogue.correct(sha256, field, value, who=who):
                    catalogue.accept(sha256, field, who=who)
            except VanthuError as error:
                return _page(request, context, sha256, field, "", typed=value, fault=error.advice)
            record(request, context, "review", sha256=sha256, field=field)
            rest = [row.field for row in catalogue.rows(sha256) if row.for_review]
        last = f"{sha256}.{field}"
        if rest:
            return RedirectResponse(f"{root(request)}/duyet/{sha256}?truong={rest[0]}&vua={last}", 303)
        return RedirectResponse(f"{root(request)}/duyet?sau={sha256}&vua={last}", 303)

    return router


def _page(
    request: Request, context: Context, sha256: str, name: str, last: str, *, typed: str = "", fault: str = ""
) -> Response:
    """Return the page of a document with the field ``name`` open, the first that waits when none is named."""
    document = seen(request, context, sha256)
    base = root(request)
    with context.catalogue() as catalogue:
        rows = catalogue.rows(sha256)
        if not rows:
            raise Fault(404, "tài liệu này chưa được mô tả", "chạy digitize describe --archive KHO")
        now = next((row for row in rows if row.field == name), None) or next(
            (row for row in rows if row.for_review), rows[0]
        )
        left, done = waiting(catalogue), _done(request, catalogue, last)
    known = {row.field: row.value for row in rows}
    fields = [_field(base, row, now=row is now) for row in rows]
    if fault:
        fields = [replace(field, value=typed, fault=fault) if field.now else field for field in fields]
    record(request, context, "view", sha256=sha256, page=now.page or 1, what="page")
    return page(
        request,
        "review.html",
        status=422 if fault else 200,
        title=title(known, document.name),
        subject=known.get("subject", ""),
        path=document.name,
        document_link=f"{base}/tai-lieu/{sha256}/{now.page or 1}",
        fields=fields,
        view=sheet_view(base, context, sha256, now.page or 1, [now.box] if now.box else []),
        waiting=left,
        done=done,
        skip=f"{base}/duyet?sau={sha256}",
    )


def _field(base: str, row: Row, *, now: bool) -> FieldView:
    return FieldView(
        name=row.field,
        label=LABELS[row.field],
        value=row.value,
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
        action=f"{base}/duyet/{row.sha256}/{row.field}",
        look=f"{base}/duyet/{row.sha256}?truong={row.field}",
    )


def _next_document(request: Request, context: Context, catalogue: Catalogue, after: str) -> str:
    """Return the document that waits next behind ``after`` and that the person may see, "" when there is none."""
    while rows := catalogue.queue(1, (after, _BEHIND_ALL)):
        after = rows[0].sha256
        try:
            seen(request, context, after)
        except Fault:
            continue
        return after
    return ""


def _done(request: Request, catalogue: Catalogue, last: str) -> dict[str, str] | None:
    """Return what is told of the field that was decided last, ``SHA-256.field``."""
    sha256, _, name = last.partition(".")
    row = next((row for row in catalogue.rows(sha256) if row.field == name), None)
    if row is None or row.author == "machine":
        return None
    words = f"{'Đã nhận' if row.author == 'accepted' else 'Đã sửa'} {LABELS[name]}"
    return {"words": words, "value": row.value, "link": f"{root(request)}/duyet/{sha256}?truong={name}"}


_LONG = frozenset({"subject", "recipients", "signer_title"})
_BEHIND_ALL = "\uffff"
_AUTHORS = {"machine": "máy chắc", "accepted": "{who} đã duyệt", "corrected": "{who} đã sửa"}
