"""Exit codes of both commands, in one place; the README's table is tested against this module."""

from __future__ import annotations

from enum import IntEnum


class DoclintExit(IntEnum):
    """What ``doclint`` tells the program that called it."""

    CLEAN = 0
    FINDINGS = 1
    NOT_CHECKED = 2


class DigitizeExit(IntEnum):
    """What ``digitize`` tells the program that called it."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    STOPPED = 3


MEANINGS: dict[DoclintExit | DigitizeExit, str] = {
    DoclintExit.CLEAN: "không có phát hiện nào từ mức --fail-on trở lên",
    DoclintExit.FINDINGS: "có phát hiện từ mức --fail-on trở lên",
    DoclintExit.NOT_CHECKED: "có tệp chưa kiểm tra được, hoặc lệnh gõ sai",
    DigitizeExit.DONE: "mọi tài liệu đã xong",
    DigitizeExit.SOME_FAILED: "có tài liệu hỏng hoặc bị cách ly",
    DigitizeExit.USAGE: "lệnh gõ sai hoặc máy thiếu thành phần cần thiết",
    DigitizeExit.STOPPED: "dừng giữa chừng, chạy lại lệnh cũ để làm tiếp",
}
