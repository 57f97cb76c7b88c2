"""What every document must keep, whatever its format: nothing lost, nothing twice, and each span leads to its place."""

from __future__ import annotations

import io
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from doclint.api import Report, check_document
from doclint.document import Box, Document, DocxPlace, PdfPlace, Span, TextPlace
from doclint.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def check_positions(path: Path) -> Report:
    """Read and check the file, and assert all of it; the report is returned for more."""
    document = read(path)
    check_blocks(document)
    report = check_document(document, path)
    spans = [block.span for block in document.blocks] + [finding.span for finding in report.findings]
    for finding in report.findings:
        assert document.at(finding.span) == finding.excerpt != ""
        assert finding.place == document.place(finding.span).label
    if document.format == "txt":
        check_text_places(document, spans, decoded(path))
    elif document.format == "docx":
        check_docx_places(document, spans, path)
    else:
        check_pdf_places(document, spans, path)
    return report


def check_blocks(document: Document) -> None:
    """Assert that blocks follow each other, and that each character that is not blank stands in one."""
    position = 0
    assert unicodedata.is_normalized("NFC", document.text)
    for block in document.blocks:
        span = block.span
        assert position <= span.start < span.end <= len(document.text)
        assert not document.text[position : span.start].strip()
        assert document.at(span) == document.at(span).strip() != ""
        position = span.end
    assert not document.text[position:].strip()
    assert len(document.folded) == len(document.text)


def check_text_places(document: Document, spans: list[Span], raw: str) -> None:
    """Assert that line and column, in the raw text, lead to the first and the last character."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for span in spans:
        place = document.place(span)
        assert isinstance(place, TextPlace)
        first, last = lines[place.line - 1][place.column - 1 :], lines[place.end_line - 1][place.end_column - 1 :]
        assert starts_like(first, document.text[span.start])
        assert starts_like(last, document.text[span.end - 1])
        assert place.end_line - place.line == document.at(span).count("\n")


def starts_like(raw: str, char: str) -> bool:
    """Tell whether ``raw``, composed, begins with ``char``."""
    return any(unicodedata.normalize("NFC", raw[:length]) == char for length in (1, 2, 3, 4))


def decoded(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def check_docx_places(document: Document, spans: list[Span], path: Path) -> None:
    """Assert that the characters of the runs, as python-docx has them, are those of the span."""
    paragraphs = [runs_of(paragraph) for paragraph in word_paragraphs(path)]
    for span in spans:
        place = document.place(span)
        assert isinstance(place, DocxPlace)
        assert list(place.runs) == sorted(place.runs, key=lambda run: (run.paragraph, run.run, run.start))
        pieces: list[str] = []
        before = place.runs[0].paragraph
        for run in place.runs:
            assert run.start < run.end <= len(paragraphs[run.paragraph][run.run])
            pieces.append("\n" * (run.paragraph - before))
            pieces.append(paragraphs[run.paragraph][run.run][run.start : run.end])
            before = run.paragraph
        assert unicodedata.normalize("NFC", "".join(pieces)) == document.at(span)


def word_paragraphs(path: Path) -> Iterator[Any]:
    """Yield the w:p of a Word file in the order of the XML, those in tables and text boxes too."""
    import docx

    for paragraph in docx.Document(io.BytesIO(path.read_bytes())).element.body.iter(f"{W}p"):
        if not any(parent.tag == FALLBACK for parent in paragraph.iterancestors()):
            yield paragraph


def runs_of(paragraph: Any) -> list[str]:
    """Return the text of each run that stays, by python-docx."""
    from docx.text.run import Run

    gone = {f"{W}del", f"{W}moveFrom"}
    found = []
    for run in paragraph.iter(f"{W}r"):
        parents = []
        for parent in run.iterancestors():
            parents.append(parent.tag)
            if parent.tag == f"{W}p":
                if parent is paragraph and not gone & set(parents):
                    found.append(Run(run, None).text)
                break
    return found


def check_pdf_places(document: Document, spans: list[Span], path: Path) -> None:
    """Assert that the characters pdfplumber sees in the boxes are those of the span."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        pages = {page.page_number: sorted(page.chars, key=middle) for page in pdf.pages}
    for span in spans:
        place = document.place(span)
        assert isinstance(place, PdfPlace)
        seen = "".join(inside for box in place.boxes for inside in chars_in(box, pages[box.page]))
        assert letters(seen) == letters(document.at(span))


def chars_in(box: Box, chars: list[dict[str, Any]]) -> list[str]:
    """Return the characters whose middle is in the box, from left to right; ``chars`` come sorted by their middle."""
    start = bisect_left(chars, box.top - 0.01, key=middle)
    stop = bisect_right(chars, box.bottom + 0.01, key=middle)
    found = [char for char in chars[start:stop] if box.x0 - 0.01 <= (char["x0"] + char["x1"]) / 2 <= box.x1 + 0.01]
    return [char["text"] for char in sorted(found, key=lambda char: char["x0"])]


def middle(char: dict[str, Any]) -> float:
    return float(char["top"] + char["bottom"]) / 2


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
