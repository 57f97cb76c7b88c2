"""PDF files: columns apart, lines joined, page furniture known; what is no text is said to be unread."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.document import Document, PdfPlace, Span
from doclint.readers import UnreadableDocument, read
from tests.doclint.pdf import Placed, drawing_itself, pdf, scanned, with_tree
from tests.doclint.positions import check_blocks, check_pdf_places, check_positions

PATH = Path("thu.pdf")
HEADER: list[Placed] = [
    (70, 60, "UBND XA VINH TRAM"), (290, 60, "CONG HOA XA HOI CHU NGHIA VIET NAM"),
    (60, 76, "VAN PHONG HDND VA UBND"), (340, 76, "Doc lap - Tu do - Hanh phuc"),
    (110, 92, "So: 12/KH-VP"), (330, 92, "Vinh Tram, ngay 05 thang 3 nam 2026"),
]  # fmt: skip
BODY: list[Placed] = [
    (260, 130, "KE HOACH"),
    (113, 160, "Can cu Luat Luu tru ngay 21 thang 6 nam 2024, Uy ban nhan dan xa lap"),
    (85, 178, "ke hoach cho giai doan 2026"),
]


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    global PATH
    PATH = tmp_path_factory.mktemp("pdf") / "thu.pdf"


def reading(content: bytes) -> Document:
    PATH.write_bytes(content)
    return read(PATH)


def paragraphs(document: Document) -> list[str]:
    return [document.at(block.span) for block in document.blocks]


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        reading(content)
    return str(caught.value)


def test_two_column_header_is_read_a_column_at_a_time() -> None:
    document = reading(pdf([*HEADER, *BODY]))
    assert paragraphs(document) == [
        "UBND XA VINH TRAM",
        "VAN PHONG HDND VA UBND",
        "So: 12/KH-VP",
        "CONG HOA XA HOI CHU NGHIA VIET NAM",
        "Doc lap - Tu do - Hanh phuc",
        "Vinh Tram, ngay 05 thang 3 nam 2026",
        "KE HOACH",
        "Can cu Luat Luu tru ngay 21 thang 6 nam 2024, Uy ban nhan dan xa lap\nke hoach cho giai doan 2026",
    ]
    check_blocks(document)


def test_page_numbers_are_furniture_and_a_sentence_goes_on_over_the_page() -> None:
    document = reading(pdf([*BODY], [(295, 40, "2"), (85, 80, "va cac nam sau."), (113, 98, "Het.")], []))
    assert paragraphs(document)[-3:] == [BODY[1][2] + "\n" + BODY[2][2] + "\nva cac nam sau.", "Het.", "2"]
    assert [block.part for block in document.blocks][-2:] == ["body", "page-number"]
    sentence = document.blocks[1].span
    assert document.place(sentence).label == "trang 1–2"
    place = document.place(sentence)
    assert isinstance(place, PdfPlace)
    assert [box.page for box in place.boxes] == [1, 1, 2]
    assert document.place(document.blocks[-1].span).label == "trang 2"


def test_heading_at_the_foot_of_a_page_does_not_swallow_the_next() -> None:
    full = "Dau trang la mot dong day du tu le trai sang den tan le phai,"
    document = reading(pdf([(85, 60, full), (85, 80, "5. Trach nhiem")], [(85, 80, "Nguoi dung dau co quan.")]))
    assert paragraphs(document) == [full, "5. Trach nhiem", "Nguoi dung dau co quan."]


def test_range_broken_at_its_dash_is_no_list() -> None:
    full = "Ke hoach trien khai nhiem vu cua chinh quyen dia phuong giai doan nam 2026"
    document = reading(pdf([(85, 80, full), (85, 98, "- 2031 va tiep tuc nang cao chat luong"), (85, 116, "- Sau")]))
    assert paragraphs(document) == [full + "\n- 2031 va tiep tuc nang cao chat luong", "- Sau"]


def test_boxes_are_those_of_the_printed_characters(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(pdf([*HEADER, *BODY], [(85, 80, "va cac nam sau.")]))
    document = read(path)
    spans = [Span(position, position + 1) for position, char in enumerate(document.text) if char.strip()]
    check_pdf_places(document, spans + [block.span for block in document.blocks], path)
    with pytest.raises(ValueError, match="no printed character"):
        document.place(Span(document.text.index("\n"), document.text.index("\n") + 1))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (scanned(None), "trang 1: bản quét, hãy dùng digitize"),
        (scanned(*[None] * 12), "trang 1–12: bản quét, hãy dùng digitize"),
        (pdf([], []), "không có chữ nào để kiểm tra"),
        (pdf(BODY, encryption=pikepdf.Encryption(user="mật", owner="x")), "PDF đặt mật khẩu"),
        (pdf(BODY)[:400], "PDF bị cắt cụt hoặc hỏng"),
        (pdf(BODY)[:20], "PDF bị cắt cụt hoặc hỏng"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 20, "PDF bị cắt cụt hoặc hỏng"),
        (with_tree(""), "PDF không có trang nào"),
        (with_tree("2 0 R"), "PDF không có trang nào"),
        (with_tree("9 0 R"), "PDF"),
        (drawing_itself(), "không có chữ nào để kiểm tra"),
    ],
    ids=["scan", "many", "blank", "locked", "cut", "stub", "noise", "empty", "cycle", "dangling", "self"],
)
def test_what_cannot_be_read_is_said(content: bytes, reason: str) -> None:
    said = refused(content)
    assert reason in said
    assert said.startswith(f"{PATH}: ")
    assert "\n" not in said
    assert not re.search(r"Error|Exception|pdfminer", said)


def test_owner_password_alone_does_not_hinder_reading() -> None:
    document = reading(pdf(BODY, encryption=pikepdf.Encryption(user="", owner="mật")))
    assert paragraphs(document)[0] == "KE HOACH"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.readers.pdf.source.MAX_PAGES", 3)
    assert len(reading(pdf(*[BODY[:1]] * 3)).blocks) == 3
    assert "PDF có 4 trang, quá giới hạn 3" in refused(pdf(*[BODY[:1]] * 4))


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("doclint.readers.limits.MAX_CHARACTERS", 50)
    assert "văn bản dài quá giới hạn 50 ký tự" in refused(pdf(BODY))


def test_damaged_bytes_end_in_text_or_in_one_line() -> None:
    whole = pdf([*HEADER, *BODY], BODY)

    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), min_size=1, max_size=12))
    @settings(max_examples=25, deadline=None)
    def damage(changes: list[tuple[int, int]]) -> None:
        damaged = bytearray(whole)
        for position, value in changes:
            damaged[position] = value
        try:
            check_blocks(reading(bytes(damaged)))
        except UnreadableDocument as error:
            assert "\n" not in str(error)

    damage()


def test_oddities_of_a_file_are_not_printed(tmp_path: Path) -> None:
    path = tmp_path / "thu.pdf"
    path.write_bytes(pdf(BODY).replace(b"Helvetica", b"Helvetikx"))
    code = "import sys; from pathlib import Path; from doclint.readers import read; read(Path(sys.argv[1]))"
    result = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert logging.getLogger("pdfminer").getEffectiveLevel() <= logging.WARNING


def test_shipped_draft_keeps_its_positions() -> None:
    report = check_positions(Path(__file__).parents[3] / "corpora/drafts/ke-hoach-sach.pdf")
    assert report.anatomy is not None
    assert report.anatomy.type == "KH"


@pytest.mark.realdata
def test_signed_file_keeps_its_positions(shared: Path) -> None:
    report = check_positions(shared / "data/born-digital/hanoi_tb_453_flag.pdf")
    assert report.anatomy is not None
    assert report.anatomy.type == "TB"


@pytest.mark.realdata
def test_gazette_keeps_its_positions(shared: Path) -> None:
    assert check_positions(shared / "data/gazette/nghi-quyet-so-126-nq-cp-469505.pdf").checked


@pytest.mark.realdata
def test_scans_are_sent_to_digitize(shared: Path) -> None:
    for path in (shared / "data/scans/pdf").glob("*.pdf"):
        with pytest.raises(UnreadableDocument, match="bản quét, hãy dùng digitize"):
            read(path)
