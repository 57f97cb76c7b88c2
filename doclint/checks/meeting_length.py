"""Conferences that last longer than conferences of their kind may."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.checks.meetings import meeting_of
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
    subject = meeting_of(document, context.anatomy)
    if subject is None:
        return
    meeting, limit = _kind(" ".join(document.folded[subject.start : subject.end].split()), options)
    for line in _times(document):
        found = _length(document, line)
        if found is not None:
            days, span = found
            if days > limit:
                yield Match(span, {"meeting": meeting, "length": _in_words(days), "limit": _in_words(limit)})
            # The first time is that of the conference; what follows may be of its parts.
            return


def _kind(subject: str, options: Options) -> tuple[str, float]:
    """Return what a conference is called and how long it may last; the longest where its kind is not clear."""
    if _IMPORTANT.search(subject):
        return "hội nghị quan trọng", options.important
    if _BRIEFING.search(subject):
        return "hội nghị quán triệt", options.briefing
    if _PROFESSIONAL.search(subject):
        return "hội nghị chuyên môn", options.professional
    return "hội nghị", options.important


def _times(document: Document) -> Iterator[Span]:
    """Yield the lines that say when: «Thời gian: …», then sentences on a conference that lasts so many days."""
    for match in _TIME_LINE.finditer(document.folded):
        words = document.folded[match.start("when") : match.end("when")]
        # «Tại mỗi cụm 01 ngày»: several conferences, each shorter than all together.
        if not _SEVERAL.search(words):
            yield Span(match.start("when"), match.end("when"))
    for match in _LASTS.finditer(document.folded):
        if not _SEVERAL.search(match["when"]):
            yield Span(match.start("when"), match.end("when"))


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
    if last is None:
        return None
    days = (last - first).days + 1.0 if first is not None else 1.0
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
_IMPORTANT = re.compile(
    r"tong ket|so ket|quan trong|ban chap hanh|chu chot|dai bieu|nguoi lao dong|vien chuc|cong chuc"
)
_BRIEFING = re.compile(r"quan triet")
_PROFESSIONAL = re.compile(
    r"chuyen mon|nghiep vu|chuyen de|giao ban|trien khai|ra soat|go vuong|doi thoai|gop y|danh gia|\bhop\b"
)
_TIME_LINE = re.compile(
    spaced(
        r"\bthoi (?:gian|luong)(?:,? (?:va |du kien |to chuc |hop |hoi nghi |lam viec |dien ra |dia diem )*"
        r"(?:du kien|to chuc|hop|hoi nghi|lam viec|dien ra|dia diem))?\s*:(?P<when>[^\n]{3,200})"
    )
)
_SEVERAL = re.compile(spaced(r"\b(?:moi|tung|cum|dot|lop|truoc|hoan thanh)\b"))
_LASTS = re.compile(
    spaced(
        r"\bhoi nghi\b[^.;:\n]{0,80}?\b"
        r"(?P<when>(?:dien ra|to chuc|keo dai|lam viec)(?:(?: trong)?(?: thoi gian)? \S+ ngay(?: ruoi)?"
        r"|[^.;:\n]{0,20}? tu [^.;\n]{5,90}))"
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
