"""The HTML pages of ``digitize serve``."""

from __future__ import annotations

from fastapi import APIRouter

from digitize.web.context import Context
from digitize.web.pages import accounts, crop, journal, progress, review, saved, search, viewer


def pages(context: Context) -> APIRouter:
    """Return the routes of all pages."""
    router = APIRouter(include_in_schema=False)
    for part in (search, saved, viewer, crop, review, progress, accounts, journal):
        router.include_router(part.routes(context))
    return router
