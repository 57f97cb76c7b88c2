"""What the examples of the language rules cannot hold: Unicode apart, old encodings, margins of a page."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from doclint.anatomy import dissect
from doclint.checks import Context, legacy_encoding, load_kind, secrecy, unicode_form
from doclint.document import Block, Document, Span
from doclint.finding import Match
from doclint.readers.text import read_text
from doclint.readers.word import read_docx
from doclint.vietnamese.legacy import Encoding
from tests.doclint.legacy_encoder import encode
from tests.doclint.word import p, package, r

SENTENCE = "Phòng Kinh tế kiểm đếm hồ sơ, lập biên bản bàn giao và nộp báo cáo đúng thời hạn được giao."


def found(document: Document, kind: str, options: object) -> list[tuple[str, dict[str, str]]]:
    matches: list[Match] = list(load_kind(kind).check(document, options, Context(dissect(document))))
    return [(document.at(match.span), dict(match.values)) for match in matches]


def forms(document: Document) -> list[tuple[str, str]]:
    options = unicode_form.Options(("decomposed", "lookalikes"))
    return [(word, values["count"]) for word, values in found(document, "unicode_form", options)]


def test_a_decomposed_text_is_told_at_its_first_word() -> None:
    apart = unicodedata.normalize("NFD", "kiểm kê")
    assert forms(read_text(f"Tổ công tác {apart} kho, lập biên bản.")) == [("kiểm", "2")]


def test_a_text_in_form_c_and_markup_left_out_are_silent() -> None:
    assert forms(read_text(SENTENCE)) == []
    assert forms(read_text(f"# Kế hoạch\r\n\r\n**Mục** đích\r\n{SENTENCE}\r\n")) == []


def test_a_decomposed_word_file_is_told_even_where_a_mark_stands_in_the_next_run() -> None:
    body = p(r(SENTENCE)) + p(r("Thời ha"), r("\u0323n là ba ngày, "), r(unicodedata.normalize("NFD", "hết hạn.")))
    document = read_docx(package(body), Path("a.docx"))
    assert [document.text[place] for place in document.decomposed] == ["ạ", "ế", "ạ"]
    assert forms(document) == [("hạn", "3")]


@pytest.mark.parametrize("encoding", list(Encoding))
def test_a_converted_text_is_told_once_at_its_first_words(encoding: Encoding) -> None:
    document = read_text(encode(SENTENCE, encoding))
    assert document.text == SENTENCE
    assert found(document, "legacy_encoding", legacy_encoding.Options()) == [
        ("Phòng Kinh tế kiểm", {"encoding": encoding.value})
    ]


def test_a_converted_word_file_is_told_where_the_old_font_begins() -> None:
    font = '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    old = f"<w:r>{font}<w:t>{encode(SENTENCE, Encoding.TCVN3)}</w:t></w:r>"
    document = read_docx(package(p(r("Kính gửi: Trưởng các thôn thuộc xã Vĩnh Trầm.")) + p(old)), Path("a.docx"))
    assert found(document, "legacy_encoding", legacy_encoding.Options()) == [
        ("Phòng Kinh tế kiểm", {"encoding": "TCVN3"})
    ]


def test_a_text_in_unicode_has_no_old_encoding() -> None:
    assert found(read_text(SENTENCE), "legacy_encoding", legacy_encoding.Options()) == []


@pytest.mark.parametrize("part", ["header", "footer", "watermark", "margin"])
def test_a_mark_of_secrecy_in_the_margin_is_told(part: str) -> None:
    document = read_text(f"{SENTENCE}\n\nTỐI MẬT")
    begin = document.text.index("TỐI")
    margin = Block(Span(begin, len(document.text)), part)
    document = replace(document, blocks=(document.blocks[0], margin))
    assert found(document, "secrecy", secrecy.Options()) == [("TỐI MẬT", {"mark": "TỐI MẬT"})]
