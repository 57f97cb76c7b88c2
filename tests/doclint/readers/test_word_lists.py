"""List labels are what Word prints, and belong to no run."""

from __future__ import annotations

from pathlib import Path

import pytest

from doclint.document import DocxPlace, RunRange, Span
from doclint.readers.word import read_docx
from doclint.readers.word.counting import padded, printed
from tests.doclint.office import Office
from tests.doclint.readers.wordfile import lines, reading, word
from tests.doclint.word import p, r


def level(number: int, style: str, text: str, *more: str, start: int | None = 1) -> str:
    begin = f'<w:start w:val="{start}"/>' if start is not None else ""
    return (
        f'<w:lvl w:ilvl="{number}">{begin}<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>{"".join(more)}</w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def num(number: int, base: int, *changes: str) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{base}"/>{"".join(changes)}</w:num>'


def restart(number: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbered(list_id: int, depth: int | None = 0, more: str = "") -> str:
    chosen = "" if depth is None else f'<w:ilvl w:val="{depth}"/>'
    return f'<w:pPr>{more}<w:numPr>{chosen}<w:numId w:val="{list_id}"/></w:numPr></w:pPr>'


def item(text: str, list_id: int = 1, depth: int = 0) -> str:
    return p(numbered(list_id, depth), r(text))


def labels(body: str, numbering: str, styles: str = "") -> list[str]:
    document = reading(body, numbering=numbering, styles=styles)
    return [text.removesuffix("x") for text in lines(document)]


OUTLINE = abstract(
    0,
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "-"),
)


def test_levels_count_and_restart_under_the_one_above() -> None:
    depths = [0, 1, 1, 2, 2, 3, 1, 2, 0, 1]
    body = "".join(item("x", 1, depth) for depth in depths)
    assert labels(body, OUTLINE + num(1, 0)) == [
        "I. ", "1. ", "2. ", "a) ", "b) ", "- ", "3. ", "a) ", "II. ", "1. ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "numbers", "shown"),
    [
        # Word's own letters: no đ, and j; after z each letter twice.
        ("lowerLetter", (1, 4, 5, 10, 26, 27, 28, 53, 780, 781), "a d e j z aa bb aaa " + "z" * 30 + " 781"),
        ("upperLetter", (1, 26), "A Z"),
        ("lowerRoman", (1, 4, 9, 14, 40, 90, 400, 1999), "i iv ix xiv xl xc cd mcmxcix"),
        ("upperRoman", (3, 999_999_999), "III 999999999"),
        ("decimal", (0, 7, 10), "0 7 10"),
        ("decimalZero", (7, 10, 100), "07 10 100"),
        ("chineseCounting", (7,), "7"),
        ("none", (7,), ""),
    ],
)
def test_numbers_are_written_as_word_does(style: str, numbers: tuple[int, ...], shown: str) -> None:
    assert " ".join(printed(number, style) for number in numbers) == shown


def test_custom_numbers_are_padded() -> None:
    assert [padded(7, "001, 002, 003, ..."), padded(7, "α"), padded(70, "01, 02")] == ["007", "7", "70"]


def test_legal_numbers_turn_letters_above_into_digits() -> None:
    levels = abstract(0, level(0, "upperRoman", "Điều %1."), level(1, "decimal", "%1.%2.", "<w:isLgl/>"))
    body = item("x") + item("x") + item("x", depth=1)
    assert labels(body, levels + num(1, 0)) == ["Điều I. ", "Điều II. ", "2.1. "]


def test_start_suffix_and_restart_are_obeyed() -> None:
    levels = abstract(
        0,
        level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>', start=5),
        level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'),
        level(2, "decimal", "%3", start=None),
    )
    body = item("x") + item("x", depth=1) + item("x") + item("x", depth=1) + item("x", depth=2)
    assert labels(body, levels + num(1, 0)) == ["5.", "a) ", "6.", "b) ", "0 "]


def test_lists_of_one_kind_go_on_unless_they_say_where_they_start() -> None:
    numbering = OUTLINE + num(1, 0) + num(2, 0) + num(3, 0, restart(0, 1)) + num(4, 0, restart(0, 9))
    body = item("x", 1) + item("x", 2) + item("x", 3) + item("x", 3) + item("x", 1) + item("x", 4) + item("x", 4)
    assert labels(body, numbering) == ["I. ", "II. ", "I. ", "II. ", "III. ", "IX. ", "X. "]


def test_a_list_may_have_levels_of_its_own() -> None:
    change = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "(%1)", start=3)}</w:lvlOverride>'
    assert labels(item("x", 2), OUTLINE + num(1, 0) + num(2, 0, change)) == ["(3) "]


