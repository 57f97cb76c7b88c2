"""Pictures, texts and PDFs of documents, at the addresses of the API and beside the pages."""

from __future__ import annotations

import hashlib
import io
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Query, Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from digitize.describe.values import Box
from digitize.web.context import Context
from digitize.web.documents import one_page, seen
from digitize.web.facts import PageFacts
from digitize.web.faults import NO_DOCUMENT, Fault
from digitize.web.images import MOST_WIDTH, THUMBNAIL
from digitize.web.recording import record
from digitize.web.routes.refusals import REFUSALS, binary
from doclint.web.names import attachment

Sha256 = Annotated[str, Path(description="Mã SHA-256 của tài liệu", pattern="^[0-9a-f]{64}$")]
Number = Annotated[int, Path(description="Số trang, từ 1", ge=1, le=1_000_000)]
Width = Annotated[int, Query(description="Bề ngang của ảnh, điểm ảnh", ge=16, le=MOST_WIDTH)]
Piece = Annotated[
    str | None, Query(description="Phần của trang, điểm ảnh của words: x,y,rộng,cao", pattern=r"^\d{1,6}(,\d{1,6}){3}$")
]
CACHED = "private, max-age=3600"


def routes(context: Context) -> APIRouter:
    """Return the routes of the files."""
    router = APIRouter(responses=REFUSALS)
    drawing = CapacityLimiter(_DRAWN_AT_ONCE)

    @router.get("/tai-lieu/{sha256}/{number}/anh", include_in_schema=False)
    @router.get(
        "/api/documents/{sha256}/pages/{number}/image", response_class=Response, responses={200: binary("image/jpeg")}
    )
    async def image(
        request: Request, sha256: Sha256, number: Number, width: Width = 1400, xywh: Piece = None
    ) -> Response:
        """Ảnh JPEG của một trang, dựng từ bản PDF; `xywh` để lấy một phần."""
        # Drawing has threads of its own, so that those who search do not wait for those who look.
        return await run_sync(partial(_image, request, context, sha256, number, width, xywh), limiter=drawing)

    @router.get(
        "/api/documents/{sha256}/pages/{number}/text",
        response_class=PlainTextResponse,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Chữ"}},
    )
    def text(request: Request, sha256: Sha256, number: Number) -> Response:
        """Chữ của một trang."""
        seen(request, context, sha256)
        page = one_page(context, sha256, number)
        record(request, context, "view", sha256=sha256, page=number, what="text")
        return PlainTextResponse(page.text)

    @router.get("/tai-lieu/{sha256}/pdf", include_in_schema=False)
    @router.get("/api/documents/{sha256}/pdf", response_class=Response, responses={200: binary("application/pdf")})
    def pdf(
        request: Request,
        sha256: Sha256,
        number: Annotated[int | None, Query(alias="trang", description="Chỉ một trang", ge=1, le=1_000_000)] = None,
    ) -> Response:
        """Bản PDF tìm được chữ của tài liệu, hoặc của một trang."""
        document = seen(request, context, sha256)
        stem = document.name.rpartition(".")[0] or document.name
        if number is None:
            record(request, context, "view", sha256=sha256, what="pdf")
            return FileResponse(
                context.archive.pdf(sha256),
                media_type="application/pdf",
                headers={"Content-Disposition": attachment(f"{stem}.pdf"), "Cache-Control": "private, no-cache"},
            )
        if number > document.pages:
            raise NO_DOCUMENT
        record(request, context, "view", sha256=sha256, page=number, what="pdf")
        headers = {"Content-Disposition": attachment(f"{stem} - trang {number}.pdf")}
        return Response(_one_page_pdf(context, sha256, number), media_type="application/pdf", headers=headers)

    return router


def _image(request: Request, context: Context, sha256: str, number: int, width: int, xywh: str | None) -> Response:
    document = seen(request, context, sha256)
    if number > document.pages:
        raise NO_DOCUMENT
    box = _box(xywh, one_page(context, sha256, number)) if xywh else None
    tag = hashlib.sha256(repr((context.facts.stamp(sha256), number, width, box)).encode()).hexdigest()[:32]
    headers = {"ETag": f'"{tag}"', "Cache-Control": CACHED}
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if width > THUMBNAIL or box:  # nobody can read a thumbnail, and a page shows a thousand of them
        record(request, context, "view", sha256=sha256, page=number, what="image")
    return Response(context.images.jpeg(sha256, number, box, width), media_type="image/jpeg", headers=headers)


def _box(xywh: str, page: PageFacts) -> Box:
    """Return the piece that is meant, as far as it is on the page. Raises Fault when nothing of it is."""
    x, y, width, height = (int(number) for number in xywh.split(","))
    right, bottom = min(x + width, page.width), min(y + height, page.height)
    if right <= x or bottom <= y:
        raise Fault(422, "giá trị không đúng: xywh nằm ngoài trang")
    return x, y, right, bottom


def _one_page_pdf(context: Context, sha256: str, number: int) -> bytes:
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(context.archive.pdf(sha256)) as whole, pikepdf.new() as part:
        part.pages.append(whole.pages[number - 1])
        part.save(stream)
    return stream.getvalue()


_DRAWN_AT_ONCE = 4
