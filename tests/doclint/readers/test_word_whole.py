"""Nothing in a Word file is lost or read twice, and every stretch of it leads back to its runs."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document as new_document
from docx.oxml import parse_xml
from lxml import etree

from doclint.document import Document, DocxPlace, Span
from doclint.readers import read
from doclint.readers.word import read_docx, runs_of
from tests.doclint.positions import check_blocks, check_docx_places

REPOSITORY = Path(__file__).resolve().parents[3]
DRAFTS = sorted((REPOSITORY / "corpora").rglob("*.docx"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def spans(document: Document) -> list[Span]:
    """Return every block, and stretches of blocks taken at random, the same ones each time."""
    random = Random(226)
    found = []
    for block in document.blocks:
        found.append(block.span)
        start = random.randrange(block.span.start, block.span.end)
        found.append(Span(start, random.randint(start + 1, block.span.end)))
    return found


def check_whole(path: Path) -> None:
    document = read(path)
    check_blocks(document)
    check_docx_places(document, spans(document), path)
    check_runs(document)
    body = "".join(document.at(block.span) for block in document.blocks if block.part == "body")
    label = "".join(document.text[line.label : line.start] for line in document.places.lines)  # type: ignore[attr-defined]
    # The label of a list is the only text that no w:t holds.
    assert letters(body) == letters("".join(shown(path))) + (letters(label) if label else Counter())


def check_runs(document: Document) -> None:
    """Assert that runs follow each other and cover all but labels and line ends, and neighbours differ."""
    position, covered = 0, []
    for run in document.runs:
        assert position <= run.span.start < run.span.end
        position = run.span.end
        covered.append(document.at(run.span))
    labels = [document.text[line.label : line.start] for line in document.places.lines]  # type: ignore[attr-defined]
    assert letters("".join(covered)) + letters("".join(labels)) == letters(document.text)
    for one, other in zip(document.runs, document.runs[1:], strict=False):
        assert one.font != other.font or one.span.end < other.span.start


def letters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFC", text).split()))


def shown(path: Path) -> Iterator[str]:
    """Yield each w:t of the body that is not deleted or hidden, and of two alternates the first."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    for text in body.iter(f"{W}t", f"{W}noBreakHyphen"):
        gone = {f"{W}del", f"{W}moveFrom", FALLBACK} & {parent.tag for parent in text.iterancestors()}
        if not gone and text.getparent().find(f"{W}rPr/{W}vanish") is None:
            yield text.text or "-" * (text.tag == f"{W}noBreakHyphen")


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_drafts_are_read_whole(path: Path) -> None:
    check_whole(path)


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["30_2020_ND_CP", *(f"Phuluc{number}" for number in range(1, 7))])
def test_real_files_are_read_whole(shared: Path, name: str) -> None:
    check_whole(shared / f"data/nd30/{name}.docx")


@pytest.mark.realdata
def test_a_real_file_looks_as_printed(shared: Path) -> None:
    document = read(shared / "data/nd30/30_2020_ND_CP.docx")
    [section] = document.sections
    assert (section.width, section.height, section.page_number) == (595.35, 842.0, "header")
    assert section.first_page_differs
    fonts = {run.font.name for run in document.runs if document.at(run.span).strip()}
    assert fonts == {"Times New Roman", "Times New Roman Bold"}
    title = document.text.index("CỘNG HÒA XÃ HỘI")
    [run] = [run for run in document.runs if Span(title, title + 1) in run.span]
    assert (run.font.size, run.font.bold) == (13.0, True)


def test_a_file_of_python_docx_is_read_as_it_was_written() -> None:
    written: Any = new_document()
    written.add_heading("KẾ HOẠCH", 1)
    written.add_paragraph("Mục đích", style="List Number")
    written.add_paragraph("Yêu cầu", style="List Bullet")
    paragraph = written.add_paragraph("Giao ")
    paragraph.add_run("Sở Nội vụ").bold = True
    written.add_comment(paragraph.runs[1:], "bỏ qua", author="Lan")
    buffer = io.BytesIO()
    written.save(buffer)
    document = read_docx(buffer.getvalue(), Path("x.docx"))
    assert document.text == "KẾ HOẠCH\n1. Mục đích\n• Yêu cầu\nGiao Sở Nội vụ\n"
    assert [(document.at(note.span), note.author, note.text) for note in document.comments] == [
        ("Sở Nội vụ", "Lan", "bỏ qua")
    ]
    heading, *_, last = document.runs
    assert (heading.font.size, heading.font.bold, heading.font.colour) == (14.0, True, "365F91")
    assert (last.font.size, last.font.bold) == (11.0, True)
    assert heading.font.name == "Calibri"


def test_runs_can_be_found_again_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(DRAFTS[0].read_bytes())
    document = read(path)
    with zipfile.ZipFile(path) as package:
        paragraphs = list(parse_xml(package.read("word/document.xml")).iter(f"{W}p"))
    for block in document.blocks:
        place = document.place(block.span)
        assert isinstance(place, DocxPlace)
        if place.part == "document":
            runs = [(runs_of(paragraphs[run.paragraph])[run.run], run) for run in place.runs]
            assert "".join(run.text[at.start : at.end] for run, at in runs) == document.at(block.span)
