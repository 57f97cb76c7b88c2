"""What scanners, faxes and years do to a printed page, the same way for the same seed.

How strong each fault is was set on `dev` pages so that plain Tesseract reads about as wrong as on the pages of the
study that set the targets: line CER 0.8, 5.9, 5.2, 19 and 27 % there, 0.1, 4.9, 4.3, 15 and 23 % here. So it was set by
the peer, never by our own reading. There are cliffs: a tenth more noise or less ink, and Tesseract reads nothing.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Box = tuple[float, float, float, float]
RED, BLUE = (196, 32, 44), (38, 56, 150)


@dataclass(frozen=True, slots=True)
class Ink:
    """What is printed on a page: lines, words with boxes, boxes of the letters, where the signer's name begins."""

    lines: list[str]
    words: list[tuple[str, Box]]
    letters: list[Box]
    signed: Box | None


@dataclass(frozen=True, slots=True)
class Level:
    """How a page is worn: degrees, pixels and grey levels at ``dpi``; shares of one."""

    dpi: int = 200
    typewritten: bool = False
    skew: tuple[float, float] = (0.0, 0.0)
    blur: float = 0.0
    noise: float = 0.0
    shade: float = 0.0
    faded: float = 0.0
    behind: float = 0.0
    specks: float = 0.0
    uneven: float = 0.0
    paper: tuple[int, int, int] = (255, 255, 255)
    stamp: bool = False
    bilevel: bool = False
    quality: int = 0


LEVELS = {
    "clean200": Level(),
    "office200": Level(skew=(0.5, 2.0), blur=1.2, noise=18.5, shade=0.35, faded=0.16, stamp=True, quality=40),
    "fax200": Level(skew=(0.2, 1.0), blur=1.0, noise=36.0, specks=0.0014, bilevel=True),
    "archive200": Level(
        skew=(0.3, 1.2), blur=1.0, noise=12.0, shade=0.3, faded=0.4, behind=0.15, specks=0.0006,
        paper=(226, 205, 160), stamp=True, quality=50,
    ),
    "archive150": Level(
        dpi=150, typewritten=True, skew=(0.3, 1.2), blur=0.78, noise=10.0, shade=0.25, faded=0.36, behind=0.12,
        specks=0.0006, uneven=0.57, paper=(226, 205, 160), stamp=True, quality=40,
    ),
}  # fmt: skip


def wear(
    name: str, sheet: Image.Image, ink: Ink, behind: Image.Image, seed: Sequence[int]
) -> tuple[bytes, str, Callable[[Box], Box]]:
    """Return a grey ``sheet`` as a file of a level of LEVELS, its suffix, and what moves a box along with the page.

    ``behind`` is what stands on the back of the sheet.
    """
    level = LEVELS[name]
    random = numpy.random.default_rng(seed)
    if level.uneven:
        sheet = _struck(sheet, ink.letters, level.uneven, random)
    skew = random.uniform(*level.skew) * random.choice((-1, 1))
    darkness = _darkness(sheet) * (1 - level.faded)
    if level.behind:
        back = behind.transpose(Image.Transpose.FLIP_LEFT_RIGHT).filter(ImageFilter.GaussianBlur(level.dpi / 100))
        back = back.resize(sheet.size)
        darkness = numpy.maximum(darkness, _darkness(back) * level.behind)
    colours = (1 - darkness[..., None]) * numpy.array(level.paper, dtype=numpy.float32)
    page = Image.fromarray(colours.clip(0, 255, out=colours).astype(numpy.uint8))
    if level.stamp:
        _seal_and_sign(page, ink.signed, level.dpi, random)
    if skew:
        page = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=level.paper)
    if level.blur:
        page = page.filter(ImageFilter.GaussianBlur(level.blur))
    return (*_encoded(_scanned(page, level, random), level), _turned(skew, sheet.size))


def _darkness(image: Image.Image) -> numpy.ndarray:
    return 1 - numpy.asarray(image, dtype=numpy.float32) / 255


def _struck(sheet: Image.Image, letters: Sequence[Box], uneven: float, random: numpy.random.Generator) -> Image.Image:
    """Strike each letter with its own force, a little high or low, as a worn typewriter does."""
    paper = numpy.asarray(sheet, dtype=numpy.float32)
    struck = numpy.full_like(paper, 255)
    for left, top, right, bottom in letters:
        x0, y0, x1, y1 = math.floor(left), max(1, math.floor(top)), math.ceil(right), math.ceil(bottom)
        force, rise = 1 - uneven * random.random(), int(random.integers(-1, 2))
        tile = 255 - (255 - paper[y0:y1, x0:x1]) * force
        place = struck[y0 + rise : y1 + rise, x0:x1]
        numpy.minimum(place, tile[: len(place)], out=place)
    return Image.fromarray(struck.astype(numpy.uint8))


