"""Conferences that last longer than conferences of their kind may."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.meetings import Meeting, flat, meetings_of
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"meeting", "length", "limit"})


@dataclass(frozen=True, slots=True)
class Options:
    """The longest that a conference may last, in days."""

    briefing: float = 0.5
    professional: float = 1.0
    important: float = 1.5


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the words that say how long a conference is, where that is more than its kind may last."""
    for meeting in meetings_of(document, context.anatomy):
        name, limit = _kind(flat(document, meeting.name), options)
        # The first time is that of the conference; what follows may be of its parts.
        found = next(_lengths(document, meeting), None) or _by_agenda(document, meeting.scope)
        if found is not None and found[0] > limit:
            yield Match(found[1], {"meeting": name, "length": _in_words(found[0]), "limit": _in_words(limit)})


def _kind(name: str, options: Options) -> tuple[str, float]:
    """Return what a conference is called and how long it may last, by the first word that tells its kind.

    The longest where none does: «Hội nghị quán triệt Nghị quyết … tổng kết …» is a briefing.
    """
    kinds = {
        "briefing": ("hội nghị quán triệt", options.briefing),
        "professional": ("hội nghị chuyên môn", options.professional),
        "important": ("hội nghị quan trọng", options.important),
    }
    told = _kinds().search(name)
    return kinds[str(told.lastgroup)] if told is not None else ("hội nghị", options.important)


def _lengths(document: Document, meeting: Meeting) -> Iterator[tuple[float, Span]]:
    """Yield the lengths told after «Thời gian:», then those in sentences on the conference."""
    text, scope = document.folded, meeting.scope
    for pattern, other in ((_time_line(), _other()), (_lasting(), _other_or_limit())):
        for match in pattern.finditer(text, scope.start, scope.end):
            found = _length(document, Span(*match.span("when")))
            if found is not None:
                begin = match.start("when") if pattern is _time_line() else match.start()
                if not other.search(text, begin, found[1].end):
                    yield found


def _by_agenda(document: Document, scope: Span) -> tuple[float, Span] | None:
    """Return a day where the items of an agenda stand in the morning and in the afternoon, and the first late item."""
    morning = False
    for match in _item().finditer(document.folded, scope.start, scope.end):
        late = match["part"] == "chieu" if match["part"] else 13 <= int(match["hour"]) <= 18
        if late and morning:
            return 1.0, Span(*match.span("item"))
        morning = morning or not late
    return None


def _length(document: Document, line: Span) -> tuple[float, Span] | None:
    """Return the days that a line speaks of and the words that say so, None when it says nothing sure."""
    text = document.at(line)
    whole: tuple[float, Span] | None = None
    for match in _COUNTED.finditer(text):
        if match["count"].lower() == "cả":
            # «Cả ngày 05 và ngày 06»: of how many days is told by what follows.
            whole = whole or (1.0, Span(line.start + match.start(), line.start + match.end()))
        elif not _CLOCK_BEFORE.search(text[: match.start()]):
            return _counted(match), Span(line.start + match.start(), line.start + match.end())
    for match in _RANGE.finditer(text):
        days = _from_to(match)
        if days is not None:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return days, Span(line.start + start, line.start + match.end())
    listed = _LISTED.search(text)
    # «Sáng ngày 12 và chiều ngày 13» may be any part of those days.
    if listed is None or _PART.search(text):
        both = _BOTH.search(text)
        return (1.0, Span(line.start + both.start(), line.start + both.end())) if both is not None else whole
    return float(len(re.findall(r"\d+", listed["days"]))), Span(line.start + listed.start(), line.start + listed.end())


def _counted(match: re.Match[str]) -> float:
    words = match["count"].lower().replace(",", ".")
    number = _NUMBERS.get(words)
    count = number if number is not None else float(words)
    return (count if match["unit"].lower() == "ngày" else count / 2) + (0.5 if match["half"] else 0)


def _from_to(match: re.Match[str]) -> float | None:
    """Return the days from one time to another in half days; dates without month or year share the other's."""
    last = _date(match["d2"], match["m2"], match["y2"])
    first = _date(match["d1"], match["m1"] or match["m2"], match["y1"] or match["y2"]) if match["d1"] else None
    if first is not None and last is None:
        first, last = None, first
    # «ngày 12/5, từ 8h00 đến 16h30»: the hours of one day.
    if last is None and not (match["h1"] and match["h2"]):
        return None
    days = (last - first).days + 1.0 if first is not None and last is not None else 1.0
    start = int(match["h1"]) if match["h1"] else (13 if match["part1"] == "chiều" else 7)
    end = int(match["h2"]) if match["h2"] else (12 if match["part2"] in ("sáng", "trưa") else 17)
    if days == 1 and not (match["h1"] and match["h2"]) and not (match["part1"] or match["part2"]):
        return None
    days -= (0.5 if start >= 12 else 0) + (0.5 if end <= 13 else 0)
    # A week and more is the time of a plan, not of a conference.
    return days if 0 < days <= 5 else None


def _date(day: str | None, month: str | None, year: str | None) -> datetime.date | None:
    if day is None or month is None:
        return None
    try:
        return datetime.date(int(year or _ANY_YEAR), int(month), int(day))
    except ValueError:
        return None


def _in_words(days: float) -> str:
    return "1/2 ngày" if days == 0.5 else f"{days:g} ngày".replace(".", ",")


