"""Speeches that take too long in the agenda of a conference, and reports that are read out there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from doclint.checks import Context
from doclint.checks.meetings import meeting_of
from doclint.document import Block, Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"speech", "minutes", "limit"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``speeches`` that take more minutes than they may, or ``readings`` of reports."""

    report: Literal["speeches", "readings"]
    opening: int = 10
    concluding: int = 50
    """For all concluding speeches together."""
    talk: int = 10


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the minutes of each speech that is too long, or the words of each report that is read out."""
    if meeting_of(document, context.anatomy) is None:
        return
    if options.report == "speeches":
        yield from _speeches(document, options)
    else:
        yield from _readings(document)


def _lines(document: Document) -> Iterator[Span]:
    """Yield the items of the text: its paragraphs, of a table its rows."""
    body = [block for block in document.blocks if block.part == "body" and len(block.span)]
    for _, row in groupby(body, key=_row):
        blocks = list(row)
        yield Span(blocks[0].span.start, blocks[-1].span.end)


def _row(block: Block) -> tuple[int, int]:
    return (-1, block.span.start) if block.cell is None else block.cell[:2]


def _speeches(document: Document, options: Options) -> Iterator[Match]:
    concluded = 0
    for line in _lines(document):
        if len(line) > _LONGEST:
            continue
        text = document.at(line)
        kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(text)]
        # «Thảo luận, kết luận», «Giới thiệu đại biểu, khai mạc»: nobody can tell how much of it the speech takes.
        if len(kinds) != 1 or _AND_MORE[kinds[0]].search(text):
            continue
        found = _minutes(text, kinds[0])
        if found is None:
            continue
        minutes, start, end = found
        limit = {"opening": options.opening, "concluding": options.concluding, "talk": options.talk}[kinds[0]]
        if kinds[0] == "concluding":
            concluded += minutes
        taken = concluded if kinds[0] == "concluding" else minutes
        if taken > limit:
            yield Match(
                Span(line.start + start, line.start + end),
                {"speech": _NAMES[kinds[0]], "minutes": str(taken), "limit": str(limit)},
            )


def _minutes(text: str, kind: str) -> tuple[int, int, int] | None:
    """Return how long one speech takes and where the line says so."""
    lasting = _HOURS.search(text)
    if lasting is not None and kind != "talk" and _is_near(text, kind, lasting):
        return int(lasting["hours"]) * 60 + int(lasting["more"] or 0), *lasting.span("whole")
    clocks = [match.span() for match in _CLOCK.finditer(text)]
    for match in _MINUTES.finditer(text):
        if not any(start <= match.start() < end for start, end in clocks) and _is_near(text, kind, match):
            one = _each(text, int(match["minutes"]), match) if kind == "talk" else int(match["minutes"])
            return (one, *_with_subject(text, match)) if one is not None else None
    span = _RANGE.search(text)
    if span is None:
        return None
    minutes = (int(span["h2"]) - int(span["h1"])) * 60 + int(span["m2"] or 0) - int(span["m1"] or 0)
    one = _each(text, minutes, span) if kind == "talk" else minutes
    # Three hours and more are not one speech: the times were misread.
    return (one, span.start(), span.end()) if one is not None and 0 < one < 180 else None


def _is_near(text: str, kind: str, minutes: re.Match[str]) -> bool:
    """Tell whether no other clause stands between the speech and its minutes."""
    speech = _KINDS[kind].search(text)
    if speech is None:
        return False
    between = text[min(speech.end(), minutes.end()) : max(speech.start(), minutes.start())]
    return re.search(r"[;.]" if kind != "opening" else r"[;.,]", between) is None


def _with_subject(text: str, minutes: re.Match[str]) -> tuple[int, int]:
    """Return the span of «mỗi tham luận 20 phút» where the number alone would not say of what it is."""
    whole = _EACH_TALK.search(text)
    return whole.span() if whole is not None and whole.end() == minutes.end() else minutes.span("whole")


def _each(text: str, minutes: int, match: re.Match[str]) -> int | None:
    """Return what one talk takes, None when the time may be for any number of them."""
    if _EACH.search(text):
        return minutes
    count = _HOW_MANY.search(text)
    if count is not None:
        return minutes // int(count["many"] or count["speakers"])
    return minutes if _ONE.search(text) and not _OTHERS.search(text, 0, match.start()) else None


def _readings(document: Document) -> Iterator[Match]:
    for line in _lines(document):
        if len(line) > _LONGEST:
            continue
        for match in _READING.finditer(document.folded, line.start, line.end):
            if not _NOT_READ.search(document.folded[line.start : match.start()]) and not _BEFOREHAND.search(
                document.folded[match.end() : line.end]
            ):
                yield Match(Span(match.start(), match.end()), {"speech": "", "minutes": "", "limit": ""})


_LONGEST = 260
"""Characters of an item of an agenda."""
_NAMES = {"opening": "phát biểu khai mạc", "concluding": "các phát biểu kết luận cộng lại", "talk": "tham luận"}
_KINDS = {
    kind: re.compile(spaced(pattern), re.IGNORECASE)
    for kind, pattern in (
        ("opening", r"(?<!\w)khai mạc(?!\w)"),
        (
            "concluding",
            r"(?:phát biểu|chỉ đạo),?(?: và)?(?: tổng)? kết luận(?! số)"
            r"|(?<!\w)kết luận,? (?:và )?(?:bế mạc|hội nghị|cuộc họp|của)"
            r"|(?:giám đốc|chủ tịch|lãnh đạo|bí thư|hiệu trưởng|chủ trì|chủ tọa)(?: \w+){0,6}? kết luận(?! số)",
        ),
        ("talk", r"(?<!\w)tham luận(?!\w)"),
    )
}
_AND_MORE = {
    kind: re.compile(spaced(pattern), re.IGNORECASE)
    for kind, pattern in (
        (
            "opening",
            r"đón|ổn định|lý do|giới thiệu|văn nghệ|chào cờ|trao|khen|thông qua|phổ biến|trước|sau|quán triệt",
        ),
        ("concluding", r"thảo luận|giải trình|trao|tặng|khen|ký kết|phổ biến|thông báo|quán triệt"),
        ("talk", r"thảo luận|giải đáp|giải lao|trả lời|gửi|ý kiến"),
    )
}
_CLOCK = re.compile(r"\d{1,2}\s*(?:giờ|h|g)\s*\d{2}(?:\s*phút)?|\d{1,2}:\d{2}", re.IGNORECASE)
_MINUTES = re.compile(r"(?P<whole>(?<![\w/])(?P<minutes>\d{1,3})\s*(?:phút(?!\w)|['’](?!\w)))", re.IGNORECASE)
# «kết luận: 01 giờ 15 phút» at the end of an item; an hour of the clock stands before it.
_HOURS = re.compile(
    r"[:(]\s*(?P<whole>0?(?P<hours>[1-3])\s*(?:giờ|tiếng)(?:\s*(?P<more>\d{1,2})\s*phút)?)\s*(?:[).;]+\s*)*$",
    re.IGNORECASE,
)
_HOUR = r"(?P<h{0}>\d{{1,2}})\s*(?:giờ|h|g|:)\s*(?P<m{0}>\d{{2}})?(?:\s*phút)?"
_RANGE = re.compile(rf"{_HOUR.format(1)}\s*(?:-|–|—|đến)\s*{_HOUR.format(2)}", re.IGNORECASE)
_EACH = re.compile(
    spaced(
        r"(?:mỗi|từng|một) (?:bài )?(?:tham luận|đại biểu|cơ quan|đơn vị|xã|bài)"
        r"|(?:tham luận|bài|đơn vị)\s?[x×]\s?\d|/\s?(?:bài|tham luận|đại biểu|đơn vị)|không quá"
    ),
    re.IGNORECASE,
)
_EACH_TALK = re.compile(spaced(r"(?:mỗi|từng) (?:bài )?tham luận(?: \w+){0,3}? \d{1,3} phút"), re.IGNORECASE)
_HOW_MANY = re.compile(
    spaced(r"(?<!\d)0?(?P<many>[1-9]\d?) (?:bài )?tham luận|tham luận của 0?(?P<speakers>[1-9]\d?) \w"), re.IGNORECASE
)
_ONE = re.compile(spaced(r"tham luận(?: \d)? của (?!các|một số|đại biểu|đại diện các)"), re.IGNORECASE)
_OTHERS = re.compile(r",\s*(?!\d)\w|;|\bvà\s+(?=[A-ZĐÂÔƠƯĂÊ]\w*\s+[A-ZĐÂÔƠƯĂÊ])|\bcác\b")
"""More speakers than one; «Sở Nông nghiệp và Môi trường» is one."""
_READING = re.compile(
    spaced(
        r"\b(?:doc|trinh bay) (?:toan|nguyen) van (?:\w+ ){0,2}?(?:bao cao|to trinh|tham luan)\b"
        r"|\bbao cao\b[^.;\n]{0,60}?[,:(]\s*(?:doc|trinh bay) (?:toan|nguyen) van\b"
        r"|\bdoc (?:tom tat )?(?:ban )?(?:du thao )?(?:cac )?bao cao\b"
    )
)
_NOT_READ = re.compile(
    spaced(r"\b(?:khong|chua|tu|de nghi|dai bieu|nghien cuu|truoc|han che|thay|cho viec|viec)\b[^;.]*$")
)
_BEFOREHAND = re.compile(spaced(r"^[^;.]{0,40}\b(?:truoc|gui kem|o nha)\b"))