def test_styles_bring_numbers_and_zero_takes_them_away() -> None:
    numbering = abstract(
        0,
        level(0, "decimal", "Điều %1.", '<w:pStyle w:val="Dieu"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="Khoan"/>'),
    ) + num(7, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
    )
    body = "".join(p(f'<w:pPr><w:pStyle w:val="{name}"/></w:pPr>', r("x")) for name in ("Dieu", "Khoan", "Khoan"))
    body += p(numbered(0, 0, '<w:pStyle w:val="Dieu"/>'), r("x")) + p('<w:pPr><w:pStyle w:val="Con"/></w:pPr>', r("x"))
    assert labels(body, numbering, styles) == ["Điều 1. ", "1. ", "2. ", "", "Điều 2. "]


def test_a_list_style_stands_for_its_list() -> None:
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="Muc"/></w:abstractNum>'
    styles = (
        '<w:style w:type="numbering" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert labels(item("x", 2) + item("x", 1), OUTLINE + link + num(1, 0) + num(2, 5), styles) == ["I. ", "II. "]


@pytest.mark.parametrize(
    ("text", "font", "shown"),
    [
        ("-", "", "- "),
        ("+", "", "+ "),
        ("\uf0b7", "Symbol", "• "),
        ("\uf0a7", "Wingdings", "▪ "),
        ("\uf02d", "Times New Roman", "- "),
        ("\uf0d8", "Wingdings", "➢ "),
        ("\uf099", "Webdings", "• "),
        ("", "", ""),
    ],
)
def test_bullets_are_the_signs_they_look_like(text: str, font: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    assert labels(item("x"), abstract(0, level(0, "bullet", text, fonts)) + num(1, 0)) == [shown]


def test_deleted_items_are_not_counted_and_empty_ones_are() -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    gone = p(
        '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' + mark + "</w:pPr>",
        "<w:del><w:r><w:delText>y</w:delText></w:r></w:del>",
    )
    body = item("x") + gone + item("x") + p(numbered(1)) + item("x")
    assert labels(body, OUTLINE + num(1, 0)) == ["I. ", "II. ", "IV. "]


def test_a_label_is_in_the_block_and_in_no_run() -> None:
    document = reading(item("Kế hoạch"), numbering=OUTLINE + num(1, 0))
    assert document.text == "I. Kế hoạch\n"
    assert document.blocks[0].span == Span(0, 11)
    assert document.place(Span(0, 2)) == DocxPlace("document", (RunRange(0, 0, 0, 0),))
    assert document.place(Span(0, 6)) == DocxPlace("document", (RunRange(0, 0, 0, 3),))
    assert [run.span for run in document.runs] == [Span(3, 11)]


def test_abuse_makes_no_long_labels() -> None:
    long = abstract(0, level(0, "decimal", "%1" * 100_000)) + num(1, 0)
    assert labels(item("x"), long) == [""]
    huge = abstract(0, level(0, "upperRoman", "%1.", start=999_999_999)) + num(1, 0)
    assert labels(item("x"), huge) == ["999999999. "]
    nonsense = abstract(0, level(0, "decimal", "%1.").replace('w:val="1"', 'w:val="một"')) + num(1, 0)
    assert labels(item("x"), nonsense) == ["0. "]
    assert labels(item("x", depth=99), OUTLINE + num(1, 0)) == [""]
    assert labels(item("x", 1), '<w:num w:numId="1"/>') == [""]
    circle = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum>' + num(1, 0)
    style = '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert labels(item("x"), circle, style) == [""]


@pytest.mark.slow
def test_libreoffice_counts_the_same(office: Office, tmp_path: Path) -> None:
    depths = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    body = "".join(item(f"mục {number}", 1, depth) for number, depth in enumerate(depths))
    body += item("bắt đầu lại", 2) + item("tiếp", 2) + item("tiếp nữa", 1)
    levels = abstract(0, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
    content = word(body, numbering=levels + num(1, 0) + num(2, 0, restart(0, 1)))
    path = tmp_path / "danh-sach.docx"
    path.write_bytes(content)
    shown = office.text(path, tmp_path).split("\n")
    assert lines(read_docx(content, path)) == [" ".join(line.split()) for line in shown if line.strip()]
