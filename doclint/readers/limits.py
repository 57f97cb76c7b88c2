"""What a reader refuses, and the error that says so."""

from __future__ import annotations

from pathlib import Path

from vanthu.errors import VanthuError

MAX_FILE_BYTES = 200 * 2**20
"""A draft of text is far smaller; what is larger is a scan or not a document."""

MAX_UNPACKED_BYTES = 400 * 2**20
"""All parts of a .docx together, unpacked, pictures included."""

MAX_XML_BYTES = 64 * 2**20
"""One XML part of a .docx, unpacked; 500 pages of text are about 10 MiB."""

MAX_PARTS = 5_000
"""Parts in a .docx package."""

MAX_PAGES = 2_000
"""Pages of a PDF."""

MAX_CHARACTERS = 5_000_000
"""Characters of text: about 2,000 pages."""


class UnreadableDocument(VanthuError):
    """A file that could not be read, so could not be checked."""

    def __init__(self, reason: str, hint: str = "", *, path: Path | str | None = None) -> None:
        super().__init__(reason, path=path, hint=hint)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.reason, self.hint, self.path))


def _rebuild(reason: str, hint: str, path: Path | str | None) -> UnreadableDocument:
    return UnreadableDocument(reason, hint, path=path)


def require_text(text: str, path: Path) -> None:
    """Raise UnreadableDocument when there is no text to check, or more than a document can hold."""
    if not any(char.isalnum() for char in text):
        raise UnreadableDocument("không có chữ nào để kiểm tra", "xem lại nội dung tệp", path=path)
    if len(text) > MAX_CHARACTERS:
        limit = f"{MAX_CHARACTERS:,}".replace(",", ".")
        raise UnreadableDocument(f"văn bản dài quá giới hạn {limit} ký tự", "tách thành nhiều tệp", path=path)
