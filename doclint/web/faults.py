"""Faults → answers: JSON to programs, a page to people."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from doclint.web.templating import page
from vanthu.web.border import inner_path
from vanthu.web.faults import Fault, told


def respond(request: Request, fault: Fault) -> Response:
    """Return the answer to a request that is not done: JSON to programs, a page to people."""
    if inner_path(request).startswith("/api/"):
        content = {"error": fault.reason, "hint": fault.hint or None}
        return JSONResponse(content, fault.status_code, fault.headers)
    return page(request, "fault.html", status=fault.status_code, headers=fault.headers, fault=fault)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses, or our code."""
    assert isinstance(error, HTTPException)
    return respond(request, told(error))


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer a request without a file, or with a value that is none."""
    assert isinstance(error, RequestValidationError)
    named = {str(one["loc"][-1]) for one in error.errors() if one["loc"]}
    if "files" in named:
        return respond(
            request, Fault(422, "chưa có tệp nào", "chọn tệp rồi gửi lại, trong trường «files» của biểu mẫu")
        )
    return respond(request, Fault(422, f"giá trị không đúng: {', '.join(sorted(named))}"))
