"""Profiles: what a way of scanning asks of pages and of the PDF, as data; what falls short is told, never refused.

No profile changes a picture: they only say what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from digitize import limits
from digitize.intake import Kind
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

    from digitize.pdf.check import Conformity


@dataclass(frozen=True, slots=True)
class Profile:
    """What is asked: at least ``dpi``, at least ``bits`` a pixel, PDF/A level ``pdfa`` or "" for none."""

    name: str
    title: str
    basis: str
    dpi: int
    bits: int
    pdfa: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page as it was scanned: dpi, None when the file gives none; bits a pixel; pixels across and down."""

    dpi: float | None
    bits: int
    width: int
    height: int


def load_profiles() -> dict[str, Profile]:
    """Return the profiles by name."""
    import yaml

    content = yaml.safe_load(resources.files("digitize").joinpath("data/profiles.yaml").read_text(encoding="utf-8"))
    return {name: Profile(name, **values) for name, values in content.items()}


def profile(name: str) -> Profile:
    """Return a profile by name. Raises VanthuError when there is none."""
    profiles = load_profiles()
    if name not in profiles:
        raise VanthuError(f"không có bộ yêu cầu «{name}»", hint="dùng " + ", ".join(profiles))
    return profiles[name]


def check(asked: Profile, page: PageFacts) -> tuple[str, ...]:
    """Return in Vietnamese where a page falls short of a profile."""
    short = []
    if page.dpi is None:
        short.append(f"tệp không ghi độ phân giải, {asked.name} cần từ {asked.dpi} dpi")
    elif round(page.dpi) < asked.dpi:
        short.append(f"{round(page.dpi)} dpi, {asked.name} cần từ {asked.dpi} dpi")
    if page.bits < asked.bits:
        short.append(f"màu {page.bits} bit, {asked.name} cần từ {asked.bits} bit, đúng màu bản gốc")
    return tuple(short)


def check_pdf(asked: Profile, made: Conformity) -> tuple[str, ...]:
    """Return in Vietnamese where a PDF falls short of a profile."""
    if not asked.pdfa or made.status != "none":
        return ()
    reasons = f": {'; '.join(made.reasons)}" if made.reasons else ""
    return (f"{asked.name} cần PDF/A-{asked.pdfa}, tệp {made.claim}{reasons}",)


def page_facts(path: str, kind: Kind, number: int) -> PageFacts | None:
    """Return how page ``number``, counted from 1, was scanned, by its header alone; None for one that was not scanned.

    Raises Unreadable, OSError.
    """
    from digitize.pages import open_image, pdf_page

    if kind == "pdf":
        with pdf_page(path, number) as (page, _):
            return _of_pdf(page)
    with open_image(path) as image:
        image.seek(number - 1)
        return PageFacts(_own_dpi(image), _bits(image), *image.size)


def _own_dpi(image: Image.Image) -> float | None:
    """Return the coarser of dpi across and down, None when a scanner would not have written it."""
    coarser = min(float(value) for value in image.info.get("dpi", (0, 0)))
    return coarser if limits.IMAGE_DPI_TRUSTED[0] / 2 <= coarser <= limits.IMAGE_DPI_TRUSTED[1] else None


def _bits(image: Image.Image) -> int:
    if image.mode == "P":  # few colours, but colours
        return 8
    return {"1": 1, "CMYK": 32, "RGB": 24, "RGBA": 24, "YCbCr": 24, "LAB": 24, "I;16": 16, "I": 16}.get(image.mode, 8)


def _of_pdf(page: pypdfium2.PdfPage) -> PageFacts | None:
    """Return the facts of the largest picture of a PDF page, None when it covers less than half of the page."""
    import pypdfium2

    width, height = page.get_size()
    largest, area = None, 0.5 * width * height
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > limits.LAYER_OBJECTS:
            break
        if isinstance(thing, pypdfium2.PdfImage):
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) > area:
                largest, area = thing, (right - left) * (top - bottom)
    if largest is None:
        return None
    facts = largest.get_metadata()
    dpi = min(facts.horizontal_dpi, facts.vertical_dpi)
    return PageFacts(float(dpi), int(facts.bits_per_pixel), int(facts.width), int(facts.height))
