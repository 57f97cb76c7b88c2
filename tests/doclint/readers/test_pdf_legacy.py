"""Text of old encodings in a PDF: it comes out as Unicode, is reported, and each letter keeps its place on the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from pikepdf import Array, Dictionary, Name

from doclint.document import Document, PdfPlace, Span
from doclint.readers import read
from doclint.vietnamese.legacy import Encoding
from tests.doclint.legacy_encoder import encode
from tests.doclint.office import Office
from tests.doclint.old_fonts import FONTS, install
from tests.doclint.pdf import A4, saved_bytes

LINES = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Độc lập - Tự do - Hạnh phúc",
    "Căn cứ Luật Tổ chức chính quyền địa phương, Chủ tịch tỉnh yêu cầu Giám đốc các sở",
    "tổ chức thực hiện, người đứng đầu đơn vị chịu trách nhiệm trước ngày 15 tháng 6 năm 2004.",
    "1. Các trường hợp ở vùng sâu được hưởng trợ cấp từ nguồn dự phòng của huyện.",
)


@pytest.fixture(scope="module")
def old_office(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return replace(office, fonts=install(tmp_path_factory.mktemp("fonts")))


def printed(office: Office, folder: Path, name: str, runs: list[list[tuple[str, str]]]) -> Path:
    """Print a Word file, a paragraph for each list of (text, font), to PDF."""
    file = docx.Document()
    for paragraph in runs:
        added = file.add_paragraph()
        for text, font in paragraph:
            run = added.add_run(text.replace("\u00ad", "\uf0ad"))
            run.font.name = font
            run._element.rPr.rFonts.set(qn("w:cs"), font)
    path = folder / f"{name}.docx"
    file.save(str(path))
    return office.pdf([path], folder)[0]


def page_of_bytes(text: str, font: str, *, size: float = 10) -> bytes:
    """Return a PDF as Windows 95 printed it: a font of bytes without any table, each byte half an em wide."""
    with pikepdf.new() as made:
        made.add_blank_page(page_size=A4)
        described = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/" + font), FirstChar=0, LastChar=255,
            Widths=Array([500] * 256), Encoding=Name.WinAnsiEncoding,
        )  # fmt: skip
        made.pages[0].Resources = Dictionary(Font=Dictionary(F1=made.make_indirect(described)))
        drawn = b""
        for row, line in enumerate(text.splitlines()):
            # What Windows-1252 has no character for is the byte itself.
            codes = b"".join(char.encode("cp1252") if not "\x80" <= char <= "\x9f" else char.encode("latin-1")
                             for char in line)  # fmt: skip
            drawn += f"BT /F1 {size} Tf 60 {780 - 20 * row} Td <{codes.hex()}> Tj ET\n".encode()
        made.pages[0].Contents = made.make_stream(drawn)
        return saved_bytes(made)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "cu.pdf"
    path.write_bytes(content)
    return path


def flat(document: Document) -> str:
    return " ".join(document.text.split())


def lowered(text: str, encoding: Encoding) -> str:
    """Return ``text`` without the capitals that an encoding cannot tell from small letters."""
    return text.lower() if encoding is not Encoding.VNI else text


@pytest.mark.parametrize("encoding", list(Encoding))
def test_what_libreoffice_prints_in_an_old_font_is_read(old_office: Office, tmp_path: Path, encoding: Encoding) -> None:
    paragraphs = [[(encode(line, encoding), FONTS[encoding])] for line in LINES]
    document = read(printed(old_office, tmp_path, "cu", paragraphs))
    assert {run.font.name for run in document.runs} == {FONTS[encoding].replace(" ", "")}
    assert lowered(flat(document), encoding) == lowered(" ".join(LINES), encoding)
    assert document.notes == (f"chuyển sang Unicode từ bảng mã cũ {encoding}",)
    assert not document.unchecked


@pytest.mark.parametrize("encoding", list(Encoding))
def test_the_codes_of_an_old_font_without_tables_are_read(tmp_path: Path, encoding: Encoding) -> None:
    text = encode("\n".join(LINES), encoding)
    document = read(written(tmp_path, page_of_bytes(text, FONTS[encoding].replace(" ", ""))))
    assert lowered(flat(document), encoding) == lowered(" ".join(LINES), encoding)


def test_fonts_of_capitals_and_of_unicode_stand_side_by_side(old_office: Office, tmp_path: Path) -> None:
    tcvn3 = [[(encode(line, Encoding.TCVN3), ".VnTime")] for line in LINES]
    mixed = [
        [(encode("cộng hòa xã hội chủ nghĩa việt nam", Encoding.TCVN3), ".VnTimeH")],
        [(encode("Điều 2. ", Encoding.TCVN3), ".VnTime"), ("Quyết định này có hiệu lực từ ngày ký", "DejaVu Serif")],
    ]
    document = read(printed(old_office, tmp_path, "tron", [*mixed, *tcvn3]))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.text
    assert "Điều 2. Quyết định này có hiệu lực từ ngày ký" in flat(document)


def test_old_text_under_another_font_is_found_by_its_words(tmp_path: Path) -> None:
    document = read(written(tmp_path, page_of_bytes(encode("\n".join(LINES), Encoding.VNI), "TimesNewRoman")))
    assert flat(document) == " ".join(LINES)


@pytest.mark.parametrize("encoding", list(Encoding))
def test_each_letter_keeps_the_place_of_its_glyphs(tmp_path: Path, encoding: Encoding) -> None:
    line = LINES[4]
    raw = encode(line, encoding)
    document = read(written(tmp_path, page_of_bytes("\n".join([raw] * 6), FONTS[encoding].replace(" ", ""))))
    start = document.text.index("trợ")
    place = document.place(Span(start, start + 3))
    assert isinstance(place, PdfPlace)
    (box,) = place.boxes
    before = len(encode(line[: line.index("trợ")], encoding))
    width = len(encode("trợ", encoding))
    assert (box.x0, box.x1) == pytest.approx((60 + 5 * before, 60 + 5 * (before + width)), abs=0.1)


def test_a_printed_soft_hyphen_is_a_hyphen_in_unicode_text(tmp_path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page(page_size=A4)
        table = made.make_stream(
            b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
            b" 2 beginbfrange <20> <7e> <0020> <ad> <ad> <00ad> endbfrange endcmap"
        )
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, ToUnicode=table)
        made.pages[0].Resources = Dictionary(Font=Dictionary(F1=font))
        made.pages[0].Contents = made.make_stream(b"BT /F1 12 Tf 60 700 Td (Cong van 226\xadKL/TW) Tj ET")
        path = written(tmp_path, saved_bytes(made))
    assert read(path).text.strip() == "Cong van 226-KL/TW"


def test_unicode_under_an_old_font_name_stays(old_office: Office, tmp_path: Path) -> None:
    document = read(printed(old_office, tmp_path, "moi", [[(line, "VnCenturySchoolbook")] for line in LINES]))
    assert flat(document) == " ".join(LINES)
    assert document.notes == ()


@pytest.mark.realdata
def test_a_real_form_in_tcvn3_printed_to_pdf_reads_as_its_word_file(
    shared: Path, old_office: Office, tmp_path: Path
) -> None:
    source = shared / "data/legacy-doc/PLTT05.doc"
    document = read(old_office.pdf([source], tmp_path)[0])
    words, expected = set(document.text.split()), set(read(source).text.split())
    assert "chuyển sang Unicode từ bảng mã cũ TCVN3" in document.notes
    assert len(words & expected) > 0.97 * len(expected)
