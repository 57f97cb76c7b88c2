from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.engines.tesseract import recognise
from digitize.imaging.order import in_reading_order, out_of_order
from digitize.pages import PageImage
from digitize.words import Word, page_text

LETTER, HEIGHT, PITCH = 14, 28, 44


def at(x: int, row: float, text: str, line: int, block: int = 1) -> list[Word]:
    """A line of words that begins at ``x`` on a row of the page."""
    words, y = [], round(100 + row * PITCH)
    for part in text.split():
        words.append(Word(part, x, y, x + LETTER * len(part), y + HEIGHT, 90, block, 1, line))
        x += LETTER * (len(part) + 1)
    return words


def read(rows: Sequence[tuple[int, float, str]]) -> list[str]:
    """The lines in reading order of lines given as an engine gives them that knows no columns."""
    words = [word for number, (x, row, text) in enumerate(rows) for word in at(x, row, text, number)]
    return [line for line in page_text(in_reading_order(tuple(words))).splitlines() if line]


HEAD = [
    (200, 0, "ỦY BAN NHÂN DÂN"),
    (750, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (230, 1, "XÃ VĨNH TRẦM"),
    (850, 1, "Độc lập - Tự do - Hạnh phúc"),
    (210, 2.4, "Số: 12/KH-UBND"),
    (850, 2.5, "Vĩnh Trầm, ngày 05 tháng 3 năm 2026"),
]
BODY = [
    (200, 6, "Thực hiện Kế hoạch số 90 của Ủy ban nhân dân tỉnh về việc số hóa tài liệu lưu trữ,"),
    (150, 7, "Ủy ban nhân dân xã ban hành kế hoạch như sau và giao các đơn vị tổ chức thực hiện đúng"),
    (150, 8, "thời hạn."),
]
FOOT = [
    (900, 10, "TM. ỦY BAN NHÂN DÂN"),
    (150, 11, "Nơi nhận:"),
    (980, 11, "CHỦ TỊCH"),
    (150, 12, "- Như Điều 3;"),
    (150, 13, "- Lưu: VT."),
    (960, 16, "Quách Đình Sáng"),
]


def test_a_whole_document() -> None:
    assert read(HEAD + BODY + FOOT) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ VĨNH TRẦM",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Vĩnh Trầm, ngày 05 tháng 3 năm 2026",
        *(text for _, _, text in BODY),
        "Nơi nhận:",
        "- Như Điều 3;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Quách Đình Sáng",
    ]


def test_lines_that_an_engine_drew_through_both_columns_are_parted() -> None:
    joined = [*at(200, 0, "ỦY BAN NHÂN DÂN", 1), *at(750, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1)]
    joined += [*at(230, 1, "XÃ VĨNH TRẦM", 2), *at(850, 1, "Độc lập - Tự do - Hạnh phúc", 2)]
    joined += [*at(210, 2, "Số: 12/KH-UBND", 3), *at(850, 2, "ngày 05 tháng 3 năm 2026", 3)]
    assert out_of_order(tuple(joined))
    ordered = in_reading_order(tuple(joined))
    assert page_text(ordered).startswith("ỦY BAN NHÂN DÂN\nXÃ VĨNH TRẦM\nSố: 12/KH-UBND\n\nCỘNG HÒA")
    assert not out_of_order(ordered)


def test_tables_are_read_row_by_row_and_cells_hold_together() -> None:
    table = [
        (150, 0, "TT"), (250, 0, "Nội dung"), (800, 0, "Thời hạn"), (1200, 0, "Ghi chú"),
        (150, 1, "1"), (250, 1, "Rà soát tài liệu"), (800, 1, "30/6/2026"), (1200, 1, "không"),
        (150, 2, "2"), (250, 2, "Số hóa hồ sơ hộ tịch,"), (800, 2, "31/12/2026"),
        (250, 3, "đất đai"),
        (150, 4, "3"), (250, 4, "Báo cáo"), (800, 4, "15/1/2027"), (1200, 4, "quý I"),
    ]  # fmt: skip
    assert read(table) == [
        "TT Nội dung Thời hạn Ghi chú",
        "1 Rà soát tài liệu 30/6/2026 không",
        "2",
        "Số hóa hồ sơ hộ tịch,",
        "đất đai",
        "31/12/2026",
        "3 Báo cáo 15/1/2027 quý I",
    ]


def test_columns_of_running_text() -> None:
    left = [(150, row, f"cột bên trái dòng chữ thứ {row:02} đầy hàng") for row in range(10)]
    right = [(850, row, f"cột bên phải dòng chữ thứ {row:02} đầy hàng") for row in range(10)]
    mixed = [line for both in zip(left, right, strict=True) for line in both]
    assert read(mixed) == [text for _, _, text in left + right]


def test_running_text_keeps_its_order_and_paragraphs() -> None:
    words = tuple(word for n, (x, row, text) in enumerate(BODY) for word in at(x, row, text, n % 2, block=1 + n // 2))
    assert not out_of_order(words)
    assert page_text(in_reading_order(words)) == page_text(words)


def test_no_words() -> None:
    assert in_reading_order(()) == ()
    assert not out_of_order(())


@given(
    st.lists(
        st.tuples(
            st.integers(0, 1500), st.integers(0, 2000), st.integers(1, 400), st.integers(1, 60), st.integers(1, 9)
        ),
        max_size=40,
    )
)
def test_no_word_is_lost_or_doubled(boxes: list[tuple[int, int, int, int, int]]) -> None:
    words = tuple(
        Word(str(n), x, y, x + w, y + h, 90, line % 3, 1, line)
        for n, (x, y, w, h, line) in enumerate(sorted(boxes, key=lambda box: (box[4] % 3, box[4])))
    )
    ordered = in_reading_order(words)
    assert sorted(int(word.text) for word in ordered) == list(range(len(words)))
    numbers = [(word.block, word.paragraph, word.line) for word in ordered]
    assert numbers == sorted(numbers)


@pytest.mark.realdata
@pytest.mark.usefixtures("tesseract")
def test_head_of_real_scans(shared: Path) -> None:
    # Tesseract draws the lines of the second through both columns.
    for name, mixed in (("nq_115_cp_p1.png", False), ("cv_3722_vpcp_p1.png", True)):
        with Image.open(shared / "data" / "scans" / "images" / name) as image:
            words = recognise(PageImage(image.convert("L"), 200), "vie", 120)
        text = page_text(in_reading_order(words))
        assert out_of_order(words) is mixed, name
        assert text.index("CHÍNH PHỦ") < text.index("Số:") < text.index("CỘNG") < text.index("Hà Nội, ngày"), name
