"""Faults → answers: JSON to programs, a page to people; and the one answer for what is not there or not allowed."""

from __future__ import annotations

import logging

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vanthu.errors import VanthuError
from vanthu.web.border import inner_path
from vanthu.web.faults import INTERNAL, Fault, told

__all__ = ["NO_DOCUMENT", "Fault", "on_error", "on_http_error", "on_invalid", "on_question", "respond"]

NO_DOCUMENT = Fault(404, "không có tài liệu hay trang này", "tìm lại từ trang đầu")
"""Of a document that is not there, one that is held back and one that this person may not see: one answer for all."""


def respond(request: Request, fault: Fault) -> Response:
    """Return the answer to a request that is not done."""
    if inner_path(request).startswith(("/api/", "/iiif/")):
        content = {"error": fault.reason, "hint": fault.hint or None}
        return JSONResponse(content, fault.status_code, fault.headers)
    from digitize.web.templating import page

    return page(request, "fault.html", status=fault.status_code, headers=fault.headers, fault=fault)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses, or our code."""
    assert isinstance(error, HTTPException)
    return respond(request, told(error))


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer a request with a value that is none."""
    assert isinstance(error, RequestValidationError)
    named = {str(one["loc"][-1]) for one in error.errors() if one["loc"]}
    return respond(request, Fault(422, f"giá trị không đúng: {', '.join(sorted(named))}"))


async def on_question(request: Request, error: Exception) -> Response:
    """Answer a question that cannot be understood."""
    assert isinstance(error, VanthuError)
    return respond(request, Fault(422, error.reason, error.hint))


async def on_error(request: Request, error: Exception) -> Response:
    """Answer what our files are in the way of; the log, on the screen of who runs the server, says which."""
    assert isinstance(error, VanthuError)
    logging.getLogger("uvicorn.error").error("%s", error)
    return respond(request, INTERNAL)
