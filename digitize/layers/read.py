"""The text layer of a PDF page as a reading of it: words in pixels of the page image, or why the page is to be read."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from digitize.layers.content import PageContent, page_content, take_text_out
from digitize.layers.judge import Verdict, judge
from digitize.pages import PageImage, pdf_page, rendered
from digitize.words import Word


@dataclass(frozen=True, slots=True)
class Layer:
    """What a PDF page has of its own. ``size`` is the width and height of its image at ``dpi``, in pixels.

    ``beside`` is the picture where something else than the text may say a word, a stamp, a picture, an annotation:
    the page without its text, or, where the text itself was read off a picture, that.
    """

    verdict: Verdict
    words: tuple[Word, ...]
    size: tuple[int, int]
    dpi: float
    beside: PageImage | None


def read_layer(path: str, number: int) -> Layer:
    """Judge the layer of page ``number``, counted from 1, of a PDF. Raises Unreadable, OSError."""
    with pdf_page(path, number) as (page, dpi):
        content = page_content(page)
        verdict = judge(content)
        beside = None
        if verdict.kind == "recognised":
            beside = rendered(page, dpi)
        elif verdict.kind == "digital" and _says_more(content):
            take_text_out(page)
            beside = rendered(page, dpi)
    scale = dpi / 72
    # Up, as pdfium does: the words have the coordinates of the image that page_image() draws.
    size = math.ceil(content.width * scale), math.ceil(content.height * scale)
    return Layer(verdict, tuple(_in_pixels(verdict, scale)), size, dpi, beside)


def _says_more(content: PageContent) -> bool:
    """Tell whether letters may be printed beside the text: lines of tables alone have none."""
    pictured = content.ink is not None and content.ink.pictures > 0
    return pictured or content.outlines > 0 or content.stamped


def _in_pixels(verdict: Verdict, scale: float) -> Iterator[Word]:
    for word in verdict.words:
        x0, top, x1, bottom = (round(edge * scale) for edge in word.box)
        yield Word(word.text, x0, top, x1, bottom, round(verdict.confidence, 1), word.block, 1, word.line)
