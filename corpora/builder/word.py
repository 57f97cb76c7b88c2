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
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import ImageFont

from builder.source import Line, Shape, Source

FONT = "Times New Roman"
TEXT_WIDTH = 160.0  # mm: A4 less 30 left and 20 right
COLUMNS = (62.0, 98.0)  # mm: the agency's side and the nation's side of the head
BODY = 14  # points
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
    run = _run(header, "", size=13)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _head(document: Any, source: Source) -> None:
    table = _table(document, COLUMNS)
    left, right = table.rows[0].cells
    for text in source.superior:
        _paragraph(left, text, size=13)
    for text in source.issuer:
        _paragraph(left, text, size=13, bold=True)
    if source.party:
        _paragraph(left, "*", size=13)
        _paragraph(right, source.nation[0], size=14, bold=True)
        _rule(right, _width(source.nation[0], 14, bold=True), COLUMNS[1])
    else:
        _rule(left, 0.42 * _width(source.issuer[-1], 13, bold=True), COLUMNS[0])
        _paragraph(right, source.nation[0], size=13, bold=True)
        _paragraph(right, source.nation[1], size=14, bold=True)
        _rule(right, _width(source.nation[1], 14, bold=True), COLUMNS[1])
    left, right = table.add_row().cells
    _paragraph(left, source.number, size=13, before=4)
    _paragraph(right, source.place, size=14, italic=True, before=4)
    if not source.type and source.subject:
        _paragraph(left, source.subject, size=12, before=6)
    if source.urgency:
        _paragraph(left, source.urgency, size=13, bold=True, before=6)


def _title(document: Any, source: Source) -> None:
    if source.type:
        _paragraph(document, source.type, size=14, bold=True, before=14)
        if source.subject:
            _paragraph(document, source.subject, size=14, bold=True, side=8)
            _rule(document, 0.4 * min(_width(source.subject, 14, bold=True), TEXT_WIDTH - 16), TEXT_WIDTH)
    if not source.addressees:
        _paragraph(document, "", size=6)
        return
    if len(source.addressees) == 1:
        _paragraph(document, f"Kính gửi: {source.addressees[0]}", before=14, after=10)
        return
    edge = 22.0
    _paragraph(document, "Kính gửi:", align=ALIGN.LEFT, before=14, left=edge)
    for text in source.addressees:
        paragraph = _paragraph(document, f"- {text}", align=ALIGN.LEFT, left=edge + _width("Kính gửi", BODY))
        paragraph.paragraph_format.space_after = Pt(10 if text == source.addressees[-1] else 0)


def _body(document: Any, lines: Sequence[Line]) -> None:
    for is_row, group in groupby(lines, lambda line: line.shape is Shape.ROW):
        if is_row:
            _grid(document, [[cell.strip() for cell in line.text.strip("|").split("|")] for line in group])
            continue
        for line in group:
            _body_line(document, line)


def _body_line(document: Any, line: Line) -> None:
    if line.shape in (Shape.CENTRED, Shape.SUBTITLE):
        strong = line.shape is Shape.CENTRED
        paragraph = _paragraph(document, line.text, bold=strong, italic=not strong, before=2, after=6)
        paragraph.paragraph_format.keep_with_next = True
        return
    paragraph = _paragraph(document, "", align=ALIGN.JUSTIFY, after=6)
    paragraph.paragraph_format.first_line_indent = Mm(12.7)
    paragraph.paragraph_format.line_spacing = 1.1
    paragraph.paragraph_format.keep_with_next = line.shape is Shape.HEADING
    if line.shape is Shape.ARTICLE:
        label, rest = line.text.split(". ", 1)
        _run(paragraph, f"{label}.", bold=True)
        _run(paragraph, f" {rest}", bold=rest[-1] not in ".;:,/")
    else:
        _run(paragraph, line.text, bold=line.shape is Shape.HEADING, italic=line.shape is Shape.BASIS)


def _foot(document: Any, source: Source) -> None:
    if source.left_signer:
        table = _table(document, (80, 80))
        _signature(table.rows[0].cells[0], source.left_signature, source.left_signer)
        _signature(table.rows[0].cells[1], source.signature, source.signer)
        _recipients(_table(document, (80, 80)).rows[0].cells[0], source)
        return
    left, right = _table(document, (78, 82)).rows[0].cells
    _recipients(left, source)
    _signature(right, source.signature, source.signer)


def _recipients(cell: Any, source: Source) -> None:
    if not source.recipients:
        return
    _paragraph(cell, source.recipients_title, size=12, bold=True, italic=True, align=ALIGN.LEFT, before=8)
    for text in source.recipients:
        _paragraph(cell, text, size=11, align=ALIGN.LEFT)


def _signature(cell: Any, titles: Sequence[str], name: str) -> None:
    for n, text in enumerate(titles):
        _paragraph(cell, text, bold=True, before=0 if n else 8)
    _paragraph(cell, name, bold=True, before=64)


def _grid(document: Any, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for n, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
            _paragraph(cell, text, size=12, bold=n == 0, align=ALIGN.CENTER if n == 0 else ALIGN.LEFT, before=2, after=2)


def _table(document: Any, widths: Sequence[float]) -> Any:
    """Add a borderless one-row table without cell padding; ``widths`` in millimetres."""
    table = document.add_table(1, len(widths))
    table.autofit = False
    padding = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        part = OxmlElement(f"w:{side}")
        part.set(qn("w:w"), "0")
        part.set(qn("w:type"), "dxa")
        padding.append(part)
    table._tbl.tblPr.insert_element_before(padding, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    whole = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(whole)
    return table


def _paragraph(
    parent: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER,
    before: float = 0, after: float = 0, left: float = 0, side: float = 0,
) -> Any:  # fmt: skip
    """Add a paragraph; sizes and spaces in points, indents in millimetres. A new cell's empty paragraph is used first."""
    fresh = hasattr(parent, "_tc") and len(parent.paragraphs) == 1 and not parent.paragraphs[0].text
    paragraph = parent.paragraphs[0] if fresh and not parent.paragraphs[0].runs else parent.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if left or side:
        shape.left_indent, shape.right_indent = Mm(left or side), Mm(side)
    if text:
        _run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def _run(paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> Any:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    run._r.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    run._r.rPr.rFonts.set(qn("w:cs"), FONT)
    return run


def _rule(parent: Any, length: float, room: float) -> None:
    """Draw a centred line of ``length`` in a column of ``room`` millimetres: the upper border of a flat paragraph."""
    paragraph = parent.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm((room - length) / 2)
    shape.space_before, shape.space_after = Pt(3), Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure ``text`` in millimetres in Liberation Serif, as wide as Times New Roman; version 1 lacks Vietnamese letters."""
    font = ImageFont.truetype(f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf", 1000)
    return float(font.getlength(text)) / 1000 * size * 25.4 / 72


def _saved(document: Any) -> bytes:
    about = document.core_properties
    about.author, about.last_modified_by, about.title, about.comments = "Vanthu", "Vanthu", "", ""
    about.created = about.modified = MADE
    raw, steady = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "docProps/thumbnail.jpeg":
                continue
            new.writestr(zipfile.ZipInfo(name, MADE.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
