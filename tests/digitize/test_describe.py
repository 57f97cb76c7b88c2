from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.describe.bodies import issuing_bodies
from digitize.describe.day import date_field, dateline
from digitize.describe.describe import describe
from digitize.describe.kind import title, tt05_code
from digitize.describe.number import BY_HAND, number_field, numbering, symbol_field
from digitize.describe.pieces import Piece
from digitize.describe.places import spelt_as_elsewhere
from digitize.describe.values import LABELS, SURE, Description, ReadPage
from digitize.words import Word
from tests.digitize.describe_specimens import HEIGHT, WIDTH, Sheet, printed, spoilt


def piece(text: str, confidence: float = 95.0, top: int = 200) -> Piece:
    words, at = [], 200
    for part in text.split(" "):
        if part:
            words.append(Word(part, at, top, at + 14 * len(part), top + 34, confidence, 0, 0, 0))
        at += 14 * (len(part) + 1)
    return Piece(1, tuple(words))


@pytest.mark.parametrize(
    ("line", "type_code", "number", "symbol"),
    [
        ("Số: 534/QĐ-UBND", "QĐ", "534", "QĐ-UBND"),
        ("SỐ: 534/QĐ-UBND", "QĐ", "534", "QĐ-UBND"),
        ("Sô: 534/QÐ-UBND", "QĐ", "534", "QĐ-UBND"),
        ("Sỏ 534/QD-UBND", "QĐ", "534", "QĐ-UBND"),
        ("Số: 534 QĐ/UB", "QĐ", "534", "QĐ/UB"),
        ("Số 226-KL/TW", "KL", "226", "KL/TW"),
        ("Số: 05-NQ/ĐU", "NQ", "05", "NQ/ĐU"),
        ("Số: 12/2026/QĐ-UBND", "QĐ", "12", "2026/QĐ-UBND"),
        ("Luật số: 14/2031/QH17", "L", "14", "2031/QH17"),
        ("Số: 0137/KH - UBND", "KH", "0137", "KH-UBND"),
        ("Số: 2806/VPCP–TH", "", "2806", "VPCP-TH"),
        ("Số: 1.234/QĐ-UBND", "QĐ", "1234", "QĐ-UBND"),
        ("Số: 17b/TTr-SNV", "TTr", "17b", "TTr-SNV"),
        ("Số: 03/2031/UBTVQH17", "", "03", "2031/UBTVQH17"),
    ],
)
def test_a_printed_number_is_read_and_sure(line: str, type_code: str, number: str, symbol: str) -> None:
    found = numbering(piece(line))
    assert (number_field(found).value, symbol_field(found, type_code).value) == (number, symbol)
    assert symbol_field(found, type_code).status == "sure"
    assert number_field(found).status == "sure"


@pytest.mark.parametrize(
    ("line", "number", "symbol"),
    [
        ("Số: 5O4/QĐ-UBND", "504", "QĐ-UBND"),
        ("Số: l2/KH-UBND", "12", "KH-UBND"),
        ("Số: 58l2031/TT-BTC", "58", "2031/TT-BTC"),
        ("Số: 09/2O31/TT-BYT", "09", "2031/TT-BYT"),
        ("Số: 46/2031/QĐ-TIg", "46", "2031/QĐ-TTg"),
        ("534/QĐ-UB", "534", "QĐ-UB"),
        ("Số: 534QĐ-UBND", "534", "QĐ-UBND"),
    ],
)
def test_what_ocr_confused_is_proposed_but_a_person_decides(line: str, number: str, symbol: str) -> None:
    found = numbering(piece(line))
    told = (number_field(found), symbol_field(found, ""))
    assert (told[0].value, told[1].value) == (number, symbol)
    assert "review" in {field.status for field in told}


@pytest.mark.parametrize(
    "line",
    ["Số: 478 /NQ-CP", "Số: ‡ny /QĐ-TTg", "Số:     /QĐ-UBND", "Số: ...../KH-UBND", "Số: 4 † /2031/TT-BCT",
     "Số: /UBND-VX", "Số: ____/QĐ-UBND"],
)  # fmt: skip
def test_a_number_filled_in_by_hand_is_flagged_and_not_guessed(line: str) -> None:
    found = numbering(piece(line))
    field = number_field(found)
    assert field.status == "review"
    assert BY_HAND in field.evidence
    assert symbol_field(found, "").value in {"NQ-CP", "QĐ-TTg", "QĐ-UBND", "KH-UBND", "2031/TT-BCT", "UBND-VX"}


