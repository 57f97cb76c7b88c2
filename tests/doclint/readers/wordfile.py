"""Word files of several parts, made by hand."""

from __future__ import annotations

from pathlib import Path

from doclint.document import Document
from doclint.readers.word import read_docx
from tests.doclint.word import NAMESPACES, OFFICE, package

MORE = (
    f'{NAMESPACES} xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w16se="http://schemas.microsoft.com/office/word/2015/wordml/symex" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
VIETNAMESE = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015"


def word(body: str, *, relations: str = "", extra: dict[str, bytes] | None = None, **parts: str) -> bytes:
    """Return a .docx; each further part is the XML inside its root, by the name of the part: ``header1="<w:p/>"``."""
    links, files = [relations], dict(extra or {})
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        links.append(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>')
        tag = ROOTS.get(kind, f"w:{kind}")
        files[f"word/{name}.xml"] = f"<{tag} {MORE}>{content}</{tag}>".encode()
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    rels = f'<Relationships xmlns="{namespace}">{"".join(links)}</Relationships>'
    return package(body, parts={"word/_rels/document.xml.rels": rels.encode(), **files})


def reading(body: str, **parts: str) -> Document:
    return read_docx(word(body, **parts), Path("thu.docx"))


def lines(document: Document, part: str = "body") -> list[str]:
    return [document.at(block.span) for block in document.blocks if block.part == part]


ROOTS = {"header": "w:hdr", "footer": "w:ftr", "theme": "a:theme"}
