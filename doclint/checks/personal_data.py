"""Numbers that belong to one person, in a document that many will read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
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
    group = next((one for one in recipients if one.group), None)
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


def _phones(document: Document) -> Iterator[Span]:
    """Yield mobile numbers of people whose data are given, not of those whom the reader shall call."""
    for block in document.blocks:
        text = document.at(block.span)
        numbers = list(_PHONE.finditer(text)) if block.part == "body" else []
        if numbers and _PERSONAL.search(text) and not _CONTACT.search(text):
            yield from (Span(block.span.start + one.start(), block.span.start + one.end()) for one in numbers)


def _accounts(document: Document) -> Iterator[Span]:
    """Yield accounts of persons; that of an office or firm is for everybody to pay into."""
    for block in document.blocks:
        text = document.at(block.span)
        for match in _ACCOUNT.finditer(text):
            if _PERSON.search(text) and not _OFFICE.search(text):
                yield Span(block.span.start + match.start("number"), block.span.start + match.end("number"))


_SEARCHES = {"identity": _identities, "phone": _phones, "account": _accounts}
_NAMES = {
    "identity": "Số căn cước, giấy tờ tùy thân",
    "phone": "Số điện thoại cá nhân",
    "account": "Số tài khoản cá nhân",
}

_FEW = 3
"""Numbers that are still pointed at one by one."""
# A bare number is one when it is built like one: province, century and sex, year.
_IDENTITY = re.compile(
    r"(?:căn\s+cước(?:\s+công\s+dân)?|CCCD|CMND|CMTND|CMT|chứng\s+minh(?:\s+thư)?(?:\s+nhân\s+dân)?"
    r"|định\s+danh(?:\s+cá\s+nhân)?|[Hh]ộ\s+chiếu)(?:\s+số)?[\s:.]*"
    r"(?P<named>\d(?:[ .]?\d){11}|\d(?:[ .]?\d){8}|[A-Z]\d{7})(?![\d/.,-]*\d)"
    r"|(?<![\w.,/-])(?P<bare>0(?:[0-8]\d|9[0-6])[0-3]\d{8})(?![\w/-]|[.,]\d)"
)
_CODED = re.compile(r"tài\s+khoản|STK|[Mm]ã\s|[Ss]ố\s+(?:hồ\s+sơ|seri|hợp\s+đồng|biên\s+lai|hóa\s+đơn)")
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
_PERSON = re.compile(spaced(r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]hủ tài khoản|[Cc]hủ hộ)(?!\w)"))
_OFFICE = re.compile(
    spaced(
        r"Công ty|CÔNG TY|[Kk]ho bạc|Quỹ|Sở|UBND|Ủy ban|Uỷ ban|Trung tâm|Trường|Bệnh viện|Hợp tác xã|Ban Quản lý"
        r"|Ban [Vv]ận động"
    )
)
_PUBLISHED = re.compile(
    spaced(
        r"(?:niêm yết|công khai|đăng tải|đăng) (?:\w+ ){0,6}?(?:[Tt]rang thông tin điện tử"
        r"|[Cc]ổng thông tin điện tử|trụ sở|nhà văn hóa|nhà văn hoá|nơi công cộng|phương tiện thông tin)"
    )
)
_SEVERAL = re.compile(
    spaced(r"[Cc]ác (?:ông|bà|đồng chí|cá nhân|hộ)(?:,? \(?(?:bà|ông)\)?)?,? có tên (?:tại|trong|ở|nêu)")
)
