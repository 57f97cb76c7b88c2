"""The JSON API: what the pages show, for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import groupby, islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request
from starlette.responses import Response

from digitize.describe.catalogue import Author, Row
from digitize.describe.values import LABELS, Status
from digitize.standing import Standing, standing
from digitize.web.context import Context
from digitize.web.documents import one_page, seen, sight
from digitize.web.facts import PageFacts
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.web.identity import person
from digitize.web.kept_queue import queue_now
from digitize.web.pages.sifting import Asked as Sifted
from digitize.web.permissions import needs
from digitize.web.queue import rows_behind
from digitize.web.recording import record
from digitize.web.results import Found, FoundDocument, csv_table, document_found, found
from digitize.web.routes.files import Number, Sha256
from digitize.web.routes.refusals import REFUSALS, binary
from digitize.web.searching import alike, ask, question
from vanthu.errors import VanthuError

Asked = Annotated[str, Query(description="Câu tìm, như ở digitize search", max_length=500)]
Sort = Literal["relevance", "newest", "oldest"]
Inside = Annotated[
    list[str] | None, Query(description="Chỉ tìm trong: mã tài liệu hoặc phông; lặp lại được", max_length=20)
]


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks; ``csrf`` goes into the header X-CSRF of every POST."""

    name: str
    role: str
    csrf: str


@dataclass(frozen=True, slots=True)
class FieldAnswer:
    """A field of a description; ``box`` is in pixels of the words of ``page``."""

    field: str
    label: str
    value: str
    read: str
    status: Status
    author: Author
    confidence: float
    evidence: str
    page: int | None
    box: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """A document: the name of its file, its level of access, what it is."""

    sha256: str
    name: str
    access: str
    pages: int
    fields: list[FieldAnswer]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A field that waits for a person."""

    sha256: str
    field: FieldAnswer


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of a field that he saw with the value ``before``; the same value accepts it."""

    value: str
    before: str


def routes(context: Context) -> APIRouter:
    """Return the routes of the API but for its files."""
    router = APIRouter(prefix="/api", responses=REFUSALS)

    @router.get("/me")
    def me(request: Request) -> Me:
        """Ai đang hỏi, vai trò gì, và mã X-CSRF để gửi."""
        who = person(request)
        return Me(who.name, who.role, who.csrf)

    @router.get("/search")
    def search(
        request: Request,
        q: Asked,
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
        offset: Annotated[int, Query(ge=0, le=10_000)] = 0,
        sort: Sort = "relevance",
        within: Inside = None,
    ) -> Found:
        """Tìm trong kho, trong những gì người hỏi được xem."""
        return found(ask(request, context, question(q, limit, offset, sort, within or ())))

    @router.get(
        "/search.csv", dependencies=[needs("export")], response_class=Response, responses={200: binary("text/csv")}
    )
    def search_csv(request: Request, q: Asked, sort: Sort = "relevance", within: Inside = None) -> Response:
        """Kết quả tìm thành bảng CSV mở được bằng Excel."""
        asked = replace(question(q, MOST_ROWS, 0, sort, within or ()), snippets=False)
        answer = ask(request, context, asked)
        record(request, context, "export", what="csv", query=q, count=len(answer.hits))
        return Response(csv_table(answer), media_type="text/csv")

    @router.get("/documents/{sha256}")
    def document(request: Request, sha256: Sha256) -> DocumentAnswer:
        """Một tài liệu: tên tệp, mức tiếp cận, các trường mô tả."""
        it = seen(request, context, sha256)
        record(request, context, "view", sha256=sha256, what="description")
        with context.catalogue() as catalogue:
            fields = [_field(row) for row in catalogue.rows(sha256)]
        return DocumentAnswer(sha256, it.name, it.level, it.pages, fields)

    @router.get("/documents/{sha256}/like")
    def like(request: Request, sha256: Sha256, limit: Annotated[int, Query(ge=1, le=50)] = 10) -> list[FoundDocument]:
        """Những tài liệu giống tài liệu này."""
        seen(request, context, sha256)
        return [document_found(hit) for hit in alike(request, context, sha256, limit)]

    @router.get("/documents/{sha256}/pages/{number}")
    def page(request: Request, sha256: Sha256, number: Number) -> PageFacts:
        """Một trang: chữ, từng từ với khung, độ tin cậy; toạ độ là điểm ảnh của trang."""
        seen(request, context, sha256)
        facts = one_page(context, sha256, number)
        record(request, context, "view", sha256=sha256, page=number, what="text")
        return facts

    @router.get("/status", dependencies=[needs("dashboard")])
    def status(request: Request) -> Standing:
        """Kho đang ra sao, như `digitize status`."""
        with context.ledger() as ledger:
            return standing(context.archive, ledger)

    @router.get("/review", dependencies=[needs("review")])
    def review(
        request: Request,
        sift: Sifted,
        limit: Annotated[int, Query(ge=1, le=500)] = 50,
        after: Annotated[str, Query(description="MÃ.trường của ô cuối cùng đã nhận", max_length=90)] = "",
    ) -> list[Waiting]:
        """Những trường chờ người duyệt, lọc và xếp thứ tự như ở trang /duyet."""
        sha256, _, field = after.partition(".")
        with context.catalogue() as catalogue, sight(request, context) as seen_by_him:
            queue = queue_now(context, catalogue, sift)
            rows = rows_behind(catalogue, queue, sift, (sha256, field))
            there = (
                row
                for document, of_it in groupby(rows, lambda row: row.sha256)
                if seen_by_him(document)
                for row in of_it
            )
            return [Waiting(row.sha256, _field(row)) for row in islice(there, limit)]

    @router.post(
        "/review/{sha256}/{field}",
        dependencies=[needs("review")],
        responses={409: {**REFUSALS[422], "description": "Người khác vừa sửa"}},
    )
    def decide(request: Request, sha256: Sha256, field: str, decision: Annotated[Decision, Body()]) -> FieldAnswer:
        """Duyệt hoặc sửa một trường; mọi thay đổi vào nhật ký của danh mục."""
        seen(request, context, sha256)
        with context.catalogue() as catalogue:
            row = _row(catalogue.rows(sha256), field)
            if row.value != decision.before:
                raise Fault(409, f"{row.who} đã sửa thành «{row.value}»", "tải lại rồi duyệt")
            record(request, context, "review", sha256=sha256, field=field)
            try:
                if not catalogue.correct(sha256, field, decision.value, who=person(request).name, how="web"):
                    catalogue.accept(sha256, field, who=person(request).name, how="web")
            except VanthuError as error:
                raise Fault(422, error.reason, error.hint) from error
            return _field(_row(catalogue.rows(sha256), field))

    return router


def _row(rows: list[Row], field: str) -> Row:
    row = next((row for row in rows if row.field == field), None)
    if row is None:
        raise NO_DOCUMENT
    return row


def _field(row: Row) -> FieldAnswer:
    told: dict[str, Any] = {name: value for name, value in asdict(row).items() if name in _TOLD}
    return FieldAnswer(label=LABELS[row.field], **told)


_TOLD = frozenset(FieldAnswer.__slots__) - {"label"}
MOST_ROWS = 1000
