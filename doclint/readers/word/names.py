"""Names of WordprocessingML and its simple values (ECMA-376 part 1, clauses 17 and 22.9)."""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An lxml element; lxml has no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

VAL, ID, TYPE = W + "val", W + "id", W + "type"
PARAGRAPH, RUN, TEXT = W + "p", W + "r", W + "t"
TABLE, ROW, CELL = W + "tbl", W + "tr", W + "tc"
PARAGRAPH_PROPERTIES, RUN_PROPERTIES, SECTION = W + "pPr", W + "rPr", W + "sectPr"
INSERTED, DELETED, MOVED_FROM, MOVED_TO = W + "ins", W + "del", W + "moveFrom", W + "moveTo"
BOX = W + "txbxContent"
FIELD_MARK, FIELD_CODE, SIMPLE_FIELD = W + "fldChar", W + "instrText", W + "fldSimple"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"
SYMBOL = W + "sym"
EXTENDED_SYMBOL = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}symEx"
COMMENT_START, COMMENT_END, COMMENT_MARK = W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"
FOOTNOTE_MARK, ENDNOTE_MARK = W + "footnoteReference", W + "endnoteReference"


def child_value(parent: Element, tag: str) -> str | None:
    """Return ``w:val`` of the child ``tag`` of ``parent``, None without child or value."""
    child = parent.find(tag) if parent is not None else None
    return None if child is None else child.get(VAL)


def is_on(element: Element) -> bool:
    """Return an on-off value: an element without ``w:val`` is on (17.17.4)."""
    return element.get(VAL) not in OFF


def integer(value: str | None, default: int | None = None) -> int | None:
    """Return ``value`` as a whole number; ``default`` for anything else, damage and abuse included."""
    return int(value) if value is not None and _INTEGER.fullmatch(value) else default


def points(value: str | None) -> float | None:
    """Return a length in points: twentieths of a point without unit, or a number with one (22.9.2.14)."""
    found = _LENGTH.fullmatch(value) if value is not None else None
    return round(float(found[1]) * _POINTS[found[2]], 4) if found else None


def chosen(alternate: Element) -> Element | None:
    """Return the branch of ``mc:AlternateContent`` to read: the first that has text, else the first; never two."""
    branches = [branch for branch in alternate if branch.tag in (CHOICE, FALLBACK)]
    texts = (branch for branch in branches if next(branch.iter(TEXT, EXTENDED_SYMBOL, SYMBOL), None) is not None)
    return next(texts, branches[0] if branches else None)


OFF = frozenset(("0", "false", "off"))
_INTEGER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_LENGTH = re.compile(r"([+-]?\d{1,7}(?:\.\d{1,9})?)(mm|cm|in|pt|pc|pi)?", re.ASCII)
_POINTS = {None: 0.05, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
