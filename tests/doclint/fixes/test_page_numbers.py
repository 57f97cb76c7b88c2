"""The number of the page is put into a head only where nothing else is in its way."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from doclint.api import check
from doclint.fixes import Fixes, fix_file

LONG = Path(__file__).resolve().parents[3] / "corpora/drafts/bao-cao-quy-iii.docx"


def bare(*, texts: int = 40) -> WordDocument:
    """Return a long report without any head or foot."""
    document = docx.Document(str(LONG))
    for section in document.sections:
        for reference in section._sectPr.xpath("w:headerReference|w:footerReference|w:titlePg"):
            section._sectPr.remove(reference)
    for number in range(texts):
        document.add_paragraph(f"Nội dung thứ {number}: " + "Văn phòng đã kiểm tra kho lưu trữ của xã. " * 5)
    return document


def numbered(paragraph: object) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "2"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)  # type: ignore[attr-defined]


def fixed(document: WordDocument, tmp_path: Path) -> tuple[Fixes, Path]:
    path, copy = tmp_path / "a.docx", tmp_path / "b.docx"
    document.save(str(path))
    fixes = fix_file(path, ("TT17",))
    copy.write_bytes(fixes.content or path.read_bytes())
    left = [finding for finding in check(copy).findings if finding.code == "TT17"]
    assert bool(left) == bool(fixes.left)
    return fixes, copy


def test_a_missing_number_is_added(tmp_path: Path) -> None:
    fixes, copy = fixed(bare(), tmp_path)
    assert [note.words for note in fixes.changes] == ["số trang: không có → giữa đầu trang, trừ trang đầu"]
    section = docx.Document(str(copy)).sections[0]
    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert {run.font.size for run in section.header.paragraphs[0].runs} == {Pt(14)}


def test_a_number_in_the_foot_moves_up(tmp_path: Path) -> None:
    document = bare()
    numbered(document.sections[0].footer.paragraphs[0])
    fixes, copy = fixed(document, tmp_path)
    assert [note.words for note in fixes.changes] == ["số trang: chân trang → giữa đầu trang, trừ trang đầu"]
    assert not docx.Document(str(copy)).sections[0]._sectPr.xpath("w:footerReference")


def test_a_number_on_the_first_page_is_hidden(tmp_path: Path) -> None:
    document = bare()
    numbered(document.sections[0].header.paragraphs[0])
    fixes, _ = fixed(document, tmp_path)
    assert "số trang ở trang đầu → không hiện" in [note.words for note in fixes.changes]


@pytest.mark.parametrize("place", ["header", "footer"])
def test_other_words_in_head_or_foot_are_left(place: str, tmp_path: Path) -> None:
    document = bare()
    numbered(document.sections[0].footer.paragraphs[0])
    getattr(document.sections[0], place).add_paragraph("Đường dây nóng của xã")
    fixes, _ = fixed(document, tmp_path)
    assert fixes.content is None
    assert ["còn chữ hay hình khác" in note.words for note in fixes.left] == [True]


def test_other_heads_on_even_pages_are_left(tmp_path: Path) -> None:
    document = bare()
    document.settings.odd_and_even_pages_header_footer = True
    fixes, _ = fixed(document, tmp_path)
    assert fixes.content is None
    assert ["trang chẵn" in note.words for note in fixes.left] == [True]


def test_size_and_place_of_a_number(tmp_path: Path) -> None:
    document = bare()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    numbered(paragraph)
    paragraph.style.font.size = Pt(10)
    fixes, _ = fixed(document, tmp_path)
    assert [note.words for note in fixes.changes] == ["số trang: cỡ 10 → 13", "số trang: bên phải → giữa"]