@pytest.mark.parametrize(
    "line",
    ["số 67/TTr-UBND ngày 12 tháng 8 năm 2031", "Sở Nội vụ", "Số lượng: 12 bản", "Căn cứ Nghị định số 30/2020/NĐ-CP",
     "CHÍNH PHỦ", "Số 5 đường Lê Lợi", "Sơn La, ngày 5 tháng 3 năm 2024"],
)  # fmt: skip
def test_other_lines_hold_no_number(line: str) -> None:
    found = numbering(piece(line))
    assert found is None or number_field(found).status == "review"


@pytest.mark.parametrize(
    ("line", "day", "status"),
    [
        ("Đắk Lắk, ngày 05 tháng 3 năm 2024", "2024-03-05", "sure"),
        ("Đắk Lắk, ngảy 05 thăng 3 nãm 2024", "2024-03-05", "sure"),
        ("Buôn Ma Thuột, ngày 12/3/1998", "1998-03-12", "sure"),
        ("Hà Nội, ngày30 tháng 9 năm2031", "2031-09-30", "sure"),
        ("Hà Nội, ngày l2 tháng 7 năm 2O31", "2031-07-12", "review"),
        ("Đắk Lắk, ngày tháng 3 năm 2024", "2024-03", "review"),
        ("Đắk Lắk, ngày ..... tháng 3 năm 2024", "2024-03", "review"),
        ("Đắk Lắk, ngày tháng năm 2024", "2024", "review"),
        ("Hà Nội, ngày 47 tháng _ năm 2031", "2031", "review"),
        ("Hà Nội, ngày 31 tháng 11 năm 2025", "2025", "review"),
    ],
)
def test_a_day_agrees_with_the_calendar_or_waits(line: str, day: str, status: str) -> None:
    found = dateline(piece(line))
    assert found is not None
    field = date_field(found, by_hand=False, how="dòng")
    assert (field.value, field.status) == (day, status)


def test_a_day_beside_a_number_by_hand_waits() -> None:
    sheet = printed(Sheet(number="Số: 118 /QĐ-UBND"))
    described = describe([sheet])
    assert described.date.value == "2024-03-05"
    assert described.date.status == described.number.status == "review"
    assert described.handwriting.value == "có"


def test_the_stamp_of_arrival_is_no_day_of_issue() -> None:
    assert dateline(piece("Đến ngày: 7/8/2031")) is None
    assert dateline(piece("CÔNG BÁO/Số 17/Ngày 09-04-2031")) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("QUYẾT ĐỊNH", "quyết định"),
        ("QUYÉT ĐỊNH", "quyết định"),
        ("Q U Y Ế T Đ Ị N H", "quyết định"),
        ("QUYẾT ĐINIH", "quyết định"),
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH", "quyết định"),
        ("* THÔNG TƯ Kính chuyển", "thông tư"),
        ("CÔNG VĂN ĐẾN", None),
        ("BỘ LAO ĐỘNG - THƯƠNG BINH", None),
        ("THÔNG TIN", None),
        ("BÁO CÁO VIÊN", None),
    ],
)
def test_a_title_names_a_type_and_no_more(line: str, name: str | None) -> None:
    found = title(piece(line))
    assert (found.name if found else None) == name


@pytest.mark.parametrize("line", ["Số: A5/NQ-CP", "Số: F0F/QĐ-TTg"])
def test_figures_by_hand_that_were_read_as_letters_are_no_part_of_the_symbol(line: str) -> None:
    found = numbering(piece(line))
    assert symbol_field(found, "").value == line.partition("/")[2]
    assert (number_field(found).value, number_field(found).status) == ("", "review")


@pytest.mark.parametrize(
    ("elsewhere", "value", "status"),
    [
        (["Lũng Phầy"] * 4, "Ủy ban nhân dân xã Lũng Phầy", "sure"),
        (["Lũng Phầy,"], "Ủy ban nhân dân xã Lũng Phầy", "review"),
        (["Lũng Phầy", "LŨNG PHÂY"], "Ủy ban nhân dân xã Lũng Phây", "review"),
        (["Lũng Phầy", *["Lũng Phây"] * 5], "Ủy ban nhân dân xã Lũng Phây", "sure"),
        (["Lũng Phong"], "Ủy ban nhân dân xã Lũng Phây", "sure"),
    ],
)
def test_the_place_of_a_body_is_spelt_as_most_of_the_document_spells_it(
    elsewhere: list[str], value: str, status: str
) -> None:
    lines = ["ỦY BAN NHÂN DÂN XÃ LŨNG PHÂY", *elsewhere]
    words = tuple(word for number, line in enumerate(lines) for word in piece(line, top=100 * number).words)
    issuer, _ = issuing_bodies([piece(lines[0])])
    found = spelt_as_elsewhere(issuer, [ReadPage(1, words, 1654, 2339)])
    assert (found.value, found.status) == (value, status)


