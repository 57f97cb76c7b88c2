"""Two Word packages compared: what may differ is taken out of both, the rest must be the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from itertools import pairwise

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed_parts(before: bytes, after: bytes) -> set[str]:
    """Return the parts that are not byte for byte the same, those that were added too; none may be gone."""
    old, new = parts(before), parts(after)
    assert set(old) <= set(new)
    assert [name for name in new if name in old] == list(old)
    return {name for name in new if old.get(name) != new[name]}


def require_same_but(before: bytes, after: bytes, properties: Collection[str], *, text: bool = False) -> None:
    """Require that only ``properties`` of runs, paragraphs and sections differ, and with ``text`` letters too."""
    old, new = parts(before), parts(after)
    for name in changed_parts(before, after) & set(old):
        if name.startswith("word/") and name.endswith(".xml"):
            assert _plain(old[name], properties, text=text) == _plain(new[name], properties, text=text), name


def out_of_order(content: bytes) -> int:
    """Return how many groups of properties do not stand as the schema wants: Word may not open such a file."""
    root = etree.fromstring(parts(content)["word/document.xml"])
    wrong = 0
    for tag, order in _ORDERS.items():
        for element in root.iter(W + tag):
            found = [order.index(name) for child in element if (name := child.tag.removeprefix(W)) in order]
            wrong += found != sorted(found)
    return wrong


def _plain(content: bytes, properties: Collection[str], *, text: bool) -> bytes:
    root = etree.fromstring(content)
    for name in properties:
        for element in list(root.iter(W + name)):
            if element.getparent().tag in (W + "rPr", W + "pPr", W + "sectPr"):
                element.getparent().remove(element)
    for tag in ("rPr", "pPr"):
        for element in list(root.iter(W + tag)):
            if not len(element):
                element.getparent().remove(element)
    for run in list(root.iter(W + "r")):
        _join(run)
    for element in root.iter(W + "t"):
        element.attrib.pop(SPACE, None)
        if text:
            element.text = ""
    canonical: bytes = etree.tostring(root, method="c14n")
    return canonical


def _join(run: etree._Element) -> None:
    """Put what was split off a run back into it."""
    following = run.getnext()
    if run.getparent() is None or following is None or following.tag != run.tag or run.attrib != following.attrib:
        return
    own, other = run.find(W + "rPr"), following.find(W + "rPr")
    looks = [etree.tostring(one, method="c14n") if one is not None else b"" for one in (own, other)]
    if looks[0] != looks[1]:
        return
    if other is not None:
        following.remove(other)
    for child in reversed(list(run)):
        if child is not own:
            following.insert(0, child)
    if own is not None:
        following.insert(0, own)
    run.getparent().remove(run)
    texts = list(following)
    for first, second in pairwise(texts):
        if first.tag == second.tag == W + "t":
            second.text = (first.text or "") + (second.text or "")
            following.remove(first)


_ORDERS = {
    "rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "strike", "vanish", "color", "sz", "szCs", "u", "lang"),
    "pPr": ("pStyle", "keepNext", "numPr", "tabs", "spacing", "ind", "contextualSpacing", "jc", "rPr", "sectPr"),
    "sectPr": ("headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"),
}
