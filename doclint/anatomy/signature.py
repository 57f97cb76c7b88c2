"""Who signs: authority, title and name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.anatomy.parts import Signature
from doclint.document import Document, Span
from doclint.vietnamese.letters import UPPER


def parse_signature(document: Document, lines: Sequence[Span]) -> Signature | None:
    """Read the signature block from its lines: authority and title in capitals, then the name. None without a title."""
    titles = [line for line in lines if document.at(line).isupper()]
    if not titles:
        return None
    prefixes = [match[0].strip() for line in titles if (match := PREFIX.match(document.at(line))) is not None]
    after = [line for line in lines if line.start > titles[0].start and not document.at(line).isupper()]
    return Signature(
        authority=Span(titles[0].start, titles[-1].end),
        prefix=prefixes[0] if prefixes else "",
        name=after[-1] if after else None,
        lines=tuple(titles),
    )


def signature_start(texts: Sequence[str], stop: int) -> int:
    """Return where the signature right before ``stop`` begins, ``stop`` where none is: titles in capitals, and names.

    It may stand before the list of recipients: the two are columns of one table.
    """
    start = stop
    while start > 4 and (
        texts[start - 1].isupper() or NAME.fullmatch(texts[start - 1]) or SIGNED.match(texts[start - 1])
    ):
        start -= 1
    while start < stop and not texts[start].isupper():
        start += 1
    block = texts[start:stop]
    signed = any(SIGNING.match(text) and text.isupper() for text in block) or any(map(NAME.fullmatch, block))
    return start if signed else stop


PREFIX = re.compile(r"(?:T/?M|K/?T|T/?L|TUQ|T/UQ|Q)(?:\s?[./,:]\s?|\s)(?=\w)")
_TITLES = (
    r"CHỦ\sTỊCH|PHÓ\s|GIÁM\sĐỐC|CHÁNH\s|TRƯỞNG\s|BỘ\sTRƯỞNG|THỦ\sTƯỚNG|TỔNG\s|BÍ\sTHƯ|CHỦ\sNHIỆM|CỤC\sTRƯỞNG|"
    r"VIỆN\sTRƯỞNG|HIỆU\sTRƯỞNG|THỨ\sTRƯỞNG|QUYỀN\s|THƯ\sKÝ|CHỦ\sTỌA|CHỦ\sTRÌ|ỦY\sVIÊN|UỶ\sVIÊN|NGƯỜI\s|BÊN\s|ĐẠI\sDIỆN\s|ĐỘI\sTRƯỞNG|THỐNG\sĐỐC"
)
SIGNING = re.compile(rf"{PREFIX.pattern}|{_TITLES}|BAN\sTHƯỜNG\sVỤ|BAN\sCHẤP\sHÀNH")
HONOURS = (
    r"(?:P?GS|TSKH|T[Ss]|Th\.?\s?[Ss]|BS(?:\.?CK\.?\s?I{1,2})?|CN|KS|DS|LS|NGƯT|NGND|NSƯT|NSND|(?:[Pp]hó\s+)?[Gg]iáo\s+sư|"
    r"[Tt]iến\s+s[ĩỹ]|[Tt]hạc\s+s[ĩỹ]|(?:[Bb]ác|[Dd]ược)\s+s[ĩỹ](?:\s+chuyên\s+khoa(?:\s+(?:cấp\s+)?(?:I{1,3}|\d))?)?|"
    r"[Kk]ỹ\s+sư|[Ll]uật\s+sư|[Cc]ử\s+nhân|Anh\s+hùng(?:\s+Lao\s+động)?|"
    r"(?:Nhà\s+giáo|Thầy\s+thuốc|Nghệ\s+(?:sĩ|nhân))\s+(?:[ưƯ]u\s+tú|[Nn]hân\s+dân))"
)
"""Degrees and titles of honour, short or in full, before a name."""
NAME = re.compile(
    rf"(?:(?:{HONOURS}|Ông|Bà|Đồng\schí|(?:Thiếu|Trung|Thượng|Đại)\s(?:úy|tá|tướng))[\s.,]+)*"
    rf"(?:[{UPPER}][^\W\d_'’-]*[-'’.\s]+){{1,5}}[{UPPER}][^\W\d_]*"
)
SIGNED = re.compile(r"\(?\s*(?:đã\s+k[ýí]|k[ýí](?:,|\s)\s*(?:tên|ghi|đóng|họ))", re.IGNORECASE)