@pytest.mark.parametrize(
    ("head", "elsewhere", "sure", "value"),
    [
        ("ĐẢNG ỦY XÃ LŨNG PHẦY", "Lũng Phây", 60.0, "Đảng ủy xã Lũng Phầy"),
        ("ĐẢNG ỦY XÃ LŨNG PHẦY", "Lũng Phây", 90.0, "Đảng ủy xã Lũng Phây"),  # capitals lose their marks
        ("TỈNH ỦY SỞN KHÊ", "Sơn Khê", 96.0, "Tỉnh ủy Sơn Khê"),
    ],
)
def test_of_two_spellings_that_are_as_frequent_an_unsure_one_does_not_count(
    head: str, elsewhere: str, sure: float, value: str
) -> None:
    (*begun, last) = piece(elsewhere, top=300).words
    words = (*piece(head).words, *begun, replace(last, confidence=sure))
    issuer, _ = issuing_bodies([piece(head)])
    found = spelt_as_elsewhere(issuer, [ReadPage(1, words, 1654, 2339)])
    assert (found.value, found.status) == (value, "review")


def test_the_place_of_a_body_is_sought_only_where_there_is_one() -> None:
    issuer, _ = issuing_bodies([piece("BẢO HIỂM XÃ HỘI VIỆT NAM")])
    words = piece("hoi Viet Nam Hỏi Việt Nam").words
    assert spelt_as_elsewhere(issuer, [ReadPage(1, words, 1654, 2339)]) == issuer


@pytest.mark.parametrize(
    ("lines", "superior", "issuer"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH ĐẮK LẮK"], "", "Ủy ban nhân dân tỉnh Đắk Lắk"),
        (["UỶ BAN NHẦN DÂN", "TÍNH ĐẮC LẮC"], "", "Ủy ban nhân dân tỉnh Đắc Lắc"),
        (["UBND TỈNH ĐẮK LẮK", "SỞ NỘI VỤ"], "UBND tỉnh Đắk Lắk", "Sở Nội vụ"),
        (["VĂN PHÒNG", "CHÍNH PHỦ"], "", "Văn phòng Chính phủ"),
        (["BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"], "", "Bộ Lao động - Thương binh và Xã hội"),
        (["BỘ NỘI VỤ", "CỤC VĂN THƯ VÀ LƯU TRỮ", "NHÀ NƯỚC"], "Bộ Nội vụ", "Cục Văn thư và Lưu trữ nhà nước"),
        (["TỈNH ỦY ĐẮK LẮK", "BAN TỔ CHỨC"], "Tỉnh ủy Đắk Lắk", "Ban Tổ chức"),
        (["ĐẢNG BỘ TỈNH ĐẮK LẮK", "ĐẢNG ỦY XÃ EA KAR"], "Đảng bộ tỉnh Đắk Lắk", "Đảng ủy xã Ea Kar"),
        (["CÔNG BÁO/Số 17", "BỘ TÀI CHÍNH", "BỘ TÀI CHÍNH"], "", "Bộ Tài chính"),
        (["UBND TỈNH ĐẮK LẮK -", "SỞ NỘI VỤ"], "", "UBND tỉnh Đắk Lắk - Sở Nội vụ"),
        (["SỞ Y TẾ TỈNH ĐẮK LẮK -", "TRUNG TÂM Y TẾ"], "Sở Y tế tỉnh Đắk Lắk", "Trung tâm Y tế"),
        (["UBND PHƯỜNG TÂN AN", "TRƯỜNG MẦM NON HOA BAN"], "UBND phường Tân An", "Trường Mầm non Hoa Ban"),
    ],
)
def test_bodies_are_known_by_the_gazetteer(lines: list[str], superior: str, issuer: str) -> None:
    found, above = issuing_bodies([piece(line, top=100 + 40 * number) for number, line in enumerate(lines)])
    assert (above.value, found.value) == (superior, issuer)
    assert found.status == "sure"


def test_a_body_that_nobody_knows_is_for_a_person() -> None:
    issuer, _ = issuing_bodies([piece("TỔ KIỂM TRA SỐ 4")])
    assert (issuer.value, issuer.status) == ("TỔ KIỂM TRA SỐ 4", "review")


def test_a_sheet_is_described_whole() -> None:
    described = describe([printed(Sheet())])
    told = {name: field.value for name, field in described.items()}
    assert told == {
        "type": "Quyết định", "number": "534", "symbol": "QĐ-UBND", "date": "2024-03-05",
        "issuer": "Ủy ban nhân dân tỉnh Đắk Lắk", "superior": "",
        "subject": "Về việc phê duyệt kế hoạch chỉnh lý tài liệu tồn đọng năm 2024",
        "signer": "Nguyễn Văn An", "signer_title": "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        "recipients": "Như Điều 3; Sở Nội vụ; Lưu: VT, NC", "secrecy": "", "urgency": "", "language": "Tiếng Việt",
        "pages": "1", "sheets": "1", "handwriting": "",
        "fonds": "", "file": "", "unit": "", "access": "",
    }  # fmt: skip
    assert not [name for name, field in described.items() if field.status == "review"]


