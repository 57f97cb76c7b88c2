"""A citation finds the record of what it cites."""

from __future__ import annotations

import datetime

from doclint.anatomy import dissect
from doclint.readers.text import read_text
from doclint.records import resolve


def test_citations_of_known_documents_are_resolved() -> None:
    document = read_text(
        "KẾ HOẠCH\nThử\n1. Thực hiện Kế hoạch số 215/KH-UBND ngày 25/9/2026, "
        "Nghị định số 30/2020/NĐ-CP và Quyết định số 999/QĐ-UBND.\n"
    )
    found = [resolve(document, citation) for citation in dissect(document).citations]
    assert [record.origin if record is not None else None for record in found] == [
        "superior/ke-hoach-215-kh-ubnd.txt",
        "nghi-dinh-30-2020",
        None,
    ]
    assert found[0] is not None
    assert found[0].date == datetime.date(2026, 9, 25)
    assert found[0].issuer == "Ủy ban nhân dân tỉnh Sơn Khê"
