"""Bytes of a file → Document. The format is told by content, never by name."""

from __future__ import annotations

import errno
from pathlib import Path

from doclint.document import Document
from doclint.readers.limits import MAX_FILE_BYTES, UnreadableDocument


def read(path: Path) -> Document:
    """Read the file at ``path`` into a Document. Raises UnreadableDocument with the reason and what to do."""
    content = _content(path)
    if content.startswith(_OLE):
        raise UnreadableDocument(*_explain_ole(content), path=path)
    if content.startswith(b"{\\rtf"):
        raise UnreadableDocument("tệp RTF chưa đọc được", "mở bằng Word rồi lưu thành .docx", path=path)
    if content.startswith(b"PK\x03\x04"):
        from doclint.readers.word import read_docx

        return read_docx(content, path)
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
        if size > MAX_FILE_BYTES:
            raise UnreadableDocument(
                f"tệp lớn {size / 2**20:.0f} MiB, quá giới hạn {MAX_FILE_BYTES // 2**20} MiB",
                "tách thành nhiều tệp",
                path=path,
            )
        with path.open("rb") as file:
            # Some files of the system say they are empty and never end.
            content = file.read(MAX_FILE_BYTES)
    except OSError as error:
        raise UnreadableDocument(f"không mở được tệp ({_cause(error)})", "kiểm tra quyền đọc", path=path) from error
    if not content:
        raise UnreadableDocument("tệp rỗng (0 byte)", "lấy lại tệp từ người gửi", path=path)
    return content


def _absence(path: Path) -> str:
    if path.exists():
        return "không phải là tệp"
    return "liên kết hỏng hoặc trỏ vòng tròn" if path.is_symlink() else "không có tệp này"


def _cause(error: OSError) -> str:
    known: dict[type[OSError], str] = {PermissionError: "không có quyền đọc", FileNotFoundError: "tệp không còn"}
    return known.get(type(error), f"lỗi hệ thống {errno.errorcode.get(error.errno or 0, 'không rõ')}")


def _explain_ole(content: bytes) -> tuple[str, str]:
    """Tell an encrypted .docx from an old .doc: both are OLE containers."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "tệp Word đặt mật khẩu", "mở bằng Word, bỏ mật khẩu rồi lưu lại"
    return "tệp Word đời cũ (.doc) chưa đọc được", "mở bằng Word rồi lưu thành .docx"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

__all__ = ["UnreadableDocument", "read"]
