"""Conferences for many units that nobody can attend from afar; which documents are about a conference to come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import find_bodies, group_of
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"invited"})


@dataclass(frozen=True, slots=True)
class Options:
    """``groups``: the kinds of group (doclint.anatomy.bodies.group_of) that sit in many places."""

    groups: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the place of a conference to which a group of far bodies is invited and no online form is offered."""
    subject = meeting_of(document, context.anatomy)
    if subject is None or not context.complete or _ONLINE.search(document.folded):
        return
    place = _PLACE.search(document.folded)
    place = place or _PLACE_IN_LINE.search(document.folded)
    if place is None or "hoi nghi" not in _flat(document, subject):
        return
    invited = _invited(document, subject, context.anatomy)
    far = next((name for name in invited if group_of(name) in options.groups), None) or _many(document, subject)
    if far:
        # Where the form is told, the reader must look there; else at the place.
        told = _IN_PERSON.search(document.folded, subject.end)
        span = Span(*told.span("form")) if told is not None else Span(*place.span("place"))
        yield Match(span, {"invited": " ".join(far.split())})


def _many(document: Document, subject: Span) -> str:
    """Return «62 xã, phường» where so many are invited, empty where no such number stands."""
    counted = _COUNTED.search(document.folded, subject.end)
    return document.text[counted.start("many") : counted.end("many")] if counted is not None else ""


def _invited(document: Document, subject: Span, anatomy: Anatomy) -> Iterator[str]:
    """Yield the bodies whose leaders are invited: the addressees, and who is named from the subject to the list."""
    yield from (addressee.name for addressee in anatomy.addressees)
    end = anatomy.recipients.heading.start if anatomy.recipients is not None else len(document.text)
    for body in find_bodies(document.text[subject.end : end]):
        yield re.sub(r"^(?:(?:Đại diện|Lãnh đạo|lãnh đạo)\s+)+", "", body.name)


def meeting_of(document: Document, anatomy: Anatomy) -> Span | None:
    """Return where the document says which meeting it calls, None when it calls none.

    Courses, elections, examinations, festivals and sessions of councils are no conferences, and a notice of what
    was concluded calls none.
    """
    subject = anatomy.header.subject
    if subject is None and anatomy.type in ("GM", ""):
        body = _INVITATION.search(document.folded)
        subject = Span(body.start(), body.end()) if body is not None else None
    title = anatomy.header.title
    if subject is None and title is not None:
        # «CHƯƠNG TRÌNH / HỘI NGHỊ SƠ KẾT…»: a subject in capitals is no subject to the parser.
        under = _UNDER_TITLE.match(document.folded, title.end)
        subject = Span(*under.span("line")) if under is not None else None
    if subject is None:
        return None
    # Without its looks a subject cannot always be told from the first words of the invitation.
    ends = _INVITES.search(document.folded, subject.start, subject.end)
    subject = Span(subject.start, ends.start()) if ends is not None else subject
    words = _flat(document, subject)
    return subject if _MEETING.search(words) and not _NO_MEETING.search(words) else None


def _flat(document: Document, span: Span) -> str:
    return " ".join(document.folded[span.start : span.end].split())


# «Dự hội nghị», «V/v tổ chức cuộc họp»; in «thực hiện kết luận hội nghị» the meeting is over.
_MEETING = re.compile(
    r"^(?:(?!ket luan|ket qua|thuc hien|bien ban|sau )[\w/]+,? ){0,6}?(?:hoi nghi|"
    r"(?<!tong )(?<!phoi )(?<!ket )(?<!to )(?<!phu )(?<!tich )(?<!phong )"
    r"hop(?! dong| tac| nhat| ly| phap| le| thuc| quy))\b"
)
_UNDER_TITLE = re.compile(r"\s*\n\s*(?P<line>(?:to chuc |du )?hoi nghi\b[^\n]{5,160})")
_NO_MEETING = re.compile(
    r"tap huan|boi duong|dao tao|lop\b|bau cu|cu tri|hiep thuong|ky thi|hoi thi|hoi thao|cuoc thi|\ble\b|dai hoi|ky hop"
    r"|hoi cho|ngay hoi|lien hoan|festival|dien dan"
)
_INVITES = re.compile(spaced(r"\n[^\n]*\b(?:kinh moi|tran trong|thoi gian|dia diem|chuong trinh)\b"))
_INVITATION = re.compile(
    spaced(r"(?:du|toi du|den du|tham du|to chuc) (?:hoi nghi|cuoc hop|buoi hop|hop)\b[^.;:\n]{0,160}")
)
_ONLINE = re.compile(spaced(r"truc tuyen|diem cau|online|truyen hinh|zoom|google meet|teams|duong dan|tu xa|ket hop"))
_IN_PERSON = re.compile(
    spaced(
        r"\b(?P<form>(?:(?:dai bieu|thanh phan) )?(?:tham )?(?:du|hop|to chuc)(?: hop)?(?: theo hinh thuc)?"
        r"(?: tap trung,?)? truc tiep)\b"
    )
)
_COUNTED = re.compile(
    spaced(r"\b(?:kinh )?moi\b[^.]{0,200}?\b(?P<many>(?:[5-9]|[1-9]\d{1,2}) (?:xa, phuong|xa|phuong|dac khu|truong))\b")
)
# «8 giờ 00 ngày 12/5/2026, tại Hội trường Sở».
_PLACE_IN_LINE = re.compile(
    spaced(
        r"(?m)\bthoi gian(?:, dia diem)?\s*:[^\n]*?\d[^\n]*?,? tai (?P<place>(?:hoi truong|phong hop|tru so|nha van hoa"
        r"|trung tam)[^\n;.]{0,80}[^\s\n;.])"
    )
)
_PLACE = re.compile(spaced(r"(?m)\bdia diem(?: \w+){0,3}\s*:\s*(?P<place>[^\n;.]{3,120}[^\s\n;.])"))
