"""Copies of PDF files with highlights: each on its words, however the page lies, and its note says why."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, String

from doclint.api import Report, check
from doclint.document import Document, Span
from doclint.readers.pdf import read_pdf
from doclint.reporters.word import commented
from doclint.reporters.word.remarks import AUTHOR
from tests.doclint.pdf import pdf
from tests.doclint.reporters.findings import ROOT, report_of

PATH = Path("du-thao.pdf")
PDFS = [*sorted((ROOT / "corpora/drafts").glob("*.pdf")), *sorted((ROOT / "corpora/specimens").glob("*.pdf"))]
RED = (255, 173, 173)


@dataclass(frozen=True)
class Noted:
    """One of our annotations, popups left out; ``lines`` are left, bottom, right and top of each highlighted line."""

    page: int
    kind: str
    words: str
    lines: tuple[tuple[float, float, float, float], ...]


def annotations(content: bytes) -> list[Noted]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        return [
            Noted(number, str(one.Subtype), str(one.Contents), tuple(lines_of(one)))
            for number, page in enumerate(opened.pages, 1)
            for one in page.obj.get("/Annots", [])
            if one.get("/T") == AUTHOR
        ]


def lines_of(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    edges = [float(edge) for edge in annotation.get("/QuadPoints", [])]
    for at in range(0, len(edges), 8):
        xs, ys = edges[at : at + 8 : 2], edges[at + 1 : at + 8 : 2]
        yield min(xs), min(ys), max(xs), max(ys)


def test_each_finding_is_highlighted_and_told() -> None:
    for path in PDFS:
        content, report = path.read_bytes(), check(path)
        assert report.document is not None
        copy = commented(report, content)
        made = annotations(copy)
        pages = pages_of(report)
        assert [one.page for one in made] == sorted([1, *pages])
        assert made[0].words.startswith("Đề xuất: ")
        for finding in report.findings:
            assert any(f"{finding.code}: {finding.title}" in one.words for one in made)
        again = read_pdf(copy, path)
        assert (again.text, again.blocks, again.runs) == (
            report.document.text, report.document.blocks, report.document.runs
        )  # fmt: skip
        assert path.read_bytes() == content


def pages_of(report: Report) -> list[int]:
    assert report.document is not None
    places: list[Any] = [report.document.place(finding.span) for finding in report.findings]
    return [page for place in places for page in dict.fromkeys(box.page for box in place.boxes)]


def laid(rotation: int, left: int, low: int, *, cropped: bool, inherited: bool) -> bytes:
    """Return a page that reads upright though it is turned, with its corner at (``left``, ``low``)."""
    wide, high = (595, 842) if rotation % 180 == 0 else (842, 595)
    matrix = {
        0: (1, 0, 0, 1, left, low),
        90: (0, 1, -1, 0, left + wide, low),
        180: (-1, 0, 0, -1, left + wide, low + high),
        270: (0, -1, 1, 0, left, low + high),
    }[rotation % 360]
    with pikepdf.open(ROOT / "corpora/drafts/ke-hoach-sach.pdf") as opened:
        for number in range(len(opened.pages) - 1, 0, -1):
            del opened.pages[number]
        page = opened.pages[0].obj
        turned = " ".join(map(str, matrix)) + " cm"
        opened.pages[0].contents_add(opened.make_stream(turned.encode()), prepend=True)
        holder = page.Parent if inherited else page
        for key in ("/MediaBox", "/CropBox", "/Rotate"):
            if key in page:
                del page[key]
        holder.MediaBox = Array([left, low, left + wide, low + high])
        holder.Rotate = rotation
        if cropped:
            holder.CropBox = Array([left + 20, low + 30, left + wide - 10, low + high - 15])
        buffer = io.BytesIO()
        opened.save(buffer)
        return buffer.getvalue()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450])
@pytest.mark.parametrize(("left", "low"), [(0, 0), (100, -50)])
@pytest.mark.parametrize("cropped", [False, True])
def test_the_colour_lies_on_the_words(rotation: int, left: int, low: int, cropped: bool) -> None:
    content = laid(rotation, left, low, cropped=cropped, inherited=rotation in (180, 450))
    document = read_pdf(content, PATH)
    # Longest on the page, so that its colour is found in the picture.
    block = max(document.blocks, key=lambda block: len(block.span))
    copy = commented(report_of(document, [block.span], PATH), content)
    before, after = drawn(content), drawn(copy)
    coloured = (after == RED).all(axis=2)
    assert coloured.sum() > 1000
    # A box around all that is coloured holds ink of the words, and red over ink leaves its red as it was.
    rows, columns = coloured.nonzero()
    box = slice(rows.min(), rows.max()), slice(columns.min(), columns.max())
    assert (before.sum(axis=2) < 300)[box].sum() > 0.03 * coloured.sum()
    assert (after[..., 0] == before[..., 0])[box].mean() > 0.99
    # What is highlighted is what pdfium finds there.
    assert " ".join(document.at(block.span).split())[:40] in text_under(copy)


def text_under(copy: bytes) -> str:
    """Return the text that pdfium finds inside of the highlight, line by line."""
    [_, mark] = annotations(copy)
    page = pypdfium2.PdfDocument(copy)[0].get_textpage()
    lines = [page.get_text_bounded(x0 - 1, y0 - 1, x1 + 1, y1 + 1) for x0, y0, x1, y1 in mark.lines]
    return " ".join(" ".join(lines).split())


def drawn(content: bytes) -> NDArray[np.int64]:
    """Return the first page as rows of red, green and blue."""
    return np.asarray(pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("RGB"), dtype=np.int64)


def test_a_finding_over_two_pages_has_a_highlight_on_each() -> None:
    path = next(path for path in PDFS if len(pypdfium2.PdfDocument(path.read_bytes())) > 1)
    content = path.read_bytes()
    document = read_pdf(content, path)
    whole = Span(document.blocks[0].span.start, max(b.span.end for b in document.blocks if b.part == "body"))
    made = annotations(commented(report_of(document, [whole], path), content))
    assert {one.page for one in made if one.kind == "/Highlight"} >= {1, 2}


def test_notes_of_people_stay() -> None:
    path = PDFS[0]
    with pikepdf.open(path) as opened:
        theirs = opened.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 20, 20]), Contents=String("hỏi lại"))
        )
        opened.pages[0].obj.Annots = opened.make_indirect(Array([theirs]))
        buffer = io.BytesIO()
        opened.save(buffer)
    content = buffer.getvalue()
    document = read_pdf(content, path)
    copy = commented(report_of(document, [document.blocks[0].span], path), content)
    with pikepdf.open(io.BytesIO(copy)) as opened:
        notes = [str(one.Contents) for one in opened.pages[0].obj.Annots if "/Contents" in one]
    assert notes[0] == "hỏi lại" and len(notes) == 3


def test_a_signature_is_taken_out_and_that_is_said() -> None:
    path = PDFS[0]
    with pikepdf.open(path) as opened:
        field = opened.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("ky"), Rect=Array([0, 0, 0, 0]),
                V=Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x")),
            )
        )  # fmt: skip
        opened.pages[0].obj.Annots = Array([field])
        opened.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        buffer = io.BytesIO()
        opened.save(buffer)
    content = buffer.getvalue()
    document = read_pdf(content, path)
    assert document.signed
    copy = commented(report_of(document, [document.blocks[0].span], path), content)
    assert "không còn chữ ký số" in annotations(copy)[0].words
    assert not read_pdf(copy, path).signed


def test_five_hundred_highlights() -> None:
    content = PDFS[0].read_bytes()
    document: Document = read_pdf(content, PATH)
    starts = [at for at, char in enumerate(document.text) if not char.isspace()][:500]
    made = annotations(commented(report_of(document, [Span(at, at + 1) for at in starts], PATH), content))
    assert len(made) == 501


def test_a_file_of_fewer_pages_is_not_what_was_checked() -> None:
    from vanthu.errors import VanthuError

    path = next(path for path in PDFS if len(pypdfium2.PdfDocument(path.read_bytes())) > 1)
    document = read_pdf(path.read_bytes(), path)
    body = [block.span for block in document.blocks if block.part == "body"]
    with pytest.raises(VanthuError, match="tệp đã đổi sau khi soát"):
        commented(report_of(document, [body[-1]], path), pdf([(80, 80, "khac")]))
