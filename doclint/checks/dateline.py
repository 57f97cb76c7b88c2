"""Place and date of issue: «Vĩnh Trầm, ngày 05 tháng 02 năm 2026»."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Header
from doclint.anatomy.zones import split_zones
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Level, Match
from doclint.vietnamese.letters import UPPER

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the line of place and date where it is not written as the law wants; what is left blank is no fault."""
    header = context.anatomy.header
    if recognised(document):
        return
    line = dateline(document, header)
    if line is None:
        return
    text = document.at(line)
    day = _DAY_WORD.search(text)
    problems = [*_joint(text), *(_date(text[day.end() :]) if day is not None else ("thiếu chữ «ngày»",))]
    # The decree asks for the 0 before months 1 and 2 only; before others it is no more than untidy.
    level: Level | None = None if problems else "info"
    padded = _PADDED.search(text)
    if padded is not None and not problems:
        problems = [f"chỉ tháng 1, tháng 2 thêm số 0; viết tháng {padded['month']}"]
    if problems:
        start = 0 if day is None or next(_joint(text), None) else day.start()
        span = Span(line.start + start, line.start + len(text.rstrip(" .;")))
        yield Match(span, {"words": " ".join(document.at(span).split()), "problem": "; ".join(problems)}, level)


def dateline(document: Document, header: Header) -> Span | None:
    """Return the line of place and date, also one without place, comma or the word «ngày»; None for none."""
    if header.place_date is not None:
        return header.place_date
    before = header.title or header.subject
    for piece in split_zones(document).header:
        if before is not None and piece.start >= before.start:
            break
        if any(pattern.fullmatch(document.at(piece)) for pattern in (_WITHOUT_COMMA, _WITHOUT_DAY, _WITHOUT_PLACE)):
            return piece
    return None


def _joint(text: str) -> Iterator[str]:
    if _WITHOUT_PLACE.fullmatch(text):
        yield "thiếu địa danh"
    elif "," not in text:
        yield "sau địa danh thiếu dấu phẩy"


def _date(text: str) -> Iterator[str]:
    """Yield what is wrong with what follows the word «ngày»."""
    if _FIGURES.match(text):
        yield "viết bằng chữ «ngày … tháng … năm …», không dùng dấu gạch chéo, gạch nối hay dấu chấm"
        return
    match = _WORDS.match(text)
    if match is None:
        return
    day, month, year = match["day"], match["month"], match["year"]
    if not match["word"] and len(year) == 4:
        yield "thiếu chữ «năm»"
    if len(day) == 1 and day != "0":
        yield f"ngày nhỏ hơn 10 phải thêm số 0 ở trước: 0{day}"
    if month in ("1", "2"):
        yield f"tháng 1, tháng 2 phải thêm số 0 ở trước: 0{month}"
    if year and match["word"] and len(year) != 4:
        yield "năm phải ghi đủ bốn chữ số"
    elif not _is_possible(day, month, year):
        yield "ngày này không có trong lịch"


def _is_possible(day: str, month: str, year: str) -> bool:
    """Tell whether there is such a day; a part that is blank may become anything."""
    try:
        # Only a leap year has all days.
        datetime.date(int(year or 2024), int(month or 1), int(day or 1))
    except ValueError:
        return False
    return True


_GAP = r"[\s.…_]*"
_DAY_WORD = re.compile(r"(?<!\w)ngày(?!\w)", re.IGNORECASE)
_FIGURES = re.compile(rf"{_GAP}\d{{0,2}}{_GAP}([/.-])\s*\d{{1,2}}\s*\1\s*\d{{2,4}}")
_WORDS = re.compile(
    rf"{_GAP}(?P<day>\d{{0,2}}){_GAP}tháng{_GAP}(?P<month>\d{{0,2}})(?!\d){_GAP}[,/-]?\s*(?P<word>năm)?{_GAP}(?P<year>\d*)",
    re.IGNORECASE,
)
_PADDED = re.compile(r"tháng\s+0(?P<month>[3-9])(?!\d)", re.IGNORECASE)
_PLACE = rf"[{UPPER}][^\W\d_]*(?:[\s'-]+[{UPPER}][^\W\d_]*){{0,4}}"
_WORDED = r"ngày\s+[\d.…]{0,4}\s*tháng\s+[\d.…]{0,4}\s*năm\s+\d{4}\s*\.?"
_WITHOUT_COMMA = re.compile(rf"{_PLACE}\s*[:–-]?\s*(?<!\w){_WORDED}")
_WITHOUT_PLACE = re.compile(rf"{_WORDED}|ngày\s+\d{{1,2}}([/.-])\d{{1,2}}\1\d{{4}}", re.IGNORECASE)
_WITHOUT_DAY = re.compile(
    rf"{_PLACE}\s*,\s*\d{{1,2}}\s*(?:[/-]\s*\d{{1,2}}\s*[/-]\s*\d{{4}}|tháng\s+\d{{1,2}}\s+năm\s+\d{{4}})\s*\.?"
)
