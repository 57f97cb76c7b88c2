"""Names of files as visitors send them: for people to read, never a path."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

MAX_CHARACTERS = 150
UNNAMED = "không tên"


def file_name(sent: str | None) -> str:
    """Return the last part of the name of an upload, in one line of what can be seen; ``không tên`` when none is left.

    What stands after the last point is kept however long the name is.
    """
    last = re.split(r"[/\\]", sent or "")[-1]
    seen = "".join(char if char.isprintable() else " " for char in unicodedata.normalize("NFC", last))
    name = " ".join(seen.split())
    if not name.strip(". "):
        return UNNAMED
    if len(name) > MAX_CHARACTERS:
        stem, point, suffix = name.rpartition(".")
        suffix = f"…{point}{suffix}" if stem and len(suffix) < 10 else "…"
        name = name[: MAX_CHARACTERS - len(suffix)] + suffix
    return name


def attachment(name: str) -> str:
    """Return the header that makes a browser save what it gets as ``name`` (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"


def copy_name(name: str, ending: str) -> str:
    """Return the name of what is made of the file ``name``: ``ke-hoach.docx`` → ``ke-hoach.soat.pdf``."""
    stem, point, suffix = name.rpartition(".")
    return f"{stem if point and stem and len(suffix) < 10 else name}.soat{ending}"
