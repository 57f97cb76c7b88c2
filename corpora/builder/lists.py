"""Number paragraphs by Word: the label is drawn by the program and stands nowhere in the text."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

KINDS = {  # kind: pattern of the typed label, Word's number format, text of the level, first label
    "roman": (re.compile(r"([IVX]+)\. "), "upperRoman", "%1.", "I"),
    "decimal": (re.compile(r"(\d+)\. "), "decimal", "%1.", "1"),
    "letter": (re.compile(r"([a-dđ])\) "), "lowerLetter", "%1)", "a"),
    "dash": (re.compile(r"(-) "), "bullet", "-", "-"),
}


class WordLists:
    """The lists of one document; a list starts anew where its source has the first label."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        for old in list(self._root):
            self._root.remove(old)
        for number, (_, form, text, _) in enumerate(KINDS.values()):
            self._root.append(_abstract(number, form, text))
        self._current: dict[str, int] = {}
        self._count = 0

    def number(self, paragraph: Any, text: str) -> str:
        """Put ``paragraph`` into the list that the label of ``text`` asks for and return the text without it."""
        for number, (kind, (label, _, _, first)) in enumerate(KINDS.items()):
            match = label.match(text)
            if match is None:
                continue
            if kind not in self._current or (match[1] == first and kind != "dash"):
                self._current[kind] = self._begin(number)
            _refer(paragraph, self._current[kind])
            return text[match.end() :]
        return text

    def _begin(self, abstract: int) -> int:
        self._count += 1
        num = OxmlElement("w:num")
        num.set(qn("w:numId"), str(self._count))
        num.append(_valued("abstractNumId", abstract))
        override = OxmlElement("w:lvlOverride")
        override.set(qn("w:ilvl"), "0")
        override.append(_valued("startOverride", 1))
        num.append(override)
        self._root.append(num)
        return self._count


def _abstract(number: int, form: str, text: str) -> Any:
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), str(number))
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for name, value in (("start", 1), ("numFmt", form), ("suff", "space"), ("lvlText", text), ("lvlJc", "left")):
        level.append(_valued(name, value))
    abstract.append(level)
    return abstract


def _refer(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _valued(name: str, value: object) -> Any:
    element = OxmlElement(f"w:{name}")
    element.set(qn("w:val"), str(value))
    return element
