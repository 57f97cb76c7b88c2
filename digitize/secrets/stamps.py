"""Find a secrecy stamp in the picture of a page, where reading the page as a whole loses it.

Places that may be one are looked for in every ink of the page, those that have the shape of the word MẬT are read
upright by themselves, and what is read is judged. A page without such a place costs no reading, nor does a place that
turns out to be a word of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from digitize.secrets.candidates import Candidate, candidates
from digitize.secrets.inks import Ink, inks
from digitize.secrets.judge import is_clear, judged
from digitize.secrets.lines import upright_lines
from digitize.secrets.marking import LEVELS, Level, highest
from digitize.secrets.printed import without_print
from digitize.secrets.reader import read_lines
from digitize.secrets.shapes import alike_in, shapes

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage
    from digitize.words import Word


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate as upright lines, and how like MẬT the likeliest of them is."""

    candidate: Candidate
    lines: tuple[Grey, ...]
    alike: float


@dataclass(frozen=True, slots=True)
class Search:
    """What is known of the stamps of page ``number``, at ``dpi``.

    ``read`` are likely places and what they say, ``unread`` others, ``left`` the inks not looked at yet. ``level`` is
    what the page is marked with, as far as that is known; ``doubt`` says why it counts as marked whose stamp could not
    be read.
    """

    number: int
    dpi: float
    read: tuple[tuple[Place, list[str]], ...] = ()
    unread: tuple[Place, ...] = ()
    left: tuple[Ink, ...] = ()
    level: Level | None = None
    doubt: str = ""


def searched(page: PageImage, number: int, seconds: int) -> Search:
    """Look in the coloured inks of a page for what is very like a stamp, so that it is known before the page is read.

    What is less like one, and what is in the ink of the print, is for ``settled``: one start of Tesseract for all.
    """
    layers = inks(page)
    places = likely_places(one for layer in layers if not layer.is_print for one in _candidates(layer))
    weak = tuple(place for place in places if not _is_striking(place))
    search = Search(number, page.dpi, unread=weak, left=tuple(layer for layer in layers if layer.is_print))
    search = _read_more(search, [place for place in places if _is_striking(place)], seconds)
    marked = any(_levels(search.read))
    return settled(search, (), seconds) if marked else search  # unless what stands about it says otherwise


def settled(search: Search, words: Sequence[Word], seconds: int) -> Search:
    """Return a search with the level of the page, now that ``words``, as they were read, tell what is print on it."""
    if search.level:
        return search
    layers = (without_print(layer, words, search.dpi) for layer in search.left)
    places = (*search.unread, *likely_places(one for layer in layers for one in _candidates(layer)))
    search = _read_more(replace(search, unread=(), left=()), places, seconds)
    if search.level:
        return search
    level = highest(_levels(search.read))
    if level is None and (doubts := _doubts(search.read)):
        doubt = f"trang {search.number} có chỗ giống dấu độ mật, máy đọc không rõ"
        return replace(search, level=highest(_unread_level(place) for place in doubts) or "mat", doubt=doubt)
    return replace(search, level=level)


def likely_places(candidates: Iterable[Candidate]) -> list[Place]:
    """Return the candidates that have the shape of a stamp with the word MẬT, the likeliest first."""
    found = [(one, tuple(upright_lines(one))) for one in candidates]
    alike = iter(alike_in([line for _, lines in found for line in lines]))
    places = []
    for candidate, lines in found:
        place = Place(candidate, lines, max(islice(alike, len(lines))))
        in_print = candidate.found_by == "shape" and candidate.ink.is_print
        if place.alike >= (_LIKELY_SHAPE_IN_PRINT if in_print else _LIKELY[candidate.found_by]):
            places.append(place)
    return sorted(places, key=lambda place: -place.alike)[:_MOST]


def _candidates(layer: Ink) -> Iterator[Candidate]:
    yield from candidates(layer)
    yield from shapes(layer)


def _read_more(search: Search, places: Sequence[Place], seconds: int) -> Search:
    """Return a search with readings of these places too; when Tesseract fails they count as stamps."""
    if not places:
        return search
    try:
        texts = iter(read_lines([line for place in places for line in place.lines], seconds))
    except (RuntimeError, OSError) as error:  # pytesseract raises RuntimeError for what it kills and for Tesseract's
        doubt = f"trang {search.number} có chỗ giống dấu độ mật mà Tesseract không đọc được ({_why(error, seconds)})"
        return replace(search, level=highest(_unread_level(place) for place in places) or "mat", doubt=doubt)
    read = tuple((place, list(islice(texts, len(place.lines)))) for place in places)
    return replace(search, read=search.read + read)


def _levels(read: Sequence[tuple[Place, list[str]]]) -> list[Level | None]:
    """Return the level of each place, None where it is a mention: in its own readings, or in those about it.

    What stands inside a frame is whole, and is judged by itself.
    """
    found = [judged(texts, place.alike, whole=place.candidate.found_by != "shape") for place, texts in read]
    mentions = [place.candidate for (place, _), (_, mention) in zip(read, found, strict=True) if mention]
    levels = []
    for (place, _), (level, mention) in zip(read, found, strict=True):
        about = (
            level == "mat"
            and place.candidate.found_by != "frame"
            and any(place.candidate.within(other) for other in mentions)
        )
        levels.append(None if mention or about else level)
    return levels


def _doubts(read: Sequence[tuple[Place, list[str]]]) -> list[Place]:
    """Return the places that look like a stamp with MẬT, and of which nothing else could be read either."""
    clear = [place.candidate for place, texts in read if is_clear(texts)]
    return [
        place
        for place, texts in read
        if _is_striking(place)
        and not (place.candidate.found_by == "shape" and place.candidate.ink.name == "dark")
        and not is_clear(texts)
        and not any(place.candidate.within(other) for other in clear)
    ]


def _is_striking(place: Place) -> bool:
    return place.alike >= _DOUBTFUL[place.candidate.found_by]


def _unread_level(place: Place) -> Level:
    """Return the highest level that a stamp of this length may have: MẬT alone is hardly longer than high."""
    box = place.candidate.box
    ratio = box.length / box.height
    return LEVELS[0 if place.candidate.found_by == "shape" or ratio < 2.6 else 1 if ratio < 3.6 else 2]


def _why(error: RuntimeError | OSError, seconds: int) -> str:
    import pytesseract

    if isinstance(error, pytesseract.TesseractError):
        return f"lỗi {error.status}"
    return f"quá {seconds} giây" if isinstance(error, RuntimeError) else "không chạy được"


_MOST = 40  # a page of patterns must not hold up the others
# The lowest of drawn stamps were 0.57 and 0.51 by frame and letters; print that is no such word reaches 0.6.
_LIKELY = {"frame": 0.48, "letters": 0.47, "shape": 0.49}
_LIKELY_SHAPE_IN_PRINT = 0.57
# Round seals and cells of tables, read as nothing, reach 0.63 within a frame.
_DOUBTFUL = {"frame": 0.62, "letters": 0.57, "shape": 0.53}
