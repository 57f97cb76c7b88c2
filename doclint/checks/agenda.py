"""Speeches that take too long in the agenda of a conference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from doclint.anatomy.meetings import Meeting, meetings_of
from doclint.checks import Context
from doclint.document import Block, Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"speech", "minutes", "limit"})

Speech = Literal["opening", "concluding", "talk"]


@dataclass(frozen=True, slots=True)
class Options:
    """The minutes that speeches of each kind may take."""

    opening: int = 10
    concluding: int = 50
    """For all concluding speeches together."""
    talk: int = 10


@dataclass(frozen=True, slots=True)
class _Slot:
    """A time that an item tells, and the stretch of the item that it is the time of."""

    minutes: int
    span: Span
    of: Span


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the minutes of each speech that is too long in what the text says of a conference to come."""
    for meeting in meetings_of(document, context.anatomy):
        yield from _speeches(document, meeting, options)


def _items(document: Document, meeting: Meeting) -> Iterator[Span]:
    """Yield the items of an agenda: paragraphs, of a table its rows."""
    inside = (block for block in document.blocks if block.part == "body" and block.span.overlaps(meeting.scope))
    for _, row in groupby((block for block in inside if len(block.span)), key=_row):
        blocks = list(row)
        yield Span(max(blocks[0].span.start, meeting.scope.start), min(blocks[-1].span.end, meeting.scope.end))


def _row(block: Block) -> tuple[int, int]:
    return (-1, block.span.start) if block.cell is None else block.cell[:2]


def _speeches(document: Document, meeting: Meeting, options: Options) -> Iterator[Match]:
    limits = {"opening": options.opening, "concluding": options.concluding, "talk": options.talk}
    concluded = 0
    items = list(_items(document, meeting))
    for number, item in enumerate(items):
        slots = _slots(document, item) or _until_next(document, items[number : number + 2])
        for slot in slots:
            words = document.at(slot.of)
            speech = _speech(words)
            minutes = _of_one(words, slot.minutes) if speech == "talk" else slot.minutes
            if speech is None or minutes is None:
                continue
            concluded += minutes if speech == "concluding" else 0
            taken = concluded if speech == "concluding" else minutes
            if taken > limits[speech]:
                yield Match(
                    _with_words(document, slot, speech),
                    {"speech": _NAMES[speech], "minutes": str(taken), "limit": str(limits[speech])},
                )


def _slots(document: Document, item: Span) -> list[_Slot]:
    """Return the times of an item: one at its head is of what follows, others are of what stands before them."""
    text = document.at(item)
    times = list(_times(text))
    if not times:
        return []
    done = 0
    ahead = _pattern("label").fullmatch(text[: times[0][1]]) is not None
    if ahead and len(times) > 1:
        # «8 giờ 00 - 8 giờ 40: bốn tham luận, mỗi tham luận 10 phút»: the hours are of all, the minutes of each.
        times, done, ahead = times[1:], times[0][2], False
    slots = []
    for number, (minutes, start, end) in enumerate(times):
        before = times[number - 1][2] if number else done
        after = times[number + 1][1] if number + 1 < len(times) else len(text)
        if ahead or _pattern("spends").search(text[before:start]):
            of = (end, _clause_end(text, end, after))
        else:
            of = (before + _last_clause(text[before:start]), end + _tail(text[end:after]))
        slots.append(
            _Slot(minutes, Span(item.start + start, item.start + end), Span(item.start + of[0], item.start + of[1]))
        )
    return slots


