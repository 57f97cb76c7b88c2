"""Stamps drawn by tests/digitize/secret_specimens.py, found in the picture of the page alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digitize.engines.trueocr_models import installed
from digitize.pages import PageImage
from digitize.secrets.candidates import Candidate, candidates
from digitize.secrets.inks import Ink, inks
from digitize.secrets.judge import is_clear, judged
from digitize.secrets.printed import without_print
from digitize.secrets.shapes import shapes
from digitize.secrets.stamps import Search, likely_places, searched, settled
from digitize.words import Word
from tests.digitize.secret_specimens import INNOCENT, MARKED, Kind, specimen

QUICK = [kind for kind in MARKED if not kind.head][::6]


@pytest.fixture(params=[True, False], ids=["trueocr", "tesseract"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tesseract: None) -> None:
    """What reads the places: trueocr, or Tesseract as where that is not installed."""
    if request.param and not installed():
        pytest.skip("trueocr không có")
    monkeypatch.setattr("digitize.secrets.reader.installed", lambda: request.param)


@pytest.fixture
def tesseract_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digitize.secrets.reader.installed", lambda: False)


def search_alone(page: PageImage, number: int = 1, seconds: int = 60) -> Search:
    """Look at a page of which nothing was read."""
    return settled(searched(page, number, seconds), (), seconds)


def words_all_over(page: PageImage, height: int) -> tuple[Word, ...]:
    lines = range(0, page.image.height, 40)
    return tuple(
        Word("công tác", 0, y, page.image.width, y + height, 99, 1, 1, n) for n, y in enumerate(lines, start=1)
    )


def all_candidates(page: PageImage) -> Iterator[Candidate]:
    for ink in inks(page):
        yield from candidates(ink)
        yield from shapes(ink)


def test_there_are_enough_specimens() -> None:
    assert len(MARKED) >= 40
    assert len(INNOCENT) >= 40


@pytest.mark.parametrize("kind", QUICK, ids=lambda kind: kind.name)
def test_a_stamp_is_found_in_the_picture(kind: Kind, reader: None) -> None:
    drawn = specimen(kind, "development")
    assert search_alone(drawn.page).level == drawn.level


@pytest.mark.parametrize("kind", INNOCENT[10:20], ids=lambda kind: kind.name)
def test_other_stamps_stop_nothing(kind: Kind, reader: None) -> None:
    assert search_alone(specimen(kind, "development").page).level is None


def test_print_that_was_read_costs_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(lines: object, seconds: int) -> list[str]:
        raise AssertionError

    monkeypatch.setattr("digitize.secrets.stamps.read_lines", unwanted)
    page = specimen(INNOCENT[0], "development").page
    assert settled(searched(page, 1, 60), words_all_over(page, 40), 60).level is None


def test_a_stamp_that_cannot_be_read_stops_the_page(tesseract_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "/không/có")
    search = search_alone(specimen(MARKED[0], "development").page, 7)
    assert search.level == "mat"
    assert search.doubt.startswith("trang 7 có chỗ giống dấu độ mật")


def test_tesseract_reads_a_stamp_that_trueocr_cannot(monkeypatch: pytest.MonkeyPatch, tesseract: None) -> None:
    monkeypatch.setattr("digitize.secrets.reader.installed", lambda: True)
    monkeypatch.setattr("digitize.secrets.reader.load", lambda: None)
    search = search_alone(specimen(MARKED[0], "development").page)
    assert (search.level, search.doubt) == ("mat", "")


@pytest.mark.parametrize("colour", ["red", "black"])
def test_words_of_the_page_hide_no_stamp(colour: str, tesseract: None) -> None:
    page = specimen(
        next(kind for kind in MARKED if kind.colour == colour and kind.level == "toi-mat"), "development"
    ).page
    assert settled(searched(page, 1, 60), words_all_over(page, 30), 60).level == "toi-mat"


def test_ink_that_is_words_read_surely_is_print() -> None:
    pixels = numpy.full((400, 600), 255, numpy.uint8)
    pixels[160:200, 100:300] = 0
    ink = Ink("dark", pixels, (pixels == 0).astype(numpy.uint8), 100)

    def left(*words: tuple[str, int, int, float], dpi: float = 100, beside: int = 0) -> int:
        size = dpi / 100
        read = [
            Word(text, round(x0 * size), round(160 * size), round(x1 * size), round(200 * size), sure, 1, 1, 1)
            for text, x0, x1, sure in words
        ]
        mask = ink.mask.copy()
        mask[210:214, 100 : 100 + beside] = 1
        found = without_print(replace(ink, mask=mask), read, dpi)
        assert (found.picture[found.mask > 0] == pixels[found.mask > 0]).all()
        return int(found.mask[160:200].sum())

    whole = 40 * 200
    assert left(("nhiệm", 100, 200, 96), ("vụ", 200, 300, 96)) == 0
    assert left(("nhiệm", 100, 200, 96), ("vụ", 200, 300, 96), dpi=300) == 0
    assert left() == whole
    assert left(("nhiệm", 100, 200, 96), ("vụ", 200, 300, 96), beside=200) == whole
    assert 0 < left(("nhiệm", 100, 200, 96), ("vụ", 200, 300, 30)) < whole
    assert left(("nhiệm", 100, 200, 96), ("vụ", 240, 300, 96)) == whole
    assert left(("TỐI", 100, 200, 96), ("MẬT", 200, 300, 96)) == whole
    assert left(("TÀI", 100, 170, 96), ("LIỆU", 170, 230, 96), ("MẬT", 230, 300, 96)) == whole
    assert left(("Ma", 100, 200, 96), ("1t", 200, 300, 96)) == whole


def test_a_reading_that_takes_too_long_stops_the_page(tesseract_alone: None, tesseract: None) -> None:
    search = search_alone(specimen(MARKED[0], "development").page, seconds=0.01)  # type: ignore[arg-type]
    assert search.level
    assert "quá 0.01 giây" in search.doubt


def test_an_error_of_tesseract_stops_the_page(tesseract_alone: None, fake_tesseract: Path) -> None:
    fake_tesseract.write_text("#!/bin/sh\necho sorry >&2\nexit 3\n", encoding="utf-8")
    search = search_alone(specimen(MARKED[0], "development").page)
    assert search.level
    assert "lỗi 3" in search.doubt


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (40, 40)])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_small_and_thin_pages_are_looked_at(size: tuple[int, int], mode: str) -> None:
    for shade in (0, 128, 255):
        assert likely_places(all_candidates(PageImage(Image.new(mode, size, (shade,) * len(mode)), 200))) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([100.0, 150.0, 299.0, 600.0]), st.sampled_from(["L", "RGB"]))
def test_noise_is_borne(seed: int, dpi: float, mode: str) -> None:
    size = (97, 211)
    content = random.Random(seed).randbytes(size[0] * size[1] * len(mode))
    for place in likely_places(all_candidates(PageImage(Image.frombytes(mode, size, content), dpi))):
        height, width = place.candidate.ink.picture.shape
        assert 0 <= place.candidate.box.x <= width and 0 <= place.candidate.box.y <= height


@pytest.mark.parametrize(
    ("readings", "level"),
    [
        (["MẬT", "LÝN"], "mat"),
        (["|MẬT |"], "mat"),
        (["{rối MAT]"], "toi-mat"),
        ([",IUYÊT,MẬT4|s"], "tuyet-mat"),
        ([":FÖI MẬÂT | uớ‹"], "toi-mat"),
        (["MAT:", "YỆT MAI:", "TUYỆT MẬI |!"], "tuyet-mat"),
        (["MẬT | HỎA TỐC"], "mat"),
        (["MẬT HỎA TỐC"], "mat"),
        (["Độ mật: Tối mật"], "toi-mat"),
        (["TUYỆT"], "tuyet-mat"),
        (["[xát M47]"], "tuyet-mat"),
        (["TUYỆTMAT"], "tuyet-mat"),
        (["TUXE.,MAT."], "tuyet-mat"),
        (["YUYệT mMẬN tưo"], "tuyet-mat"),
        (["TO1 sMẬT"], "toi-mat"),
    ],
)
def test_what_is_read_of_a_stamp_is_a_marking(readings: list[str], level: str) -> None:
    assert judged(readings, 0.55, whole=True) == (level, False)


@pytest.mark.parametrize(
    "readings", [["GIẢI MẬT"], ["MAT", "VE. HI MAT NHA NI"], ["MẬT ONG RỪNG"], ["UY BAN MAT TRAN"]]
)
def test_what_stands_in_a_line_of_capitals_is_a_mention(readings: list[str]) -> None:
    assert judged(readings, 0.5, whole=True)[1]


@pytest.mark.parametrize(
    "text",
    [
        "KHẨN",
        "HỎA TỐC",
        "CÔNG VĂN ĐẾN",
        "ĐẾN Số: 12",
        "MAI",
        "tài liệu mật",
        "PHÁT",
        "LUẬT",
        "TUYỂN",
        "TỐI ĐA",
        "QUYẾT ĐỊNH",
        "",
    ],
)
def test_other_words_are_no_marking(text: str) -> None:
    assert judged([text], 0.5, whole=True) == (None, False)


def test_a_shape_makes_up_for_one_letter() -> None:
    assert judged(["MÀI"], 0.7, whole=True)[0] == "mat"
    assert judged(["MÀI"], 0.5, whole=True)[0] is None


@pytest.mark.parametrize(
    ("readings", "clear"),
    [
        (["HỎA TỐC", "301 VOH"], True),
        (["KHÂN"], True),
        (["MST 0100"], True),
        (["Mã tên kiểu đối tượng"], True),
        (["tuậrÌ", "lan]"], False),
        (["'af MÉT", "MPT"], False),
        (["|Tô1 WAY†", "LỆ TÍ"], False),
        ([""], False),
    ],
)
def test_only_words_that_are_read_let_a_likely_place_pass(readings: list[str], clear: bool) -> None:
    assert is_clear(readings) is clear


@pytest.mark.realdata
def test_real_scans_are_not_stopped(shared: Path, tesseract: None) -> None:
    from digitize.pages import page_image

    for path in islice(sorted((shared / "data/scans/images").iterdir()), 6):
        kind = "png" if path.suffix == ".png" else "jpeg"
        assert search_alone(page_image(str(path), kind, 1)).level is None
