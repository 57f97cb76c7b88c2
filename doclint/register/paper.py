"""A Word document in the form of Phụ lục I, Nghị định 30/2020/NĐ-CP: head, body, tables, recipients and signature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LEFT, CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
BODY = 14  # points
TEXT = 160.0  # millimetres: A4 less 30 on the left and 20 on the right
HEAD = (66.0, 94.0)


def new_paper() -> Any:
    """Return an empty document: A4, margins 20, 20, 30 and 20 mm, page numbers from the second page on."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin, section.header_distance = Mm(30), Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    for kind in ("eastAsia", "cs", "hAnsi"):
        style.element.rPr.rFonts.set(qn(f"w:{kind}"), FONT)
    _number_pages(section)
    about = document.core_properties
    about.author, about.title, about.comments = "", "", ""
    return document


def add_head(document: Any, superior: str, issuer: Sequence[str], number: str, place_date: str) -> None:
    """Add the agency on the left, with the one above it if there is one, and the nation on the right."""
    table = bare_table(document, HEAD)
    left, right = table.rows[0].cells
    if superior:
        paragraph(left, superior, size=13)
    for line in issuer:
        paragraph(left, line, size=13, bold=True)
    _rule(left, 0.4 * _width(issuer[-1], 13), HEAD[0])
    paragraph(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12.5, bold=True)
    paragraph(right, _MOTTO, size=14, bold=True)
    _rule(right, _width(_MOTTO, 14), HEAD[1])
    left, right = table.add_row().cells
    paragraph(left, number, size=13, before=4)
    paragraph(right, place_date, size=14, italic=True, before=4)


def add_title(document: Any, type: str, subject: str) -> None:
    """Add the type in capitals, and under it the subject with its line."""
    paragraph(document, type, bold=True, before=14)
    paragraph(document, subject, bold=True, side=6)
    _rule(document, 0.4 * min(_width(subject, BODY), TEXT - 12), TEXT)


def add_text(document: Any, text: str, *, bold: bool = False) -> None:
    """Add a paragraph of the body; a heading stays with what follows it."""
    made = paragraph(document, text, align=JUSTIFY, after=6, bold=bold)
    made.paragraph_format.first_line_indent = Mm(12.7)
    made.paragraph_format.line_spacing = 1.1
    made.paragraph_format.keep_with_next = bold


def add_foot(document: Any, recipients: Sequence[str], titles: Sequence[str], name: str) -> None:
    """Add the recipients on the left and who signs on the right."""
    left, right = bare_table(document, (78, 82)).rows[0].cells
    paragraph(left, "Nơi nhận:", size=12, bold=True, italic=True, align=LEFT, before=8)
    for text in recipients:
        paragraph(left, text, size=11, align=LEFT)
    for number, text in enumerate(titles):
        paragraph(right, text, bold=True, before=0 if number else 8)
    paragraph(right, name, bold=True, before=64)


def add_grid(document: Any, widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """Add a ruled table with columns of these ``widths`` (mm); the first row is its head, on every page again."""
    table = document.add_table(len(rows), len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        kind = OxmlElement("w:cantSplit" if number else "w:tblHeader")
        row._tr.get_or_add_trPr().append(kind)
        # Asking a row for its cells counts them anew each time.
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Mm(width)
            align = LEFT if number else CENTRE
            paragraph(cell, text, size=12, bold=not number, align=align, before=2, after=2)


def paragraph(
    parent: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, align: Any = CENTRE,
    before: float = 0, after: float = 0, side: float = 0,
) -> Any:  # fmt: skip
    """Add a paragraph, a new cell's empty one first; sizes and spaces in points, ``side`` in millimetres."""
    fresh = hasattr(parent, "_tc") and len(parent.paragraphs) == 1 and not parent.paragraphs[0].runs
    made = parent.paragraphs[0] if fresh else parent.add_paragraph()
    shape = made.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if side:
        shape.left_indent = shape.right_indent = Mm(side)
    run = made.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    for kind in ("eastAsia", "cs"):
        run._r.rPr.rFonts.set(qn(f"w:{kind}"), FONT)
    return made


def bare_table(document: Any, widths: Sequence[float]) -> Any:
    """Add a table of one row without lines and padding; ``widths`` in millimetres."""
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
        column.width = column.cells[0].width = Mm(width)
    return table


def _rule(parent: Any, length: float, room: float) -> None:
    """Draw a centred line of ``length`` in a column of ``room`` millimetres: the upper border of a flat paragraph."""
    made = parent.add_paragraph()
    shape = made.paragraph_format
    shape.left_indent = shape.right_indent = Mm((room - length) / 2)
    shape.space_before, shape.space_after = Pt(3), Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    made._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _number_pages(section: Any) -> None:
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    run = header.add_run()
    run.font.name, run.font.size = FONT, Pt(13)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


def _width(text: str, size: float) -> float:
    """Return about how wide bold text of ``size`` points is, in millimetres: a capital takes ¾ of the size."""
    ems = sum(0.3 if char in " ilIjtfr-.,;:" else 0.72 if char.isupper() else 0.52 for char in text)
    return ems * size * 25.4 / 72


FONT = "Times New Roman"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
