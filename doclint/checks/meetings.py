"""Conferences for many units that nobody can attend from afar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.bodies import find_bodies, group_of
from doclint.anatomy.meetings import Meeting, flat, meetings_of
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
    if not context.complete or _online().search(document.folded):
        return
    for meeting in meetings_of(document, context.anatomy):
        place = _place(document, meeting.scope)
        if place is None or "hoi nghi" not in flat(document, meeting.name):
            continue
        invited = list(_invited(document, meeting, context.anatomy))
        far = next((name for name in invited if group_of(name) in options.groups), None)
        far = far or _many(document, meeting.scope) or _one_by_one(invited)
        if far:
            yield Match(place, {"invited": " ".join(far.split())})


def _place(document: Document, scope: Span) -> Span | None:
    """Return where the form is told, «dự trực tiếp», «họp tập trung»; else the place; None where neither is."""
    for pattern, group in ((_in_person(), "form"), (_place_line(), "place"), (_place_in_text(), "place")):
        found = pattern.search(document.folded, scope.start, scope.end)
        if found is not None:
            return Span(*found.span(group))
    return None


def _many(document: Document, scope: Span) -> str:
    """Return «62 xã, phường» where so many are to come, empty where no such number stands."""
    counted = _counted().search(document.folded, scope.start, scope.end)
    return document.text[counted.start() : counted.end()] if counted is not None else ""


def _one_by_one(invited: Sequence[str]) -> str:
    """Return the bodies of many places that are invited one by one, empty where they are few."""
    apart = dict.fromkeys(" ".join(name.split()) for name in invited if _of_a_place().search(name))
    return ", ".join(apart) if len(apart) >= _MANY else ""


def _invited(document: Document, meeting: Meeting, anatomy: Anatomy) -> Iterator[str]:
    """Yield the bodies whose leaders are invited: the addressees, and who is named from the subject to the list."""
    end = meeting.scope.end
    if meeting.whole:
        yield from (addressee.name for addressee in anatomy.addressees)
        end = anatomy.recipients.heading.start if anatomy.recipients is not None else end
    for body in find_bodies(document.text[meeting.scope.start : end]):
        yield re.sub(r"^(?:(?:Đại diện|Lãnh đạo|lãnh đạo)\s+)+", "", body.name)


@cache
def _online() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?<!khong\shop\s)(?<!khong\sto\schuc\s)(?<!khong\sco\s)(?<!khong\sbo\stri\s)(?<!khong\sdu\s)"
            r"\b(?:truc tuyen|(?:cac )?diem cau|online|truyen hinh|zoom|google meet|teams|(?:du )?tu xa)\b"
        )
    )


@cache
def _in_person() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\b(?P<form>(?:(?:dai bieu|thanh phan) )?(?:(?:tham )?du|hop|to chuc|ve du|hoc)(?: hop| hoi nghi)?"
            r"(?: theo hinh thuc)?(?: tap trung,? (?:tai|o)\b|(?: tap trung,?)? truc tiep\b(?! (?:quan ly|chi dao))"
            r"| tap trung\b)"
            r"|tap trung,? (?:tai|ve) [^.;,\n]{3,60})"
        )
    )


@cache
def _counted() -> re.Pattern[str]:
    """Five and more bodies that sit apart."""
    return re.compile(
        spaced(
            r"(?<![\d/.,])(?:0?[5-9]|[1-9]\d{1,2}) (?:xa,? phuong|xa|phuong|dac khu|truong|thon|ban|to dan pho|chi bo|"
            r"chi doan|tram|benh vien|don vi|co so|co quan|so,|hop tac xa|doanh nghiep|dang bo|chi nhanh)\b"
        )
    )


@cache
def _of_a_place() -> re.Pattern[str]:
    return re.compile(
        spaced(r"^(?:UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Đảng ủy|Trạm|Công an|Trường|Chi bộ)\b.* (?:xã|phường) [A-ZĐ]")
    )


_MANY = 4
"""Places that a meeting of so many bodies is far from most of them."""
_HALLS = r"(?:hoi truong|phong hop|tru so|nha van hoa|nha khach|trung tam)"


@cache
def _place_in_text() -> re.Pattern[str]:
    """«8 giờ 00 ngày 12/5/2026, tại Hội trường Sở»."""
    return re.compile(spaced(rf"\btai (?P<place>{_HALLS}\b[^\n;.,]{{0,80}}[^\s\n;.,])"))


@cache
def _place_line() -> re.Pattern[str]:
    return re.compile(spaced(r"\bdia diem(?: \w+){0,3}\s*[:|\n]\s*(?P<place>[^\n;.]{3,120}[^\s\n;.])"))
