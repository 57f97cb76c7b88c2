from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.secrets.marking import Level, find_marking, has_marking, is_marking, marking_level
from digitize.words import Word

HEIGHT = 2000
MARKINGS = [
    "MẬT",
    "TỐI MẬT",
    "TUYỆT MẬT",
    "MAT",
    "TOI MAT",
    "TUYET MAT",
    "[ TỐI MẬT ]",
    "— MẬT —",
    "|MẬT|",
    "IMẬTI",
    "T0I MẬT",
    "Độ mật: Tối mật\n",
    "Mức độ mật: MẬT",
    "Dấu chỉ độ mật: Tuyệt mật",
    "T Ố I  M Ậ T",
    "MẬT.",
    "MẠT",
    "TÔI MÂT",
]
MENTIONS = [
    "bảo vệ bí mật nhà nước",
    "tài liệu tối mật phải để riêng",
    "mật",
    "tối mật.",
    "Độ mật:",
    "Độ mật: Không",
    "KHÔNG MẬT",
    "GIẢI MẬT",
    "MẶT\n",
    "MẮT",
    "MẤT",
    "MẶT TRẬN",
    "MẬT ONG",
    "VĂN BẢN MẬT",
    "TỐI",
    "MATH",
    "",
]


def words(*lines: str, top: int = 100) -> tuple[Word, ...]:
    """Words of 60 pixels, 10 apart, in lines of 30; two blanks or more in a line are a wide gap."""
    made = []
    for number, line in enumerate(lines):
        x = 0
        for piece in line.split(" "):
            if piece:
                y = top + 50 * number
                made.append(Word(piece, x, y, x + 60, y + 30, 90, 1, 1, number))
            x += 70
    return tuple(made)


@pytest.mark.parametrize("text", MARKINGS)
def test_a_marking_by_itself_is_one_anywhere(text: str) -> None:
    assert is_marking(text)
    assert has_marking(words("Trang này nói việc khác", text, top=1800), page=7, page_height=HEIGHT)


@pytest.mark.parametrize("text", MENTIONS)
def test_a_mention_is_none(text: str) -> None:
    assert not is_marking(text)
    assert not has_marking(words("Trang này nói việc khác", text, "và còn nữa"), page=2, page_height=HEIGHT)


@pytest.mark.parametrize("text", ["Mật", "Tối mật", "MẶT", "TỐI MẤT"])
def test_the_head_of_page_one_is_read_with_suspicion(text: str) -> None:
    assert has_marking(words(text), page=1, page_height=HEIGHT)
    assert not has_marking(words(text, top=1500), page=1, page_height=HEIGHT)
    assert not has_marking(words(text), page=2, page_height=HEIGHT)


def test_a_stamp_that_shares_its_line_with_the_date_is_seen() -> None:
    apart = words("TỐI MẬT     Buôn Ma Thuột, ngày 3 tháng 5 năm 2026")
    assert has_marking(apart, page=1, page_height=HEIGHT)
    assert not has_marking(words("Công văn MẬT số 3"), page=1, page_height=HEIGHT)


def test_a_title_broken_over_two_lines_is_none() -> None:
    assert not has_marking(words("VỀ CÔNG TÁC BẢO VỆ BÍ", "MẬT"), page=1, page_height=HEIGHT)
    assert has_marking(words("VỀ CÔNG TÁC TUYỆT", "MẬT"), page=1, page_height=HEIGHT)


def test_decomposed_letters_are_the_same() -> None:
    assert is_marking("TUYE\u0323\u0302T MA\u0323\u0302T")


@given(st.text(max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert is_marking(text) in (True, False)
    assert is_marking(text, lenient=True) or not is_marking(text)


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        (("MẬT",), "mat"),
        (("Độ mật: Tối mật",), "toi-mat"),
        (("TUYỆT MẬT",), "tuyet-mat"),
        (("TUYỆT", "MẬT"), "tuyet-mat"),
        (("TỐI", "MẬT"), "toi-mat"),
        (("MẬT", "TỐI MẬT"), "toi-mat"),
        (("CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ",), "tuyet-mat"),
        (("TU?YT MẬT",), None),
    ],
)
def test_the_highest_level_of_a_page_counts(lines: tuple[str, ...], level: Level | None) -> None:
    assert find_marking(words("Trang này nói việc khác", *lines), page=3, page_height=HEIGHT) == level


@pytest.mark.parametrize(("text", "level"), [("TUYẸI MẬT", "tuyet-mat"), ("TÔ MẬT", "toi-mat"), ("TQI MẠT", "toi-mat")])
def test_a_spoilt_degree_is_known_where_stamps_are(text: str, level: Level) -> None:
    assert marking_level(text, lenient=True) == level
    assert marking_level(text) is None


def test_a_second_document_in_a_file_has_a_head_too() -> None:
    head = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert find_marking(words(head, "Mật"), page=9, page_height=HEIGHT) == "mat"
    assert find_marking(words("Tiếp theo trang trước", "Mật"), page=9, page_height=HEIGHT) is None
