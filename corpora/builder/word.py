"""Set a source as a Word file in the form of Appendix I of Decree 30/2020/NĐ-CP: A4, 30 mm left, Times New Roman."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from builder.ink import ALIGN, BODY, FONT, add_grid, add_paragraph, add_rule, add_run, add_table, width
from builder.source import Line, Shape, Source

TEXT_WIDTH = 160.0  # mm: A4 less 30 left and 20 right
COLUMNS = (62.0, 98.0)  # mm: the agency's side and the nation's side of the head
MADE = datetime(2026, 11, 20, 8, 0, 0)


def to_word(source: Source) -> bytes:
    """Return the .docx, the same bytes every time for the same source."""
    document = Document()
    _page(document)
    _head(document, source)
    _title(document, source)
    _body(document, source.body)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _foot(document, source)
    if source.appendix:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        number = OxmlElement("w:pgNumType")
        number.set(qn("w:start"), "1")
        section._sectPr.append(number)
        _body(document, source.appendix)
    return _saved(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin, section.header_distance = Mm(30), Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    for kind in ("eastAsia", "cs", "hAnsi"):
        style.element.rPr.rFonts.set(qn(f"w:{kind}"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    header = section.header.paragraphs[0]
    header.alignment = ALIGN.CENTER
    run = add_run(header, "", size=13)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _head(document: Any, source: Source) -> None:
    table = add_table(document, COLUMNS)
    left, right = table.rows[0].cells
    for text in source.superior:
        add_paragraph(left, text, size=13)
    for text in source.issuer:
        add_paragraph(left, text, size=13, bold=True)
    if source.party:
        add_paragraph(left, "*", size=13)
        add_paragraph(right, source.nation[0], size=14, bold=True)
        add_rule(right, width(source.nation[0], 14, bold=True), COLUMNS[1])
    else:
        add_rule(left, 0.42 * width(source.issuer[-1], 13, bold=True), COLUMNS[0])
        add_paragraph(right, source.nation[0], size=13, bold=True)
        add_paragraph(right, source.nation[1], size=14, bold=True)
        add_rule(right, width(source.nation[1], 14, bold=True), COLUMNS[1])
    left, right = table.add_row().cells
    add_paragraph(left, source.number, size=13, before=4)
    add_paragraph(right, source.place, size=14, italic=True, before=4)
    if not source.type and source.subject:
        add_paragraph(left, source.subject, size=12, before=6)
    if source.urgency:
        add_paragraph(left, source.urgency, size=13, bold=True, before=6)


def _title(document: Any, source: Source) -> None:
    if source.type:
        add_paragraph(document, source.type, size=14, bold=True, before=14)
        if source.subject:
            add_paragraph(document, source.subject, size=14, bold=True, side=8)
            add_rule(document, 0.4 * min(width(source.subject, 14, bold=True), TEXT_WIDTH - 16), TEXT_WIDTH)
    if not source.addressees:
        add_paragraph(document, "", size=6)
        return
    if len(source.addressees) == 1:
        add_paragraph(document, f"Kính gửi: {source.addressees[0]}", before=14, after=10)
        return
    edge = 22.0
    add_paragraph(document, "Kính gửi:", align=ALIGN.LEFT, before=14, left=edge)
    for text in source.addressees:
        paragraph = add_paragraph(document, f"- {text}", align=ALIGN.LEFT, left=edge + width("Kính gửi", BODY))
        paragraph.paragraph_format.space_after = Pt(10 if text == source.addressees[-1] else 0)


def _body(document: Any, lines: Sequence[Line]) -> None:
    for is_row, group in groupby(lines, lambda line: line.shape is Shape.ROW):
        if is_row:
            add_grid(
                document, [[cell.strip() for cell in line.text.strip("|").split("|")] for line in group], TEXT_WIDTH
            )
            continue
        for line in group:
            _body_line(document, line)


def _body_line(document: Any, line: Line) -> None:
    if line.shape in (Shape.CENTRED, Shape.SUBTITLE):
        strong = line.shape is Shape.CENTRED
        paragraph = add_paragraph(document, line.text, bold=strong, italic=not strong, before=2, after=6)
        paragraph.paragraph_format.keep_with_next = True
        return
    paragraph = add_paragraph(document, "", align=ALIGN.JUSTIFY, after=6)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.line_spacing = 1.1
    paragraph.paragraph_format.keep_with_next = line.shape is Shape.HEADING
    if line.shape is Shape.ARTICLE:
        label, rest = line.text.split(". ", 1)
        add_run(paragraph, f"{label}.", bold=True)
        add_run(paragraph, f" {rest}", bold=rest[-1] not in ".;:,/")
    else:
        add_run(paragraph, line.text, bold=line.shape is Shape.HEADING, italic=line.shape is Shape.BASIS)


def _foot(document: Any, source: Source) -> None:
    if source.left_signer:
        table = add_table(document, (80, 80))
        _signature(table.rows[0].cells[0], source.left_signature, source.left_signer)
        _signature(table.rows[0].cells[1], source.signature, source.signer)
        _recipients(add_table(document, (80, 80)).rows[0].cells[0], source)
        return
    left, right = add_table(document, (78, 82)).rows[0].cells
    _recipients(left, source)
    _signature(right, source.signature, source.signer)


def _recipients(cell: Any, source: Source) -> None:
    if not source.recipients:
        return
    add_paragraph(cell, source.recipients_title, size=12, bold=True, italic=True, align=ALIGN.LEFT, before=8)
    for text in source.recipients:
        add_paragraph(cell, text, size=11, align=ALIGN.LEFT)


def _signature(cell: Any, titles: Sequence[str], name: str) -> None:
    for n, text in enumerate(titles):
        add_paragraph(cell, text, bold=True, before=0 if n else 8)
    add_paragraph(cell, name, bold=True, before=64)


def _saved(document: Any) -> bytes:
    about = document.core_properties
    about.author, about.last_modified_by, about.title, about.comments = "Vanthu", "Vanthu", "", ""
    about.created = about.modified = MADE
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):  # python-docx's template shows a page that is not ours
            del package.rels[key]
    raw, steady = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
