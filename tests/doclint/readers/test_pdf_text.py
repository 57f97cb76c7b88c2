"""What a page of a PDF says: tables by cell, furniture and notes apart, every character once, in the right place."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from doclint.document import Document, PdfPlace
from doclint.readers import read
from doclint.readers.pdf import PdfPlaces
from tests.doclint.office import Office
from tests.doclint.pdf import Placed, add_page, pdf, saved_bytes
from tests.doclint.positions import check_blocks, check_positions

BODY: list[Placed] = [(85, 200 + 20 * row, f"dong {row}: 1.250.000 - 31/12/2026, 0123456789") for row in range(10)]


def blocks(document: Document, part: str = "body") -> list[str]:
    return [document.at(block.span) for block in document.blocks if block.part == part]


def cells(document: Document) -> dict[tuple[int, int, int], str]:
    return {block.cell: document.at(block.span) for block in document.blocks if block.cell is not None}


def drawn(folder: Path, *pages: tuple[list[Placed], str]) -> Document:
    """Read a PDF of pages with placed texts and further drawing instructions."""
    path = folder / "thu.pdf"
    with pikepdf.new() as made:
        for texts, further in pages:
            page = add_page(made, texts)
            page.Contents = made.make_stream(page.Contents.read_bytes() + further.encode())
        path.write_bytes(saved_bytes(made))
    document = read(path)
    check_blocks(document)
    return document


def grid(columns: list[int], rows: list[int]) -> str:
    """Return the rules of a table, distances from the left and from the top."""
    flat = [f"{columns[0]} {842 - y} m {columns[-1]} {842 - y} l S" for y in rows]
    upright = [f"{x} {842 - rows[0]} m {x} {842 - rows[-1]} l S" for x in columns]
    return "\n".join([*flat, *upright, ""])


def test_ruled_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    texts: list[Placed] = [
        (85, 90, "Phan viec nhu sau:"),
        (85, 120, "TT"), (125, 120, "Nhiem vu"), (325, 120, "Chu tri"),
        (85, 145, "1"), (125, 145, "Lap danh muc ho so"), (325, 145, "Van phong"), (125, 160, "cua xa"),
        (85, 200, "Het."),
    ]  # fmt: skip
    document = drawn(tmp_path, (texts, grid([80, 120, 320, 500], [105, 130, 170])))
    assert cells(document) == {
        (0, 0, 0): "TT", (0, 0, 1): "Nhiem vu", (0, 0, 2): "Chu tri",
        (0, 1, 0): "1", (0, 1, 1): "Lap danh muc ho so\ncua xa", (0, 1, 2): "Van phong",
    }  # fmt: skip
    assert blocks(document)[0] == "Phan viec nhu sau:"
    assert blocks(document)[-1] == "Het."


def test_table_goes_on_on_the_next_page(tmp_path: Path) -> None:
    rules = [80, 120, 320]
    first = ([(85, 700, "1"), (125, 700, "Lap danh muc")], grid(rules, [680, 720, 780]))
    second = ([(85, 75, "2"), (125, 75, "So hoa"), (85, 300, "Het.")], grid(rules, [60, 85, 100]))
    other = ([(85, 75, "3"), (125, 75, "Khac")], grid(rules, [60, 85, 100]))
    found = cells(drawn(tmp_path, first, second, other))
    assert found[0, 0, 1] == "Lap danh muc"
    assert found[0, 2, 1] == "So hoa"
    # The table of the second page ends in mid-page.
    assert found[1, 0, 1] == "Khac"


def test_page_turned_on_its_side_is_read_along_its_lines(tmp_path: Path) -> None:
    lines = "".join(f"BT /F1 13 Tf 0 1 -1 0 {100 + 20 * n} 80 Tm (dong {n} cua bang ngang) Tj ET\n" for n in range(6))
    document = drawn(tmp_path, ([(85, 40, "Dau trang")], lines))
    assert blocks(document) == ["\n".join(f"dong {n} cua bang ngang" for n in range(6))]
    assert blocks(document, "margin") == ["Dau trang"]
    place = document.place(document.blocks[0].span)
    assert isinstance(place, PdfPlace)
    assert [round(box.x1 - box.x0) for box in place.boxes][:2] == [13, 13]


def test_oblique_stamp_is_not_mixed_into_the_lines(tmp_path: Path) -> None:
    stamp = "BT /F1 60 Tf .7 .7 -.7 .7 150 350 Tm (DU THAO) Tj ET\n"
    document = drawn(tmp_path, (BODY, stamp))
    assert blocks(document) == ["\n".join(text for _, _, text in BODY)]
    assert blocks(document, "watermark") == ["DUTHAO"]


def test_print_made_bold_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    document = drawn(tmp_path, ([(85, 100, "KE HOACH loooong"), (85.5, 100.2, "KE HOACH loooong")], ""))
    assert document.text == "KE HOACH loooong"


def test_what_is_outside_the_page_or_without_size_is_not_there(tmp_path: Path) -> None:
    document = drawn(tmp_path, ([(85, 100, "trong trang"), (700, 100, "ngoai"), (85, 900, "ngoai")], ""))
    assert document.text == "trong trang"
    tiny = "BT /F1 0.1 Tf 85 500 Td (an) Tj ET\n"
    assert drawn(tmp_path, ([(85, 100, "trong trang")], tiny)).text == "trong trang"


def test_symbol_cut_by_the_end_of_a_line_is_whole(tmp_path: Path) -> None:
    full = "Can cu Quyet dinh cua Thu tuong Chinh phu ve viec ban hanh so 534/QD-"
    document = drawn(tmp_path, ([(85, 100, full), (85, 118, "TTg ngay 31/3/2026;")], ""))
    assert "534/QD-TTg ngay" in document.text


def test_running_heads_and_page_numbers_are_not_text(tmp_path: Path) -> None:
    pages = [([*BODY, (85, 40, f"Du thao lan {n}"), (290, 815, f"- {n} -")], "") for n in range(1, 4)]
    document = drawn(tmp_path, *pages)
    assert blocks(document, "header") == ["Du thao lan 1", "Du thao lan 2", "Du thao lan 3"]
    assert blocks(document, "page-number") == ["- 1 -", "- 2 -", "- 3 -"]
    assert "Du thao" not in "".join(blocks(document))
    assert document.sections[0].page_number == "footer"


def test_gazette_head_is_known_on_its_first_page(tmp_path: Path) -> None:
    document = drawn(tmp_path, ([*BODY, (200, 40, "CONG BAO/So 290/Ngay 29-05-2026"), (540, 40, "9")], ""))
    assert blocks(document, "header") == ["CONG BAO/So 290/Ngay 29-05-2026"]
    assert blocks(document, "page-number") == ["9"]


def test_footnote_under_its_rule_is_apart(tmp_path: Path) -> None:
    note = "80 130 m 200 130 l S BT /F1 9 Tf 85 115 Td (1 Nghi dinh so 21/2024/ND-CP.) Tj ET\n"
    document = drawn(tmp_path, (BODY, note))
    assert blocks(document, "footnote") == ["1 Nghi dinh so 21/2024/ND-CP."]
    assert len(blocks(document)) == 1


def test_line_of_few_words_stretched_to_both_margins_is_one_line(tmp_path: Path) -> None:
    stretched: list[Placed] = [(85, 100, "giao"), (200, 100, "Van"), (310, 100, "phong"), (430, 100, "chutri")]
    assert blocks(drawn(tmp_path, (stretched, ""))) == ["giao Van phong chutri"]


def test_columns_that_almost_touch_are_parted(tmp_path: Path) -> None:
    texts: list[Placed] = [
        (50, 60, "UY BAN NHAN DAN TINH SON KHE"), (277, 60, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
        (90, 76, "SO NOI VU"), (330, 76, "Doc lap - Tu do - Hanh phuc"),
        (90, 92, "So:"), (150, 92, "/SNV-VP"), (330, 92, "Son Khe, ngay"), (450, 92, "thang"), (490, 92, "nam 2026"),
    ]  # fmt: skip
    assert blocks(drawn(tmp_path, (texts, ""))) == [
        "UY BAN NHAN DAN TINH SON KHE", "SO NOI VU", "So: /SNV-VP",
        "CONG HOA XA HOI CHU NGHIA VIET NAM", "Doc lap - Tu do - Hanh phuc", "Son Khe, ngay thang nam 2026",
    ]  # fmt: skip


def test_marks_and_ligatures_are_composed(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    mapping = "beginbfchar <41> <0061> <42> <0301> <43> <FB01> <44> <F0B7> <45> <200B> endbfchar"
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 5 {mapping} endcmap"
    with pikepdf.new() as made:
        page = add_page(made, [(85, 100, "D AB C E")])
        page.Resources.Font.F1.ToUnicode = made.make_stream(cmap.encode())
        page.Resources.Font.F1.Type = Name.Font
        path.write_bytes(saved_bytes(made))
    assert read(path).text == "• á fi"


@pytest.fixture(scope="session")
def word_pdf(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of one section set in Word and printed by LibreOffice."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(14)
    title = document.add_paragraph()
    title.alignment = ALIGN.CENTER
    title.add_run("KẾ HOẠCH").bold = True
    for number in range(12):
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.add_run(f"{number + 1}. Ủy ban nhân dân xã ").italic = number == 0
        paragraph.add_run("giao Văn phòng chủ trì lập danh mục hồ sơ nộp lưu và báo cáo kết quả thực hiện. " * 3)
    table = document.add_table(rows=2, cols=2)
    table.style = "Table Grid"
    for position, text in enumerate(["Nhiệm vụ", "Chủ trì", "Số hóa hồ sơ", "Văn phòng"]):
        table.cell(position // 2, position % 2).text = text
    path = tmp_path_factory.mktemp("word") / "ke-hoach.docx"
    document.save(str(path))
    return office.pdf([path], path.parent)[0]


def test_word_document_keeps_its_looks(word_pdf: Path) -> None:
    document = read(word_pdf)
    section = document.sections[0]
    assert (round(section.width), round(section.height), section.landscape) == (595, 842, False)
    assert section.left == pytest.approx(85, abs=2)
    assert section.right == pytest.approx(57, abs=2)
    assert section.top == pytest.approx(57, abs=6)
    title, first = document.blocks[:2]
    assert title.format is not None
    assert title.format.alignment == "center"
    assert first.format is not None
    assert first.format.alignment == "justify"
    assert first.format.first_line_indent == pytest.approx(36, abs=1)
    assert first.format.line_pitch == pytest.approx(18.5, abs=1)
    fonts = [run.font for run in document.runs[:3]]
    assert {(font.name, font.size, font.colour) for font in fonts} == {("Liberation Serif", 14, "000000")}
    assert [(font.bold, font.italic) for font in fonts] == [(True, False), (False, True), (False, False)]
    assert cells(document)[0, 1, 0] == "Số hóa hồ sơ"


def test_runs_follow_each_other_over_the_text(word_pdf: Path) -> None:
    document = read(word_pdf)
    assert document.runs[0].span.start == 0
    assert document.runs[-1].span.end == len(document.text)
    assert all(run.span.end == after.span.start for run, after in zip(document.runs, document.runs[1:], strict=False))


def test_word_document_keeps_its_positions(word_pdf: Path) -> None:
    check_positions(word_pdf)


def same_characters(path: Path) -> None:
    """Assert that each page holds the characters that pdfplumber sees on it, each once."""
    import pdfplumber

    document = read(path)
    assert isinstance(document.places, PdfPlaces)
    mine: dict[int, Counter[str]] = {}
    for page, char in zip(document.places.pages, document.text, strict=True):
        if char.strip():
            mine.setdefault(page, Counter())[char] += 1
    skipped = {page.page for page in document.unchecked}
    with pdfplumber.open(path) as file:
        for sheet in file.pages:
            if sheet.page_number not in skipped:
                seen = (unicodedata.normalize("NFC", char["text"]) for char in sheet.chars)
                theirs = Counter(char for text in seen for char in text if char.strip())
                assert mine.get(sheet.page_number, Counter()) == theirs
            sheet.close()


def test_every_character_is_read_once(word_pdf: Path) -> None:
    same_characters(word_pdf)
    same_characters(Path(__file__).parents[3] / "corpora/drafts/ke-hoach-sach.pdf")


@pytest.mark.realdata
@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "born-digital/hanoi_kh_173_festival", "gazette/thong-tu-so-01-2025-tt-bldtbxh-43956",
        "gazette/thong-tu-so-04-2023-tt-bkhdt-39703", "gazette/van-ban-hop-nhat-so-2651-vbhn-bldtbxh-42111",
    ],
)  # fmt: skip
def test_real_files_are_read_whole(shared: Path, name: str) -> None:
    same_characters(shared / f"data/{name}.pdf")


@pytest.mark.realdata
@pytest.mark.slow
def test_long_real_file_keeps_its_positions(shared: Path) -> None:
    check_positions(shared / "data/born-digital/hanoi_kh_173_festival.pdf")


def test_text_in_a_form_is_read(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(pdf([(85, 100, "truoc")]))
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        page = made.pages[0]
        form = made.make_stream(b"BT /F1 13 Tf 0 0 Td (trong khung) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        form.BBox, form.Resources = [0, 0, 595, 842], Dictionary(Font=page.Resources.Font)
        page.Resources.XObject = Dictionary(Fm=form)
        page.Contents = made.make_stream(b"q 1 0 0 1 85 700 cm /Fm Do Q\n" + page.Contents.read_bytes())
        made.save(path)
    assert "trong khung" in read(path).text
