"""Fields: their result is text, their code is not (ECMA-376 part 1, clause 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from doclint.readers.word.names import (
    BOX,
    DELETED,
    FIELD_CODE,
    FIELD_MARK,
    MOVED_FROM,
    SIMPLE_FIELD,
    Element,
    W,
)


@dataclass
class Fields:
    """The complex fields open at a point of one story: for each whether its result has begun."""

    _open: list[bool] = field(default_factory=list)
    _codes: int = 0

    def pass_mark(self, mark: Element, unclosed: frozenset[Element]) -> None:
        """Go past a ``w:fldChar``; a field without an end would swallow the rest of the text, so it counts for none."""
        kind = mark.get(_KIND)
        if kind == "begin" and mark not in unclosed:
            self._open.append(False)
            self._codes += 1
        elif kind == "separate" and self._open and not self._open[-1]:
            self._open[-1] = True
            self._codes -= 1
        elif kind == "end" and self._open:
            self._codes -= not self._open.pop()

    @property
    def in_code(self) -> bool:
        """Whether text here belongs to the code of a field, be it the result of a field inside that code."""
        return self._codes > 0


def unclosed_fields(root: Element) -> frozenset[Element]:
    """Return the begin marks under ``root`` that no end mark of the same story closes."""
    stories: dict[Element | None, list[Element]] = {}
    for mark in root.iter(FIELD_MARK):
        box = next(mark.iterancestors(BOX, *_GONE), None)
        if box is not None and box.tag in _GONE:
            continue
        begun = stories.setdefault(box, [])
        kind = mark.get(_KIND)
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
    return frozenset(mark for begun in stories.values() for mark in begun)


def has_page_number(root: Element) -> bool:
    """Tell whether a header or footer prints the number of the page: a PAGE field, or the old ``w:pgNum``."""
    return any(_PAGE.match(code) for code in _codes(root)) or next(root.iter(_PAGE_NUMBER), None) is not None


def _codes(root: Element) -> Iterable[str]:
    """Yield the code of every field; it may be cut into many runs."""
    code = ""
    for element in root.iter(SIMPLE_FIELD, FIELD_MARK, FIELD_CODE):
        if next(element.iterancestors(*_GONE), None) is not None:
            continue
        if element.tag == SIMPLE_FIELD:
            yield element.get(W + "instr") or ""
        elif element.tag == FIELD_CODE:
            code += element.text or ""
        else:
            yield code
            code = ""
    yield code


_KIND = W + "fldCharType"
_GONE = (DELETED, MOVED_FROM)
_PAGE = re.compile(r"\s*PAGE\b", re.IGNORECASE)
_PAGE_NUMBER = W + "pgNum"