def test_a_letter_is_known_without_a_title() -> None:
    sheet = Sheet(
        number="Số: 1788/UBND-VX", about="V/v chấn chỉnh thu, chi đầu năm học 2026 - 2027", title="", subject="",
        marks=("KHẨN",), authority="", addressee="Kính gửi: Sở Giáo dục và Đào tạo.",
    )  # fmt: skip
    described = describe([printed(sheet)])
    assert described.type.value == "Công văn"
    assert described.subject.value == sheet.about
    assert described.urgency.value == "Khẩn"
    assert tt05_code(described.type.value) == "22"


def test_a_type_that_contradicts_the_symbol_waits() -> None:
    described = describe([printed(Sheet(title="KẾ HOẠCH"))])
    assert described.type.status == "review"
    assert "quyết định" in described.type.evidence


def test_a_secrecy_mark_always_waits() -> None:
    described = describe([printed(Sheet(marks=("MẬT",)))])
    assert (described.secrecy.value, described.secrecy.status) == ("Mật", "review")


def test_what_is_expected_and_not_seen_waits() -> None:
    described = describe([printed(Sheet(number="", dateline=""))])
    assert described.number.status == described.date.status == "review"
    assert not described.number.value


def test_sheets_are_not_guessed() -> None:
    described = describe([printed(Sheet()), replace(printed(Sheet()), number=2)])
    assert described.pages.value == "2"
    assert (described.sheets.value, described.sheets.status) == ("", "absent")


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        (["Pursuant to the Law on the Government", "At the proposal of the Minister", "in force from"], "Tiếng Anh"),
        (["Vu le décret du 20 octobre qui porte sur les pouvoirs", "Article premier de la loi dans"], "Tiếng Pháp"),
        (["Uy ban nhan dan tinh yeu cau cac so", "ban nganh va dia phuong thuc hien"], "Tiếng Việt"),
    ],
)
def test_languages_are_told_by_their_words(lines: list[str], language: str) -> None:
    words = [replace(word, line=n) for n, line in enumerate(lines) for word in piece(line, top=100 + 60 * n).words]
    assert describe([ReadPage(1, tuple(words), WIDTH, HEIGHT)]).language.value == language


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.01, 0.05]))
def test_the_text_at_the_place_of_a_value_is_its_source(seed: int, rate: float) -> None:
    page = spoilt(printed(Sheet()), rate, seed)
    for name, field in describe([page]).items():
        assert 0 <= field.confidence <= 1
        assert (field.status == "sure") <= (field.confidence >= SURE)
        if field.place is not None:
            x0, y0, x1, y1 = field.place.box
            inside = [w for w in page.words if w.x0 >= x0 and w.x1 <= x1 and w.y0 >= y0 and w.y1 <= y1]
            assert sorted(field.source.split()) == sorted(" ".join(w.text for w in inside).split()), name


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda text, x, y, w, h, c: Word(text, x, y, x + w, y + h, c, 0, 0, 0),
            st.text(min_size=1, max_size=12)
            | st.sampled_from(["Số:", "/QĐ-UBND", "ngày", "tháng", "năm", "V/v", "Nơi", "nhận:"]),
            st.integers(0, 1600), st.integers(0, 2300), st.integers(0, 300), st.integers(0, 80), st.floats(0, 100),
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_words_are_borne(words: list[Word]) -> None:
    described = describe([ReadPage(1, tuple(words), WIDTH, HEIGHT), ReadPage(2, (), 0, 0)])
    assert [field.name for field in fields(Description)] == list(LABELS)
    json.dumps([field.value for _, field in described.items()])


def test_no_pages_are_borne() -> None:
    assert describe([]).pages.value == "0"


@pytest.mark.realdata
@pytest.mark.slow
def test_numbers_by_hand_on_real_scans_are_flagged(shared: Path, tesseract: None) -> None:
    from PIL import Image

    from digitize.engines.tesseract import recognise
    from digitize.pages import PageImage

    for name in ("nq_115_cp_p1", "qd_707_ttg_p1"):
        with Image.open(shared / "data" / "scans" / "images" / f"{name}.png") as image:
            page = PageImage(image.convert("L"), 200.0)
        described = describe([ReadPage(1, recognise(page, "vie", 120), *page.image.size)])
        assert described.number.status == described.date.status == "review"
        assert BY_HAND in described.number.evidence
        assert described.symbol.value.startswith(name[:2].upper().replace("QD", "QĐ"))
