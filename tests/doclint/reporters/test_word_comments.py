"""Copies of Word files with comments: every comment at its finding, and nothing else changed."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from doclint.api import Report, check
from doclint.document import Comment, Document, Span
from doclint.readers.word import read_docx
from doclint.readers.word.names import (
    COMMENT_END,
    COMMENT_MARK,
    COMMENT_START,
    ID,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    Element,
    W,
)
from doclint.reporters.word import commented
from doclint.reporters.word.remarks import AUTHOR, INITIALS
from tests.doclint.office import Office
from tests.doclint.reporters.findings import DRAFTS, report_of
from tests.doclint.word import CONTENT_TYPES, OFFICE, RELATIONS, content_control, p, package, r, table, text_box, zipped

PATH = Path("du-thao.docx")
TAIL = "Các đơn vị thực hiện nghiêm túc nhiệm vụ được giao tại Kế hoạch này."
MARKS = (COMMENT_START, COMMENT_END, COMMENT_MARK)


checked = cache(check)


def field(code: str, result: str) -> str:
    """Return a field all in one run."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{code}</w:instrText><w:fldChar w:fldCharType="separate"/>'
        f'<w:t>{result}</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )


RICH = "".join(
    [
        table([p(r("ỦY BAN NHÂN DÂN")), p(r("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))]),
        p('<w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t>KẾ HOẠCH</w:t></w:r>'),
        p(r("Giao "), '<w:ins w:id="3" w:author="Lan"><w:r><w:t xml:space="preserve">Phòng Nội </w:t></w:r>', r("vụ"),
          '</w:ins><w:del w:id="4" w:author="Lan"><w:r><w:delText>Sở Nội vụ</w:delText></w:r></w:del>', r("\tchủ trì")),
        p('<w:hyperlink w:anchor="m">', r("xem Điều 3 của "), r("Quyết định"), "</w:hyperlink>", r(" kèm theo")),
        p(field("PAGE", "12"), '<w:fldSimple w:instr="DATE">', r("ngày 5 tháng 3"), "</w:fldSimple>", r(" năm 2026")),
        p(r("Trước hộp "), text_box(p(r("Chữ trong hộp"))), r(" sau hộp")),
        p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', r("Đồng ý"),
          '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>Không</w:t><w:br w:type="page"/></w:r>'),
        content_control(p(r("Trong ô điều khiển"))),
        p('<w:sdt><w:sdtPr><w:dataBinding w:xpath="x"/></w:sdtPr><w:sdtContent>', r("Ô gắn dữ liệu"),
          "</w:sdtContent></w:sdt>", r(" và chữ\nxuống dòng")),
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{p(r('Đoạn có hai bản'))}</mc:Choice></mc:AlternateContent>",
        p('<w:moveTo w:id="9" w:author="Lan">', r("Chuyển đến đây"), "</w:moveTo>",
          '<w:moveFrom w:id="10" w:author="Lan">', r("Chuyển đi"), "</w:moveFrom>"),
        p('<w:pPr><w:rPr><w:del w:id="11" w:author="Lan"/></w:rPr></w:pPr>', r("Đoạn nối ")),
        p(r("với đoạn này")),
        p(r(TAIL)),
    ]
)  # fmt: skip


def copied(report: Report, content: bytes) -> tuple[bytes, Document, list[Comment]]:
    """Return the copy, what is read of it, and our comments, the one with the verdict first."""
    copy = commented(report, content)
    document = read_docx(copy, PATH)
    ours = [comment for comment in document.comments if comment.author == AUTHOR]
    return copy, document, sorted(ours, key=lambda comment: not comment.text.startswith("Đề xuất: "))


def told(comment: Comment) -> int:
    """Return the number of the finding that a comment is about."""
    found = re.search(r"^số (\d+)$", comment.text, re.MULTILINE)
    assert found is not None
    return int(found[1])


def atoms(content: bytes) -> Iterator[object]:
    """Yield everything in a document part, letter by letter: the same whatever runs it is cut into."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    for element in root.iter():
        if element.tag in MARKS or element.find(COMMENT_MARK) is not None or element.tag == RUN:
            continue
        above = tuple(one.tag for one in element.iterancestors() if one.tag != RUN)
        if next(element.iterancestors(RUN_PROPERTIES), None) is not None or element.tag == RUN_PROPERTIES:
            if element.tag == RUN_PROPERTIES and element.getparent().tag == PARAGRAPH.replace("}p", "}pPr"):
                yield above, etree.tostring(element)
            continue
        looks = element.getparent().find(RUN_PROPERTIES) if element.getparent() is not None else None
        face = None if looks is None or element.getparent().tag != RUN else etree.tostring(looks)
        if element.tag == TEXT:
            yield from ((above, face, char) for char in element.text or "")
        else:
            yield above, face, element.tag, tuple(element.attrib.items()), (element.text or "").strip()


def check_whole(report: Report, content: bytes) -> tuple[Document, list[Comment]]:
    """Check that a copy says and looks what the file does, and has a comment for each finding and the verdict."""
    original = report.document
    assert original is not None
    copy, document, ours = copied(report, content)
    assert (document.text, document.blocks, document.runs) == (original.text, original.blocks, original.runs)
    assert (document.sections, document.notes) == (original.sections, original.notes)
    assert list(atoms(copy)) == list(atoms(content))
    assert len(ours) == len(report.findings) + 1
    theirs = [comment for comment in document.comments if comment.author != AUTHOR]
    assert theirs == list(original.comments)
    opened: Any = docx.Document(io.BytesIO(copy))
    written = [comment for comment in opened.comments if comment.author == AUTHOR]
    assert len(written) == len(ours)
    assert {comment.initials for comment in written} == {INITIALS}
    check_marks(copy)
    return document, ours


def check_marks(copy: bytes) -> None:
    """Check that each comment begins, ends and is called once, in this order, and stands where Word allows it."""
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        comments = etree.fromstring(archive.read("word/comments.xml"))
    ours = [one.get(ID) for one in comments if one.get(W + "author") == AUTHOR]
    every = [one.get(ID) for one in comments]
    assert len(set(every)) == len(every)
    places: dict[str, list[tuple[str, Element]]] = {}
    for element in root.iter(*MARKS):
        places.setdefault(element.get(ID), []).append((element.tag, element))
    for id_ in ours:
        assert [tag for tag, _ in places[id_]] == list(MARKS), id_
        for _, element in places[id_]:
            above = {one.tag for one in element.iterancestors()}
            assert W + "txbxContent" not in above and W + "fldSimple" not in above


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_drafts_have_a_comment_at_every_finding(path: Path) -> None:
    report = checked(path)
    content = path.read_bytes()
    document, ours = check_whole(report, content)
    bodies = [one for one in report.findings if part_of(document, one.span) == "body"]
    assert {one.span for one in bodies} <= {comment.span for comment in ours}
    first = document.blocks[0].span.start
    assert not any(comment.text.startswith("Đề xuất: ") for comment in ours[1:])
    assert ours[0].span.start == first
    assert path.read_bytes() == content


@pytest.mark.slow
@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_commented_copy_has_the_same_findings(path: Path, tmp_path: Path) -> None:
    report = checked(path)
    copy = tmp_path / path.name
    copy.write_bytes(commented(report, path.read_bytes()))
    again = check(copy)
    assert again.findings == report.findings
    assert (again.waived, again.idle) == (report.waived, report.idle)


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["30_2020_ND_CP", *(f"Phuluc{number}" for number in range(1, 7))])
def test_real_files_take_comments(shared: Path, name: str) -> None:
    path = shared / f"data/nd30/{name}.docx"
    content = path.read_bytes()
    document = read_docx(content, path)
    chosen = random.Random(5).sample(document.blocks, min(500, len(document.blocks)))
    check_whole(report_of(document, [block.span for block in chosen]), content)
    check_whole(check(path), content)


def part_of(document: Document, span: Span) -> str:
    return next(block.part for block in document.blocks if block.span.overlaps(span))


@st.composite
def stretches(draw: st.DrawFn, document: Document) -> list[Span]:
    """Return some stretches of text that each hold at least a letter of a block."""
    letters = [at for block in document.blocks for at in range(block.span.start, block.span.end)]
    spans = []
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.sampled_from(letters))
        end = draw(st.sampled_from([at for at in letters if at >= start][:120])) + 1
        spans.append(Span(start, end))
    return spans


RICH_FILE = package(RICH)
RICH_DOCUMENT = read_docx(RICH_FILE, PATH)
SHORT = DRAFTS[2]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_comments_anywhere_change_nothing_else(data: st.DataObject) -> None:
    check_whole(report_of(RICH_DOCUMENT, data.draw(stretches(RICH_DOCUMENT))), RICH_FILE)


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_comments_of_a_draft_stand_at_their_findings(data: st.DataObject) -> None:
    content = SHORT.read_bytes()
    document = read_docx(content, PATH)
    spans = data.draw(stretches(document))
    _, again, ours = copied(report_of(document, spans), content)
    for comment in ours[1:]:
        wanted = document.at(spans[told(comment)]).strip()
        assert not wanted or again.at(comment.span).strip() == wanted


def found(text: str, content: bytes = RICH_FILE) -> tuple[str, str]:
    """Return what the comment on ``text`` covers, and what it says."""
    document = read_docx(content, PATH)
    start = document.text.index(text)
    _, again, ours = copied(report_of(document, [Span(start, start + len(text))]), content)
    [_, comment] = ours
    return again.at(comment.span), comment.text


@pytest.mark.parametrize(
    "text",
    ["BAN NHÂN", "HOẠCH", "Phòng Nội vụ", "Nội vụ\tchủ", "Điều 3", "của Quyết", "12", "hộp", "Đồng ý", "☐Kh",
     "điều khiển", "chữ\nxuống", "đến đây", "nối với", TAIL, "ý☐Không"],
)  # fmt: skip
def test_a_comment_covers_its_finding(text: str) -> None:
    covered, said = found(text)
    assert covered.strip() in (text, text + "\n")
    assert "Chỗ bị báo" not in said


@pytest.mark.parametrize("text", ["Chữ trong hộp", "gắn dữ", "ngày 5", "hai bản"])
def test_what_word_cannot_comment_is_quoted(text: str) -> None:
    assert f"Chỗ bị báo: “{text}”" in found(text)[1]


def test_a_sign_alone_is_covered() -> None:
    assert found("☑")[0] == "☑"


def test_a_list_number_is_commented_at_its_paragraph() -> None:
    numbering = (
        f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    relations = related(("numbering", "numbering.xml"))
    item = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    content = package(
        p(item, r("Giao Phòng Nội vụ")) + p(r(TAIL)),
        parts={"word/numbering.xml": numbering.encode(), "word/_rels/document.xml.rels": relations},
    )
    assert found("1.", content)[0] == "Giao Phòng Nội vụ"


def related(*parts: tuple[str, str]) -> bytes:
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        for number, (kind, name) in enumerate(parts)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    ).encode()


def test_findings_outside_the_body_are_told_at_its_beginning() -> None:
    header = f'<w:hdr xmlns:w="{W[1:-1]}">{p(r("Chữ đầu trang"))}</w:hdr>'
    note = f'<w:footnotes xmlns:w="{W[1:-1]}"><w:footnote w:id="2">{p(r("Chú thích một"))}</w:footnote></w:footnotes>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r0"/></w:sectPr>'
    content = package(
        p(r("KẾ HOẠCH chung")) + p(r(TAIL), '<w:r><w:footnoteReference w:id="2"/></w:r>') + section,
        parts={
            "word/header1.xml": header.encode(),
            "word/footnotes.xml": note.encode(),
            "word/_rels/document.xml.rels": related(("header", "header1.xml"), ("footnotes", "footnotes.xml")),
        },
    )
    assert found("đầu trang", content) == ("KẾ", found("đầu trang", content)[1])
    assert "Ở đầu trang (header): “đầu trang”" in found("đầu trang", content)[1]
    assert "Ở chú thích: “Chú thích”" in found("Chú thích", content)[1]


def test_five_hundred_comments_in_one_run() -> None:
    words = " ".join(f"việc{number}" for number in range(500))
    content = package(p(r(words)) + p(r(TAIL)))
    document = read_docx(content, PATH)
    spans = [Span(*match.span()) for match in re.finditer(r"việc\d+", document.text)]
    report = report_of(document, [*spans, Span(0, len(words) + 20)])
    again, ours = check_whole(report, content)
    assert again.at(ours[0].span) == "việc0"
    assert all(again.at(comment.span) == f"việc{told(comment)}" for comment in ours[1:] if told(comment) < 500)


def test_comments_of_people_stay_and_so_does_a_waiver(tmp_path: Path) -> None:
    written: Any = docx.Document()
    paragraph = written.add_paragraph("Các đơn vị ")
    run = paragraph.add_run("đơn đốc")
    paragraph.add_run(" và chông chéo nhiệm vụ.")
    written.add_comment([run], "doclint bỏ qua CT02: tên riêng của đơn vị", author="Lan", initials="L")
    path = tmp_path / "a.docx"
    written.save(path)
    report = check(path)
    assert [one.finding.excerpt for one in report.waived] == ["đơn đốc"]
    document, ours = check_whole(report, path.read_bytes())
    assert [comment.author for comment in document.comments if comment not in ours] == ["Lan"]
    assert "Đã bỏ qua: CT02 “đơn đốc”: tên riêng của đơn vị" in ours[0].text


def macro_package(main_type: str, extra: dict[str, bytes], entries: str = "") -> bytes:
    types = CONTENT_TYPES.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", main_type
    ).replace("</Types>", entries + "</Types>")
    document = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{p(r(TAIL))}</w:body></w:document>'
    return zipped({"[Content_Types].xml": types.encode(), "word/document.xml": document.encode(), **extra})


def test_macros_and_signatures_are_left_out_and_that_is_said() -> None:
    vba = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    more = f'<Relationship Id="s" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    relations = RELATIONS.replace("</Relationships>", more)
    content = macro_package(
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        {
            "_rels/.rels": relations.encode(),
            "word/_rels/document.xml.rels": related(("vbaProject", "vbaProject.bin")).replace(
                f"{OFFICE}/vbaProject".encode(), vba.encode()
            ),
            "word/vbaProject.bin": b"x",
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/sig1.xml": b"<s/>",
        },
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>',
    )
    document = read_docx(content, PATH)
    assert document.signed
    copy, again, ours = copied(report_of(document, [Span(0, 3)]), content)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        names = archive.namelist()
        types = archive.read("[Content_Types].xml")
        rels = archive.read("_rels/.rels") + archive.read("word/_rels/document.xml.rels")
    assert not any("vba" in name or "signatures" in name for name in names)
    assert b"macroEnabled" not in types and b"vba" not in types + rels and b"signature/origin" not in rels
    assert "không có chữ ký số" in ours[0].text and "đã bỏ macro" in ours[0].text
    docx.Document(io.BytesIO(copy))
    assert not again.signed


def test_a_strict_file_stays_strict() -> None:
    names = re.compile(rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument)/2006/")
    content = zipped({name: names.sub(STRICT + rb"\1/", part) for name, part in parts_of(RICH_FILE).items()})
    document = read_docx(content, PATH)
    report = report_of(document, [Span(0, 6), Span(20, 60)])
    copy, again, ours = copied(report, content)
    parts = parts_of(copy)
    for name in ("word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"):
        assert STRICT in parts[name]
        assert b"openxmlformats.org/wordprocessingml/2006/main" not in parts[name]
    assert (len(ours), again.text) == (3, document.text)


STRICT = b"http://purl.oclc.org/ooxml/"


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_other_parts_stay_byte_for_byte() -> None:
    for path in DRAFTS[:5]:
        before, after = parts_of(path.read_bytes()), parts_of(commented(checked(path), path.read_bytes()))
        changed = {name for name in before if before[name] != after.get(name)}
        assert changed <= {"[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"}
        assert set(after) - set(before) == {"word/comments.xml", "docProps/doclint.xml"}


@pytest.mark.slow
def test_libreoffice_shows_every_comment(office: Office, tmp_path: Path) -> None:
    paths = []
    for number, content in enumerate([RICH_FILE, *(path.read_bytes() for path in DRAFTS if "sai" in path.stem)]):
        document = read_docx(content, PATH)
        report = report_of(document, [block.span for block in document.blocks])
        paths.append(tmp_path / f"{number}.docx")
        paths[-1].write_bytes(commented(report, content))
    for path, made in zip(paths, office.convert(paths, tmp_path, "odt"), strict=True):
        expected = len([one for one in read_docx(path.read_bytes(), path).comments if one.author == AUTHOR])
        with zipfile.ZipFile(made) as archive:
            shown = archive.read("content.xml").decode()
        assert shown.count(f"<dc:creator>{AUTHOR}") == expected
    assert all(made.stat().st_size for made in office.pdf(paths, tmp_path))
