"""Every part says where it stands: the text at its span is what was parsed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.anatomy import dissect
from doclint.anatomy.parts import Actor, Anatomy, Citation, Number, PrintedName, Recipient, Task
from doclint.document import Document, Span
from doclint.readers import UnreadableDocument, read
from doclint.readers.text import read_text

REPOSITORY = Path(__file__).resolve().parents[3]
OURS = sorted(
    path for folder in ("drafts", "specimens", "superior") for path in (REPOSITORY / "corpora" / folder).iterdir()
)
PHRASES = [
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Kính gửi: Sở Nội vụ;",
    "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
    "I. NHIỆM VỤ",
    "1. Sở Nội vụ chủ trì, phối hợp với Sở Tài chính lập dự toán trước ngày 30/6/2026.",
    "a) Thời gian: quý III năm 2026;",
    "- Cơ quan chủ trì: Phòng Kinh tế",
    "Nơi nhận:",
    "- Lưu: VT, NV (V-05b).",
    "KT. CHỦ TỊCH",
    "Nguyễn Văn An",
    "Phụ lục I",
    "thủ tục hành chính (TTHC)",
    "“không đọc lại báo cáo, dành thời gian thảo luận”",
    "SAO Y",
    "Điều 1.",
    "\t",
    "   ",
    "\n\n",
    "MẬT",
    "Quyết định số 534/QĐ-TTg ngày 31/3/2026 của Thủ tướng Chính phủ về việc thử",
    "ngày     tháng 3 năm 2026",
    "điện:",
]


def values(part: object) -> Iterator[object]:
    """Yield every value inside an anatomy, itself first."""
    yield part
    if dataclasses.is_dataclass(part) and not isinstance(part, Span):
        for field in dataclasses.fields(part):
            yield from values(getattr(part, field.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from values(item)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def check(document: Document, anatomy: Anatomy) -> int:
    """Assert of every part that its span holds what it says, and return how many were looked at."""
    seen = 0
    for value in values(anatomy):
        seen += 1
        if isinstance(value, Span):
            assert 0 <= value.start < value.end <= len(document.text)
        elif isinstance(value, PrintedName):
            assert value.name == squeezed(" ".join(map(document.at, value.spans)))
        elif isinstance(value, Number):
            assert value.digits in document.at(value.span)
            assert value.symbol in document.at(value.span)
        elif isinstance(value, Actor):
            assert squeezed(value.name) in squeezed(document.at(value.span))
        elif isinstance(value, Recipient):
            assert squeezed(value.name) in squeezed(document.at(value.span))
            assert squeezed(value.purpose) in squeezed(document.at(value.span))
        elif isinstance(value, Citation):
            assert value.number_span in value.span
            assert document.at(value.span).startswith(value.word)
            assert "".join(value.number.split()) in "".join(document.at(value.number_span).split())
        elif isinstance(value, Task):
            assert document.at(value.span).strip() == document.at(value.span)
    return seen


def check_tree(anatomy: Anatomy) -> None:
    """Assert that a node lies inside its parent and after the node before it."""
    for index, node in enumerate(anatomy.body.nodes):
        assert node.head in node.span
        assert node.parent < index
        if node.parent >= 0:
            assert node.span in anatomy.body.nodes[node.parent].span
        if index:
            assert anatomy.body.nodes[index - 1].head.end <= node.head.start


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_parts_of_our_documents(path: Path) -> None:
    document = read(path)
    anatomy = dissect(document)
    check_tree(anatomy)
    assert check(document, anatomy) > 30


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=30), max_size=25))
def test_parts_of_anything(lines: list[str]) -> None:
    document = read_text("\n".join(lines))
    anatomy = dissect(document)
    check_tree(anatomy)
    assert check(document, anatomy) > 0


@pytest.mark.realdata
@pytest.mark.parametrize(
    "pattern",
    ["seeds/*.txt", "data/scans/gt/*.txt", "data/nd30/*.docx", "data/born-digital/*.pdf", "data/superior/*.txt"],
)
def test_parts_of_real_documents(shared: Path, pattern: str) -> None:
    paths = sorted(shared.glob(pattern))
    assert paths
    # Every seventh of the four hundred superior documents is enough of a sample.
    for path in paths if len(paths) < 20 else paths[::7]:
        try:
            document = read(path)
        except UnreadableDocument:
            continue
        anatomy = dissect(document)
        check_tree(anatomy)
        assert check(document, anatomy) > 10
