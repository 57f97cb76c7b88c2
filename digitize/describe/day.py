"""The day of a document, from the line «Đắk Lắk, ngày 05 tháng 3 năm 2024»; a day left blank is told as blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from digitize.describe.likeness import as_digits
from digitize.describe.pieces import Piece, place_of, trust
from digitize.describe.values import Field, judged
from digitize.words import Word
from doclint.vietnamese.normalise import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Dateline:
    """A piece with a day: day, month and year as read, empty where blank; where the words of the day stand."""

    piece: Piece
    start: int
    day: str
    month: str
    year: str
    place: bool
    """Whether a place and a comma stand before it."""


def dateline(piece: Piece) -> Dateline | None:
    """Return what a piece says of a day, None when it says nothing. Stamps of arrival say it without a place."""
    text = piece.text
    folded = fold(text)
    match = _WORDS.search(folded) or _FIGURES.search(folded)
    if match is None or _STAMP.match(folded):
        return None
    before = text[: match.start()].rstrip()
    placed = before.endswith((",", ".", ";")) and 2 <= len(before) <= 60 and not _CITED.search(folded[: match.start()])
    day, month, year = (text[slice(*match.span(name))].strip(" .…_,") for name in ("d", "m", "y"))
    return Dateline(piece, match.start(), day, month, year, placed)


def date_field(found: Dateline, *, by_hand: bool, how: str) -> Field:
    """Return the day as ISO. ``by_hand`` tells that the number is, and so the day may be; ``how`` says whence it is."""
    words = _words_from(found)
    place = place_of(found.piece.page, words)
    evidence = f"{how} «{found.piece.text}»"
    day, month, year = as_digits(found.day), as_digits(found.month), as_digits(found.year)
    known_year = year if re.fullmatch(r"\d{4}", year) and FIRST_YEAR <= int(year) <= LAST_YEAR else ""
    if not found.day and known_year and month.isdigit() and 1 <= int(month) <= 12:
        return judged(f"{year}-{int(month):02}", 0.5, evidence, place, review="ngày để trống")
    try:
        value = date(int(year), int(month), int(day)).isoformat() if known_year else ""
    except ValueError:
        value = ""
    if not value:
        return judged(known_year, 0.2, evidence, place, review="ngày, tháng không đọc được, cần người xem")
    figures = [word for word in words if any(char.isdigit() for char in word.text)]
    review = ""
    if any(not part.isdigit() for part in (found.day, found.month, found.year)):
        review = "có chữ đọc thay cho chữ số"
    elif by_hand or _stands_out(words):
        review = "ngày có thể viết tay, cần người xem"
    return judged(value, min(0.99, trust(figures) + 0.1), evidence, place, review=review)


def _words_from(found: Dateline) -> tuple[Word, ...]:
    at, kept = 0, []
    for word in found.piece.words:
        if at + len(word.text) > found.start:
            kept.append(word)
        at += len(word.text) + 1
    return tuple(kept)


def _stands_out(words: tuple[Word, ...]) -> bool:
    """Tell whether a figure of day or month is taller than the year, or stands far off: it was written later."""
    figures = [word for word in words if re.fullmatch(r"\d{1,2}", word.text)]
    year = next((word for word in words if re.fullmatch(r"\d{4}[.,]?", word.text)), None)
    if year is None or len(words) < 5:
        return False
    height = year.y1 - year.y0
    gaps = [after.x0 - before.x1 for before, after in pairwise(words)]
    wide = 2.0 * max(median(gaps), 0.25 * height)
    for word in figures:
        place = words.index(word)
        beside = gaps[max(0, place - 1) : place + 1]
        if word.y1 - word.y0 > 1.2 * height or all(gap > wide for gap in beside):
            return True
    return False


_WORDS = re.compile(
    r"(?:ng[aoe][yvg]|nga\w|n\way)\s*(?P<d>[^,;]{0,8}?)\s*(?:th[aeo]ng|t\w?ang|th\wng|tha\wg)\s*(?P<m>[^,;]{0,6}?)\s*"
    r"n[aeio][mnr]\s*(?P<y>[\doqliszb]{2,4}|[.…_]*)"
)
_FIGURES = re.compile(r"(?:ngay\s*|,\s*)(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})(?!\d)")
_STAMP = re.compile(r"\W*(?:den|gio|ngay ky|cong bao|chuyen|so den|thoi gian)\b")
_CITED = re.compile(r"\b(?:so|theo|can cu|tai|cua|luat|nghi dinh|quyet dinh)\b")
