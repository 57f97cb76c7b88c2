"""List numbers as shown: definitions of the numbering part, and counting through the paragraphs.

ECMA-376 part 1, clause 17.9. Word keeps no number in the text; what a reader sees before a paragraph is counted here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from doclint.readers.word.counting import padded, printed
from doclint.readers.word.names import (
    ALTERNATE,
    FALLBACK,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    VAL,
    Element,
    W,
    child_value,
    integer,
    is_on,
)
from doclint.readers.word.properties import Properties, paragraph_properties
from doclint.readers.word.styles import Style, Styles
from doclint.readers.word.symbols import symbol

LEVELS = 9
MAX_LABEL = 100
"""Characters of a label; a longer one is no number, and would be read once for every paragraph."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it counts, and how its label is put together (``%1.%2``)."""

    start: int = 1
    style: str = "decimal"
    pattern: str = ""
    """The ``w:format`` of a custom style."""
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    """The level, from 1, whose use restarts this one; 0 for none, None for any above."""
    legal: bool = False
    linked: str | None = None
    """The id of the paragraph style that this level goes with."""
    paragraph: Properties = field(default_factory=dict)


@dataclass(frozen=True)
class List:
    """A ``w:num``: the abstract list whose count it shares, its levels, and the numbers it restarts from."""

    abstract: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]


@dataclass(frozen=True)
class Item:
    """A paragraph's place in a list."""

    list_id: str
    list: List
    level: int

    @property
    def indents(self) -> Properties:
        """What the level says of the paragraph: its indents."""
        level = self.list.levels.get(self.level)
        return level.paragraph if level is not None else {}


@dataclass(frozen=True)
class Numbering:
    """The lists of a document, made from the numbering part as they are met."""

    root: Element | None
    styles: Styles
    _lists: dict[str, List | None] = field(default_factory=dict)

    def item(self, direct: Element | None, style: Style) -> Item | None:
        """Return the place in a list that a paragraph has by its own ``w:numPr`` or by its style, None for none."""
        id_ = child_value(direct, W + "numId")
        level = integer(child_value(direct, W + "ilvl"))
        owner = None
        for numbering, _ in reversed(style.layers):
            if id_ is None and (inherited := child_value(numbering, W + "numId")) is not None:
                id_, owner = inherited, numbering
        found = self.list(id_) if id_ not in (None, "0") else None
        if found is None or id_ is None:
            return None
        if level is None:
            linked = (number for number, entry in found.levels.items() if entry.linked and entry.linked == style.id)
            level = next(linked, integer(child_value(owner, W + "ilvl"), 0))
        return Item(id_, found, min(max(level or 0, 0), LEVELS - 1))

    def list(self, id_: str | None) -> List | None:
        """Return the list of that number id, None when there is none."""
        if id_ is None:
            return None
        if id_ not in self._lists:
            self._lists[id_] = self._read(id_)
        return self._lists[id_]

    def _read(self, id_: str) -> List | None:
        number = self._numbers.get(id_)
        abstract_id = child_value(number, W + "abstractNumId")
        abstract = self._abstract(abstract_id)
        if number is None or abstract is None or abstract_id is None:
            return None
        levels = {_index(element): _level(element) for element in abstract.iterchildren(W + "lvl")}
        restarts: dict[int, int] = {}
        for change in number.iterchildren(W + "lvlOverride"):
            if (element := change.find(W + "lvl")) is not None:
                levels[_index(change)] = _level(element)
            if (start := integer(child_value(change, W + "startOverride"))) is not None:
                restarts[_index(change)] = start
                levels[_index(change)] = replace(levels.get(_index(change), Level()), start=start)
        return List(abstract.get(_ABSTRACT_ID, abstract_id), levels, restarts)

    def _abstract(self, id_: str | None) -> Element | None:
        """Return the abstract list; where it only names a numbering style, the one that defines that style."""
        abstract = self._abstracts.get(id_)
        link = child_value(abstract, W + "numStyleLink")
        if link is None:
            return abstract
        for numbering, _ in reversed(self.styles.style(link, "numbering").layers):
            number = self._numbers.get(child_value(numbering, W + "numId"))
            linked = self._abstracts.get(child_value(number, W + "abstractNumId"))
            # One step only: two that name each other define nothing.
            if linked is not None and linked.find(W + "numStyleLink") is None:
                return linked
        return abstract

    @cached_property
    def _numbers(self) -> dict[str | None, Element]:
        elements = self.root.iterchildren(W + "num") if self.root is not None else ()
        return {element.get(W + "numId"): element for element in elements}

    @cached_property
    def _abstracts(self) -> dict[str | None, Element]:
        elements = self.root.iterchildren(W + "abstractNum") if self.root is not None else ()
        return {element.get(_ABSTRACT_ID): element for element in elements}


