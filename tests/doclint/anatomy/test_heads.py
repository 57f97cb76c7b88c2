"""What the head and the foot of a document tell, however they are set."""

from __future__ import annotations

import pytest

from doclint.anatomy import dissect
from doclint.anatomy.bodies import leading_bodies
from doclint.readers.text import read_text

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"


@pytest.mark.parametrize(
    ("head", "regime"),
    [
        (f"QUỐC HỘI\n{STATE}Nghị quyết số: 170/2024/QH15\nNGHỊ QUYẾT\nVề phát triển cây xanh", "legal-normative"),
        (f"ỦY BAN THƯỜNG VỤ\nQUỐC HỘI\n{STATE}NGHỊ QUYẾT\nVề phát triển cây xanh", "legal-normative"),
        (f"CHÍNH PHỦ\n{STATE}Số: 66.12/2026/NQ-CP\nNGHỊ QUYẾT\nVề phát triển cây xanh", "legal-normative"),
        (f"HỘI ĐỒNG NHÂN DÂN\nXÃ VĨNH TRẦM\n{STATE}Số: 12/NQ-HĐND\nNGHỊ QUYẾT\nVề phát triển cây xanh", "state"),
        (f"ĐẢNG BỘ TỈNH SƠN KHÊ\nĐẢNG ỦY XÃ VĨNH TRẦM\n{STATE}Số 12-KH/ĐU\nKẾ HOẠCH\nTrồng cây", "party"),
        (f"TỈNH ỦY SƠN KHÊ\nTRƯỜNG CHÍNH TRỊ\n{STATE}Số: 12/KH-TCT\nKẾ HOẠCH\nTrồng cây", "state"),
    ],
)
def test_regime(head: str, regime: str) -> None:
    assert dissect(read_text(f"{head}\n1. Văn phòng trồng 200 cây.\n")).regime == regime


@pytest.mark.parametrize(
    "foot",
    [
        "Nơi nhận:\n- Lưu: VT.\nCHỈ HUY TRƯỞNG\nĐại tá Lê Văn Hòa",
        "ĐỒN TRƯỞNG\nLê Văn Hòa\nNơi nhận:\n- Lưu: VT.",
        "TRẠM TRƯỞNG\n(Đã ký)\nBác sĩ chuyên khoa II Lê Văn Hòa",
    ],
)
def test_whoever_signs_is_known_by_capitals_over_a_name(foot: str) -> None:
    lines = "1. Văn phòng mua cây.\n2. Tổ xe chở cây.\n3. Tổ điện mắc loa.\n4. Trạm Y tế trực./."
    document = read_text(f"KẾ HOẠCH\nTrồng cây\n{lines}\n{foot}\n")
    signature = dissect(document).signature
    assert signature is not None
    assert signature.name is not None
    assert document.at(signature.name).endswith("Lê Văn Hòa")


def test_a_sentence_that_begins_like_a_basis_is_none() -> None:
    sentence = "Căn cứ Thông tư số 05/2025/TT-BNV ngày 14/5/2025 của Bộ Nội vụ, Sở Nội vụ hướng dẫn như sau:"
    listed = "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;"
    document = read_text(f"HƯỚNG DẪN\nChỉnh lý tài liệu\n{listed}\n{sentence}\n1. Chỉnh lý theo năm.\n")
    assert [document.at(basis) for basis in dissect(document).bases] == [listed]


def test_a_sentence_is_not_read_to_the_end_of_a_long_list() -> None:
    # It is asked for once for each clause of a paragraph.
    assert 40 < len(leading_bodies("Sở Nội vụ; " * 5000)) < 400
