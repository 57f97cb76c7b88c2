"""Set properties of runs, paragraphs and sections in the order that the schema wants (ECMA-376 part 1, clause 17)."""

from __future__ import annotations

from lxml import etree

from doclint.readers.word.names import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, VAL, Element, W


def set_value(properties: Element, name: str, value: str) -> None:
    """Set ``w:val`` of the property ``name``."""
    ensured(properties, name).set(VAL, value)


def set_toggle(properties: Element, name: str, on: bool) -> None:
    """Switch a property on or off, whatever styles say; one for complex scripts follows where it is there."""
    for tag in (name, f"{name}Cs"):
        if tag == name or properties.find(W + tag) is not None:
            element = ensured(properties, tag)
            element.attrib.pop(VAL, None)
            if not on:
                element.set(VAL, "0")


def set_size(properties: Element, points: float) -> None:
    """Set the size of a run; Word keeps half points, twice."""
    for name in ("sz", "szCs"):
        set_value(properties, name, str(round(points * 2)))


def set_font(properties: Element, font: str) -> None:
    """Set the font of Latin letters, which a theme would overrule."""
    fonts = ensured(properties, "rFonts")
    for theme in ("asciiTheme", "hAnsiTheme", "cstheme"):
        fonts.attrib.pop(W + theme, None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(W + script, font)


def run_properties(run: Element) -> Element:
    """Return the ``w:rPr`` of a run, made when it has none."""
    return _first(run, RUN_PROPERTIES)


def paragraph_properties(paragraph: Element) -> Element:
    """Return the ``w:pPr`` of a paragraph, made when it has none."""
    return _first(paragraph, PARAGRAPH_PROPERTIES)


def mark_properties(paragraph: Element) -> Element:
    """Return the properties of the mark that ends a paragraph: the number of a list is printed as they say."""
    return ensured(paragraph_properties(paragraph), "rPr")


def ensured(properties: Element, name: str) -> Element:
    """Return the last property ``name``, which is the one that counts; made in its place when there is none."""
    present = properties.findall(W + name)
    if present:
        return present[-1]
    order = _ORDERS[properties.tag]
    rank = order.index(name)
    element = etree.Element(W + name)
    for number, sibling in enumerate(properties):
        if _rank(sibling, order) > rank:
            properties.insert(number, element)
            return element
    properties.append(element)
    return element


def _first(parent: Element, tag: str) -> Element:
    element = parent.find(tag)
    if element is None:
        element = etree.Element(tag)
        parent.insert(0, element)
    return element


def _rank(element: Element, order: tuple[str, ...]) -> int:
    namespace, _, name = element.tag.rpartition("}")
    # Word puts what later versions added behind all else.
    return order.index(name) if f"{namespace}}}" == W and name in order else len(order)


_RUN_ORDER = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow"),
    *("emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern"),
    *("position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em"),
    *("lang", "eastAsianLayout", "specVanish", "oMath"),
)
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
    *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
    *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
    *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
)
_SECTION_ORDER = (
    *("headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc"),
    *("pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection"),
    *("bidi", "rtlGutter", "docGrid", "printerSettings"),
)
_ORDERS = {
    RUN_PROPERTIES: ("ins", "del", "moveFrom", "moveTo", *_RUN_ORDER),
    PARAGRAPH_PROPERTIES: _PARAGRAPH_ORDER,
    W + "sectPr": _SECTION_ORDER,
}
