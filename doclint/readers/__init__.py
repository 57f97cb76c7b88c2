"""Bytes of a file → Document. The format is told by content, never by name."""

from __future__ import annotations

from pathlib import Path

from doclint.document import Document
from doclint.readers.limits import ASK_AGAIN, MAX_FILE_BYTES, SPLIT, UnreadableDocument
from doclint.readers.office import office_format, read_office
from vanthu.errors import os_reason


def read(path: Path) -> Document:
    """Read the file at ``path`` into a Document. Raises UnreadableDocument with the reason and what to do."""
    content = _content(path)
    if (kind := office_format(content, path)) is not None:
        return read_office(content, kind, path, _read_docx)
    if content.startswith(_PICTURES):
        raise UnreadableDocument("là ảnh, hãy dùng digitize", "digitize run TỆP --archive KHO", path=path)
    if content.startswith(b"PK"):
        return _read_docx(content, path)
    if b"%PDF-" in content[:1024]:
        from doclint.readers.pdf import read_pdf

        return read_pdf(content, path)
    from doclint.readers.text import read_text_file

    return read_text_file(content, path)


def _content(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableDocument(_absence(path), "kiểm tra lại đường dẫn", path=path)
        size = path.stat().st_size
        _refuse_large(size, path)
        with path.open("rb") as file:
            # Some files of the system say they are empty and never end.
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UnreadableDocument(f"không mở được tệp ({os_reason(error)})", "kiểm tra quyền đọc", path=path) from error
    _refuse_large(len(content), path)
    if not content:
        raise UnreadableDocument("tệp rỗng (0 byte)", ASK_AGAIN, path=path)
    return content


def _refuse_large(size: int, path: Path) -> None:
    if size > MAX_FILE_BYTES:
        raise UnreadableDocument(
            f"tệp lớn {size / 2**20:.0f} MiB, quá giới hạn {MAX_FILE_BYTES // 2**20} MiB",
            SPLIT,
            path=path,
        )


def _absence(path: Path) -> str:
    if path.exists():
        return "không phải là tệp"
    return "liên kết hỏng hoặc trỏ vòng tròn" if path.is_symlink() else "không có tệp này"


def _read_docx(content: bytes, path: Path) -> Document:
    from doclint.readers.word import read_docx

    return read_docx(content, path)


# PNG, JPEG, TIFF in both byte orders, GIF.
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8")

__all__ = ["UnreadableDocument", "read"]
