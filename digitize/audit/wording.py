"""What stands in the journal, in the words of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digitize.audit.journal import Event
from digitize.describe.values import LABELS

NAMES: Mapping[Event, str] = {
    "search": "tìm",
    "view": "xem",
    "export": "xuất",
    "release": "quyết định về tài liệu mật",
    "review": "duyệt",
    "sign-in": "đăng nhập",
    "sign-out": "đăng xuất",
    "refused": "đăng nhập hỏng",
    "account": "tài khoản",
    "broken": "NHẬT KÝ KHÔNG KHỚP",
}


def event_name(entry: Mapping[str, Any]) -> str:
    """Return what happened."""
    return NAMES.get(entry["event"], str(entry["event"]))


def details(entry: Mapping[str, Any]) -> str:
    """Return the rest of an entry in one printable line."""
    told = "; ".join(f"{_DETAILS.get(name, name)}: {_told(name, value)}" for name, value in entry["details"].items())
    return "".join(char if char.isprintable() else " " for char in told)


def _told(name: str, value: object) -> str:
    if name == "what":
        return _WHAT.get(str(value), str(value))
    return LABELS.get(str(value), str(value)) if name == "field" else str(value)


_DETAILS = {
    "query": "câu tìm",
    "offset": "sau kết quả thứ",
    "documents": "số tài liệu thấy",
    "sha256": "tài liệu",
    "page": "trang",
    "what": "phần",
    "count": "số dòng",
    "field": "trường",
    "account": "tài khoản",
    "change": "thay đổi",
    "decision": "quyết định",
    "reason": "lý do",
    "wait": "phải chờ, giây",
}
_WHAT = {
    "page": "trang",
    "image": "ảnh",
    "text": "chữ",
    "pdf": "PDF",
    "description": "mô tả",
    "csv": "bảng CSV",
    "journal": "nhật ký",
}