def _scanned(page: Image.Image, level: Level, random: numpy.random.Generator) -> Image.Image:
    """Return a page under a lamp brighter on one side, with the grain of the sensor and the dirt of the glass."""
    if level == LEVELS["clean200"]:
        return page.convert("L")
    pixels = numpy.asarray(page, dtype=numpy.float32)
    height, width = pixels.shape[:2]
    across, down = (numpy.arange(size, dtype=numpy.float32) / max(height, width) for size in (width, height))
    pixels = pixels * (1 - level.shade * (0.7 * across + 0.3 * down[:, None]))[..., None]
    pixels += level.noise * random.standard_normal((height, width, 1), dtype=numpy.float32)
    count = int(level.specks * height * width / 4)
    rows, columns = random.integers(0, height - 2, count), random.integers(0, width - 2, count)
    for row, column, side in zip(rows, columns, random.integers(1, 4, count), strict=True):
        pixels[row : row + side, column : column + side] *= 0.35
    scanned = Image.fromarray(pixels.clip(0, 255, out=pixels).astype(numpy.uint8))
    if level.bilevel:
        return scanned.convert("L").point(lambda grey: 255 * (grey > 150)).convert("1")
    return scanned


def _encoded(image: Image.Image, level: Level) -> tuple[bytes, str]:
    out = io.BytesIO()
    dpi = (level.dpi, level.dpi)
    if level.bilevel:
        image.save(out, "TIFF", compression="group4", dpi=dpi)
        return out.getvalue(), ".tif"
    if level.quality:
        image.save(out, "JPEG", quality=level.quality, dpi=dpi)
        return out.getvalue(), ".jpg"
    image.save(out, "PNG", dpi=dpi)
    return out.getvalue(), ".png"


def _turned(degrees: float, size: tuple[int, int]) -> Callable[[Box], Box]:
    """Return what gives the box round a box that Pillow has turned about the middle of the page."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    middle_x, middle_y = size[0] / 2, size[1] / 2

    def turn(box: Box) -> Box:
        corners = [(x - middle_x, y - middle_y) for x in box[::2] for y in box[1::2]]
        across = [middle_x + x * cosine + y * sine for x, y in corners]
        down = [middle_y - x * sine + y * cosine for x, y in corners]
        return min(across), min(down), max(across), max(down)

    return turn


def _seal_and_sign(page: Image.Image, signed: Box | None, dpi: int, random: numpy.random.Generator) -> None:
    """Press a round seal and write a hand's stroke over a signer's name, or press the seal anywhere low on a page."""
    unit = dpi / 25.4
    if signed:
        x, y = signed[0] + 12 * unit, signed[1] - 2 * unit
        _stroke(ImageDraw.Draw(page), x, y, unit, random)
    else:
        x, y = random.uniform(0.3, 0.8) * page.width, random.uniform(0.6, 0.9) * page.height
    seal = _seal("ỦY BAN NHÂN DÂN ★ VĂN PHÒNG ★ ", round(36 * unit))
    seal = seal.rotate(random.uniform(-15, 15), resample=Image.Resampling.BICUBIC)
    page.paste(seal, (round(x - 34 * unit), round(y - 28 * unit)), seal)


def _stroke(draw: ImageDraw.ImageDraw, x: float, y: float, unit: float, random: numpy.random.Generator) -> None:
    sway = random.uniform(0.6, 1.4, 2)
    points = []
    for t in (step / 120 for step in range(121)):
        across, up = 46 * t - 23 + 4 * math.sin(9 * t * sway[0]), 11 - 5 * math.sin(17 * t * sway[1]) * (1 - t)
        points.append((x + across * unit, y - up * unit))
    draw.line(points, fill=BLUE, width=max(2, round(unit * 0.45)), joint="curve")


@lru_cache(maxsize=2)
def _seal(words: str, size: int) -> Image.Image:
    seal = Image.new("RGBA", (size, size), (*RED, 0))
    draw = ImageDraw.Draw(seal)
    middle = size / 2
    for inset, width in ((0.02, 0.025), (0.06, 0.01), (0.26, 0.012)):
        edge = inset * size
        draw.ellipse((edge, edge, size - edge, size - edge), outline=(*RED, 215), width=max(1, round(width * size)))
    spokes = [((0.06 if n % 2 else 0.15) * size, n * math.pi / 5) for n in range(10)]
    draw.polygon([(middle + far * math.sin(a), middle - far * math.cos(a)) for far, a in spokes], fill=(*RED, 205))
    font = ImageFont.truetype("DejaVuSans-Bold.ttf", round(size * 0.085))
    for number, letter in enumerate(words):
        tile = Image.new("RGBA", (size, size), (*RED, 0))
        ImageDraw.Draw(tile).text((middle, size * 0.16), letter, font=font, fill=(*RED, 215), anchor="mm")
        seal.alpha_composite(tile.rotate(-360 * number / len(words), resample=Image.Resampling.BICUBIC))
    return seal
