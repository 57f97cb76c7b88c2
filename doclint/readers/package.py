"""The zip package of a Word file, opened only when it cannot do harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

from doclint.readers.limits import MAX_PARTS, MAX_UNPACKED_BYTES, MAX_XML_BYTES, UnreadableDocument


def open_body(content: bytes, path: Path) -> Any:
    """Return the element ``w:body`` of the package in ``content``.

    Raises UnreadableDocument for a bomb, a broken package, another kind of zip, and what only Word can put together.
    """
    _refuse_bombs(content, path)
    body = _parse(content, path)
    if body is None:
        raise UnreadableDocument("tệp Word không có nội dung", "mở bằng Word rồi lưu lại", path=path)
    # Word writes no DTD; entities declared there are never expanded, so their text would be missed.
    if body.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("tệp Word chứa khai báo DTD", "kiểm tra nguồn tệp, có thể là tệp phá hoại", path=path)
    if next(body.iter(_EMBEDDED), None) is not None:
        raise UnreadableDocument("tệp Word nhúng nguyên một tệp khác", "mở bằng Word rồi lưu lại", path=path)
    return body


def _refuse_bombs(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _refuse_parts(parts, path)
            xml = max((part.file_size for part in parts if _is_xml(package, part)), default=0)
    except _BROKEN as error:
        raise UnreadableDocument("tệp Word bị cắt cụt hoặc hỏng", "lấy lại tệp từ người gửi", path=path) from error
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or xml > MAX_XML_BYTES:
        raise UnreadableDocument(
            f"tệp Word bung ra {max(unpacked, xml) / 2**20:.0f} MiB, quá giới hạn"
            f" ({MAX_UNPACKED_BYTES // 2**20} MiB cả gói, {MAX_XML_BYTES // 2**20} MiB một phần)",
            "kiểm tra nguồn tệp, có thể là tệp phá hoại",
            path=path,
        )


def _refuse_parts(parts: list[zipfile.ZipInfo], path: Path) -> None:
    if len(parts) > MAX_PARTS:
        raise UnreadableDocument(
            f"gói Word có {len(parts)} phần, quá giới hạn {MAX_PARTS}", "kiểm tra nguồn tệp", path=path
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument("tệp nén đặt mật khẩu", "bỏ mật khẩu rồi lưu lại", path=path)
    if "word/document.xml" not in {part.filename for part in parts}:
        raise UnreadableDocument("tệp nén, không phải tệp Word .docx", "chọn tệp .docx, .pdf hoặc .txt", path=path)


def _is_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is XML: by its name, or when it is large by its beginning, for names can lie."""
    if part.filename.endswith((".xml", ".rels")):
        return True
    if part.file_size <= MAX_XML_BYTES:
        return False
    with package.open(part) as opened:
        return opened.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<"))


def _parse(content: bytes, path: Path) -> Any:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    try:
        # A part that unpacks to more than it declares fails its length or CRC check inside zipfile.
        return docx.Document(io.BytesIO(content)).element.body
    except XMLSyntaxError as error:
        limit = next((words for key, words in _XML_LIMITS.items() if key in str(error)), "XML hỏng")
        raise UnreadableDocument(f"tệp Word hỏng ({limit})", "mở bằng Word rồi lưu lại", path=path) from error
    except (OpcError, KeyError, ValueError, AttributeError, TypeError, *_BROKEN) as error:
        raise UnreadableDocument("tệp Word hỏng", "mở bằng Word rồi lưu lại", path=path) from error


_BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError)
_XML_LIMITS = {"depth": "lồng nhau quá sâu", "huge text": "một đoạn chữ dài quá 10 MB"}
_EMBEDDED = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}altChunk"
