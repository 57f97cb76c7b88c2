"""Pages of typed text with the wear of an office, a fax or an archive; what is printed is known to the letter."""

from __future__ import annotations

import io
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
LEVELS = ("clean", "office", "fax", "archive")
FONT = "DejaVuSerif.ttf"  # Debian 12 ships a Liberation without Vietnamese letters
_WIDTH, _HEIGHT = 1654, 2339  # A4 in pixels
_MARGIN, _LEADING = 170, 46
_LETTER = 27  # pixels; as wide as Times of 13 points


def typed(text: str) -> tuple[Image.Image, list[str]]:
    """Return the first page that ``text`` fills, black on white, and the lines on it."""
    font = ImageFont.truetype(FONT, _LETTER)
    sheet = Image.new("L", (_WIDTH, _HEIGHT), 255)
    pen = ImageDraw.Draw(sheet)
    lines = []
    for line in _wrapped(text, font):
        top = _MARGIN + _LEADING * len(lines)
        if top + _MARGIN > _HEIGHT:
            break
        pen.text((_MARGIN, top), line, font=font, fill=0)
        lines.append(line)
    return sheet, [line for line in lines if line]


def worn(sheet: Image.Image, level: str, seed: int) -> Image.Image:
    """Return ``sheet`` as a scanner would have made it at a level of LEVELS, the same way for the same seed."""
    if level == "clean":
        return sheet
    random = numpy.random.default_rng(seed)
    skew = random.uniform(0.5, 1.2) * random.choice((-1, 1))
    sheet = sheet.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    blur, noise, faded, quality = {
        "office": (1.2, 14.0, 0.2, 40),
        "fax": (0.8, 26.0, 0.1, 0),
        "archive": (1.3, 12.0, 0.3, 50),
    }[level]
    pixels = numpy.asarray(sheet.filter(ImageFilter.GaussianBlur(blur)), dtype=numpy.float32)
    down, across = numpy.mgrid[0:_HEIGHT, 0:_WIDTH] / _HEIGHT
    paper = 235 - 60 * faded * (across + down)
    pixels = paper - (255 - pixels) / 255 * paper * (1 - faded) + random.normal(0, noise, pixels.shape)
    if level == "fax":
        return Image.fromarray(numpy.where(pixels > 150, 255, 0).astype(numpy.uint8))
    packed = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)).save(packed, "JPEG", quality=quality)
    return Image.open(packed).convert("L")


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if font.getlength(longer) > _WIDTH - 2 * _MARGIN:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def drafts(folder: Path) -> list[str]:
    """Return the texts of the judged drafts, two to a text, so that each fills a page."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = [yaml.load(path.read_text("utf-8"), loader)["text"] for path in sorted(folder.glob("*.yaml"))]
    return ["\n".join(pair) for pair in zip(texts[::2], texts[1::2], strict=False)]
