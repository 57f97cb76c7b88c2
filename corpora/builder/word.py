"""Set a source as a Word file in the form of Appendix I of Decree 30/2020/NĐ-CP: A4, 30 mm left, Times New Roman."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from builder.foot import add_foot
from builder.head import add_head
from builder.ink import ALIGN, BODY, FONT, add_grid, add_paragraph, add_rule, add_run, width
from builder.lists import WordLists
from builder.source import Line, Shape, Source
from builder.spoil import spoil

TEXT_WIDTH = 160.0  # mm: A4 less 30 left and 20 right
MADE = datetime(2026, 11, 20, 8, 0, 0)


def to_word(
    source: Source,
    *,
    head: str = "table",
    foot: str = "table",
    lists: str = "typed",
    looks: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the .docx, the same bytes every time for the same source.

    ``head`` and ``foot`` are styles of ``builder.head`` and ``builder.foot``; ``lists`` is ``typed`` when the labels of
    points are text, ``word`` when Word draws them; ``looks`` are faults of ``builder.spoil``.
    """
    document = Document()
    _page(document)
    add_head(document, source, head)
    _title(document, source)
    _body(document, source.body, WordLists(document) if lists == "word" else None)
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_foot(document, source, foot)
    if source.copy is not None:
        add_rule(document, TEXT_WIDTH, TEXT_WIDTH)
        add_head(document, source.copy, head)
        add_foot(document, source.copy, foot)
    if source.appendix:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        number = OxmlElement("w:pgNumType")
        number.set(qn("w:start"), "1")
        section._sectPr.append(number)
        _body(document, source.appendix)
    spoil(document, looks or {})
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


def _body(document: Any, lines: Sequence[Line], lists: WordLists | None = None) -> None:
    for is_row, group in groupby(lines, lambda line: line.shape is Shape.ROW):
        if is_row:
            add_grid(
                document, [[cell.strip() for cell in line.text.strip("|").split("|")] for line in group], TEXT_WIDTH
            )
            continue
        for line in group:
            _body_line(document, line, lists)


def _body_line(document: Any, line: Line, lists: WordLists | None) -> None:
    if line.shape in (Shape.CENTRED, Shape.SUBTITLE):
        strong = line.shape is Shape.CENTRED
        paragraph = add_paragraph(document, line.text, bold=strong, italic=not strong, before=2, after=6)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = (
            bool(re.fullmatch(r"(?i:phụ lục) (?:[IVX]{2,}|V|[2-9])", line.text)) or None
        )
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
        text = lists.number(paragraph, line.text) if lists is not None else line.text
        add_run(paragraph, text, bold=line.shape is Shape.HEADING, italic=line.shape is Shape.BASIS)


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
