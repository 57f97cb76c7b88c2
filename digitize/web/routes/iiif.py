"""IIIF: a document as a manifest (Presentation 3), its hits as annotations (Content Search 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from digitize.web.context import Context
from digitize.web.documents import seen
from digitize.web.identity import is_secure
from digitize.web.pages.hits import boxes_on
from digitize.web.recording import record
from digitize.web.routes.files import Sha256
from digitize.web.routes.refusals import REFUSALS
from digitize.web.searching import answering_pages
from vanthu.web.border import root

_PRESENTATION = "http://iiif.io/api/presentation/3/context.json"
_SEARCH = "http://iiif.io/api/search/2/context.json"
_UNREAD = (1240, 1754)
"""Size of a canvas whose page has no words: A4 at 150 dpi."""
_AT_ONCE = 50
"""Annotations that are sent together."""
_OBJECT: dict[int | str, dict[str, Any]] = {
    200: {"description": "JSON-LD", "content": {"application/json": {"schema": {"type": "object"}}}}
}


def routes(context: Context) -> APIRouter:
    """Return the routes of IIIF."""
    router = APIRouter(prefix="/iiif", responses=REFUSALS)

    @router.get("/{sha256}/manifest", response_class=JSONResponse, responses=_OBJECT)
    def manifest(request: Request, sha256: Sha256) -> Response:
        """Tài liệu theo IIIF Presentation 3: mỗi trang một canvas, kích thước là điểm ảnh của words."""
        document = seen(request, context, sha256)
        record(request, context, "view", sha256=sha256, what="description")
        base = _base(request, context)
        here = f"{base}/iiif/{sha256}"
        pages = context.facts.of(sha256)
        sizes = (pages.size(index) for index in range(len(pages)))
        canvases = [
            _canvas(base, sha256, number, (width, height) if width else _UNREAD)
            for number, (width, height) in enumerate(sizes, start=1)
        ]
        return JSONResponse(
            {
                "@context": [_SEARCH, _PRESENTATION],
                "id": f"{here}/manifest",
                "type": "Manifest",
                "label": {"none": [document.name]},
                "items": canvases,
                "rendering": [
                    {
                        "id": f"{base}/api/documents/{sha256}/pdf",
                        "type": "Text",
                        "label": {"vi": ["PDF"]},
                        "format": "application/pdf",
                    }
                ],
                "service": [{"id": f"{here}/search", "type": "SearchService2"}],
            }
        )

    @router.get("/{sha256}/search", response_class=JSONResponse, responses=_OBJECT)
    def search(
        request: Request, sha256: Sha256, q: Annotated[str, Query(description="Câu tìm", max_length=500)]
    ) -> Response:
        """Chỗ khớp trong tài liệu theo IIIF Content Search 2: mỗi khung từ một chú giải trên canvas."""
        seen(request, context, sha256)
        base = _base(request, context)
        numbers = answering_pages(request, context, sha256, q)
        pages = context.facts.of(sha256)
        numbers = tuple(number for number in numbers if number <= len(pages))
        for number in numbers:
            pages.size(number - 1)  # what is damaged is told before the answer begins
        hits = (_hit(base, sha256, number, box) for number in numbers for box in boxes_on(pages[number - 1], q))
        told = {
            "@context": _SEARCH,
            "id": f"{base}/iiif/{sha256}/search?{request.url.query}",
            "type": "AnnotationPage",
        }
        # The words of a thousand pages take seconds to read: what is found on the first is sent meanwhile.
        return StreamingResponse(_with_items(told, hits), media_type="application/json")

    return router


def _canvas(base: str, sha256: str, number: int, size: tuple[int, int]) -> dict[str, Any]:
    canvas = f"{base}/iiif/{sha256}/canvas/{number}"
    width, height = size
    body = {
        "id": f"{base}/api/documents/{sha256}/pages/{number}/image",
        "type": "Image",
        "format": "image/jpeg",
        "width": width,
        "height": height,
    }
    painting = {
        "id": f"{canvas}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": canvas,
    }
    return {
        "id": canvas,
        "type": "Canvas",
        "label": {"vi": [f"Trang {number}"]},
        "width": width,
        "height": height,
        "items": [{"id": f"{canvas}/page", "type": "AnnotationPage", "items": [painting]}],
    }


def _with_items(told: Mapping[str, Any], items: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield a JSON object piece by piece, its ``items`` last."""
    yield json.dumps(told, ensure_ascii=False)[:-1] + ', "items": ['
    mark = ""
    while some := list(islice(items, _AT_ONCE)):
        yield mark + ",".join(json.dumps(item, ensure_ascii=False) for item in some)
        mark = ","
    yield "]}"


def _hit(base: str, sha256: str, page: int, box: tuple[int, int, int, int]) -> dict[str, Any]:
    x0, y0, x1, y1 = box
    place = f"xywh={x0},{y0},{x1 - x0},{y1 - y0}"
    return {
        "id": f"{base}/iiif/{sha256}/hit/{page}/{x0}-{y0}",
        "type": "Annotation",
        "motivation": "highlighting",
        "target": f"{base}/iiif/{sha256}/canvas/{page}#{place}",
    }


def _base(request: Request, context: Context) -> str:
    scheme = "https" if is_secure(request, context) else "http"
    return f"{scheme}://{request.headers.get('host', '')}{root(request)}"
