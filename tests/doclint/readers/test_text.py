"""Plain text: paragraphs from printed lines, markup dropped, and every place in the raw text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.document import Span, TextPlace
from doclint.readers import read
from doclint.readers.text import read_text
from tests.doclint.positions import check_blocks, check_positions, check_text_places

DRAFT = """**KẾ HOẠCH**

### 1. Đôn đốc

Các đơn vị **tránh
chông chéo**, *báo cáo* trước ngày 30\\.6.
- Lưu: VT, NV (M\\_02b).
"""


def paragraphs(raw: str) -> list[str]:
    document = read_text(raw)
    return [document.at(block.span) for block in document.blocks]


def test_markup_is_dropped_and_said_to_be() -> None:
    document = read_text(DRAFT)
    assert paragraphs(DRAFT) == [
        "KẾ HOẠCH",
        "1. Đôn đốc",
        "Các đơn vị tránh\nchông chéo, *báo cáo* trước ngày 30.6.",
        "- Lưu: VT, NV (M_02b).",
    ]
    assert document.notes == ("bỏ qua dấu định dạng Markdown (#, **)",)


@pytest.mark.parametrize("text", ["Số *** và # là dấu\n", "mức lương 2 * 3 * 4", "chữ ** đứng riêng ** thôi"])
def test_stars_that_are_no_markup_stay(text: str) -> None:
    document = read_text(text)
    assert document.text == text
    assert document.notes == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_places_lead_into_the_raw_text(tmp_path: Path, newline: str, form: str, encoding: str) -> None:
    raw = unicodedata.normalize(form, DRAFT).replace("\n", newline)
    path = tmp_path / "thu.txt"
    path.write_bytes(raw.encode(encoding))
    document = read(path)
    check_blocks(document)
    check_text_places(document, [block.span for block in document.blocks], raw)
    start = document.text.index("chông chéo")
    column = len(unicodedata.normalize(form, "chông ché")) + 1
    assert document.place(Span(start, start + 10)) == TextPlace(6, 1, 6, column)
    assert document.place(Span(start, start + 10)).label == "dòng 6"
    start = document.text.index("tránh")
    assert document.place(Span(start, start + 8)).label == "dòng 5–6"


PIECES = st.sampled_from(
    [
        "Sở ",
        "Nội vụ",
        "o\u0302\u0323",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "**",
        "# ",
        "- ",
        "1. ",
        "\\_",
        "\t",
        "   ",
        ".",
        "\u2028",
        "\x0c",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=200)
def test_nothing_is_lost_and_every_letter_has_its_place(raw: str) -> None:
    document = read_text(raw)
    check_blocks(document)
    spans = [Span(position, position + 1) for position, char in enumerate(document.text) if char.strip()]
    check_text_places(document, spans + [block.span for block in document.blocks], raw)
    kept = [char for char in unicodedata.normalize("NFC", raw) if char.isalnum()]
    assert [char for char in document.text if char.isalnum()] == kept


@pytest.mark.parametrize(
    ("raw", "blocks"),
    [
        ("Các cơ quan chủ động triển khai các nội\n\ndung theo hướng dẫn.", 1),
        ("Các cơ quan chủ động triển khai các nội dung của giai đoạn từ năm 2026\n- 2031.", 1),
        ("1. Mục đích\na) Một.\nb) Hai.\n- Ba", 4),
        ("KẾ HOẠCH\nthực hiện", 2),
        ("Đoạn một.\nĐoạn hai.", 2),
        ("Số: 12/KH-UBND\tĐắk Lắk, ngày 05 tháng\n3 năm 2026", 2),
    ],
)
def test_printed_lines_become_paragraphs(raw: str, blocks: int) -> None:
    assert len(paragraphs(raw)) == blocks


@pytest.mark.realdata
def test_real_files_keep_their_positions(shared: Path) -> None:
    seeds = sorted((shared / "seeds").glob("*.txt"))
    assert len(seeds) == 2
    for path in seeds:
        assert check_positions(path).checked
