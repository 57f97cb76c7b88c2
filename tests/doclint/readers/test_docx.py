"""Word files: all that a reader of the accepted document sees, once, in order, with the runs it stands in."""

from __future__ import annotations

import unicodedata
from itertools import accumulate, pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doclint.document import Document, DocxPlace, Span
from doclint.readers import read
from tests.doclint.positions import check_blocks, check_docx_places, check_positions
from tests.doclint.word import content_control, p, package, r, table, text_box

PATH = Path("thu.docx")
ACCEPTED = "đọc với mọi thay đổi được chấp nhận"


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    global PATH
    PATH = tmp_path_factory.mktemp("word") / "thu.docx"


def reading(body: str) -> Document:
    PATH.write_bytes(package(body))
    return read(PATH)


def paragraphs(document: Document) -> list[str]:
    return [document.at(block.span) for block in document.blocks]


def changed(tag: str, content: str) -> str:
    return f'<w:{tag} w:id="1" w:author="x">{content}</w:{tag}>'


def removed(text: str) -> str:
    return changed("del", f"<w:r><w:delText>{text}</w:delText></w:r>")


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (p(r("Sở "), changed("ins", r("Nội vụ")), removed("Tài chính"), r(" chủ trì")), ["Sở Nội vụ chủ trì"]),
        (p(changed("ins", r("giữ") + changed("del", r("bỏ")))), ["giữ"]),
        (p(changed("moveFrom", r("cũ"))) + p(r("giữa")) + p(changed("moveTo", r("mới"))), ["giữa", "mới"]),
        (p(changed("del", text_box(p(r("xóa")))), r("còn")), ["còn"]),
        (changed("moveFrom", p(r("cũ"))) + changed("moveTo", p(r("mới"))), ["mới"]),
        (p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", r("Sở ")) + p(r("Nội vụ")) + p(r("hai")), ["Sở Nội vụ", "hai"]),
    ],
)
def test_changes_are_accepted_and_said_to_be(body: str, read: list[str]) -> None:
    document = reading(body)
    assert paragraphs(document) == read
    assert document.notes == (ACCEPTED,)
    check_blocks(document)


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (p(r("Kính gửi:\tSở\nNội vụ")), ["Kính gửi:\tSở\nNội vụ"]),
        (p("<w:r><w:t>226</w:t><w:noBreakHyphen/><w:t>KL</w:t><w:ptab/><w:t>x</w:t></w:r>"), ["226-KL\tx"]),
        (p(r("trước"), text_box(p(r("trong khung")) + p(r("dòng hai")))), ["trước", "trong khung", "dòng hai"]),
        (p(text_box(p(r("ngoài"), text_box(p(r("trong")))))), ["ngoài", "trong"]),
        (p("<w:r><w:pict><w:txbxContent>" + p(r("khung cũ")) + "</w:txbxContent></w:pict></w:r>"), ["khung cũ"]),
        (content_control(p(r("Điều 1."))) + p(content_control(r("trong dòng"))), ["Điều 1.", "trong dòng"]),
        (p('<w:hyperlink r:id="rId9">' + r("vanban.gov.vn") + "</w:hyperlink>"), ["vanban.gov.vn"]),
        (p("<w:fldSimple w:instr='PAGE'>" + r("12") + "</w:fldSimple>"), ["12"]),
        (p("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>", r("hiện")), ["hiện"]),
        (p("<w:smartTag>" + r("Đắk Lắk") + "</w:smartTag>"), ["Đắk Lắk"]),
        ("<mc:AlternateContent><mc:Choice>" + p(r("một")) + "</mc:Choice><mc:Fallback>" + p(r("hai"))
         + "</mc:Fallback></mc:AlternateContent>", ["một"]),
        (p() + p(r("  ")) + p(r(" có chữ ")) + p(), ["có chữ"]),
    ],
)  # fmt: skip
def test_text_is_read_once(body: str, read: list[str]) -> None:
    document = reading(body)
    assert paragraphs(document) == read
    assert document.notes == ()
    check_blocks(document)


