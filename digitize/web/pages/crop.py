"""The piece of a scan round the words that were looked for, with the words marked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from digitize.describe.values import Box
from digitize.web.context import Context
from digitize.web.documents import one_page, seen
from digitize.web.faults import NO_DOCUMENT
from digitize.web.pages.hits import boxes_on
from digitize.web.recording import record

if TYPE_CHECKING:
    from PIL import Image

WIDTH = 720
"""Pixels across of the picture."""


def routes(context: Context) -> APIRouter:
    """Return the route of the pieces."""
    router = APIRouter()

    @router.get("/tai-lieu/{sha256}/{number}/trich")
    def crop(
        request: Request, sha256: str, number: int, asked: Annotated[str, Query(alias="q", max_length=500)]
    ) -> Response:
        if not 1 <= number <= seen(request, context, sha256).pages:
            raise NO_DOCUMENT
        page = one_page(context, sha256, number)
        boxes = boxes_on(page, asked)
        if not boxes:
            raise NO_DOCUMENT
        record(request, context, "view", sha256=sha256, page=number, what="image")
        region = region_of(boxes, page.width, page.height)
        picture = marked(context.images.picture(sha256, number, region, WIDTH), region, boxes)
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=80)
        return Response(stream.getvalue(), media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})

    return router


def region_of(boxes: Sequence[Box], width: int, height: int) -> Box:
    """Return the piece of a page, in its pixels, that holds most of ``boxes``: half of it across, some lines down."""
    across, down = width * 11 // 20, max(height // 12, max(y1 - y0 for _, y0, _, y1 in boxes) * 3)

    def round_(box: Box) -> Box:
        left = min(max(0, (box[0] + box[2] - across) // 2), max(0, width - across))
        top = min(max(0, (box[1] + box[3] - down) // 2), max(0, height - down))
        return left, top, min(width, left + across), min(height, top + down)

    return max(map(round_, boxes), key=lambda region: sum(_holds(region, box) for box in boxes))


def marked(picture: Image.Image, region: Box, boxes: Sequence[Box]) -> Image.Image:
    """Return a piece with ``boxes`` in yellow under its ink."""
    from PIL import Image, ImageChops, ImageDraw

    scale = picture.width / (region[2] - region[0])
    ink = picture.convert("RGB")
    colour = Image.new("RGB", ink.size, (255, 255, 255))
    pen = ImageDraw.Draw(colour)
    for x0, y0, x1, y1 in boxes:
        left, top = (x0 - region[0]) * scale - 2, (y0 - region[1]) * scale - 2
        pen.rectangle((left, top, (x1 - region[0]) * scale + 2, (y1 - region[1]) * scale + 2), fill=_YELLOW)
    return ImageChops.multiply(ink, colour)


def _holds(region: Box, box: Box) -> bool:
    return region[0] <= box[0] and region[1] <= box[1] and box[2] <= region[2] and box[3] <= region[3]


_YELLOW = (255, 224, 110)
