"""When a task is due, and whether the words say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

from doclint.anatomy.actions import VERB
from doclint.anatomy.parts import Deadline, DeadlineKind
from doclint.document import Span
from doclint.vietnamese.normalise import lowered
from doclint.vietnamese.patterns import spaced


@dataclass(frozen=True, slots=True)
class Times:
    """All that a paragraph says of when: kind and place of each, the kinds in the order in which they count."""

    found: tuple[tuple[DeadlineKind, int, int], ...]

    def between(self, begin: int, end: int, offset: int = 0) -> Deadline:
        """Return the most exact deadline inside ``begin`` to ``end``, of kind ``none`` when there is none.

        ``offset`` is added to its span.
        """
        for kind, first, last in self.found:
            if begin <= first and last <= end:
                return Deadline(kind, Span(offset + first, offset + last))
        return Deadline("none")


def times_in(text: str) -> Times:
    """Find what ``text`` says of when things are due."""
    # Small letters only: a pattern that looks at both cases takes twice as long.
    small = lowered(text)
    return Times(
        tuple(
            (kind, match.start(), match.end())
            for kind, pattern in _KINDS
            for match in pattern.finditer(small)
            if not _is_of_something_else(kind, small, match)
        )
    )


def _is_of_something_else(kind: DeadlineKind, small: str, match: re.Match[str]) -> bool:
    """Tell whether a time is no deadline: how long something lasts, when what is taught or described happens."""
    if kind in ("date", "period"):
        return _NO_DEADLINE.search(small[max(0, match.start() - 60) : match.end()]) is not None
    return (
        match.re is _CONDITION
        and match[0].startswith("khi")
        and _TOPIC.search(small[max(0, match.start() - 60) : match.start()]) is not None
    )


def find_deadline(text: str, offset: int = 0) -> Deadline:
    """Return the most exact deadline that ``text`` gives; ``offset`` is added to its span."""
    return times_in(text).between(0, len(text), offset)


def deadline_of_value(text: str, offset: int = 0) -> Deadline:
    """Return the deadline that a value after «Thời gian:» or in a column gives: «Quý IV/2026», «30/6», «thường xuyên».

    Where it is vague, the span is the whole value; what is neither exact nor vague is a reference to something else.
    """
    label = "Thời gian: "
    found = find_deadline(label + text, offset - len(label) if offset >= len(label) else 0)
    whole = Span(offset, offset + len(text))
    if found.span is None:
        return Deadline("date" if any(char.isdigit() for char in text) else "reference", whole)
    if found.kind in ("vague", "event") or found.span.start < offset or offset < len(label):
        return Deadline(found.kind, whole)
    return found


_DAY = r"(?:ngày )?\d{1,2}(?:[/.-]\d{1,2}(?:[/.-]\d{4})?(?!\d|\s*(?:ngày|số|tổng))| tháng \d{1,2}(?: năm \d{4})?)"
_BEFORE = r"(?:trước|đúng|đến|chậm nhất(?: (?:là|vào|đến|trong))?|hết|xong|từ|muộn nhất|trong|vào)"
_QUARTER = (
    r"(?:(?:đầu|giữa|cuối) )?(?:quý (?:[iv]{1,3}|\d)|(?:hai|ba)?\s*tháng \d{1,2}(?:[/-]\d{4})?|năm (?:học )?\d{4}|"
    r"giai đoạn \d{4}|nhiệm kỳ \d{4}|6 tháng (?:đầu|cuối) năm)"
)
_QUARTER_AT = r"(?:đầu|giữa|cuối) (?:tháng|quý|năm) (?:[iv]{1,3}|\d{1,4})(?!\w)"
_LABELLED = r"(?:(?:thời (?:gian|hạn)|tiến độ)[^.;:]{0,40}:|hoàn thành)[^.;]{0,40}?"
_UNIT = r"(?:phút|giờ|ngày|tuần|tháng|quý|năm)"
# «trước ngày 05 hằng tháng», «ngày 10 của tháng đầu quý», «định kỳ … trước ngày 05-12».
_HABITUAL_DATE = re.compile(
    spaced(
        rf"(?:(?:sáng|chiều|thứ) \w+ )?h[ằà]ng (?:ngày|đêm|tuần)(?!\w)|tháng \d{{1,2}} h[ằà]ng năm|"
        rf"(?:{_BEFORE} )?ngày \d{{1,2}}(?:[/-]\d{{1,2}}| tháng \d{{1,2}})? (?:của )?"
        r"(?:h[ằà]ng|mỗi|từng|tháng (?:đầu|cuối|sau|kế|liền)|cuối quý)(?: (?:quý|tháng|năm|tuần|tiếp theo|kỳ))*"
        rf"|(?:định kỳ|(?:h[ằà]ng|mỗi) (?:năm|quý|tháng|tuần))[^.;:]{{0,70}}?{_BEFORE} {_DAY}(?! năm|[/.-]\d)"
        r"(?<![/.-]\d{4})(?<!năm\s\d{4})"
    )
)
_FROM_TO = re.compile(spaced(rf"từ {_DAY} đến (?:hết )?{_DAY}|trong \d{{1,4}} {_UNIT} (?:kể )?từ {_DAY}"))
_DATE = re.compile(
    spaced(
        rf"{_BEFORE} (?:(?:thời điểm|cuối|đầu) )?{_DAY}"
        rf"|(?<![\d/])\d{{1,2}}\s*(?:giờ|h)\s*(?:\d{{2}})?[^.;]{{0,30}}?{_DAY}"
        rf"|(?:duyệt|tổ chức|khai mạc|diễn ra|nghiệm thu) ngày {_DAY}|{_LABELLED}{_DAY}"
        rf"|(?:buổi )?(?:sáng|chiều|tối)(?: thứ \w+,?)? ngày {_DAY}"
        rf"|(?:trong|vào) (?:buổi )?(?:sáng|chiều|tối)(?: thứ \w+,?)? {_DAY}"
        rf"|ngày {_DAY} (?=phải|sẽ|gửi|nộp|họp|báo|có\s)"
        # «trong hai ngày 11 và 12 tháng 4», «lúc 7 giờ 30», «…, ngày 16/5/2026».
        rf"|(?:trong |các |hai |ba )?ngày \d{{1,2}}(?:[/.]\d{{1,2}})?(?:, \d{{1,2}}(?:[/.]\d{{1,2}})?)* và "
        rf"(?:ngày )?{_DAY}|(?:lúc|từ) \d{{1,2}}\s*(?:giờ|h)(?!\w)|(?<=[,(]\s)(?:ngày )?{_DAY}(?=\s*(?:[,.;/)]|$))"
    )
)
_SPAN = re.compile(
    spaced(
        rf"(?:{_BEFORE}|tại (?:kỳ|phiên) họp) (?:cả )?{_QUARTER}"
        rf"|(?:trong|chậm nhất|không quá|tối đa) (?:vòng|thời hạn|thời gian|là|sau)?\s*(?:không quá |tối đa )?"
        rf"(?<!\d)\d{{1,4}}\s*{_UNIT}(?!\w)"
        rf"|trong (?:buổi|ngày|tuần|tháng|ca)(?: (?:làm việc|tới|này|sau))?(?=\s*(?:[,.;/)]|$))|(?:tuần|tháng|quý) tới"
        rf"|trong (?:suốt thời gian|tuần (?:thứ|đầu|cuối|này))|{_QUARTER_AT}|trong (?:hai|ba|bốn|năm|mười) {_UNIT}"
        rf"|(?<=[,(]\s)(?:tháng|quý) (?:[iv]{{1,3}}|\d{{1,2}})(?:[/-]\d{{4}}| năm \d{{4}})?(?=\s*(?:[,.;)]|$))"
        r"|trong buổi làm việc|trong ngày làm việc"
        rf"|(?<!\d)\d{{1,4}} ngày làm việc|{_DAY}\s*[-–]\s*{_DAY}|trước [^.;,\d]{{3,40}} (?<!\d)\d{{1,4}} ngày"
        rf"|sau [^.;,\d]{{0,30}}?(?<!\d)\d{{1,4}} (?:ngày|tuần|tháng)(?!\w)|{_LABELLED}{_QUARTER}"
    )
)
_RECURRING = re.compile(
    spaced(
        rf"(?:(?<!\d)\d{{1,4}} )?(?:h[ằà]ng|mỗi|từng) (?:\d{{1,3}} )?"
        rf"(?:{_UNIT}|sáng|chiều|đêm|buổi|ca|kỳ|học kỳ|nhiệm kỳ|đợt|lần)(?!\w)"
        rf"|(?<!\d)\d{{1,4}} {_UNIT} (?:một|1|01) lần|(?:một|1|01|hai|02) lần\s*(?:/|mỗi|một|trong)\s*{_UNIT}"
        r"|(?<!và\sbáo\scáo\s)(?<!các\sbáo\scáo\s)định kỳ|chu kỳ"
        r"|(?<!ngày\s)(?<!quá\s)(?<!đa\s)(?<!thêm\s)(?:6|06|sáu|9|09|ba|03|3) tháng(?: (?:một|1) lần)?(?! \d)"
        r"|tại kỳ họp thường lệ"
    )
)
_EVENT = re.compile(
    spaced(
        r"ngay (?:sau )?khi|sau khi [^.;,]{5,60}(?:ban hành|phê duyệt|có hiệu lực)|ngay sau"
        r"|(?:trước|sau|trong|vào) (?:và (?:trong|sau) )?(?:tết|mùa|kỳ|dịp|lễ|phiên|đợt|khai giảng|năm học|đại hội|bão|"
        r"lũ|giờ|suốt)(?!\w)|(?<!\w)(?:nhân )?dịp (?!này)(?=\w)"
        r"|tại (?:kỳ|phiên|cuộc|buổi|hội nghị) (?:họp|giao ban|sơ kết|tổng kết|làm việc)(?!\s*[“\"])"
    )
)
# What has no day and no number, but begins and ends with something else that happens.
_CONDITION = re.compile(spaced(r"(?<!bàn\sgiao\s)(?:(?:sau|trước) )?khi (?!(?:thật |thực )?(?:sự )?cần\b)[^.;,]{6,80}"))
# «tập huấn về sơ cứu khi nhiễm thuốc» tells what is taught, not when.
_TOPIC = re.compile(spaced(r"(?<!\w)(?:về|cách|kỹ năng|quy trình|kiến thức|phương án|bài) [^.;,:]{0,50}$"))
_VAGUE = re.compile(
    spaced(
        r"theo tiến độ(?! (?:được|quy|đề|theo|của|kế))|(?:theo )?tiến độ (?:theo|của) (?:kế hoạch|chương trình) này"
        r"|(?<!chi\s)(?<!nhiệm\svụ\s)(?<!cầu\s)(?<!phí\s)(?<!vốn\s)(?<!tác\s)thường xuyên(?! (?:của|năm|trong dự toán))"
        r"|trong thời gian (?:tới|sắp tới|sớm nhất|gần nhất)|(?<!không\s)kịp thời"
        r"|khi (?:có |đủ )?điều kiện(?: cho phép)?(?!\w)"
        # «…; sớm khống chế …», but no «phát hiện sớm 20 ca», «cảnh báo sớm …».
        r"|(?<!để\s)(?<!phát\shiện\s)(?<!cảnh\sbáo\s)(?<!từ\s)\bsớm (?:có\s|" + VERB + r")"
        r"|(?:(?<=[,;:]\s)|^)sớm (?!hơn|nhất|muộn)\w+(?: \w+)?|nhanh chóng"
        r"|sớm nhất(?: có thể)?|càng sớm càng tốt|trong thời gian nhanh nhất|khẩn trương"
    )
)
_REFERENCE = re.compile(
    spaced(
        r"(?:đúng|theo|bảo đảm|đảm bảo) (?:tiến độ|thời hạn|lộ trình)|đúng hạn|tiến độ được giao|"
        r"theo (?:lộ trình|kế hoạch\b(?! này))"
    )
)
# What lasts so long is no deadline, nor is the time that papers come from: «phát biểu không quá 10 phút».
_NO_DEADLINE = re.compile(
    spaced(
        r"(?:(?:hội nghị|cuộc họp|phát biểu|tham luận|thời lượng|khai mạc|kéo dài)[^.;,]{0,50}(?:không quá|tối đa) "
        r"|(?:giai đoạn|thời kỳ|hình thành|có từ) (?:trước|đến|từ) )[^.;,]{1,40}$"
    )
)
# A date beats a period, a period a habit; vague words count only where nothing exact stands beside them.
_KINDS: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = (
    ("recurring", _HABITUAL_DATE),
    ("period", _FROM_TO),
    ("date", _DATE),
    ("period", _SPAN),
    ("recurring", _RECURRING),
    ("event", _EVENT),
    ("vague", _VAGUE),
    ("reference", _REFERENCE),
    ("event", _CONDITION),
)
