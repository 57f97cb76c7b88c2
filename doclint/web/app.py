"""The application: pages and API behind one guard. It may be served alone or mounted in another one."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from doclint.web.api import api
from doclint.web.checker import Checker
from doclint.web.faults import on_http_error, on_invalid
from doclint.web.guard import Access, Guard
from doclint.web.pages import pages


def create_app(checker: Checker, access: Access | None = None) -> FastAPI:
    """Return the application, which checks with ``checker`` and lets in whom ``access`` says (all by default)."""
    access = access or Access()
    app = FastAPI(
        title="doclint",
        summary="Soát văn bản hành chính trước khi ban hành",
        version="1",
        openapi_url="/api/openapi.json",
        docs_url=None,  # its scripts would come from the network
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={HTTPException: on_http_error, RequestValidationError: on_invalid},
        # It would listen to variables of the environment that send what happens here elsewhere.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    app.add_middleware(Guard, access=access, limits=checker.limits)
    app.include_router(api(checker))
    app.include_router(pages(checker, access))
    return app
