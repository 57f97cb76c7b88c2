"""Find a secrecy stamp in the picture of a page, where reading the page as a whole loses it.

Places that may be one are looked for in every ink of the page, those that have the shape of the word MẬT are read
upright by themselves, and what is read is judged. A page without such a place costs no reading.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.secrets.judge import is_clear, judged
from digitize.secrets.marking import LEVELS, Level, highest
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.pages import PageImage
    from digitize.secrets.candidates import Candidate


class StampUnread(VanthuError):
    """What looks like a secrecy stamp could not be read: the page is to be stopped as if it were ``level``."""

    def __init__(self, reason: str, level: Level) -> None:
        super().__init__(reason)
        self.level = level

    def __reduce__(self) -> tuple[object, ...]:
        return (StampUnread, (self.reason, self.level))


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate as upright lines, and how like MẬT the likeliest of them is."""

    candidate: Candidate
    lines: tuple[Grey, ...]
    alike: float


def stamp_marking(page: PageImage, number: int, seconds: int) -> Level | None:
    """Return the level of a secrecy stamp on a page, None without one; ``number`` is for the message.

    Stamps stand on any page, since a file may hold many documents. Raises StampUnread when what looks like a stamp
    could not be read, also within ``seconds``.
    """
    places = likely_places(page)
    if not places:
        return None
    try:
        texts = _read([line for place in places for line in place.lines], seconds)
    except (RuntimeError, OSError) as error:  # pytesseract raises RuntimeError for what it kills and for Tesseract's
        raise StampUnread(
            f"trang {number} có chỗ giống dấu độ mật mà Tesseract không đọc được ({_why(error, seconds)})",
            highest(_unread_level(place) for place in places) or "mat",
        ) from error
    readings, start = [], 0
    for place in places:
        readings.append(texts[start : start + len(place.lines)])
        start += len(place.lines)
    level = highest(_levels(places, readings))
    if level is None and (doubts := _doubts(places, readings)):
        raise StampUnread(
            f"trang {number} có chỗ giống dấu độ mật, máy đọc không rõ",
            highest(_unread_level(place) for place in doubts) or "mat",
        )
    return level


def likely_places(page: PageImage) -> list[Place]:
    """Return the places of a page that have the shape of a stamp with the word MẬT."""
    from digitize.secrets.candidates import candidates
    from digitize.secrets.inks import inks
    from digitize.secrets.lines import upright_lines
    from digitize.secrets.shapes import alike_in, shapes

    layers, dpi = inks(page)
    places = []
    for layer in layers:
        for candidate in (*candidates(layer, dpi), *shapes(layer, dpi)):
            lines = upright_lines(candidate)
            alike = max(alike_in(line) for line in lines)
            if alike >= (_LIKELY_SHAPE_IN_PRINT if _in_print(candidate) else _LIKELY[candidate.found_by]):
                places.append(Place(candidate, tuple(lines), alike))
    return sorted(places, key=lambda place: -place.alike)[:_MOST]


def _levels(places: list[Place], readings: list[list[str]]) -> list[Level | None]:
    """Return the level of each place, None where it is a mention: in its own readings, or in those about it.

    What stands inside a frame is whole, and is judged by itself.
    """
    found = [
        judged(texts, place.alike, whole=place.candidate.found_by != "shape")
        for place, texts in zip(places, readings, strict=True)
    ]
    levels = []
    for place, (level, mention) in zip(places, found, strict=True):
        about = (
            level == "mat"
            and place.candidate.found_by != "frame"
            and any(
                other_mention and place.candidate.within(other.candidate)
                for other, (_, other_mention) in zip(places, found, strict=True)
            )
        )
        levels.append(None if mention or about else level)
    return levels


def _doubts(places: list[Place], readings: list[list[str]]) -> list[Place]:
    """Return the places that look like a stamp with MẬT, and of which nothing else could be read either."""
    clear = [place for place, texts in zip(places, readings, strict=True) if is_clear(texts)]
    return [
        place
        for place, texts in zip(places, readings, strict=True)
        if place.alike >= _DOUBTFUL[place.candidate.found_by]
        and not (place.candidate.found_by == "shape" and place.candidate.ink == "dark")
        and not is_clear(texts)
        and not any(place.candidate.within(other.candidate) for other in clear)
    ]


def _in_print(candidate: Candidate) -> bool:
    """Tell a shape in the ink of the print, where many words are a little like it."""
    return candidate.found_by == "shape" and candidate.ink in ("dark", "pale")


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


def _read(lines: list[Grey], seconds: int) -> list[str]:
    """Return what lines of print say, all in one call of Tesseract: starting it costs more than reading ten.

    Raises RuntimeError, OSError.
    """
    import cv2
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:04}.pgm" for number in range(len(lines))]
        for path, line in zip(paths, lines, strict=True):
            path.write_bytes(cv2.imencode(".pgm", line)[1].tobytes())
        listing = Path(folder) / "lines.txt"
        listing.write_text("\n".join(map(str, paths)), encoding="utf-8")
        text = pytesseract.image_to_string(str(listing), lang="vie", config="--psm 7 --dpi 200", timeout=seconds)
    read = [" ".join(part.split()) for part in text.split("\f")][: len(lines)]
    if len(read) < len(lines):
        raise RuntimeError("fewer pages than lines")
    return read


_MOST = 40  # a page of patterns must not hold up the others
# The lowest of drawn stamps were 0.57 and 0.51 by frame and letters; print that is no such word reaches 0.6.
_LIKELY = {"frame": 0.48, "letters": 0.47, "shape": 0.51}
_LIKELY_SHAPE_IN_PRINT = 0.57
# Round seals and cells of tables, read as nothing, reach 0.63 within a frame.
_DOUBTFUL = {"frame": 0.66, "letters": 0.57, "shape": 0.53}
