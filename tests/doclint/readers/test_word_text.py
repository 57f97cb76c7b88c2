"""What a Word file shows is read once, and nothing else: parts, fields, symbols, hidden and deleted text."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from doclint.document import DocxPlace, RunRange, Span
from doclint.readers import UnreadableDocument
from doclint.readers.word import read_docx
from doclint.readers.word.symbols import symbol
from tests.doclint.readers.wordfile import MORE, lines, reading, word
from tests.doclint.word import OFFICE, p, package, r, table, text_box, zipped

ACCEPTED = "đọc với mọi thay đổi được chấp nhận"
SECTION = "<w:sectPr>{}</w:sectPr>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def complex_field(instruction: str, result: str) -> str:
    return mark("begin") + code(instruction) + mark("separate") + r(result) + mark("end")


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (p(r("Xem "), complex_field("REF muc_1", "mục 1")), ["Xem mục 1"]),
        (p(mark("begin"), code("IF "), complex_field("MERGEFIELD x", "ẩn"), code(" = 1"), mark("separate"), r("hiện"),
           mark("end"), r(" sau")), ["hiện sau"]),
        (p(mark("begin"), code("TOC"), mark("separate"), r("một")) + p(r("hai"), mark("end"), r(" ba")),
         ["một", "hai ba"]),
        (p(mark("begin"), r("không đóng")) + p(r("vẫn đọc")), ["không đóng", "vẫn đọc"]),
        (p(mark("end"), r("thừa"), mark("separate")), ["thừa"]),
        (p(f"<w:del>{mark('begin')}{code('X')}{mark('separate')}{r('cũ')}</w:del>", r("mới")), ["mới"]),
        (p(mark("begin"), "<w:del>" + mark("end") + "</w:del>", r("còn")), ["còn"]),
        (p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>X</w:instrText><w:t>mã</w:t>'
           '<w:fldChar w:fldCharType="end"/><w:t>chữ</w:t></w:r>'), ["chữ"]),
        (p(mark("begin"), code("X"), text_box(p(r("khung"))), mark("separate"), r("kết quả"), mark("end")),
         ["kết quả", "khung"]),
        (p("<w:fldSimple w:instr=' NUMPAGES '>" + r("4") + "</w:fldSimple>"), ["4"]),
    ],
)  # fmt: skip
def test_fields_show_their_result(body: str, shown: list[str]) -> None:
    assert lines(reading(body)) == shown


@pytest.mark.parametrize(
    ("run", "shown"),
    [
        ('<w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t>', "a\nb"),
        ('<w:t>a</w:t><w:br w:type="textWrapping"/><w:t>b</w:t><w:cr/><w:t>c</w:t>', "a\nb\nc"),
        ("<w:t>văn</w:t><w:softHyphen/><w:t>bản</w:t>", "vănbản"),
        ("<w:t>văn\u00adbản</w:t>", "vănbản"),
        ("<w:t>83</w:t><w:noBreakHyphen/><w:t>KL</w:t>", "83-KL"),
        ('<w:t>đúng </w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>!</w:t>', "đúng ✓!"),
        ('<w:sym w:font="Times New Roman" w:char="0110"/><w:t>ức</w:t>', "Đức"),
        ('<w:t>a</w:t><w:sym w:font="x" w:char="hỏng"/>', "a"),
        ('<mc:AlternateContent><mc:Choice Requires="w16se"><w16se:symEx w16se:font="x" w16se:char="1F60A"/></mc:Choice>'
         "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent><w:t>a</w:t>", "😊a"),
        ("<mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>dự phòng</w:t></mc:Fallback></mc:AlternateContent>",
         "dự phòng"),
        ("<w:ruby><w:rt><w:r><w:t>đọc</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>gốc</w:t></w:r></w:rubyBase></w:ruby>",
         "gốc"),
        ("<w:t>hai\ndòng</w:t>", "hai dòng"),
        ("<w:t>a<!-- chú thích -->b</w:t>", "ab"),
        ("<w:delText>cũ</w:delText><w:t>mới</w:t>", "mới"),
    ],
)  # fmt: skip
def test_runs_show_signs_and_breaks(run: str, shown: str) -> None:
    body = p(f"<w:r>{run}</w:r>").replace("<w:p>", f"<w:p {MORE}>")
    assert lines(reading(body)) == [shown]


def test_symbols_without_a_known_look_are_bullets() -> None:
    assert [symbol(0xF061, "Symbol"), symbol(0x61, "Symbol"), symbol(0xF000 + 1, "x")] == ["α", "α", "•"]
    assert [symbol(0x2022, "Arial"), symbol(0xD800, "Arial"), symbol(0, "Arial")] == ["•", "", ""]


def test_signs_that_no_run_holds_lead_to_an_empty_place() -> None:
    document = reading(p('<w:r><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>b</w:t></w:r>'))
    assert document.text == "a✓b\n"
    assert document.place(Span(1, 2)) == DocxPlace("document", (RunRange(0, 0, 1, 1),))
    assert document.place(Span(1, 3)) == DocxPlace("document", (RunRange(0, 0, 1, 2),))
    assert document.place(Span(2, 3)) == DocxPlace("document", (RunRange(0, 0, 1, 2),))


def test_hidden_text_is_not_read_and_said() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    document = reading(p(r("hiện"), hidden, r(" tiếp")))
    assert lines(document) == ["hiện tiếp"]
    assert document.notes == ("không đọc chữ ẩn",)
    shown = '<w:r><w:rPr><w:rStyle w:val="an"/><w:vanish w:val="0"/></w:rPr><w:t>hiện</w:t></w:r>'
    style = '<w:style w:type="character" w:styleId="an"><w:rPr><w:vanish/></w:rPr></w:style>'
    by_style = '<w:r><w:rPr><w:rStyle w:val="an"/></w:rPr><w:t>ẩn</w:t></w:r>'
    assert lines(reading(p(shown, by_style), styles=style)) == ["hiện"]


def test_hidden_and_moved_marks_join_paragraphs() -> None:
    for tag in ("del", "moveFrom", "vanish", "specVanish"):
        body = p(f"<w:pPr><w:rPr><w:{tag}/></w:rPr></w:pPr>", r("Điều 1. ")) + p(r("Phạm vi"))
        document = reading(body)
        assert lines(document) == ["Điều 1. Phạm vi"]
        assert document.place(Span(0, 15)) == DocxPlace("document", (RunRange(0, 0, 0, 8), RunRange(1, 0, 0, 7)))


def test_a_deleted_mark_joins_nothing_over_a_table() -> None:
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = p(gone, r("trước")) + table([p(gone, r("trong"))]) + p(r("sau"))
    assert lines(reading(body)) == ["trước", "trong", "sau"]


def test_deleted_rows_and_cells_are_gone() -> None:
    rows = "".join(
        f"<w:tr>{change}<w:tc>{p(r(text))}</w:tc></w:tr>"
        for change, text in (
            ("", "một"),
            ('<w:trPr><w:del w:id="1" w:author="x"/></w:trPr>', "hai"),
            ('<w:trPr><w:ins w:id="2" w:author="x"/></w:trPr>', "ba"),
        )
    )
    cell = f"<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{p(r('bốn'))}</w:tc><w:tc>{p(r('năm'))}</w:tc></w:tr>"
    document = reading(f"<w:tbl>{rows}{cell}</w:tbl>")
    assert [(document.at(block.span), block.cell) for block in document.blocks] == [
        ("một", (0, 0, 0)), ("ba", (0, 1, 0)), ("năm", (0, 2, 1)),
    ]  # fmt: skip
    assert document.notes == (ACCEPTED,)


def test_merged_cells_stand_where_they_begin() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"

    rows = [
        cell("rộng", '<w:gridSpan w:val="2"/>') + cell("cao", '<w:vMerge w:val="restart"/>'),
        cell("a") + cell("b") + cell("sót", "<w:vMerge/>"),
        cell("c") + cell("d") + cell("mới"),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    body += f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cell("lùi")}</w:tr></w:tbl>'
    document = reading(body)
    assert {document.at(block.span): block.cell for block in document.blocks} == {
        "rộng": (0, 0, 0), "cao": (0, 0, 2), "a": (0, 1, 0), "b": (0, 1, 1), "sót": (0, 0, 2),
        "c": (0, 2, 0), "d": (0, 2, 1), "mới": (0, 2, 2), "lùi": (0, 3, 2),
    }  # fmt: skip


def test_headers_and_footers_that_are_printed_follow_the_body_once() -> None:
    first = '<w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" r:id="header2"/>'
    second = '<w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
    body = p("<w:pPr>" + SECTION.format(first) + "</w:pPr>", r("một")) + p(r("hai"))
    parts = {
        "header1": p(r("đầu")) + table([p(r("ô"))]),
        "header2": p(r("trang đầu")),
        "footer1": p(r("chân")),
        "footer2": p(r("trang chẵn")),
    }
    document = reading(body + SECTION.format(second), **parts)
    assert [(document.at(block.span), block.part) for block in document.blocks] == [
        ("một", "body"), ("hai", "body"), ("đầu", "header"), ("ô", "header"), ("chân", "footer"),
    ]  # fmt: skip
    place = document.place(document.blocks[3].span)
    assert place == DocxPlace("header1", (RunRange(1, 0, 0, 1),))
    document = reading(body + SECTION.format(second + "<w:titlePg/>"), settings="<w:evenAndOddHeaders/>", **parts)
    assert lines(document, "header") == ["đầu", "ô", "trang đầu"]
    assert lines(document, "footer") == ["chân", "trang chẵn"]
    across = document.place(Span(0, len(document.text)))
    assert isinstance(across, DocxPlace)
    assert across.part == "document"


def test_notes_that_are_referred_to_follow_in_order() -> None:
    def note(id_: int, text: str, more: str = "") -> str:
        return f'<w:footnote w:id="{id_}"{more}>{p("<w:r><w:footnoteRef/></w:r>", r(text))}</w:footnote>'

    def reference(kind: str, id_: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{id_}"/></w:r>'

    document = reading(
        p(r("Luật"), reference("footnote", 3), r(" và"), "<w:del>" + reference("footnote", 4) + "</w:del>")
        + p(r("Nghị định"), reference("endnote", 1), reference("footnote", 2)),
        footnotes=note(0, "vạch", ' w:type="separator"') + note(2, "hai") + note(3, "ba") + note(4, "bốn"),
        endnotes=note(1, "cuối").replace("w:footnote ", "w:endnote ").replace("w:footnote>", "w:endnote>"),
    )
    assert lines(document) == ["Luật và", "Nghị định"]
    assert lines(document, "footnote") == ["ba", "hai", "cuối"]
    assert document.place(document.blocks[2].span) == DocxPlace("footnotes", (RunRange(2, 1, 0, 2),))


def test_comments_keep_their_span_author_and_words() -> None:
    def at(kind: str, id_: int) -> str:
        return f'<w:commentRange{kind} w:id="{id_}"/>'

    def comment(id_: int, *text: str) -> str:
        return f'<w:comment w:id="{id_}" w:author="Lan">{"".join(p(r(line)) for line in text)}</w:comment>'

    point = '<w:r><w:commentReference w:id="{}"/></w:r>'
    document = reading(
        p(r("Giao "), at("Start", 0), r("Sở Nội"), at("Start", 1))
        + at("End", 1)
        + p(r("vụ "), at("End", 0), point.format(0), r("chủ trì"))
        + p(at("Start", 2), "<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>", at("End", 2), r("mới"))
        + p(r("điểm"), point.format(3)),
        comments="".join(comment(number, "bỏ qua", "lý do") for number in range(5)),
    )
    # What is fixed to a point, or to nothing that is left, goes with its paragraph.
    assert [document.at(comment.span) for comment in document.comments] == ["Giao Sở Nội", "Sở Nội\nvụ", "mới", "điểm"]
    assert {(comment.author, comment.text) for comment in document.comments} == {("Lan", "bỏ qua\nlý do")}


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ('<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>',
         "tệp có 1 đối tượng nhúng không đọc được: 1 đối tượng OLE"),
        ("<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>",
         "tệp có 1 ảnh: chữ trong ảnh không đọc được"),
        ("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "tệp có 1 đối tượng nhúng không đọc được: 1 công thức"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_said(content: str, note: str) -> None:
    document = reading(p(r("chữ"), content).replace("<w:p>", f"<w:p {MORE}>"))
    assert lines(document) == ["chữ"]
    assert document.notes == (note,)


def test_files_inside_the_file_are_said() -> None:
    document = reading(p(r("chữ")) + '<w:altChunk r:id="rId9"/><w:altChunk r:id="rId9"/>')
    assert document.notes == ("tệp có 2 đối tượng nhúng không đọc được: 2 tệp chèn nguyên (altChunk)",)


def test_macros_signatures_and_outside_content_are_said() -> None:
    outside = f'<Relationship Id="r1" Type="{OFFICE}/image" Target="http://x.vn/a.png" TargetMode="External"/>'
    link = f'<Relationship Id="r2" Type="{OFFICE}/hyperlink" Target="http://x.vn" TargetMode="External"/>'
    styles = f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="http://x.vn/s.xml" TargetMode="External"/>'
    extra = {"word/vbaProject.bin": b"x", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    document = read_docx(word(p(r("chữ")), relations=outside + link + styles, extra=extra), Path("x.docm"))
    assert document.notes == (
        "tệp có macro: chỉ đọc chữ, không chạy",
        "tệp có chữ ký số",
        "tệp có liên kết lấy nội dung từ bên ngoài: không mở",
    )
    assert read_docx(word(p(r("chữ")), relations=link), Path("x.docx")).notes == ()


def test_old_encodings_are_told_by_their_font() -> None:
    run = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>{}</w:t></w:r>'
    document = reading(p(run.format("Céng hoµ x· héi chñ nghÜa"), run.format(" ViÖt Nam")))
    assert lines(document) == ["Cộng hoà xã hội chủ nghĩa Việt Nam"]
    assert document.notes == ("chuyển sang Unicode từ bảng mã cũ TCVN3",)
    place = document.place(Span(26, 30))
    assert place == DocxPlace("document", (RunRange(0, 1, 1, 5),))


def test_strict_files_are_read() -> None:
    content = word(p(r("chữ")) + SECTION.format('<w:pgSz w:w="210mm" w:h="297mm"/>'), styles="")
    strict = content_replaced(content, "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                              "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
    document = read_docx(strict, Path("x.docx"))
    assert lines(document) == ["chữ"]
    assert document.sections[0].width == pytest.approx(595.28, abs=0.01)


def test_the_document_may_have_another_name() -> None:
    content = content_replaced(package(p(r("chữ"))), "word/document.xml", "word/document22.xml")
    document = read_docx(content, Path("x.docx"))
    assert lines(document) == ["chữ"]
    assert document.place(Span(0, 1)) == DocxPlace("document", (RunRange(0, 0, 0, 1),))
    with pytest.raises(UnreadableDocument, match="không phải tệp Word"):
        read_docx(content_replaced(package(p(r("chữ"))), "word/document.xml", "xl/workbook.xml"), Path("x.docx"))


def content_replaced(content: bytes, old: str, new: str) -> bytes:
    """Return a package with ``old`` replaced in all names and parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(
            {
                name.replace(old, new): archive.read(name).replace(old.encode(), new.encode())
                for name in archive.namelist()
            }
        )
