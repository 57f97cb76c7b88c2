"""Numbers that belong to one person, in a document that many will read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"what", "count", "readers"})

Sort = Literal["identity", "phone", "account"]


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: the sorts of number; ``many``: how many recipients make a document widely read."""

    report: tuple[Sort, ...]
    many: int = 10


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the numbers of each sort, of a long list the first alone, where the document goes to many readers."""
    found = {sort: list(dict.fromkeys(_SEARCHES[sort](document))) for sort in options.report}
    readers = _readers(document, context.anatomy, options.many) if any(found.values()) else ""
    for sort, spans in found.items():
        named = readers or (_others(context.anatomy) if sort == "identity" and len(spans) > 1 else "")
        if not named:
            continue
        for span in spans if len(spans) <= _FEW else spans[:1]:
            yield Match(span, {"what": _NAMES[sort], "count": str(len(spans)), "readers": named})


def _readers(document: Document, anatomy: Anatomy, many: int) -> str:
    """Return who reads the document, empty when they are few."""
    listed = anatomy.recipients.items if anatomy.recipients is not None else ()
    recipients = [one for one in (*anatomy.addressees, *listed) if not one.archive]
    group = next((one for one in recipients if one.group or _EVERYBODY.search(one.name)), None)
    if group is not None:
        return f"«{' '.join(group.name.split())}»"
    if len(recipients) > many:
        return f"{len(recipients)} nơi nhận"
    published = _PUBLISHED.search(document.text)
    if published is not None:
        return f"mọi người (văn bản ghi «{' '.join(published[0].split())}»)"
    # The persons of a list are handed each other's data.
    return "những người khác có tên trong văn bản" if _SEVERAL.search(document.text) else ""


def _others(anatomy: Anatomy) -> str:
    """Return the addressees where there are several, each of whom gets the data of persons that others deal with."""
    count = len(anatomy.addressees)
    return f"{count} nơi cùng nhận công văn" if anatomy.type == "CV" and count >= 3 else ""


def _identities(document: Document) -> Iterator[Span]:
    for match in _IDENTITY.finditer(document.text):
        span = Span(*match.span("named" if match["named"] is not None else "bare"))
        if match["named"] is not None or not _CODED.search(document.text, max(0, span.start - 30), span.start):
            yield span
    yield from _in_columns(document, _identity_column(), re.compile(r"\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?|[A-Z]\d{7}"))


def _phones(document: Document) -> Iterator[Span]:
    """Yield mobile numbers of people whose data are given, not of those whom the reader shall call."""
    for block in document.blocks:
        text = document.at(block.span)
        for one in _PHONE.finditer(text) if block.part == "body" else ():
            own = _OWN_PHONE.search(text, max(0, one.start() - 40), one.start()) is not None
            if own or ((_PERSONAL.search(text) or _NAMED.search(text)) and not _CONTACT.search(text)):
                yield Span(block.span.start + one.start(), block.span.start + one.end())
    yield from _in_columns(document, _phone_column(), _PHONE)


def _accounts(document: Document) -> Iterator[Span]:
    """Yield accounts of persons; that of an office or firm is for everybody to pay into."""
    for block in document.blocks:
        text = document.at(block.span)
        for match in _ACCOUNT.finditer(text):
            if _PERSON.search(text) and not _OFFICE.search(text):
                yield Span(block.span.start + match.start("number"), block.span.start + match.end("number"))
    yield from _in_columns(document, _account_column(), re.compile(r"\d(?:[ .]?\d){7,17}"))


def _in_columns(document: Document, column: re.Pattern[str], number: re.Pattern[str]) -> Iterator[Span]:
    """Yield the numbers under a heading such as «Số tài khoản», in tables that list persons."""
    heads: list[str] = []
    for row in _rows(document):
        texts = [document.at(cell).strip() for cell in row]
        if not any(number.search(text) for text in texts):
            heads = texts if len(texts) > 2 else heads if len(texts) > 1 else []
        elif (
            len(texts) <= len(heads)
            and _person_column().search("|".join(heads))
            and not _OFFICE.search(" ".join(texts))
        ):
            for head, cell in zip(heads, row, strict=False):
                found = number.fullmatch(document.at(cell).strip()) if column.search(head) else None
                if found is not None:
                    start = document.text.index(found[0], cell.start)
                    yield Span(start, start + len(found[0]))


def _rows(document: Document) -> Iterator[list[Span]]:
    """Yield the cells of each row of a table; in a text file strokes or tabs stand between them."""
    for place, group in groupby(document.blocks, key=lambda block: (block.cell or (-1, block.span.start))[:2]):
        blocks = list(group)
        if place[0] >= 0:
            yield [block.span for block in blocks]
            continue
        ends = [match.span() for match in re.finditer(r"[|\t]", document.at(blocks[0].span))]
        starts = [0, *(end for _, end in ends)]
        stops = [*(start for start, _ in ends), len(blocks[0].span)]
        first = blocks[0].span.start
        yield [Span(first + start, first + stop) for start, stop in zip(starts, stops, strict=True)]


_SEARCHES = {"identity": _identities, "phone": _phones, "account": _accounts}
_NAMES = {
    "identity": "Số căn cước, giấy tờ tùy thân",
    "phone": "Số điện thoại cá nhân",
    "account": "Số tài khoản cá nhân",
}


@cache
def _identity_column() -> re.Pattern[str]:
    return re.compile(spaced(r"căn cước|CCCD|CMND|chứng minh|định danh|hộ chiếu"), re.IGNORECASE)


@cache
def _phone_column() -> re.Pattern[str]:
    return re.compile(spaced(r"điện thoại|di động|SĐT|ĐT"), re.IGNORECASE)


@cache
def _account_column() -> re.Pattern[str]:
    return re.compile(spaced(r"tài khoản|STK"), re.IGNORECASE)


@cache
def _person_column() -> re.Pattern[str]:
    """Lists of persons, not of those whom the reader shall call for their office."""
    return re.compile(
        spaced(
            r"^(?!.*(?:đầu mối|liên hệ|phụ trách|chức vụ|chức danh|đơn vị công tác|cơ quan)).*"
            r"(?:họ (?:và )?tên|họ tên|chủ hộ|chủ tài khoản|người|học sinh|bệnh nhân)"
        ),
        re.IGNORECASE | re.DOTALL,
    )


_FEW = 3
"""Numbers that are still pointed at one by one."""
# A bare number is one when it is built like one: province, century and sex, year.
_IDENTITY = re.compile(
    r"(?:[Cc]ăn\s+cước(?:\s+công\s+dân)?|CCCD|CMND|CMTND|CMT|[Cc]hứng\s+minh(?:\s+thư)?(?:\s+nhân\s+dân)?"
    r"|[Đđ]ịnh\s+danh(?:\s+cá\s+nhân)?|[Hh]ộ\s+chiếu)(?:\s+(?:có\s+)?(?:mã\s+)?số)?(?:\s+là)?[\s:.]*"
    r"(?P<named>\d(?:[ .]?\d){11}|\d(?:[ .]?\d){8}|[A-Z]\d{7})(?![\d/.,-]*\d)"
    r"|(?<![\w.,/-])(?P<bare>0(?:[0-8]\d|9[0-6])[0-3]\d{8})(?![\w/-]|[.,]\d)"
)
_CODED = re.compile(
    r"tài\s+khoản|STK|[Mm]ã\s|(?:biên\s+lai|hóa\s+đơn|vận\s+đơn)\s|[Ss]ố\s+(?:hồ\s+sơ|seri|hợp\s+đồng|biên\s+lai|hóa\s+đơn)"
)
_PHONE = re.compile(r"(?<![\d.,/-])(?:\+84|0)[ .]?[35789]\d(?:[ .]?\d){7}(?![\d/-]|[.,]\d)")
_ACCOUNT = re.compile(
    r"(?:[Ss]ố\s+tài\s+khoản|[Tt]ài\s+khoản\s+số|STK|[Tt]ài\s+khoản(?:\s+ngân\s+hàng)?)[\s:.]*"
    r"(?P<number>\d(?:[ .]?\d){7,17})(?!\d)"
)
_PERSONAL = re.compile(
    spaced(
        r"căn cước|CCCD|CMND|chứng minh|định danh|sinh ngày|sinh năm|ngày sinh|[Tt]hường trú|trú tại|[Hh]ộ khẩu"
        r"|chủ hộ|học sinh|bệnh nhân|người khuyết tật|hộ nghèo"
    )
)
_CONTACT = re.compile(
    spaced(
        r"liên hệ|đầu mối|đường dây nóng|hotline|tổng đài|[Tt]hường trực|trực ban|[Ff]ax|[Ee]-?mail|Zalo|hỗ trợ"
        r"|giải đáp|giữ kho|văn thư"
    )
)
_OWN_PHONE = re.compile(spaced(r"(?:riêng|cá nhân|nhà riêng)(?: của \w[\w ]{0,25})?\W*(?:số\W*)?$"))
# A private person; who is named with an office is called for its sake.
_OFFICIAL = (
    r"(?<!\w)(?:trưởng|phó|giám đốc|chủ tịch|bí thư|chuyên viên|cán bộ|công chức|viên chức|hiệu|kế toán|thủ quỹ|thư ký"
    r"|thành viên|ủy viên|uỷ viên|nhân viên|phụ trách|phòng|sở|công ty|chỉ huy|bác sĩ|điều dưỡng|giáo viên)(?!\w)"
)
_NAMED = re.compile(
    spaced(
        rf"^(?!.*(?i:{_OFFICIAL}))"
        r"(?:[^:]*(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Cc]háu|[Hh]ộ)(?: (?:ông|bà))?"
        r"|\s*(?:\d{1,3}[.)]|[-+•]|\d+ ?[|]))\s+"
        rf"(?:[{UPPER}][{LOWER}]*[\s,]+){{2,5}}"
    ),
    re.DOTALL,
)
_PERSON = re.compile(spaced(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]hủ tài khoản|[Cc]hủ hộ)(?!\w)"))
_OFFICE = re.compile(
    spaced(
        r"Công ty|CÔNG TY|[Kk]ho bạc|Quỹ|Sở|UBND|Ủy ban|Uỷ ban|Trung tâm|Trường|Bệnh viện|Hợp tác xã|Ban Quản lý"
        r"|Ban [Vv]ận động"
    )
)
_PUBLISHED = re.compile(
    spaced(
        r"để (?:niêm yết|công khai)"
        r"|(?<!không\s)(?<!chưa\s)(?:niêm yết|công khai|đăng tải|đăng|công bố|phát|dán) (?:(?!không)\w+ ){0,7}?"
        r"(?:(?:[Tt]rang|[Cc]ổng)(?: \w+)? (?:thông tin|điện tử)|[Ww]ebsite|nơi công cộng|loa|phương tiện thông tin"
        r"|mạng xã hội|Zalo|fanpage|(?:tại|ở) (?:\w+ )?(?:trụ sở|nhà|bảng tin|nơi|trường|thôn|bản|tổ))"
    )
)
_EVERYBODY = re.compile(
    spaced(r"(?:[Tt]rang|[Cc]ổng)(?: \w+)? (?:thông tin|điện tử)|[Ww]ebsite|[Đđ]ài [Tt]ruyền|[Bb]áo ")
)
"""Recipients who publish what they get."""
_SEVERAL = re.compile(
    spaced(r"[Cc]ác (?:ông|bà|đồng chí|cá nhân|hộ)(?:,? \(?(?:bà|ông)\)?)?,? có tên (?:tại|trong|ở|nêu)")
)
