"""A draft beside its source: what is a copy, what was changed in it, and what is not asked after."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from doclint.anatomy import dissect
from doclint.anatomy.zones import split_zones
from doclint.cli import cli
from doclint.document import Document, Span
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reuse.aside import operative, set_aside
from doclint.reuse.compare import Comparison, compare
from doclint.reuse.draft import prepared
from doclint.reuse.figures import figures
from doclint.reuse.side import Side
from doclint.reuse.source import Source, source_of
from doclint.reuse.tokens import tokenise
from tests.doclint.pdf import scanned
from tests.doclint.reuse.offices import passage
from vanthu.exit_codes import DoclintExit

CORPORA = Path(__file__).resolve().parents[3] / "corpora"
SOURCE = """ỦY BAN NHÂN DÂN TỈNH SƠN KHÊ

Số: 77/KH-UBND

KẾ HOẠCH
Trồng cây ven đường

1. Mỗi tuyến đường trồng tối thiểu 120 cây, khoảng cách giữa hai cây là 08 mét, tỷ lệ cây sống sau một năm đạt 95%.
2. Các xã chọn giống cây bản địa ít rụng lá, rễ cọc, chịu được gió lớn và không làm hỏng mặt đường cùng rãnh thoát nước.
3. Kinh phí trồng và chăm sóc là 1.250.000 đồng một cây, thanh toán làm hai đợt trước ngày 15 tháng 12 năm 2026.
"""
HEAD = "ỦY BAN NHÂN DÂN XÃ VĨNH TRẦM\n\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nTrồng cây ven đường\n\n"
OWN = "1. Thôn Đầm Bông đào 40 hố ở hai bên đường vào nhà văn hóa, thôn Cây Gạo phát quang bụi rậm quanh ao cá.\n"
SECOND, THIRD = SOURCE.splitlines()[8:10]


def compared(body: str, source: str = SOURCE) -> tuple[Document, Source, Comparison]:
    draft = read_text(HEAD + body)
    other = as_source(read_text(source))
    return draft, other, compare(prepared(draft, dissect(draft)), other)


def as_source(document: Document) -> Source:
    return source_of(document, split_zones(document))


def changed(body: str) -> list[tuple[str, str]]:
    draft, source, found = compared(body)
    return [
        (draft.at(change.draft.span), source.at(change.source.span)) for copy in found.copies for change in copy.changes
    ]


def test_an_unchanged_paragraph_is_a_copy_word_for_word() -> None:
    draft, source, found = compared(OWN + SECOND + "\n")
    (copy,) = found.copies
    assert (copy.grade, copy.similarity, copy.changes) == ("verbatim", 1.0, ())
    assert source.unit(copy.source) == "mục 2"
    assert draft.at(copy.draft) == source.at(copy.source) == SECOND.strip(".")
    assert [edit.same for edit in copy.edits] == [True]
    assert found.copied == len(SECOND.split())
    assert 0.4 < found.share < 0.6


def test_a_copied_sentence_is_found_beside_words_that_both_have_by_chance() -> None:
    sentence = passage(30, 15)
    around = "làng cũ đẹp lắm"
    source = HEAD + f"1. {passage(31, 20)}. {around}; {sentence}; {around} {passage(32, 20)}.\n"
    draft, _, found = compared(f"1. {passage(33, 20)} {around}; {sentence}; {around} {passage(34, 20)}.\n", source)
    assert sentence in draft.at(found.copies[0].draft)


def test_lines_of_a_form_make_no_copy() -> None:
    form = "\n".join(f"Cây số {passage(40 + n, 6)}: .................." for n in range(5)) + "\n"
    assert not compared(OWN + form, HEAD + form)[2].copies


def test_a_draft_of_its_own_has_no_copy() -> None:
    _, _, found = compared(OWN)
    assert found.copies == ()
    assert found.share == 0


def test_an_edited_paragraph_shows_both_sides() -> None:
    _, _, found = compared(OWN + SECOND.replace("bản địa", "tại chỗ").replace("gió lớn", "gió bão") + "\n")
    (copy,) = found.copies
    assert copy.grade == "edited"
    assert [(edit.source, edit.draft) for edit in copy.edits if not edit.same] == [
        ("bản địa", "tại chỗ"), ("lớn", "bão")
    ]  # fmt: skip


def test_an_abridged_paragraph_is_told_apart() -> None:
    _, _, found = compared(OWN + SECOND.replace("ít rụng lá, rễ cọc, chịu được gió lớn và ", "") + "\n")
    (copy,) = found.copies
    assert copy.grade == "abridged"


def test_other_accents_are_an_edit() -> None:
    _, _, found = compared(OWN + SECOND.replace("giống", "giọng") + "\n")
    (copy,) = found.copies
    assert copy.similarity == pytest.approx(1 - 1 / len(SECOND.split()))
    assert [(edit.source, edit.draft) for edit in copy.edits if not edit.same] == [("giống", "giọng")]


@pytest.mark.parametrize(
    ("source", "draft"),
    [
        ("120 cây", "80 cây"),
        ("95%", "85%"),
        ("1.250.000 đồng", "1.520.000 đồng"),
        ("ngày 15 tháng 12 năm 2026", "ngày 25 tháng 12 năm 2026"),
        ("08 mét", "10 mét"),
    ],
)
def test_a_changed_figure_is_found(source: str, draft: str) -> None:
    assert source in SOURCE
    assert changed(SOURCE.partition("ven đường\n\n")[2].replace(source, draft)) == [
        (draft.removesuffix(" cây").removesuffix(" mét"), source.removesuffix(" cây").removesuffix(" mét"))
    ]


@pytest.mark.parametrize(
    ("source", "draft"),
    [("ngày 15 tháng 12 năm 2026", "15/12/2026"), ("1.250.000", "1250000"), ("08", "8"), ("3. K", "K")],
)
def test_another_spelling_is_no_change(source: str, draft: str) -> None:
    assert source in SOURCE
    assert changed(SOURCE.partition("ven đường\n\n")[2].replace(source, draft)) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("120 cây, 08 mét", ["amount", "amount"]),
        ("đạt 95% vào năm 2027", ["percent", "date"]),
        ("trong 05 ngày làm việc", ["period"]),
        ("quý III/2026, tháng 8/2026", ["date", "date"]),
        ("Điều 5 Quyết định số 12/QĐ-UBND", []),
        ("1. Mục 3 Phụ lục 02", []),
        ("1,5 triệu đồng", ["amount"]),
    ],
)
def test_kinds_of_figures(text: str, kinds: list[str]) -> None:
    found = list(figures(Side(text), 0, len(text)))
    assert [figure.kind for figure in found] == kinds
    assert all(text[figure.span.start : figure.span.end].strip() for figure in found)


def test_what_is_cited_is_no_copy() -> None:
    quoted = f"1. Kế hoạch số 77/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh nêu rõ: “{SECOND[3:]}”.\n"
    assert compared(quoted)[2].copies == ()


@pytest.mark.parametrize("path", sorted((CORPORA / "drafts").iterdir()), ids=lambda path: path.name)
def test_all_of_a_draft_is_either_compared_or_set_aside(path: Path) -> None:
    document = read(path)
    anatomy = dissect(document)
    spans = [*operative(anatomy), *(aside.span for aside in set_aside(document, anatomy, tokenise(document.text)))]
    covered: set[int] = set()
    for span in spans:
        covered.update(range(span.start, span.end))
    assert not "".join(char for at, char in enumerate(document.text) if at not in covered).strip()


@pytest.mark.parametrize("draft", ["ke-hoach-sao-chep.docx", "ke-hoach-sach.pdf", "cong-van-giao-viec.txt"])
@pytest.mark.parametrize("source", sorted((CORPORA / "superior").iterdir()), ids=lambda path: path.stem)
def test_both_sides_of_a_copy_stand_where_it_says(draft: str, source: Path) -> None:
    ours, theirs = read(CORPORA / "drafts" / draft), read(source)
    found = compare(prepared(ours, dissect(ours)), as_source(theirs))
    for copy in found.copies:
        for span, document, side in ((copy.draft, ours, "draft"), (copy.source, theirs, "source")):
            words = "".join(document.at(span).split())
            assert words.startswith("".join(getattr(copy.edits[0], side).split()))
            assert all("".join(getattr(edit, side).split()) in words for edit in copy.edits)
        assert as_source(theirs).place(copy.source) == theirs.place(copy.source).label
    assert bool(found.copies) == (draft == "ke-hoach-sao-chep.docx" and "ke-hoach" in source.name)


def test_a_changed_figure_of_the_specimen_is_found() -> None:
    ours, theirs = read(CORPORA / "drafts/ke-hoach-sao-chep.docx"), read(CORPORA / "superior/ke-hoach-215-kh-ubnd.txt")
    found = compare(prepared(ours, dissect(ours)), as_source(theirs))
    assert [(change.draft.value, change.source.value) for copy in found.copies for change in copy.changes] == [
        ("60%", "70%")
    ]
    assert found.share > 0.4


def test_spans_are_those_of_the_documents() -> None:
    draft, _, found = compared(OWN + THIRD.replace("hai đợt", "ba đợt") + "\n")
    assert draft.at(Span(found.copies[0].draft.start, found.copies[0].draft.start + 11)) == "3. Kinh phí"


def test_the_command_shows_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, source, own = tmp_path / "du-thao.txt", tmp_path / "nguon.txt", tmp_path / "rieng.txt"
    draft.write_text(HEAD + OWN + THIRD.replace("1.250.000", "1.520.000") + "\n", encoding="utf-8")
    source.write_text(SOURCE, encoding="utf-8")
    own.write_text(HEAD + OWN, encoding="utf-8")
    assert called(draft, source) == DoclintExit.FINDINGS
    shown = " ".join(capsys.readouterr().out.split())
    assert "Sửa ít, giống" in shown
    assert "dự thảo «1.520.000 đồng», nguồn «1.250.000 đồng»" in shown
    assert "(mục 3) của nguồn" in shown
    assert called(own, source) == DoclintExit.CLEAN
    assert "không có đoạn nào" in capsys.readouterr().out


def test_pages_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    half = tmp_path / "nua.pdf"
    with pikepdf.open(CORPORA / "drafts/ke-hoach-sach.pdf") as made, pikepdf.open(BytesIO(scanned(None))) as picture:
        count = len(made.pages)
        made.pages.extend(picture.pages)
        made.save(half)
    assert called(half, CORPORA / "superior/chi-thi-18-ct-ubnd.txt") == DoclintExit.NOT_CHECKED
    assert f"CHƯA SO ĐƯỢC hết dự thảo: trang {count + 1}" in capsys.readouterr().out


def called(*arguments: Path) -> object:
    return cli.main(["compare", *map(str, arguments)], standalone_mode=False)


def test_figures_without_end_are_compared() -> None:
    body = "1. Số cây của từng thôn: " + " ".join(str(number) for number in range(20_000)) + ".\n"
    _, _, found = compared(body, HEAD + body)
    assert [copy.grade for copy in found.copies] == ["verbatim"]
    assert not found.copies[0].changes


@pytest.mark.parametrize(
    "words", ["theo dõi, hướng dẫn, ", "đôn đốc ", "sửa đổi, bổ sung khoản ", "a", "Phạt tiền từ 1 đồng "]
)
def test_formulae_are_looked_for_in_time(words: str) -> None:
    document = read_text(HEAD + words * (100_000 // len(words)))
    start = time.process_time()
    set_aside(document, dissect(read_text(HEAD)), tokenise(document.text))
    assert time.process_time() - start < 2