def test_cells_know_their_table_row_and_column() -> None:
    inner = table([p(r("trong"))])
    document = reading(table([p(r("a")), p(r("b"))], [p(r("c")) + inner + p(), p(r("d"))]) + table([p(r("hai"))]))
    assert paragraphs(document) == ["a", "b", "c", "trong", "d", "hai"]
    assert [block.cell for block in document.blocks] == [
        (0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 1, 1), (2, 0, 0),
    ]  # fmt: skip


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = "<w:tr>" + content_control(f"<w:tc>{p(r('ô'))}</w:tc>") + f"<w:tc>{p(r('kề'))}</w:tc></w:tr>"
    document = reading("<w:tbl>" + content_control(row) + "<w:tr><w:tc>" + p(r("sau")) + "</w:tc></w:tr></w:tbl>")
    assert [(document.at(block.span), block.cell) for block in document.blocks] == [
        ("ô", (0, 0, 0)), ("kề", (0, 0, 1)), ("sau", (0, 1, 0)),
    ]  # fmt: skip


def test_letter_and_mark_in_two_runs_are_one_letter() -> None:
    document = reading(p(r("Bo"), r("\u0302\u0323 No\u0302"), r("\u0323i vu\u0323")))
    assert paragraphs(document) == ["Bộ Nội vụ"]
    place = document.place(Span(1, 2))
    assert isinstance(place, DocxPlace)
    assert [(run.run, run.start, run.end) for run in place.runs] == [(0, 1, 2), (1, 0, 2)]
    place = document.place(Span(3, 6))
    assert isinstance(place, DocxPlace)
    assert [(run.run, run.start, run.end) for run in place.runs] == [(1, 3, 6), (2, 0, 2)]


def test_place_names_paragraphs_from_one() -> None:
    document = reading(p(r("một")) + p() + p(r("ba")))
    assert document.place(Span(0, 3)).label == "đoạn 1"
    assert document.place(Span(0, len(document.text))).label == "đoạn 1–3"
    with pytest.raises(ValueError, match="no run"):
        document.place(Span(3, 5))


def cut(text: str, lengths: list[int]) -> list[str]:
    """Cut ``text``, decomposed, in runs: anywhere, between a letter and its mark too."""
    raw = unicodedata.normalize("NFD", text)
    stops = [*accumulate(lengths), len(raw)]
    return [raw[start:stop] for start, stop in pairwise([0, *stops]) if raw[start:stop]]


LENGTHS = st.lists(st.integers(1, 4), max_size=5)


@given(st.lists(st.builds(cut, st.text("aộĐữ \t\n-", max_size=12), LENGTHS), max_size=4), st.randoms())
@settings(max_examples=30, deadline=None)
def test_every_span_leads_to_its_runs(texts: list[list[str]], random: Random) -> None:
    document = reading(p(r("Sở")) + "".join(p(*map(r, runs)) for runs in texts))
    check_blocks(document)
    spans = [Span(position, position + 1) for position, char in enumerate(document.text) if char.strip()]
    ends = random.choices(spans, k=6)
    spans += [
        Span(min(one, other).start, max(one, other).end) for one, other in zip(ends[::2], ends[1::2], strict=True)
    ]
    check_docx_places(document, spans, PATH)


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["30_2020_ND_CP", *(f"Phuluc{number}" for number in range(1, 7))])
def test_real_files_keep_their_positions(shared: Path, name: str) -> None:
    assert check_positions(shared / f"data/nd30/{name}.docx").checked


def test_form_c_is_what_is_read() -> None:
    raw = unicodedata.normalize("NFD", "Ủy ban nhân dân tỉnh Đắk Lắk")
    assert paragraphs(reading(p(r(raw)))) == ["Ủy ban nhân dân tỉnh Đắk Lắk"]
