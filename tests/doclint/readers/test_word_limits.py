"""Hostile Word files: each limit is kept, and the message says which."""

from __future__ import annotations

import io
import resource
import sys
import time
import zipfile
from pathlib import Path

import pytest

from doclint.readers import UnreadableDocument, limits
from doclint.readers.word import package as packages
from doclint.readers.word import read_docx
from tests.doclint.readers.wordfile import VIETNAMESE, lines, word
from tests.doclint.word import CONTENT_TYPES, NAMESPACES, RELATIONS, p, package, r, table, zipped

PATH = Path("thu.docx")


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_docx(content, PATH)
    assert caught.value.hint
    return str(caught.value)


def nested(depth: int) -> bytes:
    body = p(r("trong"))
    for _ in range(depth):
        body = table([body + p()])
    return package(body)


def test_tables_inside_tables() -> None:
    assert lines(read_docx(nested(limits.MAX_NESTED_TABLES), PATH)) == ["trong"]
    assert "bảng hoặc khung chữ lồng nhau quá 50 tầng" in refusal(nested(limits.MAX_NESTED_TABLES + 1))
    for depth in (300, 1_000):
        assert "lồng nhau quá sâu" in refusal(nested(depth))


def test_text_boxes_inside_text_boxes() -> None:
    body = p(r("trong"))
    for _ in range(60):
        body = f"<w:p><w:r><w:pict><w:txbxContent>{body}</w:txbxContent></w:pict></w:r></w:p>"
    # Each is four elements deep: the limit of the parser comes at about the same depth.
    assert "lồng nhau quá" in refusal(package(body))


def test_more_paragraphs_than_a_part_holds() -> None:
    assert "quá 200.000 đoạn" in refusal(package(p() * limits.MAX_PARAGRAPHS + p(r("chữ"))))


@pytest.mark.parametrize("wrapper", ["w:hyperlink", "w:sdt", "w:smartTag", "w:ins", "mc:Choice"])
def test_wrappers_inside_wrappers(wrapper: str) -> None:
    for depth in (200, 5_000):
        body = p(f"<{wrapper}>" * depth + r("trong") + f"</{wrapper}>" * depth)
        if depth < 250:
            assert lines(read_docx(package(body), PATH)) == ["trong"]
        else:
            assert "lồng nhau quá sâu" in refusal(package(body))


def test_one_run_of_50_megabytes() -> None:
    started = time.perf_counter()
    assert "một đoạn chữ dài quá 10 MB" in refusal(package(p(r("chữ " * 10_000_000))))
    assert time.perf_counter() - started < 20


