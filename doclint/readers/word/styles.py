"""Styles → how a run and a paragraph look in the end (ECMA-376 part 1, clause 17.7.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from doclint.document import Font, ParagraphFormat
from doclint.readers.word.names import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, TYPE, Element, W, child_value
from doclint.readers.word.properties import TOGGLES, Properties, key, paragraph_properties, run_properties
from doclint.readers.word.theme import Theme

MAX_BASED_ON = 50
"""Styles in a based-on chain; those further away are ignored. Word itself allows 11."""


@dataclass(frozen=True)
class Style:
    """A style and its ancestors: each with what it says itself, the farthest ancestor first."""

    id: str
    runs: Properties
    layers: tuple[tuple[Element | None, Properties], ...]
    """Of each style the ``w:numPr``, and what it says of paragraphs."""


@dataclass(frozen=True)
class Styles:
    """The styles of a document. What was resolved once is kept: runs are many, ways to print them few."""

    elements: dict[str, Element]
    defaults: dict[str, str]
    """The default style of each type: ``paragraph``, ``character``, ``table``."""
    theme: Theme
    run_defaults: Properties
    paragraph_defaults: Properties
    _styles: dict[str, Style] = field(default_factory=dict)
    _bases: dict[tuple[str, ...], Properties] = field(default_factory=dict)
    _fonts: dict[object, tuple[Font, bool]] = field(default_factory=dict)

    def style(self, id_: str | None, kind: str) -> Style:
        """Return the style of that id and type with its ancestors; the default one of ``kind`` when there is none."""
        element = self.elements.get(id_ or "")
        if element is None or element.get(TYPE, "paragraph") != kind:
            id_ = self.defaults.get(kind, "")
        id_ = id_ or ""
        if id_ not in self._styles:
            self._styles[id_] = self._resolve(id_)
        return self._styles[id_]

    def font(self, table: str | None, paragraph: str | None, direct: Element | None) -> tuple[Font, bool]:
        """Return how a run with the properties ``direct`` is printed, and whether it is hidden text."""
        character = child_value(direct, _CHARACTER_STYLE)
        known = (table, paragraph, character, key(direct))
        if known not in self._fonts:
            looks = self._base(table, paragraph, character) | run_properties(direct, self.theme)
            self._fonts[known] = _font(looks), bool(looks.get("hidden"))
        return self._fonts[known]

    def _base(self, table: str | None, paragraph: str | None, character: str | None) -> Properties:
        """Return what styles say of a run before its own properties."""
        known = table or "", paragraph or "", character or ""
        if known not in self._bases:
            levels = [self.style(table, "table").runs if table is not None else {}]
            levels.append(self.style(paragraph, "paragraph").runs)
            levels.append(self.style(character, "character").runs if character else {})
            looks = dict(self.run_defaults)
            for level in levels:
                looks |= level
            for name in TOGGLES:
                # On twice is off, as emphasis inside an emphasised heading; document defaults stay (17.7.3).
                odd = sum(1 for level in levels if level.get(name)) % 2 == 1
                looks[name] = bool(self.run_defaults.get(name)) or odd
            self._bases[known] = looks
        return self._bases[known]

    def _resolve(self, id_: str) -> Style:
        chain: list[Element] = []
        ancestor: str | None = id_
        seen: set[str] = set()
        while ancestor in self.elements and ancestor not in seen and len(chain) < MAX_BASED_ON:
            seen.add(ancestor)
            chain.append(self.elements[ancestor])
            ancestor = child_value(chain[-1], W + "basedOn")
        runs: Properties = {}
        layers = []
        for element in reversed(chain):
            runs |= run_properties(element.find(RUN_PROPERTIES), self.theme)
            paragraph = element.find(PARAGRAPH_PROPERTIES)
            numbering = paragraph.find(W + "numPr") if paragraph is not None else None
            layers.append((numbering, paragraph_properties(paragraph)))
        return Style(id_, runs, tuple(layers))


def read_styles(root: Element | None, theme: Theme) -> Styles:
    """Read the root of the styles part, None for a document without."""
    elements: dict[str, Element] = {}
    defaults: dict[str, str] = {}
    for element in root.iterchildren(W + "style") if root is not None else ():
        id_ = element.get(W + "styleId")
        if id_:
            elements.setdefault(id_, element)
            if element.get(W + "default") in ("1", "true", "on"):
                defaults[element.get(TYPE, "paragraph")] = id_
    given = root.find(W + "docDefaults") if root is not None else None
    run = given.find(f"{W}rPrDefault/{RUN_PROPERTIES}") if given is not None else None
    paragraph = given.find(f"{W}pPrDefault/{PARAGRAPH_PROPERTIES}") if given is not None else None
    # Without a size anywhere text is 10 points high (17.3.2.38).
    run_defaults = {"size": 10.0} | run_properties(run, theme)
    return Styles(elements, defaults, theme, run_defaults, paragraph_properties(paragraph))


def paragraph_format(layers: Iterable[Properties]) -> ParagraphFormat:
    """Lay properties over each other, the strongest last."""
    looks: Properties = {}
    for layer in layers:
        looks |= layer
    line, rule = looks.get("line"), looks.get("rule")
    in_lines = line is not None and rule == "auto"
    return ParagraphFormat(
        looks.get("alignment"),
        looks.get("left"),
        looks.get("right"),
        looks.get("first"),
        looks.get("before"),
        looks.get("after"),
        # 240ths of a line (17.3.1.33); ``points`` took it for twentieths of a point.
        round(line / 12, 4) if line is not None and in_lines else None,
        line if not in_lines else None,
    )


def _font(looks: Properties) -> Font:
    return Font(
        looks.get("ascii") or looks.get("high_ansi"),
        looks.get("east_asia"),
        looks.get("complex_script"),
        looks.get("size"),
        bool(looks.get("bold")),
        bool(looks.get("italic")),
        bool(looks.get("underline")),
        bool(looks.get("caps") or looks.get("small_caps")),
        looks.get("colour"),
    )


_CHARACTER_STYLE = W + "rStyle"
