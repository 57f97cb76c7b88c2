"""What a visitor did wrong, or we: in Vietnamese, as a page or as JSON, with the right number."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from doclint.web.templating import inner_path, page


class Fault(HTTPException):
    """A request that is not done: the number of HTTP, why, and what to do."""

    def __init__(self, status: int, reason: str, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, reason, headers)
        self.reason, self.hint = reason, hint


def respond(request: Request, fault: Fault) -> Response:
    """Return the answer to a request that is not done: JSON to programs, a page to people."""
    if inner_path(request).startswith("/api/"):
        content = {"error": fault.reason, "hint": fault.hint or None}
        return JSONResponse(content, fault.status_code, fault.headers)
    return page(request, "fault.html", status=fault.status_code, headers=fault.headers, fault=fault)


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses, or our code."""
    assert isinstance(error, HTTPException)
    if not isinstance(error, Fault):
        reason, hint = _REASONS.get(error.status_code, (f"yêu cầu không thực hiện được ({error.status_code})", ""))
        error = Fault(error.status_code, reason, hint, error.headers)
    return respond(request, error)


async def on_invalid(request: Request, error: Exception) -> Response:
    """Answer a request without a file, or with a value that is none."""
    assert isinstance(error, RequestValidationError)
    named = {str(one["loc"][-1]) for one in error.errors() if one["loc"]}
    if "files" in named:
        return respond(
            request, Fault(422, "chưa có tệp nào", "chọn tệp rồi gửi lại, trong trường «files» của biểu mẫu")
        )
    return respond(request, Fault(422, f"giá trị không đúng: {', '.join(sorted(named))}"))


INTERNAL = Fault(500, "máy chủ gặp lỗi", "thử lại; nếu vẫn lỗi thì báo người quản trị")
_REASONS = {
    400: ("yêu cầu hỏng, máy chủ không đọc được", "gửi lại tệp"),
    404: ("không có trang này", ""),
    405: ("trang này không nhận cách gửi ấy", ""),
    415: ("máy chủ không nhận loại nội dung ấy", "gửi tệp bằng biểu mẫu multipart"),
}