def test_more_characters_than_a_document_holds() -> None:
    line = VIETNAMESE + " " * 30
    body = p(r(line * 1_000)) * (limits.MAX_CHARACTERS // (len(line) * 1_000) + 2)
    assert "văn bản dài quá giới hạn 5.000.000 ký tự" in refusal(package(body))


def test_more_parts_than_a_package_holds() -> None:
    parts = {f"word/media/{number}.bin": b"" for number in range(limits.MAX_PARTS)}
    assert "phần, quá giới hạn 5000" in refusal(package(p(r("chữ")), parts=parts))


def test_parts_that_unpack_too_large() -> None:
    xml = package(p(r("chữ")), parts={"word/x.xml": b" " * (limits.MAX_XML_BYTES + 1)})
    assert "64 MiB một phần" in refusal(xml)
    lying = package(p(r("chữ")), parts={"word/x.png": b"<" + b" " * limits.MAX_XML_BYTES})
    assert "64 MiB một phần" in refusal(lying)
    media = {f"word/media/{number}.png": bytes(60 * 2**20) for number in range(7)}
    assert "400 MiB cả gói" in refusal(package(p(r("chữ")), parts=media))


def test_more_tags_than_a_part_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_XML_TAGS", 1_000)
    assert "tệp Word có quá 1.000 thẻ XML" in refusal(package(p() * 1_000 + p(r("chữ"))))


BOMB = (
    '<!DOCTYPE w [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(("prolog", "entity"), [(BOMB, "&i;"), (OUTSIDE, "&x;"), ("<!DOCTYPE w>", "")])
def test_declarations_of_entities_are_refused(prolog: str, entity: str) -> None:
    assert "khai báo DTD" in refusal(package(p(r(f"chữ {entity}")), prolog=prolog))


def test_entities_in_other_parts_and_encodings_are_refused() -> None:
    styles = f'<?xml version="1.0"?>{BOMB}<w:styles {NAMESPACES}><w:style w:styleId="&i;"/></w:styles>'
    content = word(p(r("chữ")), styles="")
    assert "khai báo DTD" in refusal(replaced(content, "word/styles.xml", styles.encode()))
    xml = f"<?xml version='1.0' encoding='UTF-16'?>{OUTSIDE}<w:document {NAMESPACES}/>"
    assert "khai báo DTD" in refusal(replaced(content, "word/document.xml", xml.encode("utf-16")))


@pytest.mark.parametrize(
    "name", ["word/styles.xml", "word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"]
)
def test_broken_parts_are_named(name: str) -> None:
    message = refusal(replaced(word(p(r("chữ")), styles=""), name, b"<w:broken"))
    assert "XML hỏng" in message
    assert name == "word/document.xml" or name in message


def test_broken_packages() -> None:
    content = word(p(r("chữ " * 500)), styles="")
    assert "cắt cụt hoặc hỏng" in refusal(content[: len(content) // 2])
    assert "cắt cụt hoặc hỏng" in refusal(b"PK\x03\x04" + b"\0" * 100)
    for position in range(30, len(content), 97):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        try:
            read_docx(bytes(damaged), PATH)
        except UnreadableDocument as error:
            assert error.hint
    lying = bytearray(content)
    at = lying.rfind(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert isinstance(outcome(bytes(lying)), (str, list))


def outcome(content: bytes) -> str | list[str]:
    try:
        return lines(read_docx(content, PATH))
    except UnreadableDocument as error:
        return str(error)


def test_unusual_compression_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", f"<w:document {NAMESPACES}/>")
    assert "cách nén lạ" in refusal(buffer.getvalue())


def test_documents_without_text() -> None:
    assert "không có nội dung" in refusal(
        replaced(package(""), "word/document.xml", f"<w:document {NAMESPACES}/>".encode())
    )
    assert "không có chữ nào" in refusal(package(p()))


def test_relations_that_lead_away_or_nowhere() -> None:
    reference = '<w:sectPr><w:headerReference w:type="default" r:id="{}"/></w:sectPr>'
    relation = '<Relationship Id="x" Type="a/header" Target="{}"{}/>'
    for target, mode in (
        ("../../etc/hostname", ""),
        ("file:///etc/hostname", ' TargetMode="External"'),
        ("no.xml", ""),
    ):
        content = word(p(r("chữ")) + reference.format("x"), relations=relation.format(target, mode))
        assert lines(read_docx(content, PATH), "header") == []
    content = word(p(r("chữ")) + reference.format("x"), relations=relation.format("document.xml", ""))
    assert lines(read_docx(content, PATH), "header") == []


@pytest.mark.slow
def test_100_000_paragraphs_take_time_and_memory_in_proportion() -> None:
    def seconds(count: int) -> float:
        content = package(p(r("Sở Nội"), r(" vụ")) * count)
        started = time.perf_counter()
        document = read_docx(content, PATH)
        for block in document.blocks[:: max(1, count // 1_000)]:
            document.place(block.span)
        return time.perf_counter() - started

    small, large = seconds(10_000), seconds(100_000)
    assert large < 25 * small
    if sys.platform == "linux":
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500 * 1024


@pytest.mark.slow
def test_one_paragraph_of_100_000_runs() -> None:
    document = read_docx(package(p(*(r("Sở "), r("vụ ")) * 50_000)), PATH)
    started = time.perf_counter()
    for start in range(0, len(document.text) - 10, 1_000):
        document.place(type(document.blocks[0].span)(start, start + 10))
    assert time.perf_counter() - started < 2


def replaced(content: bytes, name: str, part: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped(parts | {name: part})
