"""What every document must keep, whatever its format: nothing lost, nothing twice, and each span leads to its place."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from bisect import bisect_left, bisect_right
from pathlib import Path
from typing import Any

from doclint.api import Report, check_document
from doclint.document import Box, Document, DocxPlace, PdfPlace, RunRange, Span, TextPlace
from doclint.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABEL = re.compile(r"\S{0,12} ?")


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
    """Assert that the characters of the runs, as python-docx has them, are those of the span.

    What no run holds is a list label before a paragraph, and the end of a page or column in it.
    """
    parts = word_parts(path)
    starts = [block.span.start for block in document.blocks]
    for span in spans:
        place = document.place(span)
        assert isinstance(place, DocxPlace)
        if place.part == "document":
            assert list(place.runs) == sorted(place.runs, key=lambda run: (run.paragraph, run.run, run.start))
        pieces: list[RunRange] = []
        for block in document.blocks[max(0, bisect_right(starts, span.start) - 1) : bisect_left(starts, span.end)]:
            own = Span(max(span.start, block.span.start), min(span.end, block.span.end))
            within = document.place(own)
            assert isinstance(within, DocxPlace)
            pieces += within.runs if within.part == place.part else ()
            assert all(run.start <= run.end <= len(parts[within.part][run.paragraph][run.run]) for run in within.runs)
            raw = "".join(parts[within.part][run.paragraph][run.run][run.start : run.end] for run in within.runs)
            text, shown = without_breaks(unicodedata.normalize("NFC", raw)), without_breaks(document.at(own))
            assert shown.endswith(text)
            label = shown[: len(shown) - len(text)]
            assert not label or (own.start < block.span.start + 13 and LABEL.fullmatch(label))
        assert {(run.paragraph, run.run) for run in pieces} <= {(run.paragraph, run.run) for run in place.runs}


def without_breaks(text: str) -> str:
    return text.replace("\n", "")


def word_parts(path: Path) -> dict[str, list[list[str]]]:
    """Return for each part of a Word file the texts of the runs that stay, for each w:p in the order of the XML."""
    from docx.oxml import parse_xml

    found = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml") and "/" not in name[5:]:
                root = parse_xml(package.read(name))
                found[name[5:-4]] = [runs_of(paragraph) for paragraph in root.iter(f"{W}p")]
    return found


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
