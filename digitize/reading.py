"""Read one page: judge the text it has, or prepare its image and hand it to an engine. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize.decisions import Decision
from digitize.engines.engine import Engine, OcrFailed
from digitize.layers.read import Layer, read_layer
from digitize.pages import page_image
from digitize.words import Word

if TYPE_CHECKING:
    from digitize.intake import Kind


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page says, boxes in pixels of its image of ``width`` × ``height`` at ``dpi``.

    ``engine`` is "" when the text of the PDF was kept; ``layer`` is the verdict on that, None for images.
    ``beside`` are words that stand beside kept text, in stamps and pictures: looked at for secrecy alone.
    """

    words: tuple[Word, ...]
    width: int
    height: int
    dpi: float
    engine: str
    layer: str | None
    decisions: tuple[Decision, ...]
    beside: tuple[Word, ...] = ()


def read_page_of(path: str, kind: Kind, number: int, engine: Engine, seconds: int) -> PageReading:
    """Read page ``number``, counted from 1, of the file at ``path``. Raises Unreadable, OcrFailed, OSError."""
    layer = read_layer(path, number) if kind == "pdf" else None
    judged = (Decision("layer", layer.verdict.kept, layer.verdict.reason),) if layer else ()
    if layer and layer.verdict.kept:
        width, height = layer.size
        beside = _beside(layer, engine, seconds)
        return PageReading(layer.words, width, height, layer.dpi, "", layer.verdict.kind, judged, beside)
    page = page_image(path, kind, number)
    reading = engine.read(page, seconds)
    verdict = layer.verdict.kind if layer else None
    return PageReading(reading.words, *page.image.size, page.dpi, engine.name, verdict, (*judged, *reading.decisions))


def _beside(layer: Layer, engine: Engine, seconds: int) -> tuple[Word, ...]:
    """Return what stamps and pictures on a page of kept text say."""
    if layer.beside is None:
        return ()
    try:
        return engine.read(layer.beside, seconds).words
    except OcrFailed:
        return ()
