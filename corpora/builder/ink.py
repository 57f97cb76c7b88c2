"""Put words, lines and tables into a python-docx document by direct formatting, as offices do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import ImageFont

FONT = "Times New Roman"
BODY = 14  # points
NARROW = 34.0  # mm: a column of a table that is not squeezed


def add_grid(document: Any, rows: Sequence[Sequence[str]], room: float) -> None:
    """Add a ruled table ``room`` millimetres wide, each column after its longest cell; the first row is its heading.

    Where they do not fit, the narrow columns keep their words whole and the others share what is left.
    """
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.autofit = False
    longest = [min(60, max(width(text, 12, bold=True) for text in column)) + 6 for column in zip(*rows, strict=True)]
    narrow = sum(length for length in longest if length <= NARROW) if sum(longest) > room else 0
    scale = (room - narrow) / (sum(longest) - narrow)
    for column, length in zip(table.columns, longest, strict=True):
        column.width = Mm(length if narrow and length <= NARROW else length * scale)
    for n, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, column, text in zip(row.cells, table.columns, texts, strict=True):
            cell.width = column.width
            align = ALIGN.LEFT if n else ALIGN.CENTER
            add_paragraph(cell, text, size=12, bold=n == 0, align=align, before=2, after=2)


def add_table(document: Any, widths: Sequence[float]) -> Any:
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


def add_paragraph(
    parent: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, align: Any = ALIGN.CENTER,
    before: float = 0, after: float = 0, left: float = 0, side: float = 0,
) -> Any:  # fmt: skip
    """Add a paragraph, a new cell's empty one first; sizes and spaces in points, indents in millimetres."""
    fresh = hasattr(parent, "_tc") and len(parent.paragraphs) == 1 and not parent.paragraphs[0].text
    paragraph = parent.paragraphs[0] if fresh and not parent.paragraphs[0].runs else parent.add_paragraph()
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = align, Pt(before), Pt(after)
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if left or side:
        shape.left_indent, shape.right_indent = Mm(left or side), Mm(side)
    if text:
        add_run(paragraph, text, size=size, bold=bold, italic=italic)
    return paragraph


def add_run(paragraph: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False) -> Any:
    """Add a run in Times New Roman for every script."""
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = FONT, Pt(size), bold, italic
    run._r.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    run._r.rPr.rFonts.set(qn("w:cs"), FONT)
    return run


def add_rule(parent: Any, length: float, room: float) -> None:
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


def add_mark(parent: Any, text: str, room: float) -> None:
    """Add framed capitals in the middle of a column of ``room`` millimetres: MẬT, HỎA TỐC, LƯU HÀNH NỘI BỘ."""
    paragraph = add_paragraph(
        parent, text, size=13, bold=True, before=8, side=(room - width(text, 13, bold=True)) / 2 - 4
    )
    borders = OxmlElement("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "8"), ("space", "2"), ("color", "C00000")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure ``text`` in millimetres in Liberation Serif, which is as wide as Times New Roman."""
    font = ImageFont.truetype(f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf", 1000)
    return float(font.getlength(text)) / 1000 * size * 25.4 / 72
