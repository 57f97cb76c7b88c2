"""Sections: paper, margins, and which headers and footers are printed (ECMA-376 part 1, clause 17.6)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Literal

from doclint.document import Section, Span
from doclint.readers.word.names import TYPE, Element, R, W, is_on, points
from doclint.readers.word.package import Package


@dataclass(frozen=True, slots=True)
class Furniture:
    """The headers and footers that a section prints: names of parts by place (``header``) and type (``default``)."""

    parts: dict[tuple[str, str], str]
    first_page_differs: bool
    even_pages_differ: bool

    def printed(self) -> Iterator[tuple[str, str]]:
        """Yield place and part of each header and footer that comes on some page."""
        for place in ("header", "footer"):
            for type_ in ("default", "first", "even"):
                wanted = type_ == "default" or (self.first_page_differs if type_ == "first" else self.even_pages_differ)
                if wanted and (part := self.parts.get((place, type_))):
                    yield place, part


def read_furniture(package: Package, sections: list[Element], settings: Element | None) -> list[Furniture]:
    """Return the headers and footers of each section; what a section does not name it has from the one before."""
    relations = package.relations(package.main)
    even = settings.find(W + "evenAndOddHeaders") if settings is not None else None
    parts: dict[tuple[str, str], str] = {}
    found = []
    for section in sections:
        parts = dict(parts)
        for reference in section:
            place = _REFERENCES.get(reference.tag)
            relation = relations.get(reference.get(R + "id", ""))
            if place and relation is not None and not relation.external:
                parts[place, reference.get(TYPE, "default")] = relation.target
        found.append(Furniture(parts, _first_page_differs(section), even is not None and is_on(even)))
    return found


def read_section(section: Element, span: Span, furniture: Furniture, numbered: Set[str]) -> Section:
    """Return the paper of a stretch of text; ``numbered`` are the parts that print the number of the page."""
    paper = section.find(W + "pgSz")
    margins = section.find(W + "pgMar")
    width, height = _length(paper, "w"), _length(paper, "h")
    return Section(
        span,
        # Letter is what Word takes for a section that names no paper.
        width if width is not None else 612.0,
        height if height is not None else 792.0,
        _length(margins, "top"),
        _length(margins, "bottom"),
        _length(margins, "left"),
        _length(margins, "right"),
        paper is not None and paper.get(W + "orient") == "landscape",
        _page_number(furniture, numbered),
        furniture.first_page_differs,
    )


def _page_number(furniture: Furniture, numbered: Set[str]) -> Literal["header", "footer", ""]:
    places: tuple[Literal["header", "footer"], ...] = ("header", "footer")
    return next((place for place in places if furniture.parts.get((place, "default")) in numbered), "")


def _first_page_differs(section: Element) -> bool:
    title_page = section.find(W + "titlePg")
    return title_page is not None and is_on(title_page)


def _length(element: Element | None, name: str) -> float | None:
    return points(element.get(W + name)) if element is not None else None


_REFERENCES = {W + "headerReference": "header", W + "footerReference": "footer"}
