"""The documents of examples of rules on layout: a Word file with nothing wrong but what the example says."""

from __future__ import annotations

from dataclasses import replace

from doclint.document import Document, Font, ParagraphFormat, Run, Section, Span
from doclint.example_looks import Look
from doclint.readers.text import read_text
from doclint.rulebook import Example

_MM = 72 / 25.4
FONT = Font("Times New Roman", size=14.0)
FORMAT = ParagraphFormat("justify", first_line_indent=36.0, space_after=6.0, line_spacing=1.1)


def printed(example: Example) -> Document:
    """Return the document of ``example``; of two looks of the same words the later one counts."""
    text = read_text(example.text)
    document = replace(
        text,
        format="docx",
        blocks=tuple(replace(block, format=FORMAT) for block in text.blocks),
        runs=tuple(Run(Span(at, at + 1), FONT) for at in range(len(text.text))),
        sections=(_section(text, Look()),),
    )
    for look in example.looks:
        document = _with(document, look)
    return document


def _with(document: Document, look: Look) -> Document:
    start = document.text.index(look.of)
    span = Span(start, start + len(look.of)) if look.of else Span(0, len(document.text))
    return replace(
        document,
        runs=tuple(replace(run, font=_font(run.font, look)) if run.span in span else run for run in document.runs),
        blocks=tuple(
            replace(block, format=_format(block.format or FORMAT, look), cell=(0, 0, 0) if look.table else block.cell)
            if block.span.overlaps(span)
            else block
            for block in document.blocks
        ),
        sections=(_section(document, look),) if look.of == "" else document.sections,
    )


def _font(font: Font, look: Look) -> Font:
    return Font(
        look.font or font.name,
        size=font.size if look.size is None else look.size,
        bold=font.bold if look.bold is None else look.bold,
        italic=font.italic if look.italic is None else look.italic,
        colour=look.colour or font.colour,
    )


def _format(format_: ParagraphFormat, look: Look) -> ParagraphFormat:
    return ParagraphFormat(
        look.alignment or format_.alignment,
        first_line_indent=format_.first_line_indent if look.indent is None else look.indent * 72 / 2.54,
        space_after=format_.space_after if look.space is None else look.space,
        line_spacing=format_.line_spacing if look.lines is None else look.lines,
    )


def _section(document: Document, look: Look) -> Section:
    width, height = look.paper or (210.0, 297.0)
    top, bottom, left, right = look.margins or (20.0, 20.0, 30.0, 20.0)
    where = {"header": "header", "first": "header", "footer": "footer", "none": ""}[look.page_number or "header"]
    return Section(
        Span(0, len(document.text)),
        width * _MM, height * _MM, top * _MM, bottom * _MM, left * _MM, right * _MM,
        landscape=width > height,
        page_number=where,  # type: ignore[arg-type]
        first_page_differs=look.page_number != "first",
    )  # fmt: skip
