"""The one family of errors that a person is shown."""

from __future__ import annotations

import errno
from pathlib import Path

from vanthu.files import shown


class VanthuError(Exception):
    """An error a person can act on, told in Vietnamese.

    ``reason`` says what is wrong, ``hint`` what to do next, ``path`` which file; ``str()`` joins them in one line.
    """

    def __init__(self, reason: str, *, path: Path | str | None = None, hint: str = "") -> None:
        self.reason = reason
        self.path = path
        self.hint = hint
        super().__init__(reason, path, hint)

    def __str__(self) -> str:
        where = f"{shown(self.path)}: " if self.path is not None else ""
        return f"{where}{self.advice}"

    @property
    def advice(self) -> str:
        """What is wrong and what to do, for where the file is named already."""
        return self.reason + (f" → {self.hint}" if self.hint else "")

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross process borders; keyword arguments would be lost by the default.
        return (_rebuild, (type(self), self.reason, self.path, self.hint))


def os_reason(error: OSError) -> str:
    """Return in Vietnamese what the system says of ``error``; what the table lacks is told by its number."""
    return _OS_REASONS.get(error.errno or 0, f"lỗi hệ thống số {error.errno}")


def dotted(number: int) -> str:
    """Return a whole number as Vietnamese writes it: ``5.000.000``."""
    return f"{number:,}".replace(",", ".")


_OS_REASONS = {
    errno.EACCES: "không có quyền",
    errno.EBUSY: "đang được dùng",
    errno.EDQUOT: "hết phần đĩa được cấp",
    errno.EEXIST: "đã có",
    errno.EIO: "lỗi đọc ghi của ổ đĩa",
    errno.EISDIR: "là thư mục",
    errno.ELOOP: "liên kết vòng",
    errno.EMFILE: "mở quá nhiều tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOSPC: "hết chỗ trên đĩa",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ESTALE: "ổ đĩa mạng đã mất tệp này",
}


def _rebuild(kind: type[VanthuError], reason: str, path: Path | str | None, hint: str) -> VanthuError:
    return kind(reason, path=path, hint=hint)
