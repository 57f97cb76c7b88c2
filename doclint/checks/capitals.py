"""Capitals that Appendix II of Decree 30/2020/NĐ-CP wants or does not want, where no reading makes them right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"found", "right", "count"})

Sort = Literal["people", "state", "article", "clause", "body", "field", "name", "raised"]


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: Nhân dân, Nhà nước, Điều in small letters; Khoản, Điểm with a capital; bodies in small letters.

    ``field``: what a body is for («Sở tài chính»); ``name``: a later part of a name; ``raised``: too many capitals.
    """

    report: tuple[Sort, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each wrong spelling once, at its first place; quoted words keep their spelling."""
    quoted = [quotation.span for quotation in context.anatomy.quotations]
    found: dict[str, list[Span]] = {}
    for block in document.blocks:
        for match in _wrong(options.report).finditer(document.at(block.span)):
            group = next(sort for sort in options.report if match[sort] is not None)
            start, end = match.span(group)
            span = Span(block.span.start + start, block.span.start + end)
            if not any(span in quotation for quotation in quoted):
                found.setdefault(" ".join(match[group].split()), []).append(span)
    for words, spans in found.items():
        yield Match(spans[0], {"found": words, "right": _right(words), "count": str(len(spans))})


def _right(words: str) -> str:
    """Return the right spelling: only the first letter is wrong, or all other capitals are."""
    if words[0].isupper() and words != words.capitalize() and not re.search(r"\d|Điểm", words):
        return words.capitalize()
    return (words[0].lower() if words[0].isupper() else words[0].upper()) + words[1:]


@cache
def _wrong(sorts: tuple[Sort, ...]) -> re.Pattern[str]:
    """Return one pattern of all ``sorts``; the group of a sort is what a clerk must change."""
    return re.compile(spaced(rf"(?<!\w)(?:{'|'.join(_SORTS[sort] for sort in sorts)})"))


_OFFICES = r"Nội vụ|Tài chính|Tư pháp|Xây dựng|Công Thương|Y tế|Giáo dục|Khoa học|Nông nghiệp|Văn hóa|Văn hoá"
_MINISTRIES = rf"{_OFFICES}|Công an|Quốc phòng|Ngoại giao|Dân tộc"
# «Sở xây dựng kế hoạch» is a department that draws up a plan.
_SMALL_FIELDS = _MINISTRIES.lower().replace("xây dựng|", "") + "|kinh tế|ngoại vụ|du lịch"
_RAISED_FIELDS = (_MINISTRIES.replace("|Công Thương", "") + "|Kinh tế|Đào tạo|Môi trường").title()
_OF_THE_PEOPLE = (
    "ban|đồng|sát|án|an|dụng|thẩm|đội|trang|tra|quân|giáo|thuốc|quyền|lớp|phòng|tranh|đê|ninh|báo|chủ|chế|nước|nhân|sĩ"
)
_ACTS = r"(?:Luật|Bộ luật|Pháp lệnh|Nghị định|Thông tư|Quyết định|Quy chế|Quy định|Nghị quyết|Điều lệ)(?!\w)"
_SORTS: dict[Sort, str] = {
    # What bears the word in its name or as a term: «ủy ban nhân dân», «tầng lớp nhân dân», «ngân sách nhà nước».
    "people": (
        rf"(?:(?!(?:{_OF_THE_PEOPLE}) )\w+[,;]?|[-–+:(“]) (?P<people>nhân dân)(?!\w)"
        r"(?! (?:tệ|thế giới|các nước|hai nước|nước|Trung Hoa|Lào|Cuba|Campuchia)(?!\w))"
    ),
    "state": (
        r"(?:(?:Đảng(?:,| và)|(?:của|do|cho|với|bởi|được|về|trước|giữa)) (?P<state>nhà nước)(?!\w)"
        r"(?! (?:chủ quản|nước)(?!\w)))"
    ),
    # «Nội quy gồm điều 5 không»: only where an article of an act is named.
    "article": (
        r"(?P<article>(?:(?<=[kK]hoản\s\d\s)|(?<=[kK]hoản\s\d\d\s)|(?<=tại\s)|(?<=[Tt]heo\s)|(?<=[Nn]hư\s))"
        r"điều \d{1,3}(?![\d.,]*\d|\w)"
        rf"|(?:điều \d{{1,3}}|chương [IVX]+)(?= (?:của )?{_ACTS}))"
    ),
    "clause": (
        rf"[{LOWER}]+,? (?P<clause>Khoản \d{{1,2}}|Điểm (?:[a-zđ]|\d{{1,2}}))"
        r"(?=,? (?:[kK]hoản \d|[Đđ]iều \d|[Mm]ục \d))"
    ),
    "body": (
        r"(?P<body>(?:ủy|uỷ) ban nhân dân(?= (?:tỉnh|xã|phường|đặc khu|thành phố|các|cấp)(?!\w))"
        r"|hội đồng nhân dân(?= (?:tỉnh|xã|phường|đặc khu|thành phố|các|cấp)(?!\w))"
        rf"|(?<!trụ\s)(?<!Trụ\s)(?<!cơ\s)(?<!Cơ\s)(?<!xứ\s)(?<!công\s)sở (?:{_OFFICES})(?!\w)"
        rf"|(?<!cán\s)(?<!Cán\s)(?<!nội\s)(?<!toàn\s)(?<!đảng\s)(?<!Đảng\s)(?<!chi\s)(?<!Chi\s)(?<!lạc\s)(?<!một\s)(?<!đội\s)"
        rf"bộ (?:{_MINISTRIES})(?!\w)"
        r"|(?<!rưởng\s)(?<!phó\s)(?<!Phó\s)(?<!văn\s)(?<!quốc\s)phòng (?:Kinh tế|Nội vụ|Tài chính|Tư pháp|Văn hóa - Xã)"
        rf"|(?:công an|đảng ủy|đảng uỷ)(?= (?:tỉnh|xã|phường|đặc khu|thành phố) [{UPPER}]))"
    ),
    "field": rf"(?:Sở|Bộ|(?<=[{LOWER},]\s)Phòng) (?P<field>{_SMALL_FIELDS})(?!\w)",
    "name": (
        r"(?P<name>(?:(?<=Thủ\stướng\s)|(?<=của\s)|(?<=trình\s))chính phủ|(?:(?<=của\s)|(?<=trình\s))quốc hội"
        r"|(?<=Mặt\strận\s)tổ quốc)(?!\w)"
    ),
    "raised": (
        rf"(?P<raised>(?:(?<=Sở\s)|(?<=Bộ\s))(?:{_RAISED_FIELDS})(?!\w)"
        r"|(?:Ủy Ban|Uỷ Ban|Hội Đồng) [Nn]hân [Dd]ân|(?:Ủy ban|Uỷ ban|Hội đồng) (?:Nhân [Dd]ân|nhân Dân)"
        r"|Công An(?= (?:tỉnh|xã|phường|huyện|thành|đặc)(?!\w)))"
    ),
}
