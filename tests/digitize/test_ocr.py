from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import LETTERHEAD, numbered_sheet
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.engines.engine import OcrFailed
from digitize.engines.tesseract import parse_tsv, recognise
from digitize.pages import PageImage
from digitize.words import Word, line_text, lines, mean_confidence, page_text

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"


def row(text: str, line: int = 1, paragraph: int = 1, confidence: str = "90.25") -> str:
    return f"5\t1\t1\t{paragraph}\t{line}\t1\t10\t20\t30\t40\t{confidence}\t{text}\n"


def test_words_keep_their_box_and_come_in_form_c() -> None:
    (word,) = parse_tsv(HEADER + "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t\n" + row("Ho\u0300a") + row(" "))
    assert word == Word("Hòa", 10, 20, 40, 60, 90.2, 1, 1, 1)


def test_lines_and_paragraphs_become_text() -> None:
    words = parse_tsv(HEADER + row("một") + row("dòng") + row("hai", line=2) + row("đoạn", paragraph=2))
    assert [line_text(line) for line in lines(words)] == ["một dòng", "hai", "đoạn"]
    assert page_text(words) == "một dòng\nhai\n\nđoạn"


def test_a_quote_mark_is_a_letter_like_others() -> None:
    assert [word.text for word in parse_tsv(HEADER + row('"mở') + row('đóng"'))] == ['"mở', 'đóng"']


def test_confidence_weighs_letters() -> None:
    assert mean_confidence(parse_tsv(HEADER + row("a", confidence="10") + row("abc", confidence="90"))) == 70
    assert mean_confidence(()) is None


def test_numbers_that_are_none_are_a_failure() -> None:
    with pytest.raises(OcrFailed):
        parse_tsv(HEADER + row("chữ", confidence="x"))


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\t\n\r"), min_size=1)))
def test_every_word_survives(texts: list[str]) -> None:
    words = parse_tsv(HEADER + "".join(row(text) for text in texts))
    assert len(words) == sum(bool(text.strip()) for text in texts)
    assert "\f" not in page_text(words)


@given(st.text())
def test_what_is_not_tsv_gives_words_or_one_error(text: str) -> None:
    with suppress(OcrFailed):
        assert isinstance(parse_tsv(text), tuple)


@pytest.mark.usefixtures("tesseract")
def test_a_page_is_read(paper: Callable[..., Image.Image]) -> None:
    words = recognise(PageImage(paper(LETTERHEAD), 200), "vie", 60)
    assert page_text(words).split("\n\n")[0].split("\n")[0] == LETTERHEAD[0]
    assert "534/QĐ-UBND" in page_text(words)
    first = words[0]
    assert first.text == "ỦY"
    assert abs(first.x0 - 80) < 8
    assert 50 <= first.y0 < first.y1 <= 130


@pytest.mark.usefixtures("fake_tesseract")
def test_a_hanging_tesseract_is_stopped_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "tạm"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("FAKE_HANG", "303")
    with pytest.raises(OcrFailed, match="đọc quá 1 giây"):
        recognise(PageImage(numbered_sheet(303), 200), "vie", 1)
    assert list(scratch.iterdir()) == []


@pytest.mark.usefixtures("fake_tesseract")
def test_an_error_of_tesseract_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_ERROR", "303")
    with pytest.raises(OcrFailed, match="Tesseract báo lỗi 1: Error: no such luck"):
        recognise(PageImage(numbered_sheet(303), 200), "vie", 10)
