"""A document as ALTO 4.4: layout and words in XML, for METS packages and viewers (loc.gov/standards/alto)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from digitize.outputs.stored import StoredDocument, StoredPage
from digitize.words import Line, Word, lines
from digitize.xml_text import xml_text

if TYPE_CHECKING:
    from lxml import etree


def alto(document: StoredDocument) -> bytes:
    """Return the file; positions are pixels of the page images. What was read before a correction is an ALTERNATIVE."""
    from lxml import etree

    root = etree.Element(_name("alto"), nsmap={None: _ALTO, "xsi": _XSI}, SCHEMAVERSION="4.4")
    root.set(f"{{{_XSI}}}schemaLocation", f"{_ALTO} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd")
    description = _add(root, "Description")
    _add(description, "MeasurementUnit").text = "pixel"
    source = _add(description, "sourceImageInformation")
    _add(source, "fileName").text = xml_text(document.name)
    _add(source, "fileIdentifier", fileIdentifierLocation="sha256").text = document.sha256
    steps = {engine: f"PROCESSING_{number}" for number, engine in enumerate(document.engines, start=1)}
    for (engine, version), step in steps.items():
        _add_step(description, document.settings, step, engine, version)
    layout = _add(root, "Layout")
    for page in document.pages:
        _add_page(layout, page, document.language, steps.get((page.engine, page.version)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add_step(description: etree._Element, settings: str, name: str, engine: str, version: str) -> None:
    step = _add(description, "Processing", ID=name)
    _add(step, "processingCategory").text = "contentGeneration"
    _add(step, "processingStepDescription").text = "text recognition"
    _add(step, "processingStepSettings").text = xml_text(settings)
    program = _add(step, "processingSoftware")
    _add(program, "softwareName").text = xml_text(engine)
    _add(program, "softwareVersion").text = xml_text(version)
    _add(program, "applicationDescription").text = "run by digitize (vanthu)"


def _add_page(layout: etree._Element, page: StoredPage, language: str, step: str | None) -> None:
    shown = _add(layout, "Page", ID=f"P{page.number}", PHYSICAL_IMG_NR=str(page.number))
    if page.width and page.height:
        shown.set("HEIGHT", str(page.height))
        shown.set("WIDTH", str(page.width))
    if page.confidence is not None:
        shown.set("PC", _share(page.confidence))
    if step:
        shown.set("PROCESSINGREFS", step)
    if language:
        shown.set("LANG", language)
    if not page.words:
        return
    space = _add(shown, "PrintSpace", **_place(page.words))
    line_number = 0
    for number, (_, group) in enumerate(groupby(page.words, key=lambda word: (word.block, word.paragraph)), start=1):
        words = tuple(group)
        block = _add(space, "TextBlock", ID=f"P{page.number}_B{number}", **_place(words))
        for line in lines(words):
            line_number += 1
            _add_line(block, line, f"P{page.number}_L{line_number}")


def _add_line(block: etree._Element, line: Line, name: str) -> None:
    row = _add(block, "TextLine", ID=name, **_place(line))
    for number, word in enumerate(line, start=1):
        if number > 1:
            gap = max(word.x0 - line[number - 2].x1, 0)
            _add(row, "SP", WIDTH=str(gap), HPOS=str(word.x0 - gap), VPOS=str(word.y0))
        string = _add(row, "String", ID=f"{name}_W{number}", **_place([word]))
        string.set("CONTENT", xml_text(word.text))
        string.set("WC", _share(word.confidence))
        if word.raw:
            _add(string, "ALTERNATIVE", PURPOSE="OCR").text = xml_text(word.raw)


def _place(words: Sequence[Word]) -> dict[str, str]:
    left, top = min(word.x0 for word in words), min(word.y0 for word in words)
    width, height = max(word.x1 for word in words) - left, max(word.y1 for word in words) - top
    return {"HPOS": str(left), "VPOS": str(top), "WIDTH": str(width), "HEIGHT": str(height)}


def _share(confidence: float) -> str:
    return f"{min(max(confidence / 100, 0.0), 1.0) + 0.0:.3f}"  # which makes -0 a 0


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, _name(tag), attributes)


def _name(tag: str) -> str:
    return f"{{{_ALTO}}}{tag}"


_ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
