from __future__ import annotations

import re

from hypothesis import given
from lxml import etree

from digitize.outputs.hocr import hocr
from digitize.outputs.stored import StoredPage
from digitize.words import Word
from tests.digitize.test_alto import WORDS, document, page, words_of

NS = "{http://www.w3.org/1999/xhtml}"
INSIDE = {
    "ocr_carea": "ocr_page",
    "ocr_par": "ocr_carea",
    "ocr_line": "ocr_par",
    "ocrx_word": "ocr_line",
}
PROPERTY = re.compile(r'image "[^"]*"|bbox( -?\d+){4}|ppageno \d+|scan_res \d+ \d+|x_wconf -?\d+', re.DOTALL)


def assert_hocr(data: bytes) -> etree._Element:
    root = etree.fromstring(data)
    assert root.tag == f"{NS}html"
    metas = {node.get("name"): node.get("content") for node in root.iter(f"{NS}meta")}
    shown = [node for node in root.iter() if node.get("class")]
    assert {node.get("class") for node in shown} <= set(str(metas["ocr-capabilities"]).split())
    names = [node.get("id") for node in shown]
    assert len(names) == len(set(names))
    for node in shown:
        kind = str(node.get("class"))
        if kind in INSIDE:
            assert node.getparent().get("class") == INSIDE[kind]
        properties = re.sub(PROPERTY, "", str(node.get("title")))
        assert set(properties) <= {";", " "}, node.get("title")
    return root


def text_of(root: etree._Element) -> list[str]:
    return ["".join(node.itertext()).strip() for node in root.iter() if node.get("class") == "ocr_line"]


def test_lines_places_and_confidence() -> None:
    lines = (*words_of("Số:", "12/QĐ"), *words_of("Hà", "Nội", block=2, line=2, y=60))
    root = assert_hocr(hocr(document(page(1, *lines), name='công "văn".pdf')))
    assert text_of(root) == ["Số: 12/QĐ", "Hà Nội"]
    (first, *_) = root.iter(f"{NS}div")
    assert first.get("title") == "image \"công 'văn'.pdf\"; bbox 0 0 1000 1400; scan_res 200 200; ppageno 0"
    words = [node.get("title") for node in root.iter() if node.get("class") == "ocrx_word"]
    assert words[1] == "bbox 200 10 280 40; x_wconf 90"
    assert [node.get("class") for node in root.iter()].count("ocr_carea") == 2


def test_what_was_read_before_correction_is_beside_the_word() -> None:
    root = assert_hocr(hocr(document(page(1, Word("định", 0, 0, 9, 9, 70, 1, 1, 1, raw="đinh")))))
    (word,) = [node for node in root.iter() if node.get("class") == "ocrx_word"]
    assert (word.text, word.get("data-raw")) == ("định", "đinh")


def test_a_page_that_was_not_read_is_there_without_words() -> None:
    root = assert_hocr(hocr(document(StoredPage(1, None, None, None, "", "", None, ()))))
    assert [node.get("title") for node in root.iter(f"{NS}div")] == ['image "a.pdf"; ppageno 0']


@given(WORDS)
def test_whatever_was_read(words: list[Word]) -> None:
    root = assert_hocr(hocr(document(page(1, *words))))
    assert len([node for node in root.iter() if node.get("class") == "ocrx_word"]) == len(words)