@dataclass(frozen=True)
class Count:
    """The numbers reached so far, by abstract list and level: paragraphs must come in the order of the text."""

    _reached: dict[str, dict[int, int]] = field(default_factory=dict)
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def label(self, item: Item) -> str:
        """Count one more paragraph of a list and return its label with the blank after it, empty for none."""
        level = item.list.levels.get(item.level, Level())
        numbers = self._reached.setdefault(item.list.abstract, {})
        if item.level in item.list.restarts and (item.list_id, item.level) not in self._restarted:
            self._restarted.add((item.list_id, item.level))
            numbers[item.level] = item.list.restarts[item.level]
        else:
            numbers[item.level] = numbers.get(item.level, level.start - 1) + 1
        for below in [number for number in numbers if number > item.level]:
            restart = item.list.levels.get(below, Level()).restart
            if restart is None or item.level < restart:
                del numbers[below]
        if level.style == "bullet":
            label = level.text
        else:
            label = _PLACE.sub(lambda place: _number(item, level, numbers, int(place[1]) - 1), level.text)
        return label + level.suffix if label.strip() and len(label) <= MAX_LABEL else ""


def _number(item: Item, level: Level, numbers: Mapping[int, int], wanted: int) -> str:
    source = item.list.levels.get(wanted, Level())
    if level.legal:
        source = replace(source, style="decimal")
    number = numbers.get(wanted, source.start)
    return padded(number, source.pattern) if source.style == "custom" else printed(number, source.style)


def _index(element: Element) -> int:
    return integer(element.get(W + "ilvl"), 0) or 0


def _level(element: Element) -> Level:
    style = element.find(W + "numFmt")
    if style is None:
        # A style that older programs do not know stands in a choice, with one that they know to fall back on.
        style = element.find(f"{ALTERNATE}/*/{W}numFmt")
        if style is not None and style.get(VAL) == "custom" and not _DIGITS.match(style.get(W + "format", "")):
            style = element.find(f"{ALTERNATE}/{FALLBACK}/{W}numFmt")
    name = style.get(VAL, "decimal") if style is not None else "decimal"
    text = child_value(element, W + "lvlText") or ""
    if name == "bullet":
        text = _bullet(text, element.find(RUN_PROPERTIES))
    legal = element.find(W + "isLgl")
    return Level(
        # A level that does not say where it starts starts at 0 (17.9.25).
        integer(child_value(element, W + "start"), 0) or 0,
        name,
        style.get(W + "format", "") if style is not None else "",
        text,
        "" if child_value(element, W + "suff") == "nothing" else " ",
        integer(child_value(element, W + "lvlRestart")),
        legal is not None and is_on(legal),
        child_value(element, W + "pStyle"),
        paragraph_properties(element.find(PARAGRAPH_PROPERTIES)),
    )


def _bullet(text: str, properties: Element | None) -> str:
    """Return the sign a bullet looks like: symbol fonts keep theirs at codes of their own."""
    fonts = properties.find(W + "rFonts") if properties is not None else None
    font = fonts.get(W + "ascii", "") if fonts is not None else ""
    return "".join(symbol(ord(char), font) for char in text)


_ABSTRACT_ID = W + "abstractNumId"
_PLACE = re.compile(r"%([1-9])")
_DIGITS = re.compile(r"\d+\s*,")
