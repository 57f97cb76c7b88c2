"""Letters are changed where they stand: runs, deletions, comments and fields around them stay."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from doclint.api import check
from doclint.fixes import Fixes, fix_file
from doclint.fixes.unicode_form import LATIN
from doclint.readers.word import read_docx
from tests.doclint.fixes.compare import parts, require_same_but
from tests.doclint.word import content_control, p, package, r, text_box

OPENING = [
    p(r("KẾ HOẠCH")),
    p(r("Kiểm tra kho lưu trữ")),
    p(r("Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;")),
    p(r("Căn cứ Kế hoạch số 41/KH-UBND ngày 12/02/2026 của Ủy ban nhân dân tỉnh Sơn Khê.")),
    p(r("Ủy ban nhân dân xã ban hành Kế hoạch như sau:")),
]
BOUND = content_control(p(r("2. Văn phòng kiểm  tra kho"))).replace("<w:sdtPr/>", "<w:sdtPr><w:dataBinding/></w:sdtPr>")
TYPING = ("CT03", "CT06", "VD04", "TT16")


def fixed(tmp_path: Path, *paragraphs: str, rules: tuple[str, ...] = TYPING) -> tuple[Fixes, str, bytes]:
    """Fix a file of ``paragraphs``; return what came of it, its text and its document part."""
    path = tmp_path / "a.docx"
    before = package("".join(paragraphs))
    path.write_bytes(before)
    fixes = fix_file(path, rules)
    after = fixes.content or before
    require_same_but(before, after, (), text=True)
    return fixes, read_docx(after, path).text, parts(after)["word/document.xml"]


def test_a_mark_in_another_run_joins_its_letter(tmp_path: Path) -> None:
    fixes, text, xml = fixed(tmp_path, *OPENING, p(r("1. Văn phòng báo ca"), r("\u0301o trước ngày 10/5/2026.")))
    assert [note.words for note in fixes.changes] == ["dấu tách rời khỏi chữ → chữ Unicode dựng sẵn"]
    assert [note.excerpt for note in fixes.changes] == ["cáo"]
    assert "báo cáo trước" in text
    assert "báo cá<".encode() in xml and b">o tr" in xml
    assert not fixes.left


def test_lookalikes_become_latin(tmp_path: Path) -> None:
    _, text, _ = fixed(tmp_path, *OPENING, p(r("1. Ðơn vị, cơ quаn gửi báo cáo trước ngày 10/5/2026.")))
    assert "1. Đơn vị, cơ quan gửi" in text


def test_a_mark_that_no_letter_takes_is_left(tmp_path: Path) -> None:
    fixes, text, _ = fixed(tmp_path, *OPENING, p(r("1. Văn phòng kiêm\u0309 kê trước ngày 10/5/2026.")))
    assert [(note.rule.code, note.excerpt) for note in fixes.left] == [("CT03", "kiêm\u0309")]
    assert "kiêm\u0309 kê" in text


def test_blanks_across_runs(tmp_path: Path) -> None:
    line = p(r("1. Văn phòng kiểm tra kho "), r(", rồi lập "), r(" biên bản.Nội dung gồm số hồ  sơ lưu trữ."))
    fixes, text, _ = fixed(tmp_path, *OPENING, line)
    assert "kiểm tra kho, rồi lập biên bản.Nội dung gồm số hồ sơ lưu trữ." in text
    assert [note.words for note in fixes.left] == ["thiếu dấu cách sau dấu câu: xem lại câu rồi tự sửa"]


def test_deleted_text_is_not_touched(tmp_path: Path) -> None:
    deleted = '<w:del w:id="7" w:author="A"><w:r><w:delText xml:space="preserve">cũ  kỹ , </w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="8" w:author="A">{r("kho  mới ,")}</w:ins>'
    _, text, xml = fixed(tmp_path, *OPENING, p(r("1. Văn phòng xem "), deleted, inserted, r(" kho cũ.")))
    assert "1. Văn phòng xem kho mới, kho cũ." in text
    assert "cũ  kỹ , ".encode() in xml and b'<w:ins w:id="8"' in xml


def test_fields_comments_bookmarks_stay(tmp_path: Path) -> None:
    marks = '<w:bookmarkStart w:id="1" w:name="x"/><w:commentRangeStart w:id="3"/>'
    ends = '<w:commentRangeEnd w:id="3"/><w:bookmarkEnd w:id="1"/>'
    field = '<w:fldSimple w:instr=" DATE  \\@  dd ">' + r("hôm  nay") + "</w:fldSimple>"
    _, text, xml = fixed(tmp_path, *OPENING, p(r("1. Văn phòng "), marks, r("kiểm  tra"), ends, r(" từ "), field))
    assert "1. Văn phòng kiểm tra từ hôm nay" in text
    assert b'" DATE  \\@  dd "' in xml
    root = etree.fromstring(xml)
    names = [etree.QName(element).localname for element in root.iter()]
    assert names.count("bookmarkStart") == names.count("commentRangeStart") == names.count("commentRangeEnd") == 1


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (p(text_box(p(r("Văn phòng kiểm  tra kho")))), "chữ trong khung"),
        (BOUND, "lấy chữ từ thuộc tính"),
    ],
)
def test_what_word_keeps_twice_is_left(held: str, why: str, tmp_path: Path) -> None:
    fixes, text, _ = fixed(tmp_path, *OPENING, held)
    assert fixes.content is None and "kiểm  tra" in text
    assert [why in note.words for note in fixes.left] == [True]


def test_bases_end_as_they_must(tmp_path: Path) -> None:
    lines = [
        p(r("KẾ HOẠCH")),
        p(r("Kiểm tra kho lưu trữ")),
        p(r("Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024"), r(", ")),
        p(r("Căn cứ Nghị định số 113/2025/NĐ-CP ngày 03 tháng 6 năm 2025 của Chính phủ")),
        p(r("Căn cứ Kế hoạch số 41/KH-UBND ngày 12/02/2026 của Ủy ban nhân dân tỉnh Sơn Khê"), r(";")),
        p(r("Ủy ban nhân dân xã ban hành Kế hoạch như sau:")),
        p(r("1. Văn phòng kiểm tra trước ngày 10/5/2026.")),
    ]
    fixes, text, _ = fixed(tmp_path, *lines)
    assert "năm 2024; \n" in text and "Chính phủ;\n" in text and "tỉnh Sơn Khê.\n" in text
    assert [note.words for note in fixes.changes] == [
        *("cuối căn cứ: «,» → «;»", "cuối căn cứ: thêm «;»", "cuối căn cứ: «;» → «.»")
    ]


LETTER = [p(r("Kính gửi: Phòng Kinh tế")), p(r("1. Văn phòng mua cây trước ngày 10/5/2026./."))]
SIGNED = [p(r("CHỦ TỊCH")), p(r("Lê Văn Bảo"))]


def test_recipients(tmp_path: Path) -> None:
    listed = [r("NƠI NHẬN"), r("- Như trên,"), r("- Phòng Kinh tế "), r("- Lưu: VT, KT")]
    fixes, text, _ = fixed(tmp_path, *LETTER, *map(p, listed), *SIGNED, rules=("TT16",))
    assert "Nơi nhận:\n- Như trên;\n- Phòng Kinh tế; \n- Lưu: VT, KT.\n" in text
    assert not fixes.left


def test_recipients_without_dashes(tmp_path: Path) -> None:
    listed = [r("Nơi nhận:"), r("Như trên;"), r("Lưu: VT.")]
    _, text, _ = fixed(tmp_path, *LETTER, *map(p, listed), *SIGNED, rules=("TT16",))
    assert "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n" in text


def test_a_file_copy_that_is_not_last_is_left(tmp_path: Path) -> None:
    listed = [r("Nơi nhận:"), r("- Lưu: VT;"), r("- Phòng Kinh tế.")]
    fixes, text, _ = fixed(tmp_path, *LETTER, *map(p, listed), *SIGNED, rules=("TT16",))
    assert fixes.content is None and "- Lưu: VT;\n- Phòng Kinh tế." in text
    assert ["phải xuống cuối" in note.words for note in fixes.left] == [True]


def test_every_lookalike_looks_alike() -> None:
    for other, latin in LATIN.items():
        name, wanted = unicodedata.name(other).split(), unicodedata.name(latin).split()
        assert latin.isascii() and "LATIN" not in name and (name[1] == wanted[1]), other


WORDS = ["kho", "hồ sơ", "Đơn vị", "kiểm tra", "quyết định", "xã", "ngày 10/5/2026", "08 : 30", "1.250.000", "(đợt 2)"]
GAPS = [" ", "  ", " , ", ", ", " ; ", " .", "\u00a0, ", ": "]


@st.composite
def lines(draw: st.DrawFn) -> list[str]:
    """Return the runs of a line that was typed badly: blanks anywhere, letters apart from their marks, cut anywhere."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=10))
    line = words[0] + "".join(draw(st.sampled_from(GAPS)) + word for word in words[1:])
    if draw(st.booleans()):
        line = unicodedata.normalize("NFD", line)
    cuts = sorted(draw(st.sets(st.integers(1, len(line) - 1), max_size=6)))
    return [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]


@settings(deadline=None, max_examples=25)
@given(lines(), lines())
def test_typing_fixes_change_blanks_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], second: list[str]
) -> None:
    path = tmp_path_factory.mktemp("go") / "a.docx"
    paragraphs = [p(*map(r, ["1. Văn phòng ", *first, "."])), p(*map(r, ["2. Văn phòng ", *second, "."]))]
    before = package("".join([*OPENING, *paragraphs]))
    path.write_bytes(before)
    fixes = fix_file(path, ("CT03", "CT06"))
    after = fixes.content or before
    require_same_but(before, after, (), text=True)
    path.write_bytes(after)
    report = check(path)
    document = report.document
    assert document is not None and not document.decomposed
    old = read_docx(before, path).text
    assert "".join(document.text.split()) == "".join(old.split())
    assert document.text.count("\n") == old.count("\n")
    blanks = ("thừa dấu cách", "hai dấu cách", "tách rời")
    assert not any(word in finding.message for finding in report.findings for word in blanks)
    assert fix_file(path, ("CT03", "CT06")).content is None
