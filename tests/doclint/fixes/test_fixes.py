"""Fixed files: nothing that was found is left, nothing else has changed."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from doclint.api import Report, check
from doclint.fixes import _ORDER, Fixes, fix_file
from doclint.rulebook import load
from tests.doclint.fixes.compare import changed_parts, out_of_order, parts, require_same_but

REPOSITORY = Path(__file__).resolve().parents[3]
DRAFTS = sorted((REPOSITORY / "corpora/drafts").glob("*.docx"))
SPECIMENS = sorted((REPOSITORY / "corpora/specimens").glob("*.docx"))
CLEAN = REPOSITORY / "corpora/drafts/bao-cao-quy-iii.docx"
DECISION = REPOSITORY / "corpora/drafts/quyet-dinh-phan-cong.docx"
PROPERTIES = {
    "TT01": {"pgSz"},
    "TT02": {"pgMar"},
    "TT03": {"rFonts"},
    "TT04": {"color"},
    "TT12": {"sz", "szCs", "jc", "ind", "spacing", "contextualSpacing"},
    "TT17": {"headerReference", "footerReference", "titlePg", "sz", "szCs", "jc"},
    "TT21": {"sz", "szCs", "b", "bCs", "i", "iCs"},
}
TYPING = ("CT03", "CT06", "TT16", "VD04")
SAFE = {*PROPERTIES, *TYPING}


def others(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.code, finding.fingerprint) for finding in report.findings if finding.code not in SAFE)


def fixed(path: Path, tmp_path: Path, names: tuple[str, ...] = ()) -> tuple[Fixes, Path]:
    """Fix a file and require what holds for every fixed file."""
    before, report = path.read_bytes(), check(path)
    fixes = fix_file(path, names)
    assert path.read_bytes() == before
    copy = tmp_path / f"ban-sua-{path.name}"
    copy.write_bytes(fixes.content or before)
    codes = {note.rule.code for note in fixes.changes}
    allowed = {name for code in codes & set(PROPERTIES) for name in PROPERTIES[code]}
    require_same_but(before, copy.read_bytes(), allowed, text=bool(codes & set(TYPING)))
    again = check(copy)
    assert others(again) == others(report)
    remaining = {finding.code for finding in again.findings} & (set(names) or SAFE)
    assert remaining == {note.rule.code for note in fixes.left}
    docx.Document(str(copy))
    assert out_of_order(copy.read_bytes()) <= out_of_order(before)
    require_typing_only(report, again)
    return fixes, copy


def require_typing_only(before: Report, after: Report) -> None:
    """Require that the body has the letters and digits that it had."""
    assert before.document is not None and after.document is not None
    old, new = (
        [char.lower() for char in one.text[: one.sections[-1].span.end] if char.isalnum()]
        for one in (before.document, after.document)
    )
    assert old == new


def told(fixes: Fixes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for note in fixes.changes:
        found.setdefault(note.rule.code, []).append(note.words)
    return found


def test_rules_and_modules_belong_together() -> None:
    safe = [rule for rule in load().rules.values() if rule.autofix]
    assert {rule.code for rule in safe} == SAFE
    assert {rule.kind for rule in safe} == set(_ORDER)
    for rule in safe:
        assert callable(importlib.import_module(f"doclint.fixes.{rule.kind}").fix)


@pytest.mark.slow
@pytest.mark.parametrize("path", [*DRAFTS, *SPECIMENS], ids=lambda path: path.stem)
def test_every_draft(path: Path, tmp_path: Path) -> None:
    fixes, copy = fixed(path, tmp_path)
    if fixes.content is not None:
        assert changed_parts(path.read_bytes(), copy.read_bytes())
        again = fix_file(copy)
        assert again.content is None
        assert [note.words for note in again.left] == [note.words for note in fixes.left]


def test_the_worst_draft(tmp_path: Path) -> None:
    path = next(path for path in DRAFTS if path.stem == "ke-hoach-sai-trinh-bay")
    fixes, copy = fixed(path, tmp_path)
    words = told(fixes)
    assert words["TT02"] == ["lề trái 25,4 mm → 30 mm", "lề phải 25,4 mm → 20 mm"]
    assert words["TT03"] == ["phông Arial → Times New Roman"]
    assert words["TT04"] == ["màu đỏ → đen"]
    assert set(words["TT12"]) == {
        "cỡ chữ 12 → 13",
        "canh trái → canh đều hai lề",
        "lùi đầu dòng 0,5 cm → lùi đầu dòng 1,27 cm",
        "cách đoạn 0 pt → 6 pt",
        "cách dòng 2 dòng → 1,5 dòng",
    }
    assert words["TT17"] == ["số trang: chân trang → giữa đầu trang, trừ trang đầu"]
    assert [(note.rule.code, note.excerpt) for note in fixes.left] == [("TT04", "b) Cơ quan phối hợp: Phòng Kinh tế.")]
    assert changed_parts(path.read_bytes(), copy.read_bytes()) == {
        *("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels", "word/header2.xml")
    }
    section = docx.Document(str(copy)).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml and "PAGE" not in section.footer._element.xml


@pytest.mark.slow
@pytest.mark.parametrize("code", sorted(SAFE))
def test_one_rule_changes_nothing_of_the_others(code: str, tmp_path: Path) -> None:
    for name in ("ke-hoach-sai-trinh-bay", "quyet-dinh-sai-the-thuc", "giay-moi-khac-kho-giay"):
        fixes, _ = fixed(REPOSITORY / f"corpora/drafts/{name}.docx", tmp_path, (code,))
        assert {note.rule.code for note in fixes.changes} <= {code}


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["30_2020_ND_CP", *(f"Phuluc{number}" for number in range(1, 7))])
def test_real_files(shared: Path, name: str, tmp_path: Path) -> None:
    fixed(shared / f"data/nd30/{name}.docx", tmp_path)


def body(document: WordDocument) -> list[Paragraph]:
    return [one for one in document.paragraphs if len(one.text) > 100]


def spoil_margins(document: WordDocument) -> None:
    for section in document.sections:
        section.left_margin, section.top_margin = Mm(20), Mm(40)


def spoil_paper(document: WordDocument) -> None:
    document.sections[0].page_width, document.sections[0].page_height = Mm(215.9), Mm(355.6)


def spoil_fonts(document: WordDocument) -> None:
    for paragraph in document.paragraphs[::2]:
        for run in paragraph.runs:
            run.font.name = "Arial"
            run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:asciiTheme"), "minorHAnsi")


def spoil_colours(document: WordDocument) -> None:
    body(document)[0].runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)


def spoil_paragraphs(document: WordDocument) -> None:
    for paragraph in document.paragraphs:
        layout = paragraph.paragraph_format
        layout.first_line_indent, layout.line_spacing = Mm(5), 1.8
        layout.space_before = layout.space_after = Pt(0)
        if layout.alignment != WD_ALIGN_PARAGRAPH.CENTER:
            layout.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for run in paragraph.runs:
            run.font.size = Pt(11)


def spoil_components(document: WordDocument) -> None:
    for table in document.tables:
        for paragraph in (paragraph for cell in table._cells for paragraph in cell.paragraphs):
            for run in paragraph.runs:
                run.font.size, run.font.bold, run.font.italic = Pt(16), None, None


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (spoil_margins, {"TT02"}),
        (spoil_paper, {"TT01"}),
        (spoil_fonts, {"TT03"}),
        (spoil_colours, {"TT04"}),
        (spoil_paragraphs, {"TT12"}),
        (spoil_components, {"TT21"}),
    ],
)
@pytest.mark.parametrize("path", [CLEAN, DECISION], ids=lambda path: path.stem)
def test_what_was_spoilt_is_mended(
    path: Path, spoil: Callable[[WordDocument], None], codes: set[str], tmp_path: Path
) -> None:
    document = docx.Document(str(path))
    spoil(document)
    spoilt = tmp_path / "hong.docx"
    document.save(str(spoilt))
    fixes, _ = fixed(spoilt, tmp_path)
    assert codes <= {note.rule.code for note in fixes.changes}
    assert not fixes.left


def test_what_somebody_let_be_stays(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.docx"
    path.write_bytes((REPOSITORY / "corpora/drafts/ke-hoach-sai-trinh-bay.docx").read_bytes())
    beside = tmp_path / "ke-hoach.docx.doclint.toml"
    beside.write_text('[[waive]]\nrule = "TT02"\nreason = "mẫu riêng của hội đồng"\n', "utf-8")
    fixes = fix_file(path, ("TT02", "TT03"))
    assert set(told(fixes)) == {"TT03"}
    assert not fixes.left
    assert fixes.content is not None
    assert b'w:left="1440"' in parts(fixes.content)["word/document.xml"]
