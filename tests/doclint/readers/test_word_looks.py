"""How runs and paragraphs look after all styles; paper and page numbers of sections."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from doclint.document import Font, ParagraphFormat, Section, Span
from doclint.readers.word import read_docx
from tests.doclint.office import Office
from tests.doclint.readers.wordfile import reading, word
from tests.doclint.word import p, r, table

THEME = (
    "<a:themeElements><a:clrScheme>"
    '<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1>'
    '<a:accent1><a:srgbClr val="4f81bd"/></a:accent1></a:clrScheme><a:fontScheme>'
    '<a:majorFont><a:latin typeface="Cambria"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface="MS Mincho"/><a:cs typeface="Arial"/></a:minorFont>'
    "</a:fontScheme></a:themeElements>"
)


def style(
    id_: str, run: str = "", paragraph: str = "", *, kind: str = "paragraph", based: str = "", more: str = ""
) -> str:
    parent = f'<w:basedOn w:val="{based}"/>' if based else ""
    looks = f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>"
    named = f'<w:name w:val="{id_}"/>'
    return f'<w:style w:type="{kind}" w:styleId="{id_}"{more}>{named}{parent}{looks}</w:style>'


def defaults(run: str = "", paragraph: str = "") -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraph}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def font(run: str = "", paragraph: str = "", **parts: str) -> Font:
    body = p(f"<w:pPr>{paragraph}</w:pPr>", f"<w:r><w:rPr>{run}</w:rPr><w:t>chữ</w:t></w:r>")
    [found] = reading(body, **parts).runs
    return found.font


def setting(paragraph: str = "", **parts: str) -> ParagraphFormat:
    [block] = reading(p(f"<w:pPr>{paragraph}</w:pPr>", r("chữ")), **parts).blocks
    assert block.format is not None
    return block.format


def use(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def test_a_run_says_how_it_looks() -> None:
    found = font(
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Arial" w:eastAsia="MS Mincho" w:cs="Tahoma"/><w:b/><w:i/>'
        '<w:smallCaps/><w:color w:val="ff0000"/><w:sz w:val="27"/><w:u w:val="single"/>'
    )
    assert found == Font("Times New Roman", "MS Mincho", "Tahoma", 13.5, True, True, True, True, "FF0000")


@pytest.mark.parametrize(
    ("run", "attribute", "value"),
    [
        ("", "size", 10.0),
        ("", "name", None),
        ('<w:b w:val="0"/>', "bold", False),
        ('<w:b w:val="off"/>', "bold", False),
        ('<w:b w:val="true"/>', "bold", True),
        ('<w:u w:val="none"/>', "underline", False),
        ("<w:caps/>", "capitals", True),
        ('<w:color w:val="auto"/>', "colour", None),
        ('<w:color w:val="auto" w:themeColor="accent1"/>', "colour", "4F81BD"),
        ('<w:color w:val="365F91" w:themeColor="accent1" w:themeShade="BF"/>', "colour", "365F91"),
        ('<w:color w:val="000000" w:themeColor="text1"/>', "colour", "000000"),
        ('<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Khác"/>', "name", "Calibri"),
        ('<w:rFonts w:asciiTheme="majorHAnsi"/>', "name", "Cambria"),
        ('<w:rFonts w:eastAsiaTheme="minorEastAsia"/>', "east_asia", "MS Mincho"),
        ('<w:rFonts w:eastAsiaTheme="majorEastAsia" w:eastAsia="SimSun"/>', "east_asia", "SimSun"),
        ('<w:rFonts w:cstheme="minorBidi"/>', "complex_script", "Arial"),
        ('<w:rFonts w:hAnsi="Arial"/>', "name", "Arial"),
        ('<w:sz w:val="13pt"/>', "size", 13.0),
        ('<w:sz w:val="hỏng"/>', "size", 10.0),
        ('<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>', "bold", False),
    ],
)  # fmt: skip
def test_one_property(run: str, attribute: str, value: Any) -> None:
    assert getattr(font(run, theme=THEME), attribute) == value


def test_the_settings_map_the_colours_of_the_theme() -> None:
    mapped = '<w:clrSchemeMapping w:t1="accent1"/>'
    assert font('<w:color w:themeColor="text1"/>', theme=THEME, settings=mapped).colour == "4F81BD"


def test_run_then_character_style_then_paragraph_style_then_defaults() -> None:
    styles = (
        defaults('<w:sz w:val="22"/><w:rFonts w:ascii="Calibri"/><w:color w:val="111111"/>')
        + style("Thuong", '<w:sz w:val="24"/><w:rFonts w:ascii="Arial"/>', more=' w:default="1"')
        + style("Than", '<w:sz w:val="26"/>', based="Thuong")
        + style("Nhan", '<w:sz w:val="28"/>', kind="character")
    )
    named = '<w:rStyle w:val="Nhan"/>'
    assert font(styles=styles) == Font("Arial", size=12.0, colour="111111")
    assert font(paragraph=use("Than"), styles=styles) == Font("Arial", size=13.0, colour="111111")
    assert font(named, use("Than"), styles=styles).size == 14.0
    assert font(named + '<w:sz w:val="30"/>', use("Than"), styles=styles).size == 15.0
    # A style that is not there, or of another type, is the default one.
    assert font(paragraph=use("Mất"), styles=styles).size == 12.0
    assert font(paragraph=use("Nhan"), styles=styles).size == 12.0


@pytest.mark.parametrize(
    ("in_defaults", "in_paragraph", "in_parent", "in_character", "in_run", "bold"),
    [
        ("", "<w:b/>", "", "", "", True),
        ("", "<w:b/>", "", "<w:b/>", "", False),
        ("", "<w:b/>", "", "<w:b/>", "<w:b/>", True),
        ("", "<w:b/>", "<w:b/>", "", "", True),
        ("", '<w:b w:val="0"/>', "<w:b/>", "", "", False),
        ("", '<w:b w:val="0"/>', "<w:b/>", "<w:b/>", "", True),
        ("<w:b/>", "<w:b/>", "", "<w:b/>", "", True),
        ("<w:b/>", "", "", "", '<w:b w:val="0"/>', False),
    ],
)
def test_bold_twice_is_plain(
    in_defaults: str, in_paragraph: str, in_parent: str, in_character: str, in_run: str, bold: bool
) -> None:
    styles = defaults(in_defaults) + style("Cha", in_parent) + style("Con", in_paragraph, based="Cha")
    styles += style("Nhan", in_character, kind="character")
    assert font('<w:rStyle w:val="Nhan"/>' + in_run, use("Con"), styles=styles).bold is bold


def test_styles_based_on_each_other_end() -> None:
    circle = style("A", "<w:b/>", based="B") + style("B", "<w:i/>", based="A") + style("C", "<w:u/>", based="C")
    assert font(paragraph=use("A"), styles=circle) == Font(size=10.0, bold=True, italic=True)
    assert font(paragraph=use("C"), styles=circle).underline
    long = "".join(style(f"S{number}", '<w:sz w:val="40"/>' if number == 9999 else "", based=f"S{number + 1}")
                   for number in range(10_000))  # fmt: skip
    assert font(paragraph=use("S9990"), styles=long).size == 20.0
    assert font(paragraph=use("S0"), styles=long).size == 10.0


def test_a_table_style_stands_behind_the_paragraph_style() -> None:
    styles = style("Bang", '<w:b/><w:sz w:val="18"/>', '<w:jc w:val="center"/>', kind="table")
    inside = table([p(r("ô"))]).replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="Bang"/></w:tblPr>')
    document = reading(inside + p(r("ngoài")), styles=styles)
    assert [run.font for run in document.runs] == [Font(size=9.0, bold=True), Font(size=10.0)]
    formats = [block.format for block in document.blocks]
    assert formats == [ParagraphFormat("center"), ParagraphFormat()]


def test_neighbours_that_look_alike_are_one_run() -> None:
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
    document = reading(p(r("Sở "), r("Nội"), bold.format(" vụ"), bold.format("!"), r(" ")) + p(r("tiếp")))
    assert [(document.at(run.span), run.font.bold) for run in document.runs] == [
        ("Sở Nội", False), (" vụ!", True), (" ", False), ("tiếp", False),
    ]  # fmt: skip


def test_a_letter_and_its_mark_look_as_the_letter() -> None:
    mark = "<w:r><w:rPr><w:b/></w:rPr><w:t>\u0323i</w:t></w:r>"
    document = reading(p(r("N\u00f4"), mark))
    assert [(document.at(run.span), run.font.bold) for run in document.runs] == [("Nộ", False), ("i", True)]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("", ParagraphFormat()),
        ('<w:jc w:val="both"/>', ParagraphFormat("justify")),
        ('<w:jc w:val="distribute"/>', ParagraphFormat("justify")),
        ('<w:jc w:val="start"/>', ParagraphFormat("left")),
        ('<w:jc w:val="end"/>', ParagraphFormat("right")),
        ('<w:ind w:left="567" w:right="0" w:firstLine="720"/>',
         ParagraphFormat(left_indent=28.35, right_indent=0.0, first_line_indent=36.0)),
        ('<w:ind w:start="20" w:end="40" w:hanging="360" w:firstLine="1"/>',
         ParagraphFormat(left_indent=1.0, right_indent=2.0, first_line_indent=-18.0)),
        ('<w:ind w:leftChars="100" w:firstLineChars="200"/>', ParagraphFormat()),
        ('<w:ind w:left="1cm"/>', ParagraphFormat(left_indent=28.3465)),
        ('<w:spacing w:before="120" w:after="60"/>', ParagraphFormat(space_before=6.0, space_after=3.0)),
        ('<w:spacing w:before="120" w:beforeAutospacing="1"/>', ParagraphFormat(space_before=14.0)),
        ('<w:spacing w:before="120" w:beforeAutospacing="0"/>', ParagraphFormat(space_before=6.0)),
        ('<w:spacing w:line="360"/>', ParagraphFormat(line_spacing=1.5)),
        ('<w:spacing w:line="276" w:lineRule="auto"/>', ParagraphFormat(line_spacing=1.15)),
        ('<w:spacing w:line="340" w:lineRule="exact"/>', ParagraphFormat(line_pitch=17.0)),
        ('<w:spacing w:line="340" w:lineRule="atLeast"/>', ParagraphFormat(line_pitch=17.0)),
        ('<w:pPrChange><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrChange>', ParagraphFormat()),
    ],
)  # fmt: skip
def test_a_paragraph_says_how_it_is_set(paragraph: str, expected: ParagraphFormat) -> None:
    assert setting(paragraph) == expected


def test_paragraph_over_style_over_defaults() -> None:
    styles = (
        defaults(paragraph='<w:spacing w:after="200" w:line="276" w:lineRule="auto"/>')
        + style("Cha", paragraph='<w:jc w:val="both"/><w:ind w:left="100" w:hanging="100"/>')
        + style("Con", paragraph='<w:spacing w:before="100"/>', based="Cha")
    )
    found = setting(use("Con") + '<w:ind w:firstLine="400"/>', styles=styles)
    assert found == ParagraphFormat("justify", 5.0, None, 20.0, 5.0, 10.0, 1.15)
    exact = setting(use("Con") + '<w:spacing w:line="300" w:lineRule="exact"/>', styles=styles)
    assert (exact.line_spacing, exact.line_pitch) == (None, 15.0)


def test_a_list_indents_before_what_put_the_paragraph_in_it() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/>'
        '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    member = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    styles = (
        style("Goc", paragraph='<w:ind w:left="100"/>')
        + style("Liet", paragraph=member + '<w:ind w:left="400"/>', based="Goc")
        + style("Liet2", paragraph=member, based="Goc")
    )
    parts = {"numbering": numbering, "styles": styles}
    assert setting(use("Goc") + member, **parts) == ParagraphFormat(left_indent=36.0, first_line_indent=-18.0)
    assert setting(use("Goc") + member + '<w:ind w:left="0"/>', **parts).left_indent == 0.0
    assert setting(use("Liet"), **parts).left_indent == 20.0
    assert setting(use("Liet2"), **parts).left_indent == 36.0
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert setting(use("Liet2") + none, **parts) == ParagraphFormat(left_indent=5.0)


A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851"/>'
PAGE = p(
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PA</w:instrText></w:r>',
    '<w:r><w:instrText>GE \\* MERGEFORMAT</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
)


def test_sections_have_paper_margins_and_span() -> None:
    wide = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    document = reading(
        p(f"<w:pPr><w:sectPr>{A4}<w:titlePg/></w:sectPr></w:pPr>", r("một"))
        + p(r("hai"))
        + f"<w:sectPr>{wide}<w:sectPrChange><w:sectPr>{A4}</w:sectPr></w:sectPrChange></w:sectPr>"
    )
    assert document.sections == (
        Section(Span(0, 4), 595.3, 841.9, 56.7, 56.7, 85.05, 42.55, first_page_differs=True),
        Section(Span(4, 8), 841.9, 595.3, landscape=True),
    )
    assert reading(p(r("chữ"))).sections == ()


@pytest.mark.parametrize(
    ("references", "parts", "place"),
    [
        ({"header1": "header"}, {"header1": PAGE}, "header"),
        ({"footer1": "footer"}, {"footer1": "<w:p><w:fldSimple w:instr='PAGE'/></w:p>"}, "footer"),
        ({"footer1": "footer"}, {"footer1": p("<w:r><w:pgNum/></w:r>")}, "footer"),
        ({"header1": "header"}, {"header1": PAGE.replace(" PA<", " NUMPA<").replace(">GE", ">GES")}, ""),
        ({"header1": "header"}, {"header1": p("<w:fldSimple w:instr='PAGEREF x'/>")}, ""),
        ({"header1": "header"}, {"header1": p("<w:del>" + PAGE[5:-6] + "</w:del>")}, ""),
        ({}, {"header1": PAGE}, ""),
    ],
)
def test_page_numbers_are_found(references: dict[str, str], parts: dict[str, str], place: str) -> None:
    named = "".join(f'<w:{kind}Reference w:type="default" r:id="{id_}"/>' for id_, kind in references.items())
    ends = f"<w:pPr><w:sectPr>{named}{A4}</w:sectPr></w:pPr>"
    document = reading(p(ends, r("một")) + p(r("hai")) + f"<w:sectPr>{A4}</w:sectPr>", **parts)
    # A section without a header of its own has the one before.
    assert [section.page_number for section in document.sections] == [place, place]


@pytest.mark.slow
def test_libreoffice_prints_the_same_sizes_and_weights(office: Office, tmp_path: Path) -> None:
    import pdfplumber

    styles = (
        defaults('<w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif"/><w:sz w:val="22"/>')
        + style("Cha", '<w:b/><w:sz w:val="26"/>')
        + style("Con", "<w:i/>", based="Cha")
        + style("Nhan", '<w:sz w:val="32"/>', kind="character")
    )
    runs = ["", "<w:b/>", '<w:rStyle w:val="Nhan"/>', '<w:b w:val="0"/>', '<w:i w:val="0"/><w:sz w:val="20"/>']
    body = "".join(
        p(f"<w:pPr>{use(name) if name else ''}</w:pPr>", f"<w:r><w:rPr>{run}</w:rPr><w:t>chu{number}</w:t></w:r>")
        for number, (name, run) in enumerate((name, run) for name in ("", "Cha", "Con") for run in runs)
    )
    path = tmp_path / "dang.docx"
    path.write_bytes(word(body, styles=styles))
    document = read_docx(path.read_bytes(), path)
    with pdfplumber.open(office.pdf([path], tmp_path)[0]) as pdf:
        words = [word for page in pdf.pages for word in page.extract_words(extra_attrs=["fontname", "size"])]
    printed = {
        word["text"]: (round(word["size"], 1), "Bold" in word["fontname"], "Italic" in word["fontname"])
        for word in words
    }
    looks = {document.at(run.span): (run.font.size, run.font.bold, run.font.italic) for run in document.runs}
    assert looks == printed
