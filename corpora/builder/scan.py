"""Turn a printed PDF into what an office scanner would have made of the paper, the same way every time."""

from __future__ import annotations

import io
import math
from typing import Any

import img2pdf
import numpy
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont

RED, BLUE = (196, 32, 44), (38, 56, 150)


def to_scan(pdf: bytes, signer: str, suffix: str, recipe: dict[str, Any]) -> bytes:
    """Return the file's bytes in the format of ``suffix`` (.tif, .png, .jpg or .pdf).

    The recipe holds ``dpi``, ``mode`` (bilevel, grey or colour), ``seed``, and if wanted ``skew`` in degrees, ``noise``
    as the standard deviation in grey levels, ``paper`` as red, green and blue, ``stamp`` as the words round the seal,
    ``quality`` of JPEG, ``levels`` of grey, ``shade`` and ``specks`` as shares of one.
    """
    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for n in range(len(document)):
        page = document[n]
        image = page.render(scale=recipe["dpi"] / 72).to_pil().convert("RGB")
        place = _find(page, signer, recipe["dpi"])
        if place:
            _sign(image, place, recipe)
        pages.append(_worn(image, recipe, recipe["seed"] + n))
    return _encoded(pages, suffix, recipe)


def _find(page: Any, words: str, dpi: float) -> tuple[float, float] | None:
    """Find the middle of the last line that holds ``words``, in pixels from the upper left corner."""
    text = page.get_textpage()
    found = None
    search = text.search(words)
    while (hit := search.get_next()) is not None:
        left, bottom, right, top = text.get_rect(text.count_rects(*hit) - 1)
        found = ((left + right) / 2 * dpi / 72, (page.get_height() - (bottom + top) / 2) * dpi / 72)
    return found


def _sign(image: Image.Image, name: tuple[float, float], recipe: dict[str, Any]) -> None:
    """Write a hand's stroke above the name and press the seal over its left third."""
    x, y = name
    unit = recipe["dpi"] / 25.4
    draw = ImageDraw.Draw(image)
    random = numpy.random.default_rng(recipe["seed"])
    sway = random.uniform(0.6, 1.4, 4)
    stroke = []
    for t in (step / 120 for step in range(121)):
        across, up = t * 46 - 23 + 4 * math.sin(9 * t * sway[0]), 13 - 5 * math.sin(17 * t * sway[1]) * (1 - t)
        stroke.append((x + across * unit, y - up * unit))
    draw.line(stroke, fill=BLUE, width=max(2, round(unit * 0.45)), joint="curve")
    if "stamp" in recipe:
        seal = _seal(recipe["stamp"], round(36 * unit)).rotate(7, resample=Image.Resampling.BICUBIC)
        image.paste(seal, (round(x - 40 * unit), round(y - 32 * unit)), seal)


def _seal(words: str, size: int) -> Image.Image:
    """Draw a round red seal, ``size`` pixels wide, on clear ground."""
    seal = Image.new("RGBA", (size, size), (*RED, 0))
    draw = ImageDraw.Draw(seal)
    middle, edge = size / 2, size * 0.02
    for inset, width in ((0.0, 0.025), (0.045, 0.01), (0.24, 0.012)):
        shift = edge + inset * size
        draw.ellipse((shift, shift, size - shift, size - shift), outline=(*RED, 215), width=max(1, round(width * size)))
    spokes = [((0.063 if n % 2 else 0.15) * size, n * math.pi / 5) for n in range(10)]
    points = [(middle + far * math.sin(angle), middle - far * math.cos(angle)) for far, angle in spokes]
    draw.polygon(points, fill=(*RED, 205))
    font = ImageFont.truetype("LiberationSans-Bold.ttf", round(size * 0.098))
    for n, letter in enumerate(words):
        angle = (n + 0.5) / len(words) * 300 - 150
        tile = Image.new("RGBA", (size, size), (*RED, 0))
        ImageDraw.Draw(tile).text((middle, size * 0.157), letter, font=font, fill=(*RED, 215), anchor="mm")
        seal.alpha_composite(tile.rotate(-angle, resample=Image.Resampling.BICUBIC))
    return seal


def _worn(image: Image.Image, recipe: dict[str, Any], seed: int) -> Image.Image:
    """Skew, tint, blur and add noise; return it in the recipe's mode."""
    random = numpy.random.default_rng(seed)
    skew = recipe.get("skew", 0.0) * (1 if seed % 2 else -0.6)
    image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    image = image.filter(ImageFilter.GaussianBlur(recipe["dpi"] / 420))
    pixels = numpy.asarray(image, dtype=numpy.float32) * numpy.array(recipe.get("paper", (255, 255, 255))) / 255
    height, width = pixels.shape[:2]
    down, across = numpy.mgrid[0:height, 0:width] / max(height, width)
    pixels *= (1 - recipe.get("shade", 0.0) * (across + 0.5 * down))[..., None]
    pixels += random.normal(0, recipe.get("noise", 0.0), (height, width, 1))
    image = Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))
    if recipe["mode"] == "colour":
        return image
    grey = image.convert("L")
    if recipe["mode"] == "grey":
        levels = recipe.get("levels", 256) - 1
        return grey.point([round(round(n * levels / 255) * 255 / levels) for n in range(256)])
    specks = random.random((height, width)) < recipe.get("specks", 0.0)
    return Image.fromarray((numpy.asarray(grey) > 150) & ~specks)


def _encoded(pages: list[Image.Image], suffix: str, recipe: dict[str, Any]) -> bytes:
    dpi, quality = (recipe["dpi"], recipe["dpi"]), recipe.get("quality", 50)
    out = io.BytesIO()
    if suffix == ".tif":
        pages[0].save(out, "TIFF", compression="group4", dpi=dpi, save_all=True, append_images=pages[1:])
    elif suffix == ".png":
        pages[0].save(out, "PNG", optimize=True, dpi=dpi)
    elif suffix == ".jpg":
        pages[0].save(out, "JPEG", quality=quality, dpi=dpi)
    else:
        jpegs = [_encoded([page], ".jpg", recipe) for page in pages]
        out.write(img2pdf.convert(jpegs, nodate=True))
    return out.getvalue()
