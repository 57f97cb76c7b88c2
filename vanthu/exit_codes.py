"""Exit codes of both commands, in one place; the README's tables are tested against this module."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class _Exit(IntEnum):
    """A number with its meaning; equal numbers of the two commands mean different things, so no dict can hold both."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> Self:
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member


class DoclintExit(_Exit):
    """What ``doclint`` tells the program that called it."""

    CLEAN = 0, "không có phát hiện nào từ mức --fail-on trở lên"
    FINDINGS = 1, "có phát hiện từ mức --fail-on trở lên"
    NOT_CHECKED = 2, "có tệp chưa kiểm tra được, hoặc lệnh gõ sai"


class DigitizeExit(_Exit):
    """What ``digitize`` tells the program that called it."""

    DONE = 0, "mọi tài liệu đã xong"
    SOME_FAILED = 1, "có tài liệu hỏng, bị cách ly, có trang không đọc được, hoặc chưa lập được chỉ mục"
    USAGE = 2, "lệnh gõ sai hoặc máy thiếu thành phần cần thiết"
    STOPPED = 3, "dừng giữa chừng, chạy lại lệnh cũ để làm tiếp"
