from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from conftest import LETTERHEAD, write_tiff
from make_glyphless import glyphless
from PIL import Image, ImageChops
from test_page_images import exif, lying

from digitize.engines.tesseract import recognise
from digitize.intake import Kind
from digitize.pages import page_image
from digitize.pdf.searchable import PageWords, searchable_pdf
from digitize.words import Word, page_text

ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def words_on(width: int, *placed: tuple[str, int, int]) -> PageWords:
    words = tuple(Word(text, x, y, x + 100, y + 30, 90, 1, 1, number) for number, (text, x, y) in enumerate(placed))
    return PageWords(words, width, width)


def scan(path: Path, size: tuple[int, int] = (1000, 1000)) -> Path:
    Image.new("L", size, 255).save(path, dpi=(200, 200))
    return path


def found(path: Path, page: int = 0) -> list[dict[str, float | str]]:
    with pdfplumber.open(path) as pdf:
        return pdf.pages[page].extract_words(keep_blank_chars=False)


def test_the_font_is_the_one_that_the_script_makes() -> None:
    assert resources.files("digitize").joinpath("data/glyphless.ttf").read_bytes() == glyphless()


def test_every_vietnamese_letter_is_copied_in_form_c_at_its_place(tmp_path: Path) -> None:
    source, target = scan(tmp_path / "a.png"), tmp_path / "a.pdf"
    letters = ALPHABET + ALPHABET.upper()
    rows = [letters[start : start + 20] for start in range(0, len(letters), 20)]
    placed = [(row, 100, 60 + 60 * number) for number, row in enumerate(rows)]
    searchable_pdf(str(source), "png", [words_on(1000, *placed)], target)
    seen = found(target)
    assert [word["text"] for word in seen] == rows
    for word, (_, x, y) in zip(seen, placed, strict=True):  # 200 dpi: a pixel is 0.36 points
        box = [word["x0"], word["top"], word["x1"], word["bottom"]]
        assert box == pytest.approx([x * 0.36, y * 0.36, (x + 100) * 0.36, (y + 30) * 0.36], abs=0.1)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    source = scan(tmp_path / "a.png")
    for name in ("1.pdf", "2.pdf"):
        time.sleep(1.1)  # identifiers are made of the second
        searchable_pdf(str(source), "png", [words_on(1000, ("chữ", 100, 100))], tmp_path / name)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def pdf_with_mark(path: Path, rotation: int, *, inherited: bool = False, crop: bool = False) -> Path:
    """A PDF of one page whose only print is a square near a corner of the crop box."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 300))
    page = pdf.pages[0]
    owner = pdf.Root.Pages if inherited else page.obj
    if crop:
        owner.CropBox = pikepdf.Array([50, 40, 350, 260])
    owner.Rotate = rotation
    if inherited:
        form = pikepdf.Stream(
            pdf, b"70 60 20 20 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 400, 300]
        )
        owner.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Mark=form))
        page.obj.Contents = pikepdf.Stream(pdf, b"2 0 0 2 5 5 cm q .5 0 0 .5 -2.5 -2.5 cm /Mark Do")
        if "/Resources" in page.obj:
            del page.obj["/Resources"]
    else:
        page.obj.Contents = pikepdf.Stream(pdf, b"70 60 20 20 re f")
    pdf.save(path)
    return path


@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("inherited", [False, True])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90])
def test_words_lie_on_their_print_however_the_page_is_turned(
    rotation: int, inherited: bool, crop: bool, tmp_path: Path
) -> None:
    source = pdf_with_mark(tmp_path / "a.pdf", rotation, inherited=inherited, crop=crop)
    image = page_image(str(source), "pdf", 1).image
    x0, y0, x1, y1 = ImageChops.invert(image).point(lambda value: 255 * (value > 128)).getbbox() or (0, 0, 0, 0)
    word = Word("dấu", x0, y0, x1, y1, 90, 1, 1, 1)
    searchable_pdf(str(source), "pdf", [PageWords((word,), *image.size)], tmp_path / "b.pdf")
    after = page_image(str(tmp_path / "b.pdf"), "pdf", 1).image
    assert ImageChops.difference(image, after).getbbox() is None  # the print is untouched
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        layer = pdf.pages[0].Contents[0].read_bytes().decode()
    a, b, c, d, e, f = (float(number) for number in re.search(r"q\n(.*) cm", layer)[1].split())  # type: ignore[index]
    x, y = (float(number) for number in re.search(r"1 0 0 1 (\S+) (\S+) Tm", layer).groups())  # type: ignore[union-attr]
    size = float(re.search(r"(\S+) Tf", layer)[1])  # type: ignore[index]
    corners = [(a * px + c * py + e, b * px + d * py + f) for px, py in ((x, y), (x + x1 - x0, y + size))]
    assert sorted(corner[0] for corner in corners) == pytest.approx([70, 90], abs=0.5)
    assert sorted(corner[1] for corner in corners) == pytest.approx([60, 80], abs=0.5)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpeg", "png", "tiff"])
def test_a_turned_picture_is_upright_in_the_pdf(kind: Kind, orientation: int, tmp_path: Path) -> None:
    path = tmp_path / "a"
    lying(orientation).save(path, format=kind, exif=exif(orientation), dpi=(200, 200))
    expected = page_image(str(path), kind, 1).image
    searchable_pdf(str(path), kind, [None], tmp_path / "a.pdf")
    shown = page_image(str(tmp_path / "a.pdf"), "pdf", 1).image.resize(expected.size).convert("L")
    difference = ImageChops.difference(expected.convert("L"), shown)
    assert sum(value * count for value, count in enumerate(difference.histogram())) / (80 * 40) < 12


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "CMYK", "P", "RGBA", "LA", "I;16"])
@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_every_mode_of_image_becomes_a_page(kind: Kind, mode: str, tmp_path: Path) -> None:
    if kind == "png" and mode == "CMYK":
        pytest.skip("PNG has no CMYK")
    path = tmp_path / "a"
    Image.new(mode, (400, 200)).save(path, format=kind, dpi=(200, 200))
    searchable_pdf(str(path), kind, [None], tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert [float(number) for number in pdf.pages[0].mediabox] == pytest.approx([0, 0, 144, 72], abs=0.1)


def test_the_pixels_of_a_scan_are_embedded_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((300, 200), 60).save(path, quality=60, dpi=(200, 200))
    searchable_pdf(str(path), "jpeg", [words_on(300, ("chữ", 10, 10))], tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert image.read_raw_bytes() == path.read_bytes()


def test_pages_of_a_tiff_keep_their_numbers_and_their_one_font(tmp_path: Path) -> None:
    sheets = [Image.new("L", (200, 200 + number), 255) for number in range(12)]
    write_tiff(tmp_path / "a.tif", sheets)
    pages = [words_on(200, (f"trang{number}", 20, 20)) if number != 5 else None for number in range(1, 13)]
    searchable_pdf(str(tmp_path / "a.tif"), "tiff", pages, tmp_path / "a.pdf")
    for number in range(1, 13):
        assert [word["text"] for word in found(tmp_path / "a.pdf", number - 1)] == (
            [f"trang{number}"] if number != 5 else []
        )
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        fonts = {
            page.Resources.Font["/VanthuText"].objgen for page in pdf.pages if "/Font" in page.get("/Resources", {})
        }
        assert len(fonts) == 1


def test_a_born_digital_page_keeps_its_streams_and_gains_a_layer(tmp_path: Path) -> None:
    source = pdf_with_mark(tmp_path / "a.pdf", 0)
    searchable_pdf(str(source), "pdf", [words_on(1000, ("chữ", 100, 100))], tmp_path / "b.pdf")
    with pikepdf.open(source) as before, pikepdf.open(tmp_path / "b.pdf") as after:
        assert after.pages[0].Contents[1].read_raw_bytes() == before.pages[0].Contents.read_raw_bytes()
        assert after.check_pdf_syntax() == []


def test_letters_beyond_two_bytes_do_not_break_the_page(tmp_path: Path) -> None:
    searchable_pdf(str(scan(tmp_path / "a.png")), "png", [words_on(1000, ("a𝟏b", 100, 100))], tmp_path / "a.pdf")
    assert [word["text"] for word in found(tmp_path / "a.pdf")] == ["a\ufffdb"]


@pytest.mark.usefixtures("tesseract")
def test_words_of_a_real_reading_lie_within_their_boxes(paper: Callable[..., Image.Image], tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    paper(LETTERHEAD).rotate(1, fillcolor=255).save(path, dpi=(200, 200))  # a scan is never quite straight
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    page = page_image(str(path), "png", 1)
    words = recognise(page, "vie", 60)
    searchable_pdf(str(path), "png", [PageWords(words, *page.image.size)], tmp_path / "a.pdf")
    seen = found(tmp_path / "a.pdf")
    assert [word["text"] for word in seen] == [word.text for word in words]
    for got, word in zip(seen, words, strict=True):
        assert got["x0"] == pytest.approx(word.x0 * 0.36, abs=0.5)
        assert got["x1"] == pytest.approx(word.x1 * 0.36, abs=4)  # a tight word gives way to the blank
        assert got["top"] == pytest.approx(word.y0 * 0.36, abs=6)
        assert got["bottom"] == pytest.approx(word.y1 * 0.36, abs=6)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert pdf.pages[0].extract_text().split() == page_text(words).split()
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
