"""Names of files that leave the archive: Thông tư 05/2025/TT-BNV, Điều 8."""

from __future__ import annotations

import re

from vanthu.errors import VanthuError


def document_name(code: str, ordinal: int, extension: str) -> str:
    """Return the name of document ``ordinal``, counted from 1, of the file with ``code``: ``H49.64.2001.160.1.pdf``.

    Raises VanthuError for a code that is none.
    """
    if not _CODE.fullmatch(code):
        raise VanthuError(
            f"mã hồ sơ «{code}» sai khuôn dạng",
            hint="mã gồm chữ không dấu, số, gạch nối, cách nhau dấu chấm, ví dụ H49.64.33.2001.160",
        )
    return f"{code}.{ordinal}.{extension}"


# It names a file on any system: no folder, no blank, nothing that a shell would take for its own.
_CODE = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
