"""The search page: one box, and what it found."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from digitize.index.search import Answer
from digitize.web.context import Context
from digitize.web.documents import seen
from digitize.web.faults import Fault
from digitize.web.identity import person
from digitize.web.pages.asked import PER_PAGE, Asked
from digitize.web.pages.found import document_views, facet_views, paging
from digitize.web.pages.query_fault import QueryFault, query_fault
from digitize.web.pages.titles import title
from digitize.web.permissions import needs
from digitize.web.saved import open_saved
from digitize.web.searching import alike, ask, question
from digitize.web.templating import page, root
from vanthu.errors import VanthuError

Text = Annotated[str, Query(alias="q", max_length=500)]
Sort = Annotated[Literal["relevance", "newest", "oldest"], Query(alias="xep")]
Within = Annotated[str, Query(alias="trong", max_length=64)]


def routes(context: Context) -> APIRouter:
    """Return the routes of searching."""
    router = APIRouter(dependencies=[needs("read")])

    @router.get("/")
    def search(
        request: Request,
        text: Text = "",
        sort: Sort = "relevance",
        within: Within = "",
        number: Annotated[int, Query(alias="trang", ge=1, le=1000)] = 1,
    ) -> Response:
        asked = Asked(" ".join(text.split()), sort, within, number)
        inside = seen(request, context, within).name if within else ""
        answer, fault = _answer(request, context, asked)
        with open_saved(context.archive.root) as searches:
            saved = searches.of(person(request).name)
        base = root(request)
        return page(
            request,
            "search.html",
            status=422 if fault else 200,
            asked=asked,
            link=lambda **changes: asked.link(base, **changes),
            fresh=lambda text: Asked(text).link(base),
            inside=inside,
            answer=answer,
            fault=fault,
            sorts=_SORTS,
            help=_HELP,
            facets=facet_views(base, asked, answer.facets) if answer else (),
            documents=document_views(base, asked, answer.hits) if answer else (),
            numbers=paging(base, asked, answer.documents) if answer else (),
            export=asked.export(base) if person(request).may("export") else "",
            saved=saved,
            is_saved=any(one.text == asked.text for one in saved),
            held=_held(context) if not asked.text else None,
        )

    @router.get("/tai-lieu/{sha256}/giong")
    def like(request: Request, sha256: str) -> Response:
        name = seen(request, context, sha256).name
        with context.catalogue() as catalogue:
            known = {row.field: row.value for row in catalogue.rows(sha256)}
        documents = document_views(root(request), Asked(), alike(request, context, sha256, PER_PAGE))
        return page(request, "like.html", sha256=sha256, title=title(known, name), documents=documents)

    return router


def _answer(request: Request, context: Context, asked: Asked) -> tuple[Answer | None, QueryFault | None]:
    """Return the answer, or why there is none; neither where nothing is asked."""
    if not asked.text:
        return None, None
    within = (asked.within,) if asked.within else ()
    try:
        return ask(request, context, question(asked.text, PER_PAGE, asked.offset, asked.sort, within)), None
    except Fault:
        raise
    except VanthuError as error:
        return None, query_fault(error, asked.text)


def _held(context: Context) -> tuple[int, int]:
    """Return how many documents and pages can be searched."""
    with context.ledger() as ledger:
        documents, pages = ledger.database.execute(
            "SELECT count(*), coalesce(sum(pages), 0) FROM documents WHERE state = 'done'"
        ).fetchone()
    return documents, pages


_SORTS = (("relevance", "khớp nhất"), ("newest", "mới nhất"), ("oldest", "cũ nhất"))
_HELP = (
    ("khan cap", "trang có cả hai từ; gõ có dấu hay không dấu đều được, trang đúng dấu đứng trước"),
    ('"xử lý khẩn cấp"', "đúng cả cụm, các từ liền nhau"),
    ("534/QĐ-UBND", "số và ký hiệu; gõ 534 qd ubnd cũng thấy"),
    ("hộ tịch OR chứng thực", "một trong hai; NOT là không có; dùng được ngoặc ( )"),
    ("chuyen*", "mọi từ bắt đầu như thế, từ ba chữ cái trở lên"),
    ("loai:KH nam:2024..2026", "loại văn bản, năm ban hành"),
    ('coquan:"Sở Nội vụ"', "cơ quan ban hành; còn có so: ngay: trichyeu: nguoiky: phong: hoso:"),
)
