"""Read one page: judge the text it has, or turn its image upright and hand it to an engine. Nothing is stored here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digitize import limits
from digitize.decisions import Decision
from digitize.engines.engine import Engine, OcrFailed, Reading
from digitize.imaging.blank import blank
from digitize.imaging.order import in_reading_order, out_of_order
from digitize.imaging.orientation import turn, turn_after_poor_reading, upright_turn
from digitize.layers.read import Layer, read_layer
from digitize.pages import PageImage, page_image
from digitize.secrets.marking import Level, find_marking, highest
from digitize.secrets.stamps import Search, searched, settled
from digitize.words import Word, as_read, mean_confidence

if TYPE_CHECKING:
    from digitize.intake import Kind


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page says, boxes in pixels of its upright image of ``width`` × ``height`` at ``dpi``.

    ``turn`` is by how many degrees clockwise the page was turned to stand upright. ``engine`` and ``version`` are ""
    when nothing was read: the text of the PDF was kept, or the page is blank. ``layer`` is the verdict on that text,
    None for images. A page with a secrecy marking has its ``marking`` and no words; ``doubt`` says why a page counts as
    marked whose marking could not be read.
    """

    words: tuple[Word, ...]
    width: int
    height: int
    dpi: float
    engine: str = ""
    version: str = ""
    layer: str | None = None
    decisions: tuple[Decision, ...] = ()
    turn: int = 0
    marking: Level | None = None
    doubt: str = ""


def read_page_of(
    path: str, kind: Kind, number: int, engine: Engine, seconds: int, released: Level | None = None
) -> PageReading:
    """Read page ``number``, counted from 1, of the file at ``path``. Raises Unreadable, OcrFailed, OSError.

    A marking up to the level ``released``, which a person has let be digitized, does not count.
    """
    layer = read_layer(path, number) if kind == "pdf" else None
    judged = (Decision("layer", layer.verdict.kept, layer.verdict.reason),) if layer else ()
    verdict = layer.verdict.kind if layer else None
    if layer and layer.verdict.kept:
        beside = _searched(layer.beside, number, seconds) if layer.beside else None
        return _marked(_kept(layer, judged), beside, number, released)
    scan = page_image(path, kind, number)
    empty = blank(scan)
    degrees, way = _upright(scan, empty, seconds)
    page = turn(scan, degrees)
    found = PageReading((), *page.image.size, page.dpi, layer=verdict, decisions=(*judged, empty, *way), turn=degrees)
    # Before anything is read, and of blank pages too: a page that then cannot be read must not pass for that.
    search = searched(page, number, seconds)
    found = _marked(found, search, number, released)
    if found.marking:
        return found
    if empty.applied:
        return _marked(found, settled(search, (), seconds), number, released)
    try:
        reading = engine.read(page, seconds)
    except OcrFailed:
        found = _marked(found, settled(search, (), seconds), number, released)
        if found.marking:
            return found
        raise
    read = _read(found, page, reading, engine)
    first = _marked(read, settled(search, as_read(read.words), seconds), number, released)
    poor = None if first.marking else turn_after_poor_reading(page, mean_confidence(reading.words), seconds)
    if poor is None:
        return first
    second, turned = _second_way_up(read, page, poor, engine, seconds)
    return _marked(second, _searched(turned, number, seconds) if turned else None, number, released)


def rescue_page_of(
    path: str, kind: Kind, number: int, language: str, seconds: int, released: Level | None = None
) -> PageReading:
    """Read a page that could not be read as others are: at half the size, with Tesseract and nothing before it.

    Raises Unreadable, OcrFailed, OSError.
    """
    from digitize.engines.tesseract import Tesseract

    scan = page_image(path, kind, number)
    scale = min(1.0, limits.RESCUE_DPI / scan.dpi)
    width, height = (max(1, round(side * scale)) for side in scan.image.size)
    image = scan.image.convert("L").resize((width, height))
    page = PageImage(image, scan.dpi * scale)
    reason = f"đọc lại bằng cách đơn giản, ảnh {round(page.dpi)} dpi"
    found = PageReading((), *page.image.size, page.dpi, decisions=(Decision("rescue", True, reason),))
    # The whole picture, in colour: an engine that took its process along has left nothing of the first search.
    found = _marked(found, _searched(scan, number, seconds), number, released)
    if found.marking:
        return found
    engine = Tesseract(language, None)
    return _marked(_read(found, page, engine.read(page, seconds), engine), None, number, released)


def _kept(layer: Layer, judged: tuple[Decision, ...]) -> PageReading:
    width, height = layer.size
    return PageReading(layer.words, width, height, layer.dpi, layer=layer.verdict.kind, decisions=judged)


def _upright(scan: PageImage, empty: Decision, seconds: int) -> tuple[int, tuple[Decision, ...]]:
    if empty.applied:
        return 0, ()
    degrees, decision = upright_turn(scan, seconds)
    return degrees, (decision,)


def _read(found: PageReading, page: PageImage, reading: Reading, engine: Engine) -> PageReading:
    width, height = page.image.size
    words = reading.words
    order: tuple[Decision, ...] = ()
    if out_of_order(words):
        words = in_reading_order(words)
        order = (Decision("order", True, "thứ tự đọc nhảy qua lại giữa hai cột, đã xếp lại từng cột"),)
    return replace(
        found,
        words=words,
        width=width,
        height=height,
        engine=engine.name,
        version=engine.version,
        decisions=(*found.decisions, *reading.decisions, *order),
    )


def _second_way_up(
    first: PageReading, page: PageImage, poor: tuple[int, Decision], engine: Engine, seconds: int
) -> tuple[PageReading, PageImage | None]:
    """Return the better of a poor reading and one turned as OSD says; the turned page if it is that."""
    degrees, decision = poor
    if degrees:
        turned = turn(page, degrees)
        found = replace(first, decisions=(*first.decisions, decision), turn=(first.turn + degrees) % 360)
        second = _read(found, turned, engine.read(turned, seconds), engine)
        if _worth(second) > _worth(first):
            return second, turned
        decision = replace(decision, applied=False, reason=f"{decision.reason}; nhưng đọc không khá hơn, giữ nguyên")
    return replace(first, decisions=(*first.decisions, decision)), None


def _worth(page: PageReading) -> float:
    """Return how much was read, letters that are doubtful weighing less."""
    return sum(len(word.text) * word.confidence for word in page.words)


def _searched(image: PageImage, number: int, seconds: int) -> Search:
    """Look for stamps on a page of which nothing was read, or not in this image."""
    return settled(searched(image, number, seconds), (), seconds)


def _marked(page: PageReading, search: Search | None, number: int, released: Level | None) -> PageReading:
    """Return ``page`` with the secrecy marking of its words, corrected or not, and of the ``search`` of its image."""
    words = (page.words, as_read(page.words))
    told = highest(find_marking(text, number, page.height) for text in words if text)
    level = highest((told, search.level if search else None))
    if level is None or (released and highest((level, released)) == released):
        return page
    return replace(page, words=(), marking=level, doubt="" if told or search is None else search.doubt)
