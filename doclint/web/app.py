"""The application: pages and API behind one guard. It may be served alone or mounted in another one."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.params import Depends
from starlette.exceptions import HTTPException

from doclint.web.api import api
from doclint.web.checker import Checker
from doclint.web.faults import on_http_error, on_invalid
from doclint.web.guard import Access, Guard
from doclint.web.pages import pages
from vanthu.web.application import Handler, application


def create_app(checker: Checker, access: Access | None = None, dependencies: Sequence[Depends] = ()) -> FastAPI:
    """Return the application, which checks with ``checker`` and lets in whom ``access`` says (all by default).

    An application in which it is mounted adds ``dependencies`` to its routes.
    """
    access = access or Access()
    handlers: dict[int | type[Exception], Handler] = {HTTPException: on_http_error, RequestValidationError: on_invalid}
    app = application("doclint", "Soát văn bản hành chính trước khi ban hành", handlers, dependencies)
    app.add_middleware(Guard, access=access, limits=checker.limits)
    app.include_router(api(checker))
    app.include_router(pages(checker, access))
    return app
