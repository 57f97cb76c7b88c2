"""The conferences that an issued document calls, as far as its words tell when, how and for whom."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

from doclint.anatomy.bodies import group_of
from doclint.anatomy.meetings import flat, meetings_of
from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.register.entry import Meeting
from doclint.vietnamese.dates import dates
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced


def conferences(document: Document, anatomy: Anatomy, issued: datetime.date) -> Iterator[Meeting]:
    """Yield the conference that an invitation, a plan or a programme is about.

    Those that are told of in passing will have an invitation of their own. A working meeting is no conference.
    ``issued`` is the day of the document, which stands in where no day of the conference is told.
    """
    if anatomy.type not in _TYPES:
        return
    for meeting in meetings_of(document, anatomy):
        if not meeting.whole or "hoi nghi" not in flat(document, meeting.name):
            continue
        scope = Span(meeting.name.start, _end(anatomy, meeting.scope))
        yield Meeting(
            date=_day(document, scope, issued),
            subject=_subject(document, meeting.name),
            form=_form(document, scope),
            scope=_reach(document, anatomy, scope),
        )


def _subject(document: Document, name: Span) -> str:
    words = " ".join(document.at(name).split())
    return re.sub(r"^(?:V/v|Về việc)\s+|^(?:(?:tham\s+)?dự|tổ chức|mời(?:\s+dự)?)\s+", "", words, flags=re.IGNORECASE)


def _end(anatomy: Anatomy, scope: Span) -> int:
    return anatomy.recipients.heading.start if anatomy.recipients is not None else scope.end


def _day(document: Document, scope: Span, issued: datetime.date) -> datetime.date:
    """Return the first day told after «Thời gian», else the first one in the text that is not yet over."""
    line = _time().search(document.folded, scope.start, max(scope.start, scope.end))
    starts = ([line.end()] if line is not None else []) + [scope.start]
    for start in starts:
        days = (found.day for found in dates(document.text[start : scope.end]))
        told = next((day for day in days if day is not None and day >= issued), None)
        if told is not None:
            return told
    return issued


def _form(document: Document, scope: Span) -> str:
    text = document.folded[scope.start : scope.end]
    if not _online().search(text):
        return "truc-tiep"
    return "ket-hop" if _hybrid().search(text) else "truc-tuyen"


def _reach(document: Document, anatomy: Anatomy, scope: Span) -> str:
    """Return ``toan-tinh`` or ``toan-xa`` where the words say so, or all communes or all villages are invited."""
    text = document.folded[scope.start : scope.end]
    groups = {group_of(addressee.name) for addressee in anatomy.addressees}
    invited = " ".join(fold(addressee.name) for addressee in anatomy.addressees)
    if anatomy.header.level == "commune":
        return "toan-xa" if _whole_commune().search(f"{text} {invited}") else "khac"
    return "toan-tinh" if "communes" in groups or _whole_province().search(text) else "khac"


_TYPES = ("GM", "KH", "CTr", "CV", "TB", "")


@cache
def _time() -> re.Pattern[str]:
    return re.compile(spaced(r"\bthoi gian\b"))


@cache
def _online() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?<!khong\shop\s)(?<!khong\sto\schuc\s)(?<!khong\sco\s)"
            r"\b(?:truc tuyen|(?:cac )?diem cau|online|truyen hinh|zoom|google meet|teams|du tu xa)\b"
        )
    )


@cache
def _hybrid() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"truc tiep(?:,? (?:va|ket hop(?: voi)?))(?: hinh thuc)? truc tuyen|ket hop (?:voi )?truc tuyen"
            r"|vua truc tiep|truc tuyen ket hop"
        )
    )


@cache
def _whole_province() -> re.Pattern[str]:
    return re.compile(spaced(r"\btoan (?:tinh|thanh pho)\b|\b(?:tat ca |cac |\d+ )(?:xa,? phuong|phuong,? xa)\b"))


@cache
def _whole_commune() -> re.Pattern[str]:
    return re.compile(
        spaced(r"\btoan (?:xa|phuong|dac khu)\b|\b(?:cac|truong|\d+) (?:thon|buon|ban|to dan pho|khu pho|ap)\b")
    )
