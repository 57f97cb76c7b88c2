"""How a page is cited: what is known, and nothing else."""

from __future__ import annotations

import pytest

from digitize.web.pages.titles import citation

WHOLE = {
    "type": "Quyết định",
    "number": "534",
    "symbol": "QĐ-UBND",
    "date": "2024-03-05",
    "issuer": "Ủy ban nhân dân huyện Trầm Khê",
    "subject": "Về việc sửa kho",
    "fonds": "UBND huyện Trầm Khê",
    "file": "15",
    "unit": "3",
}


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ((), " Phông UBND huyện Trầm Khê, hồ sơ 15, đơn vị bảo quản 3."),
        (("unit",), " Phông UBND huyện Trầm Khê, hồ sơ 15."),
        (("fonds",), " Hồ sơ 15, đơn vị bảo quản 3."),
        (("fonds", "file", "unit"), ""),
    ],
)
def test_citation_names_where_the_page_is_kept(left_out: tuple[str, ...], told: str) -> None:
    known = {name: value for name, value in WHOLE.items() if name not in left_out}
    assert citation(known, "quet/a.pdf", "ab" * 32, 7) == (
        "Quyết định số 534/QĐ-UBND ngày 05/03/2024 của Ủy ban nhân dân huyện Trầm Khê «Về việc sửa kho», tr. 7."
        f"{told} Tệp a.pdf, mã abababababab."
    )


def test_citation_says_nothing_twice() -> None:
    kept = {"fonds": "Phông Sở Nội vụ", "file": "Hồ sơ số 15", "unit": "ĐVBQ 3"}
    assert citation(kept, "", "ab" * 32, 1) == (
        "Tài liệu, tr. 1. Phông Sở Nội vụ, Hồ sơ số 15, ĐVBQ 3. Tệp không tên, mã abababababab."
    )