def _times(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield minutes, start and end of each time that something takes; hours of the clock are none."""
    for match in _pattern("time").finditer(text):
        if match["h1"]:
            minutes = (int(match["h2"]) - int(match["h1"])) * 60 + int(match["m2"] or 0) - int(match["m1"] or 0)
        elif match["hours"]:
            minutes = int(match["hours"]) * 60 + int(match["more"] or 0)
        else:
            minutes = int(match["minutes"] or 0)
        # Three hours and more are not one speech: the times were misread.
        if 0 < minutes < 180:
            yield minutes, *match.span(match.lastgroup or 0)


def _clause_end(text: str, start: int, stop: int) -> int:
    ends = re.compile(r";\s|\.\s+(?=\W*\d)").search(text, start, stop)
    return ends.start() if ends is not None else stop


def _last_clause(text: str) -> int:
    """Return where the last clause of ``text`` begins; a full stop inside a name or number ends none."""
    return max((match.end() for match in re.finditer(r"[;:]\s(?=.*\w{3})|\.\s+(?=.*\w{3})", text)), default=0)


def _tail(text: str) -> int:
    """Return how far after «15 phút» it is still told of what it is: «/bài», «mỗi bài»."""
    match = re.match(r"\s*(?:/|(?:cho\s+)?(?:mỗi|một)\s)[^,;.)]{0,25}", text)
    return match.end() if match is not None else 0


def _until_next(document: Document, items: list[Span]) -> list[_Slot]:
    """Return the time from the hour at which an item begins to that of the next one."""
    starts = [_pattern("start").match(document.at(item)) for item in items]
    if (
        len(starts) < 2
        or starts[0] is None
        or starts[1] is None
        or not _pattern("speaks").search(document.at(items[0]))
    ):
        return []
    first, second = (int(start["hour"]) * 60 + int(start["minute"] or 0) for start in starts if start is not None)
    item = Span(items[0].start + starts[0].start("hour"), items[0].start + len(document.at(items[0]).rstrip()))
    return [_Slot(second - first, item, item)] if 0 < second - first < 180 else []


def _speech(words: str) -> Speech | None:
    """Return which speech the words name, None for none and where it shares its time with something else."""
    speeches: tuple[Speech, ...] = ("opening", "concluding", "talk")
    named = [speech for speech in speeches if _pattern(speech).search(words)]
    if len(named) != 1:
        return None
    others = (
        words
        if named[0] != "talk"
        else " ".join(part for part in re.split(r"[,|]\s", words) if not _pattern("talk").search(part))
    )
    return named[0] if not _pattern("shared").search(others) else None


def _of_one(words: str, minutes: int) -> int | None:
    """Return what one talk takes, None when the time may be for any number of them."""
    if _pattern("each").search(words):
        return minutes
    count = _pattern("how many").search(words)
    if count is not None:
        many = (count["many"] or count["speakers"]).lower()
        return minutes // (int(many) if many.isdigit() else _WORDS.index(many) + 2)
    one = _pattern("one").search(words)
    return minutes if one is not None and not _pattern("others").search(words) else None


def _with_words(document: Document, slot: _Slot, speech: Speech) -> Span:
    """Return the time with the words that say of what it is, in one span."""
    words = document.at(slot.of)
    each = _pattern("each talk").search(words) if speech == "talk" else None
    first = each or _pattern(speech).search(words)
    start = slot.of.start + (first.start() if first is not None else 0)
    end = slot.of.start + len(words.rstrip(" \n.;"))
    if slot.span.end <= slot.of.start or each is not None:
        # The hour stands at the head of its item.
        return Span(min(start, slot.span.start), max(slot.span.end, end if each is None else 0))
    return Span(min(start, slot.span.start), slot.span.end + document.text.startswith(")", slot.span.end))


_NAMES = {"opening": "phát biểu khai mạc", "concluding": "các phát biểu kết luận cộng lại", "talk": "tham luận"}
_WORDS = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_HOUR = r"(?<!\d)(?P<h{0}>\d{{1,2}})\s*(?:giờ|h|g|:)\s*(?P<m{0}>\d{{2}})?(?:\s*phút)?"
_PATTERNS = {
    "opening": r"(?<!\w)(?:phát biểu )?(?:khai mạc|phát biểu (?:mở đầu|đề dẫn|dẫn đề)|diễn văn)(?!\w)",
    # A conclusion that is carried out or explained is a document.
    "concluding": (
        r"(?<!\w)(?:phát biểu (?:\w+ \w+,? (?:và )?)?)?"
        r"(?<!thực\shiện\s)(?<!thông\sbáo\s)(?<!quán\striệt\s)(?<!\w)kết luận(?! số| thanh tra)(?!\w)"
    ),
    "talk": r"(?<!\w)tham luận(?!\w)",
    # What else an agenda has: nobody can tell how much of a time that is shared a speech takes.
    "shared": (
        r"(?<!\w)(?:đón|ổn định|lý do|giới thiệu|văn nghệ|chào cờ|trao|tặng|khen|ký kết|thông qua|phổ biến|trước|sau"
        r"|quán triệt|(?<!phần\s)thảo luận|giải trình|giải đáp|giải lao|nghỉ|trả lời|thông báo|gửi|báo cáo"
        r"|trình bày(?! trong)|xem|chiếu|công bố|hỏi|chất vấn|tham quan|bế mạc và|biểu quyết|bầu)(?!\w)"
    ),
    # «kết luận: 01 giờ 15 phút»; an hour of the clock is told otherwise.
    "time": (
        rf"(?P<range>{_HOUR.format(1)}\s*(?:-|–|—|đến)\s*{_HOUR.format(2)})"
        r"|(?:[:(]|(?<!\w)(?:trong|khoảng|quá|kiến|gian|luận|lượng))\s*"
        r"(?P<lasting>0?(?P<hours>[1-3])\s*(?:giờ|tiếng)(?:\s*(?P<more>\d{1,2})\s*phút)?)(?!\s*\d)(?!\w)"
        r"|\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2}(?:\s*phút)?)?"
        r"|(?P<whole>(?<![\w/])(?P<minutes>\d{1,3})\s*(?:phút(?!\w)|['’′](?!\w)))"
    ),
    "start": (r"\W*(?:\w{1,3}[.)|]\s*)?\W*(?:từ\s+|lúc\s+)?(?P<hour>\d{1,2})\s*(?:giờ|h|g|:)\s*(?P<minute>\d{2})?"),
    "speaks": r"phát biểu (?:khai mạc|kết luận|mở đầu)|diễn văn|kết luận hội nghị",
    # «1 | », «- Từ », «Thời gian: »: nothing that a time could be of.
    "label": r"\W*(?:\w{1,4}\s*[.)|:/\n]|\d+)?\W*(?:(?:từ|lúc|thời gian)\W*)?",
    "spends": r"(?:dành|bố trí|sử dụng)\W*$",
    "each": (
        r"(?<!\w)(?:mỗi|từng) \w|một (?:bài|tham luận|đại biểu)|(?:tham luận|bài|đơn vị)\s?[x×]\s?\d"
        r"|/\s?(?:bài|tham luận|đại biểu|đơn vị|người|ý kiến)|không quá|tối đa"
    ),
    "each talk": r"(?:mỗi|từng) (?:bài )?tham luận(?: \w+){0,3}? \d{1,3} phút",
    "how many": (
        rf"(?<![\w,.])0?(?P<many>[1-9]\d?|{'|'.join(_WORDS)})\x20(?:bài |ý kiến )?tham luận"
        rf"|tham luận:? (?:của |\()?0?(?P<speakers>[1-9]\d?|{'|'.join(_WORDS)}) (?!phút)\w"
    ),
    "one": r"tham luận(?: \d)? của (?!các|một số|đại biểu|đại diện các)",
    # More speakers than one; «Sở Nông nghiệp và Môi trường» is one.
    "others": r",\s*(?!\d)\w|;|\bvà\s+(?-i:(?=[A-ZĐÂÔƠƯĂÊ]\w*\s+[A-ZĐÂÔƠƯĂÊ]))|\bcác\b",
}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(spaced(_PATTERNS[name]), re.IGNORECASE)