_ANY_YEAR = 2024
"""For dates without a year: one that has every day."""


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?P<briefing>quan triet|hoc tap(?! kinh nghiem)|pho bien|tuyen truyen)"
            r"|(?P<important>tong ket|so ket|quan trong|ban chap hanh|chu chot|dai bieu|nguoi lao dong|vien chuc"
            r"|cong chuc|toan quoc)"
            r"|(?P<professional>chuyen mon|nghiep vu|chuyen de|giao ban|trien khai|ra soat|go vuong|doi thoai|gop y"
            r"|danh gia|\bhop\b)"
        )
    )


@cache
def _time_line() -> re.Pattern[str]:
    words = "(?:va |du kien |to chuc |hop |hoi nghi |lam viec |dien ra |dia diem )"
    return re.compile(
        spaced(
            rf"\bthoi (?:gian|luong)(?:,? {words}*(?:du kien|to chuc|hop|hoi nghi|lam viec|dien ra|dia diem))?"
            r"\s*[:|\n](?P<when>[^\n]{3,200})"
        )
    )


@cache
def _lasting() -> re.Pattern[str]:
    """What a sentence says of the time of a conference: after its name, or after a verb of holding it."""
    held = r"(?:dien ra|to chuc|keo dai|lam viec|tien hanh|thoi luong|thoi gian|hop)"
    filled = r"(?:hoi nghi|trong|vao|la|du kien|lien tuc|khoang|ca|thoi gian|tron|suot)"
    return re.compile(
        spaced(
            rf"\b(?:(?:hoi nghi|cuoc hop)\b[^.;\n]{{0,100}}?|{held}(?: {filled})*) "
            r"(?P<when>(?:(?:trong|tu|tron|suot|ca|gom) )?"
            r"(?:\S+ (?:ngay|buoi)\b|\d{1,2} ?(?:gio|h|g|:)|ngay \d)[^.;\n]{0,90})"
        )
    )


_OTHER = (
    r"\b(?:moi|tung|cum|dot|lop|truoc|(?<!thu\s)sau|hoan thanh|chuan bi|gui|cham nhat|xong|dang ky|ke tu|nop|bao cao"
    r"|tham quan|thuc te|hoi thi|kiem tra|trung bay{})\b"
)


@cache
def _other() -> re.Pattern[str]:
    """Time of something else: of preparing, of what is due, of each of several."""
    return re.compile(spaced(_OTHER.format("")))


@cache
def _other_or_limit() -> re.Pattern[str]:
    """Also how long conferences may last: «hội nghị chuyên môn không quá 1 ngày» calls none."""
    return re.compile(spaced(_OTHER.format("|khong (?:qua|vuot)|toi da")))


@cache
def _item() -> re.Pattern[str]:
    """The hour at which an item of an agenda begins, or the half of a day that heads some."""
    return re.compile(
        spaced(
            r"(?m)^[ \t|]*(?:[\divx]+[.)|]|[-+*•])? ?"
            r"(?P<item>(?:tu |luc )?(?P<hour>\d{1,2}) ?(?:gio|h|g|:) ?(?:\d{2})?\b"
            r"|(?:buoi )?(?P<part>sang|chieu)\b[^\n]{0,40}$)"
        )
    )


_NUMBERS = {"một": 1.0, "hai": 2.0, "ba": 3.0, "bốn": 4.0, "nửa": 0.5, "1/2": 0.5, "½": 0.5, "cả": 1.0}
_COUNTED = re.compile(
    spaced(
        r"(?<![\w/,.:])(?P<count>\d{1,2}(?:[,.]5)?|1/2|½|một|hai|ba|bốn|nửa|cả)(?: \(\d{1,2}\))?"
        r" (?P<unit>ngày|buổi)(?! làm việc)(?P<half> rưỡi)?(?!\w)"
    ),
    re.IGNORECASE,
)
# «08 giờ 30 ngày 12», «thứ Hai ngày 12»: the number is not one of days.
_CLOCK_BEFORE = re.compile(r"(?:giờ|\d\s*[hg:]|phút|thứ|tháng|ngày)\s*$", re.IGNORECASE)
_CLOCK = r"(?P<h{0}>\d{{1,2}})\s*(?:giờ|h|g|:)\s*(?:\d{{2}})?(?:\s*phút)?"
_DAY = (
    r"(?:[,(]?\s*(?:thứ\s+\w+|chủ\s+nhật|(?P<part{0}>sáng|trưa|chiều)),?)*[,(]?\s*(?:ngày\s+)?(?P<d{0}>\d{{1,2}})"
    r"(?:(?:[/.-]|\s+tháng\s+)(?P<m{0}>\d{{1,2}})(?:(?:[/.-]|\s+năm\s+)(?P<y{0}>\d{{4}}))?)?(?!\d|\s*giờ|\s*h)"
)
_RANGE = re.compile(
    rf"(?:từ\s+)?(?:{_CLOCK.format(1)})?(?:\s*{_DAY.format(1)})?(?:\s*\([^()]{{1,20}}\))?\)?\s*(?:đến|-|–|[;,]\s*kết\s+thúc(?:\s+(?:lúc|vào))?:?)\s*(?:hết\s+)?(?:{_CLOCK.format(2)})?"
    rf"(?:,?\s*{_DAY.format(2)})?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:các\s+)?ngày\s+(?P<days>\d{1,2}(?:,\s*\d{1,2})*(?:,\s*|\s+và\s+)(?:ngày\s+)?\d{1,2})(?=/|\s+tháng)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\bsáng\s+(?:và|,)\s*chiều\s+(?:cùng\s+)?(?:ngày|thứ)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:sáng|chiều|buổi)\b", re.IGNORECASE)
