"""What a visitor did wrong, or we: in Vietnamese, with the right number."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException


class Fault(HTTPException):
    """A request that is not done: the number of HTTP, why, and what to do."""

    def __init__(self, status: int, reason: str, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, reason, headers)
        self.reason, self.hint = reason, hint


def told(error: HTTPException) -> Fault:
    """Return what the framework refuses, or our code, as a visitor is told."""
    if isinstance(error, Fault):
        return error
    reason, hint = _REASONS.get(error.status_code, (f"yêu cầu không thực hiện được ({error.status_code})", ""))
    return Fault(error.status_code, reason, hint, error.headers)


INTERNAL = Fault(500, "máy chủ gặp lỗi", "thử lại; nếu vẫn lỗi thì báo người quản trị")
_REASONS = {
    400: ("yêu cầu hỏng, máy chủ không đọc được", "gửi lại"),
    404: ("không có trang này", ""),
    405: ("trang này không nhận cách gửi ấy", ""),
    415: ("máy chủ không nhận loại nội dung ấy", "gửi tệp bằng biểu mẫu multipart"),
}
