"""What the API answers when it does not do what it was asked, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any

_SCHEMA = {
    "type": "object",
    "required": ["error", "hint"],
    "properties": {"error": {"type": "string"}, "hint": {"type": ["string", "null"]}},
}
_WHEN = {
    400: "Yêu cầu hỏng",
    401: "Chưa đăng nhập",
    403: "Vai trò không làm được việc này, hoặc thiếu X-CSRF",
    404: "Không có, hoặc không được xem",
    422: "Giá trị không đúng",
    503: "Máy chủ đang bận, hoặc không ghi được nhật ký",
}
REFUSALS: dict[int | str, dict[str, Any]] = {
    number: {"description": told, "content": {"application/json": {"schema": _SCHEMA}}}
    for number, told in _WHEN.items()
}


def binary(*media_types: str) -> dict[str, Any]:
    """Return the description of an answer that is a file."""
    schema = {"type": "string", "format": "binary"}
    return {"description": "Tệp", "content": {one: {"schema": schema} for one in media_types}}
