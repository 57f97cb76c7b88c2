"""Pages of print with the wear that each step of preparation is there for, and pages without any print."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from digitize.pages import PageImage

DPI = 200
SIZE = (1654, 2339)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
_TEXTS = sorted((Path(__file__).resolve().parents[2] / "corpora" / "texts").glob("*.txt"))


def lines_of(number: int, count: int = 34) -> list[str]:
    """Lines of one of the texts of the corpus, of about 70 letters."""
    words = _TEXTS[number % len(_TEXTS)].read_text(encoding="utf-8").split("---\n", 2)[-1].split() * 3
    rows = [""]
    for word in words:
        if len(rows[-1]) + len(word) > 70:
            rows.append("")
        rows[-1] += f" {word}" if rows[-1] else word
    return rows[:count]


@cache
def printed(number: int = 0, count: int = 34) -> Image.Image:
    """A clean page."""
    sheet = Image.new("L", SIZE, 255)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONT), 29)
    for row, line in enumerate(lines_of(number, count)):
        pen.text((180, 200 + 54 * row), line, font=font, fill=0)
    return sheet


def askew(sheet: Image.Image, degrees: float) -> Image.Image:
    """A page whose lines fall to the right by ``degrees``."""
    return sheet.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)


def ink_of(sheet: Image.Image, blur: float) -> numpy.ndarray:
    """How much ink there is at each pixel, 0 to 1."""
    return 1 - numpy.asarray(sheet.filter(ImageFilter.GaussianBlur(blur)), numpy.float32) / 255


def scanned(
    paper: numpy.ndarray | float, ink: numpy.ndarray, noise: float, seed: int, quality: int = 60
) -> Image.Image:
    """Ink on paper of a lightness of 0 to 255, with noise, as a JPEG gives it back."""
    random = numpy.random.default_rng(seed)
    pixels = paper * (1 - ink) + random.normal(0, noise, ink.shape)
    packed = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)).save(packed, "JPEG", quality=quality)
    return Image.open(packed).convert("L")


def old_paper(sheet: Image.Image, seed: int) -> Image.Image:
    """A faded page on dark paper, unevenly lit, with the other side showing through."""
    down, across = numpy.mgrid[0 : SIZE[1], 0 : SIZE[0]] / SIZE[1]
    back = ink_of(printed(1).transpose(Image.Transpose.FLIP_LEFT_RIGHT), 2.5)
    ink = 1 - (1 - 0.6 * ink_of(sheet, 1.2)) * (1 - 0.15 * back)
    return scanned(200 - 35 * down - 20 * across, ink, 8, seed)


def speckled(sheet: Image.Image, seed: int, share: float = 0.0006) -> Image.Image:
    """A fax: black, white, and dots of dirt."""
    random = numpy.random.default_rng(seed)
    pixels = numpy.where(numpy.asarray(sheet) > 150, 255, 0).astype(numpy.uint8)
    pixels[random.random(pixels.shape) < share] = 0
    return Image.fromarray(pixels)


def page(sheet: Image.Image, dpi: float = DPI) -> PageImage:
    return PageImage(sheet, dpi)
