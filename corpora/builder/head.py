"""Set the head of a document as offices do: a table without lines, tab stops, or two text boxes."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from copy import deepcopy
from itertools import zip_longest
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from builder.ink import ALIGN, add_mark, add_paragraph, add_rule, add_run, add_table, width
from builder.source import Source

COLUMNS = (62.0, 98.0)  # mm: the agency's side and the nation's side of the head
HEIGHT = 27.0  # mm: of a text box without a subject or marks
WRAP = 30  # letters: where the subject of a letter is broken by hand between tab stops


def add_head(document: Any, source: Source, style: str) -> None:
    """Add agency, nation, number and date; ``style`` is ``table``, ``tabs`` or ``boxes``."""
    styles: dict[str, Callable[[Any, Source], None]] = {"table": _table, "tabs": _tabs, "boxes": _boxes}
    styles[style](document, source)


def _table(document: Any, source: Source) -> None:
    table = add_table(document, COLUMNS)
    _agency(table.rows[0].cells[0], source)
    _nation(table.rows[0].cells[1], source)
    left, right = table.add_row().cells
    _number(left, source)
    add_paragraph(right, source.place, size=14, italic=True, before=4)


def _agency(cell: Any, source: Source) -> None:
    for text in source.superior:
        add_paragraph(cell, text, size=13)
    for text in source.issuer:
        add_paragraph(cell, text, size=13, bold=True)
    if source.party:
        add_paragraph(cell, "*", size=13)
    else:
        add_rule(cell, 0.42 * width(source.issuer[-1], 13, bold=True), COLUMNS[0])


def _nation(cell: Any, source: Source) -> None:
    if source.party:
        add_paragraph(cell, source.nation[0], size=14, bold=True)
        add_rule(cell, width(source.nation[0], 14, bold=True), COLUMNS[1])
        return
    add_paragraph(cell, source.nation[0], size=13, bold=True)
    for text in source.nation[1:]:
        add_paragraph(cell, text, size=14, bold=True)
        add_rule(cell, width(text, 14, bold=True), COLUMNS[1])


def _number(cell: Any, source: Source) -> None:
    add_paragraph(cell, source.number, size=13, before=4)
    if not source.type and source.subject:
        add_paragraph(cell, source.subject, size=12, before=6)
    for mark in source.marks:
        add_mark(cell, mark, COLUMNS[0])


def _tabs(document: Any, source: Source) -> None:
    left = [(text, 13, False) for text in source.superior] + [(text, 13, True) for text in source.issuer]
    right = [(source.nation[0], 13, True), *((text, 14, True) for text in source.nation[1:])]
    left += [("*", 13, False)] if source.party else []
    blank = ("", 13, False)
    depth = max(len(left), len(right))
    left += [blank] * (depth - len(left)) + [(source.number, 13, False)]
    right += [blank] * (depth - len(right)) + [(source.place, 14, False)]
    if not source.type:
        left += [(text, 12, False) for text in textwrap.wrap(source.subject, WRAP)]
    left += [(mark, 13, True) for mark in source.marks]
    for one, other in zip_longest(left, right, fillvalue=blank):
        paragraph = add_paragraph(document, "", align=ALIGN.LEFT)
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(COLUMNS[0] / 2), TAB.CENTER)
        stops.add_tab_stop(Mm(COLUMNS[0] + COLUMNS[1] / 2), TAB.CENTER)
        add_run(paragraph, f"\t{one[0]}", size=one[1], bold=one[2])
        if other[0]:
            run = add_run(paragraph, "\t", size=13)
            run = add_run(paragraph, other[0], size=other[1], bold=other[2], italic=other[0] == source.place)
            run.underline = other[0] == source.nation[-1]


def _boxes(document: Any, source: Source) -> None:
    """Two text boxes at one anchor, each twice in the file as Word writes them: for itself and for older programs."""
    table = add_table(document, COLUMNS)
    left, right = table.rows[0].cells
    _agency(left, source)
    _number(left, source)
    _nation(right, source)
    add_paragraph(right, source.place, size=14, italic=True, before=4)
    table._tbl.getparent().remove(table._tbl)
    height = HEIGHT + 9 * len(source.marks) + (0 if source.type else 16)
    anchor = add_paragraph(document, "", size=6)
    for number, (cell, start) in enumerate(((left, 0.0), (right, COLUMNS[0]))):
        paragraphs = [paragraph._p for paragraph in cell.paragraphs]
        anchor.add_run()._r.append(_box(paragraphs, number + 1, start, COLUMNS[number], height))
    anchor.paragraph_format.space_after = Pt(2)


def _box(paragraphs: list[Any], number: int, start: float, breadth: float, height: float) -> Any:
    size = {"x": int(start * 36000), "cx": int(breadth * 36000), "cy": int(height * 36000), "id": number}
    points = {"left": start * 72 / 25.4, "w": breadth * 72 / 25.4, "h": height * 72 / 25.4}
    box = parse_xml(_BOX.format(**size, **points))
    for content in box.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"):
        content.extend(deepcopy(paragraphs))
    return box


_BOX = """
<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{id}" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>
<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="{id}" name="Text Box {id}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"/></wps:wsp></a:graphicData>
</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>
<v:shape type="#_x0000_t202" stroked="f" filled="f"
 style="position:absolute;margin-left:{left:.1f}pt;margin-top:0;width:{w:.1f}pt;height:{h:.1f}pt">
<v:textbox inset="0,0,0,0"><w:txbxContent/></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>
""".strip()
