"""When a task is due, and whether the words say so."""

from __future__ import annotations

import re

from doclint.anatomy.parts import Deadline, DeadlineKind
from doclint.document import Span


def find_deadline(text: str, offset: int = 0) -> Deadline:
    """Return the most exact deadline that ``text`` gives, of kind ``none`` when there is none.

    ``offset`` is added to its span.
    """
    for kind, pattern in _KINDS:
        match = pattern.search(text)
        if match is not None:
            return Deadline(kind, Span(offset + match.start(), offset + match.end()))
    return Deadline("none")


def deadline_of_value(text: str, offset: int = 0) -> Deadline:
    """Return the deadline that a value after «Thời gian:» or in a column gives: «Quý IV/2026», «30/6», «thường xuyên».

    Where it is vague, the span is the whole value; what is neither exact nor vague is a reference to something else.
    """
    label = "Thời gian: "
    found = find_deadline(label + text, offset - len(label) if offset >= len(label) else 0)
    whole = Span(offset, offset + len(text))
    if found.span is None:
        return Deadline("date" if any(char.isdigit() for char in text) else "reference", whole)
    if found.kind == "vague" or found.span.start < offset or offset < len(label):
        return Deadline(found.kind, whole)
    return found


_DAY = (
    r"(?:ngày\s+)?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?(?!\s*(?:ngày|số|tổng))|\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?)"
)
_BEFORE = r"(?:trước|đến|chậm\s+nhất(?:\s+(?:là|vào|đến|trong))?|hết|xong|từ|muộn\s+nhất|trong|vào)"
_QUARTER = (
    r"(?:quý\s+(?:[IV]{1,3}|\d)|tháng\s+\d{1,2}|năm\s+\d{4}|giai\s+đoạn\s+\d{4}|nhiệm\s+kỳ\s+\d{4}|"
    r"6\s+tháng\s+(?:đầu|cuối)\s+năm)"
)
_DATE = re.compile(
    rf"{_BEFORE}\s+(?:(?:thời\s+điểm|cuối|đầu)\s+)?{_DAY}|\d{{1,2}}\s*(?:giờ|h)\s*(?:\d{{2}})?[^.;]{{0,30}}?{_DAY}"
    rf"|(?:(?:Thời\s+(?:gian|hạn)|Tiến\s+độ)[^.;:]{{0,40}}:|hoàn\s+thành)[^.;]{{0,40}}?{_DAY}",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"{_BEFORE}\s+(?:cả\s+)?{_QUARTER}|trong\s+(?:vòng|thời\s+hạn|thời\s+gian)?\s*(?<!\d)\d{{1,4}}\s*(?:ngày|tháng|giờ|tuần|năm)"
    rf"|(?<!\d)\d{{1,4}}\s+ngày\s+làm\s+việc|{_DAY}\s*[-–]\s*{_DAY}|trước\s+[^.;,\d]{{3,40}}\s+(?<!\d)\d{{1,4}}\s+ngày"
    rf"|(?:(?:Thời\s+(?:gian|hạn)|Tiến\s+độ)[^.;:]{{0,40}}:|hoàn\s+thành)[^.;]{{0,40}}?{_QUARTER}",
    re.IGNORECASE,
)
_RECURRING = re.compile(
    r"(?:(?<!\d)\d{1,4}\s+)?(?:h[ằà]ng|mỗi|từng)\s+(?:ngày|tuần|tháng|quý|năm)|(?<!\d)\d{1,4}\s+(?:giờ|ngày|tuần|tháng)\s+(?:một|1|01)\s+lần|định\s+kỳ|(?:6|06|sáu|9|09|ba|03|3)\s+tháng(?:\s+(?:một|1)\s+lần)?",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"ngay\s+(?:sau\s+)?khi|sau\s+khi\s+[^.;,]{5,60}(?:ban\s+hành|phê\s+duyệt|có\s+hiệu\s+lực)|ngay\s+sau",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"theo\s+tiến\s+độ(?!\s+(?:được|quy|đề|theo|của|kế))|(?:theo\s+)?tiến\s+độ\s+(?:theo|của)\s+(?:kế\s+hoạch|chương\s+trình)\s+này"
    r"|(?<!chi\s)(?<!nhiệm\svụ\s)(?<!cầu\s)(?<!phí\s)(?<!vốn\s)(?<!tác\s)thường\s+xuyên(?!\s+(?:của|năm|trong\s+dự\s+toán))"
    r"|trong\s+thời\s+gian\s+(?:tới|sớm\s+nhất|gần\s+nhất)|(?<!không\s)kịp\s+thời|khi\s+(?:có\s+)?điều\s+kiện\s+cho\s+phép"
    r"|(?<!phát\shiện\s)(?<!cảnh\sbáo\s)(?<!từ\s)\bsớm\s+(?:hoàn\s+thành|ban\s+hành|triển\s+khai|trình|báo\s+cáo|khắc\s+phục|đưa|có|hoàn\s+thiện|tham\s+mưu)"
    r"|sớm\s+nhất(?:\s+có\s+thể)?|trong\s+thời\s+gian\s+nhanh\s+nhất|khẩn\s+trương",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:đúng|theo|bảo\s+đảm|đảm\s+bảo)\s+(?:tiến\s+độ|thời\s+hạn|lộ\s+trình)|đúng\s+hạn|tiến\s+độ\s+được\s+giao|theo\s+(?:lộ\s+trình|kế\s+hoạch\b(?!\s+này))",
    re.IGNORECASE,
)
# A date beats a period, a period a habit; vague words count only where nothing exact stands beside them.
_KINDS: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = (
    ("date", _DATE),
    ("period", _SPAN),
    ("recurring", _RECURRING),
    ("event", _EVENT),
    ("vague", _VAGUE),
    ("reference", _REFERENCE),
)
