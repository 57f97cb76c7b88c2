"""A Word package written anew: parts changed or added, macros and signatures left out, all else byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from doclint.readers.word.names import Element
from doclint.readers.word.package import Package
from doclint.reporters.word.comments import COMMENTS_TYPE, new_comments
from doclint.reporters.word.targets import MEMBER


@dataclass
class Rewriting:
    """The changes to ``package``: roots of XML parts by their names, as the reader gives them; names left out."""

    package: Package
    changed: dict[str, Element] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)

    @property
    def signed(self) -> bool:
        """Whether a digital signature is left out."""
        return any(_is_signature(name) for name in self.dropped)

    @property
    def macros(self) -> bool:
        """Whether macros are left out."""
        return any(_is_macro(name) for name in self.dropped)


def plan(package: Package) -> Rewriting:
    """Prepare for writing ``package`` as a plain .docx.

    Word opens no .docx whose package calls itself a template or one with macros, and calls a signature over a changed
    text an attack.
    """
    rewriting = Rewriting(package)
    rewriting.dropped = {name for name in package.names.values() if _is_macro(name) or _is_signature(name)}
    types = content_types(rewriting)
    for entry in list(types):
        name = entry.get("PartName", "").lstrip("/")
        if package.names.get(name.lower()) in rewriting.dropped or entry.get("ContentType") in _MACRO_TYPES:
            types.remove(entry)
        elif name.lower() == package.main.lower():
            entry.set("ContentType", _MAIN_TYPE)
    etree.SubElement(types, f"{CONTENT_TYPES}Override", PartName=f"/{MEMBER}", ContentType="application/xml")
    rewriting.changed[MEMBER] = etree.Element("doclint")
    for owner in ("", package.main):
        gone = {
            id_
            for id_, relation in package.relations(owner).items()
            if not relation.external and package.names.get(relation.target.lower()) in rewriting.dropped
        }
        if gone:
            relations = relations_of(rewriting, owner)
            for relation in [one for one in relations if one.get("Id") in gone]:
                relations.remove(relation)
    return rewriting


def comments_part(rewriting: Rewriting) -> Element:
    """Return the root of the comments part, which is added when the package has none."""
    package = rewriting.package
    for relation in package.relations(package.main).values():
        if relation.kind == "comments" and not relation.external:
            root = package.xml(relation.target)
            if root is not None:
                rewriting.changed[relation.target] = root
                return root
    folder = posixpath.dirname(package.main)
    numbers = (f"comments{number or ''}.xml" for number in range(len(package.names) + 1))
    name = next(name for name in numbers if f"{folder}/{name}".lower() not in package.names)
    relations = relations_of(rewriting, package.main)
    used = {relation.get("Id") for relation in relations}
    free = next(id_ for number in range(len(used) + 1) if (id_ := f"rIdSoat{number}") not in used)
    kind = posixpath.dirname(main_relation(package)) + "/comments"
    etree.SubElement(relations, f"{RELATIONS}Relationship", Id=free, Type=kind, Target=name)
    override = {"PartName": f"/{folder}/{name}", "ContentType": COMMENTS_TYPE}
    etree.SubElement(content_types(rewriting), f"{CONTENT_TYPES}Override", override)
    rewriting.changed[f"{folder}/{name}"] = new_comments()
    return rewriting.changed[f"{folder}/{name}"]


def written(rewriting: Rewriting) -> bytes:
    """Return the package with its changes."""
    package = rewriting.package
    strict = _strict_names(package)
    changed = {package.names.get(name.lower(), name): root for name, root in rewriting.changed.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys((*package.names.values(), *changed)):
            if name in changed:
                target.writestr(name, _serialised(changed[name], strict))
            elif name not in rewriting.dropped:
                part = package.archive.getinfo(name)
                target.writestr(part, package.archive.read(name), part.compress_type)
    return buffer.getvalue()


def content_types(rewriting: Rewriting) -> Element:
    """Return the root of the list of content types."""
    return _root(rewriting, _TYPES, "Types", CONTENT_TYPES)


def relations_of(rewriting: Rewriting, owner: str) -> Element:
    """Return the root of the relations of the part ``owner``, made when there is none."""
    folder, base = posixpath.split(owner)
    return _root(rewriting, posixpath.join(folder, "_rels", f"{base}.rels"), "Relationships", RELATIONS)


def _root(rewriting: Rewriting, name: str, tag: str, namespace: str) -> Element:
    if name not in rewriting.changed:
        root = rewriting.package.xml(name)
        if root is None:
            root = etree.Element(namespace + tag, nsmap={None: namespace[1:-1]})
        rewriting.changed[name] = root
    return rewriting.changed[name]


def main_relation(package: Package) -> str:
    """Return the type of the relationship to the document part: ISO Strict files have others."""
    root = package.xml("_rels/.rels")
    found = (one.get("Type", "") for one in (root if root is not None else ()))
    return next((type_ for type_ in found if type_.endswith("/officeDocument")), _OFFICE_DOCUMENT)


def _strict_names(package: Package) -> Mapping[bytes, bytes]:
    """Return the namespaces of ISO Strict that the reader put those of Transitional for."""
    content = package.archive.read(package.names[package.main.lower()])
    words = {match[1] for match in _STRICT.finditer(content)}
    return {
        b'"http://schemas.openxmlformats.org/%s/2006/' % word: b'"http://purl.oclc.org/ooxml/%s/' % word
        for word in words
    }


def _serialised(root: Element, strict: Mapping[bytes, bytes]) -> bytes:
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for transitional, own in strict.items():
        content = content.replace(transitional, own)
    return content


def _is_macro(name: str) -> bool:
    return posixpath.basename(name).lower().startswith("vba")


def _is_signature(name: str) -> bool:
    return name.lower().startswith("_xmlsignatures/")


_TYPES = "[Content_Types].xml"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_TYPES = ("application/vnd.ms-office.vbaProject", "application/vnd.ms-word.vbaData+xml")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
