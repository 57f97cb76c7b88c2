from __future__ import annotations

from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from digitize.imaging.blank import blank
from tests.digitize.worn_pages import FONT, SIZE, askew, ink_of, old_paper, page, printed, scanned, speckled

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core")


def written(text: str, points: float = 12, at: tuple[int, int] = (400, 1000)) -> Image.Image:
    sheet = Image.new("L", SIZE, 255)
    ImageDraw.Draw(sheet).text(at, text, font=ImageFont.truetype(str(FONT), round(points / 72 * 200)), fill=0)
    return sheet


def empty(light: int = 245) -> Image.Image:
    return Image.new("L", SIZE, light)


def with_holes() -> Image.Image:
    sheet = empty()
    for y in (700, 1600):
        ImageDraw.Draw(sheet).ellipse((50, y, 98, y + 48), fill=30)
    return sheet


def with_edges() -> Image.Image:
    sheet = Image.new("L", SIZE, 20)
    sheet.paste(245, (30, 25, SIZE[0] - 20, SIZE[1] - 40))
    return sheet.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=20)


def with_dust() -> Image.Image:
    sheet, random = empty(), numpy.random.default_rng(5)
    for x, y, r in random.integers((0, 0, 1), (SIZE[0], SIZE[1], 4), (60, 3)):
        ImageDraw.Draw(sheet).ellipse((x, y, x + r, y + r), fill=80)
    return sheet


def through(strength: float, blur: float) -> Image.Image:
    back = ink_of(printed(1).transpose(Image.Transpose.FLIP_LEFT_RIGHT), blur)
    return scanned(245, strength * back, 4, 6)


BLANK = {
    "white": empty,
    "bilevel": lambda: Image.new("L", SIZE, 255),
    "grain": lambda: scanned(235, numpy.zeros(SIZE[::-1]), 9, 1),
    "holes": with_holes,
    "edges of the scanner": with_edges,
    "dust": with_dust,
    "speckled fax": lambda: speckled(Image.new("L", SIZE, 255), 4),
    "print showing through": lambda: through(0.08, 2.0),
}


@pytest.mark.parametrize("name", BLANK)
def test_pages_without_print_are_blank(name: str) -> None:
    decision = blank(page(BLANK[name]()))
    assert decision.applied, decision


def pencil() -> Image.Image:
    sheet = empty()
    points = [(500 + 6 * n, 1200 + 25 * numpy.sin(n / 3)) for n in range(40)]
    ImageDraw.Draw(sheet).line(points, fill=205, width=2)
    return sheet


def faint_stamp() -> Image.Image:
    pixels = numpy.full((SIZE[1], SIZE[0], 3), 245, numpy.uint8)
    ring = Image.new("L", SIZE, 0)
    ImageDraw.Draw(ring).ellipse((900, 1500, 1180, 1780), outline=255, width=5)
    pixels[numpy.asarray(ring) > 0] = (245, 205, 205)
    return Image.fromarray(pixels)


PRINT = {
    **{f"one line at {share}": lambda share=share: scanned(245, share * ink_of(written("Một dòng mờ"), 0.8), 4, 2)
       for share in (0.1, 0.15, 0.3, 0.9)},
    "page number": lambda: scanned(245, 0.3 * ink_of(written("2", at=(820, 150)), 0.8), 4, 2),
    "carbon copy": lambda: scanned(245, 0.2 * ink_of(written("Bản giấy than thứ tư"), 2.0), 4, 2),
    "pencil": pencil,
    "faint stamp": faint_stamp,
    "note over print showing through": lambda: scanned(
        245, 0.08 * ink_of(printed(1), 2.0) + 0.3 * ink_of(written("đã xem, lưu"), 0.8), 4, 3
    ),
    "line on a speckled fax": lambda: speckled(written("Nơi nhận: như trên."), 4),
    "line across the edge of the page": lambda: written("Lưu hồ sơ số 12", at=(1450, 300)),
    "old paper": lambda: old_paper(askew(written("Đã kiểm tra"), 2), 3),
    "mark at 100 dpi": lambda: written("Đã duyệt").resize((SIZE[0] // 2, SIZE[1] // 2)),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINT)
def test_a_page_with_anything_on_it_is_not_blank(name: str) -> None:
    sheet = PRINT[name]()
    decision = blank(page(sheet, sheet.width / SIZE[0] * 200))
    assert not decision.applied, decision


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (40, 30)])
def test_tiny_pages_bear_it(size: tuple[int, int]) -> None:
    assert blank(page(Image.new("RGB", size, "white"))).applied


@pytest.mark.realdata
def test_real_scans_are_not_blank(shared: Path) -> None:
    for path in sorted((shared / "data" / "scans" / "images").iterdir()):
        with Image.open(path) as image:
            assert not blank(page(image.convert("RGB"))).applied, path.name
