from __future__ import annotations

from difflib import SequenceMatcher
from pathlib import Path

import cv2
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from PIL import Image, ImageDraw

from digitize.engines.tesseract import recognise
from digitize.imaging.pixels import as_array, components, percentiles
from digitize.imaging.prepare import STEPS, prepare, stages
from digitize.imaging.skew import skew, turned_back
from digitize.pages import PageImage
from digitize.words import Word, page_text
from tests.digitize.worn_pages import FONT, askew, lines_of, old_paper, page, printed, speckled

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core")


def applied(prepared_page: PageImage) -> set[str]:
    return {decision.step for decision in prepare(prepared_page, STEPS).decisions if decision.applied}


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_clean_page_is_handed_on_untouched(mode: str) -> None:
    given_page = page(printed().convert(mode))
    prepared = prepare(given_page, STEPS)
    assert prepared.page is given_page
    assert {decision.step for decision in prepared.decisions} == STEPS - ({"stamp"} if mode == "L" else set())
    words = (Word("chữ", 1, 2, 3, 4, 90, 1, 1, 1),)
    assert prepared.back(words) is words


@pytest.mark.parametrize("degrees", [-4.6, -2.1, -0.5, 0.0, 0.4, 1.3, 3.3])
def test_skew_is_measured(degrees: float) -> None:
    angle, weight = skew(as_array(page(askew(printed(), degrees))), 200)
    assert angle == pytest.approx(degrees, abs=0.1)
    assert weight > 4


def test_a_skewed_page_is_straightened_and_says_so() -> None:
    prepared = prepare(page(askew(printed(), 1.3)), STEPS)
    (decision,) = [decision for decision in prepared.decisions if decision.applied]
    assert decision.step == "deskew"
    assert decision.reason == "lệch 1,3°, đã xoay thẳng"
    assert abs(skew(as_array(prepared.page), 200)[0]) <= 0.1


def test_only_the_steps_asked_for_are_done() -> None:
    worn = page(askew(old_paper(printed(), 1), 1.3))
    assert {one.step for one in prepare(worn, frozenset({"deskew"})).decisions if one.applied} == {"deskew"}
    assert prepare(worn, frozenset()).page is worn


def test_old_paper_is_whitened_and_specks_are_removed() -> None:
    assert {"background", "stretch"} <= applied(page(old_paper(printed(), 1)))
    fax = prepare(page(speckled(printed(), 2)), STEPS)
    assert {one.step for one in fax.decisions if one.applied} == {"despeckle"}
    assert (numpy.asarray(fax.page.image)[:150] == 0).sum() == 0


def test_marks_of_letters_are_not_taken_for_specks() -> None:
    clean, fax = numpy.asarray(printed()) < 100, prepare(page(speckled(printed(), 2)), STEPS)
    lost = clean & (numpy.asarray(fax.page.image) > 200)
    assert lost.sum() < 0.0005 * clean.sum()


def test_boxes_go_back_to_the_page_given() -> None:
    sheet = Image.new("L", (1654, 2339), 255)
    ImageDraw.Draw(sheet).rectangle((300, 400, 420, 430), fill=0)
    worn = askew(sheet, 2.0)
    here = numpy.argwhere(numpy.asarray(worn) < 128)
    # Where the block stood before it was turned is where a straightened page has it.
    (word,) = turned_back((Word("x", 300, 400, 421, 431, 90, 1, 1, 1),), 2.0, *worn.size)
    assert (word.y0, word.x0) == pytest.approx(here.min(axis=0), abs=2)
    assert (word.y1, word.x1) == pytest.approx(here.max(axis=0) + 1, abs=2)


@given(
    st.floats(-5, 5),
    st.tuples(st.integers(0, 900), st.integers(0, 1300), st.integers(1, 300), st.integers(1, 100)),
)
def test_boxes_stay_on_the_page(angle: float, box: tuple[int, int, int, int]) -> None:
    x, y, width, height = box
    (word,) = turned_back((Word("x", x, y, x + width, y + height, 90, 1, 1, 1),), angle, 1200, 1400)
    assert 0 <= word.x0 < word.x1 <= 1200
    assert 0 <= word.y0 < word.y1 <= 1400


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.sampled_from(["L", "RGB"]), st.floats(30, 1200), st.integers(0, 9))
def test_pages_of_any_size_bear_it(width: int, height: int, mode: str, dpi: float, seed: int) -> None:
    channels = (3,) if mode == "RGB" else ()
    pixels = numpy.random.default_rng(seed).integers(0, 256, (height, width, *channels), numpy.uint8)
    prepared = prepare(page(Image.fromarray(pixels), dpi), STEPS)
    assert prepared.page.image.size == (width, height)


def test_stages_are_what_prepare_does() -> None:
    worn = page(askew(old_paper(printed(), 4), 1.0))
    *_, last = [stage for stage in stages(worn, STEPS) if stage.decision.applied]
    assert last.page.image.tobytes() == prepare(worn, STEPS).page.image.tobytes()


@given(arrays(numpy.uint8, array_shapes(min_dims=2, max_dims=2, max_side=20)), st.integers(0, 100))
def test_percentiles_are_those_of_numpy(pixels: numpy.ndarray, share: int) -> None:
    assert percentiles(pixels, share) == pytest.approx([numpy.percentile(pixels, share)])


@pytest.mark.parametrize("marks", [0.1, 0.5, "as many as there can be"])
def test_marks_are_those_of_opencv_however_many(marks: float | str) -> None:
    mask = numpy.zeros((600, 600), numpy.uint8)
    mask[::2, ::2] = 1
    if isinstance(marks, float):
        mask = (numpy.random.default_rng(1).random(mask.shape) < marks).astype(numpy.uint8)
    labels, stats = components(mask)
    _, expected, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    assert (labels == expected).all()
    assert (stats == boxes).all()


@pytest.mark.slow
@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("wear", [old_paper, speckled])
def test_tesseract_reads_a_worn_page_better(wear: object) -> None:
    assert callable(wear)
    said = " ".join(lines_of(2, 20))
    worn = page(wear(askew(printed(2, 20), 1.4), 7))

    def right(given_page: PageImage) -> float:
        read = " ".join(page_text(recognise(given_page, "vie", 120)).split())
        return SequenceMatcher(None, said, read, autojunk=False).ratio()

    assert right(prepare(worn, STEPS).page) >= max(0.97, right(worn))


@pytest.mark.realdata
def test_clean_real_scans_are_left_alone(shared: Path) -> None:
    for path in sorted((shared / "data" / "scans" / "images").iterdir()):
        with Image.open(path) as image:
            assert applied(page(image.convert("RGB"))) <= {"deskew"}, path.name
