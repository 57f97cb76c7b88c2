"""A document as hOCR 1.2: XHTML whose elements say where on the page their text is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from digitize.outputs.stored import StoredDocument, StoredPage
from digitize.words import Word, lines
from digitize.xml_text import xml_text

if TYPE_CHECKING:
    from lxml import etree


def hocr(document: StoredDocument) -> bytes:
    """Return the file. A word that was corrected has what was read in ``data-raw``."""
    from lxml import etree

    html = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML}, lang=document.language or "vi")
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "title").text = xml_text(document.name)
    etree.SubElement(head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"})
    systems = "; ".join(
        version if version.startswith(name) else f"{name} {version}" for name, version in document.engines
    )
    etree.SubElement(head, "meta", name="ocr-system", content=xml_text(systems) or "vanthu")
    etree.SubElement(head, "meta", name="ocr-capabilities", content=_CAPABILITIES)
    etree.SubElement(head, "meta", name="ocr-number-of-pages", content=str(len(document.pages)))
    body = etree.SubElement(html, "body")
    for page in document.pages:
        _add_page(body, page, document.name)
    etree.cleanup_namespaces(html)
    return bytes(etree.tostring(html, xml_declaration=True, encoding="UTF-8", doctype=_DOCTYPE))


def _add_page(body: etree._Element, page: StoredPage, name: str) -> None:
    facts = ['image "{}"'.format(xml_text(name).replace('"', "'"))]
    if page.width and page.height:
        facts.append(f"bbox 0 0 {page.width} {page.height}")
    if page.dpi:
        facts.append(f"scan_res {round(page.dpi)} {round(page.dpi)}")
    shown = _add(body, "div", "ocr_page", f"page_{page.number}", [*facts, f"ppageno {page.number - 1}"])
    if not page.words:
        return
    word_number = line_number = 0
    area, block = shown, None
    for number, ((owner, _), group) in enumerate(groupby(page.words, key=_paragraph), start=1):
        words = tuple(group)
        if owner != block:
            block = owner
            of_block = [word for word in page.words if word.block == block]
            area = _add(shown, "div", "ocr_carea", f"block_{page.number}_{number}", [_box(of_block)])
        paragraph = _add(area, "p", "ocr_par", f"par_{page.number}_{number}", [_box(words)])
        for line in lines(words):
            line_number += 1
            row = _add(paragraph, "span", "ocr_line", f"line_{page.number}_{line_number}", [_box(line)])
            for word in line:
                word_number += 1
                told = [_box([word]), f"x_wconf {round(word.confidence)}"]
                span = _add(row, "span", "ocrx_word", f"word_{page.number}_{word_number}", told)
                span.text, span.tail = xml_text(word.text), " "
                if word.raw:
                    span.set("data-raw", xml_text(word.raw))
            row.tail = "\n"


def _paragraph(word: Word) -> tuple[int, int]:
    return word.block, word.paragraph


def _add(parent: etree._Element, tag: str, kind: str, name: str, facts: list[str]) -> etree._Element:
    from lxml import etree

    return etree.SubElement(parent, f"{{{_XHTML}}}{tag}", {"class": kind, "id": name, "title": "; ".join(facts)})


def _box(words: Sequence[Word]) -> str:
    left, top = min(word.x0 for word in words), min(word.y0 for word in words)
    return f"bbox {left} {top} {max(word.x1 for word in words)} {max(word.y1 for word in words)}"


_XHTML = "http://www.w3.org/1999/xhtml"
_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf"
_DOCTYPE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
