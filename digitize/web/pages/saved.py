"""Keeping a search, and dropping it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from digitize.web.context import Context
from digitize.web.faults import Fault
from digitize.web.identity import person
from digitize.web.permissions import needs
from digitize.web.saved import open_saved
from digitize.web.templating import root
from vanthu.errors import VanthuError


def routes(context: Context) -> APIRouter:
    """Return the routes that change what a person keeps."""
    router = APIRouter(dependencies=[needs("read")])

    @router.post("/cau-tim")
    def keep(request: Request, text: Annotated[str, Form(alias="q", min_length=1, max_length=500)]) -> Response:
        with open_saved(context.archive.root) as searches:
            try:
                searches.keep(person(request).name, text)
            except VanthuError as error:
                raise Fault(409, error.reason, error.hint) from error
        return RedirectResponse(f"{root(request)}/?{urlencode({'q': text})}", 303)

    @router.post("/cau-tim/xoa")
    def drop(request: Request, id: Annotated[int, Form()]) -> Response:
        with open_saved(context.archive.root) as searches:
            searches.drop(person(request).name, id)
        return RedirectResponse(f"{root(request)}/", 303)

    return router
