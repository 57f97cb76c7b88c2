"""Styles, scripts and pictures of our pages: what is in the folder, and nothing else."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from digitize.web.faults import Fault
from digitize.web.templating import FOLDER


def routes() -> APIRouter:
    """Return the route of the files."""
    router = APIRouter(include_in_schema=False)
    files = {path.name: path for path in (FOLDER / "static").iterdir() if path.suffix in _TYPES}

    @router.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in files:
            raise Fault(404, "không có tệp này")
        return Response(files[name].read_bytes(), media_type=_TYPES[files[name].suffix])

    return router


_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
