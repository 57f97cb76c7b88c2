"""The application: pages, API and the lint page of doclint behind one guard."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from digitize.index.query import QueryError
from digitize.web.context import Context
from digitize.web.faults import on_error, on_http_error, on_invalid, on_question
from digitize.web.guard import LINT, Guard, csrf_checked
from digitize.web.pages import pages
from digitize.web.routes import api, files, iiif, session, static
from doclint.web.app import create_app as lint_app
from doclint.web.checker import Checker
from vanthu.errors import VanthuError
from vanthu.web.application import Handler, application


def create_app(context: Context, lint: Checker | None = None) -> FastAPI:
    """Return the application on an archive; with ``lint``, which checks drafts, the lint page is beside it."""
    handlers: dict[int | type[Exception], Handler] = {
        HTTPException: on_http_error,
        RequestValidationError: on_invalid,
        QueryError: on_question,
        VanthuError: on_error,
    }
    checked = [Depends(csrf_checked)]
    app = application("digitize", "Tìm và xem tài liệu trong kho số hóa", handlers, checked)
    app.add_middleware(Guard, context=context, draft_bytes=lint.limits.request_bytes if lint else 0)
    for router in (session.routes(context), static.routes(), files.routes(context), api.routes(context)):
        app.include_router(router)
    app.include_router(iiif.routes(context))
    app.include_router(pages(context))
    if lint is not None:
        app.mount(LINT, lint_app(lint, dependencies=checked))
    return app
