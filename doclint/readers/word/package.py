"""The zip package of a Word file, opened only when it cannot do harm.

Not opened through python-docx: that parses every part before anything can be refused, and knows no .docm and no ISO
Strict files.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

from lxml import etree

from doclint.readers.limits import (
    ASK_AGAIN,
    HOSTILE,
    MAX_PARTS,
    MAX_UNPACKED_BYTES,
    MAX_XML_BYTES,
    MAX_XML_TAGS,
    UnreadableDocument,
)
from doclint.readers.word.names import Element
from vanthu.errors import dotted


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: its kind (the last word of its type), and the part or outside address it leads to."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """The parts of an open package; ``main`` is the name of the document part. Names are as in the zip."""

    path: Path
    archive: zipfile.ZipFile
    names: dict[str, str]
    main: str
    _tags: list[int] = field(default_factory=list)
    """Tags of each part parsed so far."""
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def xml(self, name: str) -> Element | None:
        """Return the root of an XML part, None when there is none of that name. Raises UnreadableDocument."""
        stored = self.names.get(name.lower())
        if stored is None:
            return None
        try:
            # A part that unpacks to more than it declares fails its length or CRC check inside zipfile.
            content = self.archive.read(stored)
        except _BROKEN as error:
            _refuse_broken(self.path, error)
        self._tags.append(content.count(b"<"))
        if sum(self._tags) > MAX_XML_TAGS:
            raise UnreadableDocument(
                f"tệp Word có quá {dotted(MAX_XML_TAGS)} thẻ XML",
                HOSTILE,
                path=self.path,
            )
        return _parse(content, stored, self.path)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return the relationships of the part ``name`` by their id; of the package itself for an empty name."""
        if name in self._relations:
            return self._relations[name]
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, Relation] = {}
        for relation in root if root is not None else ():
            target, external = unquote(relation.get("Target", "")), relation.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = Relation(relation.get("Type", "").rpartition("/")[2], target, external)
        self._relations[name] = found
        return found


def open_package(content: bytes, path: Path) -> Package:
    """Open the package in ``content``. Raises UnreadableDocument for a bomb, a broken package, another kind of zip."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        _refuse_parts(parts, path)
        xml = max((part.file_size for part in parts if _is_xml(archive, part)), default=0)
    except _BROKEN as error:
        _refuse_broken(path, error)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or xml > MAX_XML_BYTES:
        raise UnreadableDocument(
            f"tệp Word bung ra {max(unpacked, xml) / 2**20:.0f} MiB, quá giới hạn"
            f" ({MAX_UNPACKED_BYTES // 2**20} MiB cả gói, {MAX_XML_BYTES // 2**20} MiB một phần)",
            HOSTILE,
            path=path,
        )
    package = Package(path, archive, {part.filename.lower(): part.filename for part in parts}, _DOCUMENT)
    main = [relation.target for relation in package.relations("").values() if relation.kind == "officeDocument"]
    for name in (*main, _DOCUMENT):
        if name.lower() in package.names and name.lower().startswith("word/"):
            return replace(package, main=name)
    raise UnreadableDocument("tệp nén, không phải tệp Word .docx", "chọn tệp .docx, .pdf hoặc .txt", path=path)


def _refuse_parts(parts: list[zipfile.ZipInfo], path: Path) -> None:
    if len(parts) > MAX_PARTS:
        raise UnreadableDocument(
            f"gói Word có {len(parts)} phần, quá giới hạn {MAX_PARTS}", "kiểm tra nguồn tệp", path=path
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableDocument("tệp nén đặt mật khẩu", "bỏ mật khẩu rồi lưu lại", path=path)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise UnreadableDocument("tệp Word có cách nén lạ", "mở bằng Word rồi lưu lại", path=path)


def _is_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part is XML: by its name, or when it is large by its beginning, for names can lie."""
    if part.filename.lower().endswith((".xml", ".rels")):
        return True
    if part.file_size <= MAX_XML_BYTES:
        return False
    with archive.open(part) as opened:
        return opened.read(64).lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith((b"<", b"\0<"))


def _parse(content: bytes, name: str, path: Path) -> Element:
    if b"http://purl.oclc.org/ooxml/" in content:
        content = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", content)
    if any(declaration in content for declaration in _DECLARATIONS):
        _refuse_declaration(path)
    # Entities stay unexpanded and nothing is fetched; the parser's own limits on depth and length stay on.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        limit = next((words for key, words in _XML_LIMITS.items() if key in str(error)), "XML hỏng")
        reason = f"tệp Word hỏng ({limit})" if name.lower() == _DOCUMENT else f"tệp Word hỏng ({limit} ở phần {name})"
        raise UnreadableDocument(reason, "mở bằng Word rồi lưu lại", path=path) from error
    if root.getroottree().docinfo.internalDTD is not None:
        _refuse_declaration(path)
    return root


def _refuse_declaration(path: Path) -> NoReturn:
    """Refuse a DTD: Word writes none, and the text of entities declared there would be missed, or never end."""
    raise UnreadableDocument("tệp Word chứa khai báo DTD", HOSTILE, path=path)


def _refuse_broken(path: Path, error: Exception) -> NoReturn:
    raise UnreadableDocument("tệp Word bị cắt cụt hoặc hỏng", ASK_AGAIN, path=path) from error


_DOCUMENT = "word/document.xml"
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(ValueError, NotImplementedError, RuntimeError, OSError, EOFError, KeyError),
)
_HUGE = "một đoạn chữ dài quá 10 MB"
# Words of libxml2 for its limits: 256 elements inside each other, 10 MB of one text; they changed between versions.
_XML_LIMITS = {"depth": "lồng nhau quá sâu", "huge text": _HUGE, "Text node too long": _HUGE}
_DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
