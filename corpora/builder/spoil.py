"""Set a finished document as careless clerks do: other paper and margins, page numbers, fonts, colours, spacing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from builder.ink import ALIGN

ALIGNMENTS = {"left": ALIGN.LEFT, "justify": ALIGN.JUSTIFY, "center": ALIGN.CENTER}


def spoil(document: Any, looks: Mapping[str, Any]) -> None:
    """Change the page by ``paper``, ``margins`` (mm) and ``page_number``; ``body`` by justified paragraphs.

    ``words`` are looks of the paragraphs that begin with them. A look has ``font``, ``size``, ``bold``, ``italic``,
    ``colour``, ``align``, ``indent`` (cm), ``space`` (points) and ``lines``.
    """
    for section in document.sections:
        if "paper" in looks:
            section.page_width, section.page_height = (Mm(length) for length in looks["paper"])
        if "margins" in looks:
            top, bottom, left, right = (Mm(length) for length in looks["margins"])
            section.top_margin, section.bottom_margin = top, bottom
            section.left_margin, section.right_margin = left, right
    if looks.get("page_number") == "footer":
        _move_number(document.sections[0])
    for paragraph in _paragraphs(document):
        if paragraph.alignment == ALIGN.JUSTIFY:
            _set(paragraph, looks.get("body", {}))
        for words, look in looks.get("words", {}).items():
            if paragraph.text.startswith(words):
                _set(paragraph, look)


def _paragraphs(document: Any) -> Iterator[Any]:
    for element in document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        yield Paragraph(element, document)


def _move_number(section: Any) -> None:
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    footer.alignment = header.alignment
    for run in header.runs:
        footer._p.append(deepcopy(run._r))
        header._p.remove(run._r)


def _set(paragraph: Any, look: Mapping[str, Any]) -> None:
    for run in paragraph.runs:
        for name in ("bold", "italic"):
            if name in look:
                setattr(run, name, look[name])
        if "font" in look:
            run.font.name = look["font"]
        if "size" in look:
            run.font.size = Pt(look["size"])
        if "colour" in look:
            run.font.color.rgb = RGBColor.from_string(look["colour"])
    if "align" in look:
        paragraph.alignment = ALIGNMENTS[look["align"]]
    if "indent" in look:
        paragraph.paragraph_format.first_line_indent = Mm(10 * look["indent"])
    if "space" in look:
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.space_after = Pt(look["space"])
    if "lines" in look:
        paragraph.paragraph_format.line_spacing = look["lines"]
