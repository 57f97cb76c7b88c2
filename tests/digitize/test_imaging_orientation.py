from __future__ import annotations

from pathlib import Path

import pytesseract
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.imaging import orientation
from digitize.imaging.orientation import Osd, osd, turn, turn_after_poor_reading, turn_back, upright_turn
from digitize.pages import PageImage
from digitize.words import Word
from tests.digitize.worn_pages import FONT, askew, old_paper, page, printed, speckled

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core")
TURNS = (0, 90, 180, 270)


@pytest.fixture
def no_osd(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> Osd:
        return Osd(0, 0.0, "máy chưa có gói tesseract-ocr-osd")

    monkeypatch.setattr(orientation, "osd", failing)


@pytest.mark.usefixtures("no_osd")
@pytest.mark.parametrize("turned", TURNS)
@pytest.mark.parametrize(
    "worn", [lambda sheet: sheet, lambda sheet: askew(sheet, 4), lambda sheet: old_paper(sheet, 3)]
)
def test_letters_alone_tell_which_way_up_a_page_lies(turned: int, worn: object) -> None:
    assert callable(worn)
    degrees, decision = upright_turn(turn(page(worn(printed())), turned), 60)
    assert (degrees + turned) % 360 == 0
    assert decision.applied is bool(turned)


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turned", TURNS)
def test_osd_agrees(turned: int) -> None:
    lying = turn(page(speckled(printed(), 1)), turned)
    if osd(lying, 60).failed:
        pytest.skip("cần gói tesseract-ocr-osd")
    assert (upright_turn(lying, 60)[0] + turned) % 360 == 0
    found = turn_after_poor_reading(lying, 31.0, 60)
    assert found
    assert (found[0] + turned) % 360 == 0


def test_an_upright_page_is_not_shown_to_osd(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> Osd:
        raise AssertionError

    monkeypatch.setattr(orientation, "osd", never)
    assert upright_turn(page(printed()), 60)[0] == 0
    assert turn_after_poor_reading(page(printed()), 88.0, 60) is None


def test_osd_that_contradicts_surely_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orientation, "osd", lambda *_: Osd(0, 20.0))
    degrees, decision = upright_turn(turn(page(printed()), 180), 60)
    assert degrees == 0
    assert not decision.applied


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (pytesseract.TesseractError(1, "Error opening data file osd.traineddata"), "tesseract-ocr-osd"),
        (pytesseract.TesseractError(1, "Too few characters"), "không xác định"),
        (RuntimeError("Tesseract process timeout"), "không chạy được"),
        (pytesseract.TesseractNotFoundError(), "không chạy được"),
    ],
)
def test_osd_that_fails_is_no_trouble(monkeypatch: pytest.MonkeyPatch, raised: Exception, told: str) -> None:
    def failing(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(pytesseract, "image_to_osd", failing)
    found = turn_after_poor_reading(page(printed()), None, 60)
    assert found
    assert found[0] == 0
    assert told in found[1].reason


def test_few_letters_decide_nothing() -> None:
    assert upright_turn(page(Image.new("L", (900, 1200), 255)), 60)[0] == 0


@given(st.sampled_from(TURNS), st.integers(0, 80), st.integers(0, 40), st.integers(1, 19), st.integers(1, 9))
def test_words_of_a_turned_page_go_back(degrees: int, x: int, y: int, width: int, height: int) -> None:
    sheet = Image.new("L", (100, 50), 255)
    sheet.paste(0, (x, y, x + width, y + height))
    lying = turn(PageImage(sheet, 200), degrees).image
    found = lying.point(lambda value: 255 - value).getbbox()
    assert found
    (back,) = turn_back((Word("x", *found, 90, 1, 1, 1),), degrees, 100, 50)
    assert (back.x0, back.y0, back.x1, back.y1) == (x, y, min(100, x + width), min(50, y + height))


@pytest.mark.realdata
@pytest.mark.usefixtures("no_osd")
@pytest.mark.parametrize("turned", TURNS)
def test_real_scans_lie_as_they_lie(shared: Path, turned: int) -> None:
    for path in sorted((shared / "data" / "scans" / "images").iterdir()):
        with Image.open(path) as image:
            degrees, _ = upright_turn(turn(page(image.convert("L")), turned), 60)
        assert (degrees + turned) % 360 == 0, path.name
