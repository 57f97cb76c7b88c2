"""Old and foreign word-processor files (.doc, .rtf, .odt, HTML), told by content and read through LibreOffice.

LibreOffice runs without a window, in a profile made for one file and thrown away with it: no macro runs, no link is
followed, no network is reached. The original is only ever read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from doclint.document import Document
from doclint.readers.limits import ASK_AGAIN, HOSTILE, MAX_UNPACKED_BYTES, RESAVE, UnreadableDocument

NOTE = "đọc qua LibreOffice; vị trí tính theo bản chuyển đổi"


@dataclass(frozen=True, slots=True)
class OfficeFormat:
    """A format LibreOffice reads for us: our name for it, also the suffix, and the name of LibreOffice's filter."""

    name: str
    filter: str


def office_format(content: bytes, path: Path) -> OfficeFormat | None:
    """Return what LibreOffice should read ``content`` as, None when it is not for LibreOffice.

    Raises UnreadableDocument for what looks like a document and cannot be read: passwords, other kinds of OLE files.
    """
    if content.startswith(_OLE):
        return _ole_format(content, path)
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return OfficeFormat("rtf", "Rich Text Format")
    if content.startswith(b"PK\x03\x04") and content[30:].startswith(
        b"mimetypeapplication/vnd.oasis.opendocument.text"
    ):
        _inspect_odt(content, path)
        return OfficeFormat("odt", "writer8")
    head = content[:4096].decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "ignore")
    if _HTML.match(head):
        return OfficeFormat("html", "HTML (StarWriter)")
    if _OTHER_MARKUP.match(head):
        raise UnreadableDocument("tệp Word lưu dạng XML hay trang web một tệp (MHTML) chưa đọc được", RESAVE, path=path)
    return None


def read_office(
    content: bytes, kind: OfficeFormat, path: Path, read_docx: Callable[[bytes, Path], Document]
) -> Document:
    """Read a file of a format ``office_format`` told; ``read_docx`` reads what LibreOffice makes of it.

    Raises UnreadableDocument with the reason and what to do.
    """
    from doclint.readers.libreoffice import convert_to_docx

    document = read_docx(convert_to_docx(content, kind.name, kind.filter, path), path)
    return replace(document, format=kind.name, notes=(NOTE, *document.notes))


def _ole_format(content: bytes, path: Path) -> OfficeFormat:
    """Tell Word's files among the OLE containers, and the ones with a password."""
    if _utf16("EncryptedPackage") in content:
        raise UnreadableDocument("tệp Word đặt mật khẩu", _REMOVE_PASSWORD, path=path)
    header = _word_header(content)
    if header is None or _utf16("WordDocument") not in content:
        other = next((name for stream, name in _OTHER_OLE if _utf16(stream) in content), "")
        reason = f"là {other}, không phải văn bản Word" if other else "tệp .doc hỏng hoặc không phải văn bản Word"
        raise UnreadableDocument(reason, "chọn tệp văn bản, hoặc " + RESAVE, path=path)
    # [MS-DOC] 2.5.1, FibBase: wIdent, nFib at byte 2; at byte 10 the bits fEncrypted (8) and fObfuscated (15).
    version, flags = int.from_bytes(header[2:4], "little"), int.from_bytes(header[10:12], "little")
    if flags & 0x0100:
        raise UnreadableDocument("tệp .doc đặt mật khẩu", _REMOVE_PASSWORD, path=path)
    return OfficeFormat("doc", "MS Word 97" if version >= _WORD_97 else "MS WinWord 6.0")


def _word_header(content: bytes) -> bytes | None:
    """Return the first bytes of the stream WordDocument: it begins on a sector, or a small sector if it is short."""
    for sector in (512, 64):
        for start in range(512, len(content) - 32, sector):
            if content[start + 1] == 0xA5 and content[start] in (0xEC, 0xDC):
                header = content[start : start + 32]
                if int.from_bytes(header[2:4], "little") in _WORD_VERSIONS:
                    return header
    return None


def _inspect_odt(content: bytes, path: Path) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            if unpacked > MAX_UNPACKED_BYTES:
                raise UnreadableDocument(
                    f"tệp ODT bung ra {unpacked / 2**20:.0f} MiB, quá giới hạn {MAX_UNPACKED_BYTES // 2**20} MiB",
                    HOSTILE,
                    path=path,
                )
            manifest = package.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise UnreadableDocument("tệp ODT bị cắt cụt hoặc hỏng", ASK_AGAIN, path=path) from error
    if b"encryption-data" in manifest:
        raise UnreadableDocument("tệp ODT đặt mật khẩu", _REMOVE_PASSWORD, path=path)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_OLE = (("Workbook", "bảng tính Excel"), ("Book", "bảng tính Excel"), ("PowerPoint Document", "bản trình chiếu"))
_WORD_97 = 0x00C0
_WORD_VERSIONS = range(0x0065, 0x0200)
"""Values of nFib since Word 6."""
_HTML = re.compile(
    r"[\s\ufeffï»¿]*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|title|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_MARKUP = re.compile(r"\s*(?:MIME-Version:\s|<\?xml[^>]*>\s*<\?mso-application\b|<\?xml[^>]*>\s*<w:wordDocument)")
_REMOVE_PASSWORD = "mở bằng Word, bỏ mật khẩu rồi lưu lại"
