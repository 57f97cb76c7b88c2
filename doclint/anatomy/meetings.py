"""Meetings that a document calls: the one that it is about, or those that its passages tell to hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.parts import Anatomy, Node
from doclint.document import Document, Span
from doclint.vietnamese.patterns import spaced


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting to come: the words that name it, and the text that speaks of it."""

    name: Span
    scope: Span
    whole: bool
    """The document is about this meeting; otherwise a passage is, and its words belong to the scope."""


def meetings_of(document: Document, anatomy: Anatomy) -> tuple[Meeting, ...]:
    """Return the meetings that the document calls: the one that it is about, or those that its passages tell to hold.

    Courses, elections, examinations, festivals and sessions of councils are no conferences, and a notice of what
    was concluded calls none in its first paragraphs.
    """
    subject = _subject(document, anatomy)
    if subject is not None:
        return (Meeting(subject, Span(subject.end, len(document.text)), whole=True),)
    return (*_in_passages(document, anatomy), *_annexed(document, anatomy))


def flat(document: Document, span: Span) -> str:
    """Return the words of ``span`` folded, with single blanks."""
    return " ".join(document.folded[span.start : span.end].split())


def _subject(document: Document, anatomy: Anatomy) -> Span | None:
    """Return where the document says which meeting it is about, None when it is about none."""
    subject, title = anatomy.header.subject, anatomy.header.title
    # «CHƯƠNG TRÌNH / HỘI NGHỊ SƠ KẾT…»: a subject in capitals is no subject to the parser.
    under = _under_title().match(document.folded, title.end) if title is not None else None
    if under is not None:
        subject = Span(*under.span("line"))
    elif subject is None and anatomy.type in ("GM", ""):
        body = _invitation().search(document.folded)
        subject = Span(body.start(), body.end()) if body is not None else None
    if subject is None:
        return None
    # Without its looks a subject cannot always be told from the first words of the invitation.
    ends = _invites().search(document.folded, subject.start, subject.end)
    subject = Span(subject.start, ends.start()) if ends is not None else subject
    named = _meeting().match(flat(document, subject))
    return subject if named is not None and not _no_meeting().search(named[0]) else None


def _in_passages(document: Document, anatomy: Anatomy) -> Iterator[Meeting]:
    """Yield the meetings that paragraphs tell to hold, each with what stands under its paragraph."""
    text, subject = document.folded, anatomy.header.subject
    concluded = subject is not None and _concluded().search(flat(document, subject)) is not None
    reached = 0
    for index, node in enumerate(anatomy.body.nodes):
        if node.head.start < reached or (concluded and not node.label):
            continue
        for match in _called().finditer(text, node.head.start, node.head.end):
            before = text[max(node.head.start, match.start() - 60) : match.start("name")]
            ends = re.compile(r"[.;:\n]\s|$").search(text, match.start("name"), node.head.end)
            name = Span(match.start("name"), ends.start() if ends is not None else node.head.end)
            if _past().search(before) or _no_meeting().search(match[0]):
                continue
            reached = _reach(document, anatomy, index, node)
            yield Meeting(name, Span(match.start(), reached), whole=False)
            break


def _reach(document: Document, anatomy: Anatomy, index: int, node: Node) -> int:
    """Return where a paragraph's matter ends: with what stands under it, or what it announces with a colon."""
    if node.label or not document.at(node.head).rstrip().endswith(":"):
        return node.span.end
    return max(after.span.end for after in anatomy.body.nodes[index:] if after.parent == node.parent)


def _annexed(document: Document, anatomy: Anatomy) -> Iterator[Meeting]:
    """Yield the meeting whose programme stands after the signature."""
    if not anatomy.annexed:
        return
    found = _programme().search(document.folded, anatomy.annexed[0].start)
    if found is not None and not _no_meeting().search(found["name"][:_NEAR]):
        yield Meeting(Span(*found.span("name")), Span(found.start(), anatomy.annexed[-1].end), whole=False)


_NEAR = 45
"""Characters in which a conference says what kind it is."""
_MEETINGS = (
    r"(?:hoi nghi|(?<!tong )(?<!phoi )(?<!ket )(?<!to )(?<!phu )(?<!tich )(?<!phong )(?<!hoi )"
    r"hop(?! dong| tac| nhat| ly| phap| le| thuc| quy| khoi))\b"
)


@cache
def _meeting() -> re.Pattern[str]:
    """«Dự hội nghị», «V/v tổ chức cuộc họp»; in «thực hiện kết luận hội nghị» the meeting is over."""
    return re.compile(
        rf"^(?:(?!ket luan|ket qua|thuc hien|bien ban|sau )[\w/]+,? ){{0,6}}?{_MEETINGS}(?: [^\s:;.]+){{0,4}}"
    )


@cache
def _called() -> re.Pattern[str]:
    """«Tổ chức hội nghị sơ kết»; «1. Hội nghị quán triệt», «Chương trình hội nghị» as the beginning of a clause."""
    return re.compile(
        spaced(
            r"(?:\b(?:to chuc|trieu tap|mo|tien hanh|du kien|chuan bi|moi|du|phuc vu|trong) (?:(?:01|mot) )?"
            r"(?:cuoc |buoi )?"
            r"|[-–.:;)/]\s+(?:(?:chuong trinh|noi dung|thoi gian|thanh phan) )?)"
            r"(?P<name>hoi nghi\b(?: [^\s:;.]+){0,4})"
        )
    )


@cache
def _past() -> re.Pattern[str]:
    return re.compile(
        spaced(r"\b(?:da|sau|truoc|khong|ket luan|ket qua|thuc hien|cac|tai|\d{2,}|(?!01\b)\d+) (?:[\w/]+ ){0,3}$")
    )


@cache
def _concluded() -> re.Pattern[str]:
    return re.compile(r"ket luan|ket qua|y kien chi dao")


@cache
def _no_meeting() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"tap huan|boi duong|dao tao|\blop\b|bau cu|cu tri|hiep thuong|ky thi|hoi thi|hoi thao|cuoc thi|\ble\b"
            r"|\bdai hoi\b|ky hop|hoi cho|ngay hoi|lien hoan|festival|dien dan|xuc tien"
        )
    )


@cache
def _programme() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?m)^(?:du kien )?(?:chuong trinh|kich ban|noi dung)(?: to chuc)?\s+(?P<name>hoi nghi\b[^\n]{0,160})")
    )


@cache
def _under_title() -> re.Pattern[str]:
    return re.compile(r"\s*\n\s*(?P<line>(?:to chuc |du )?hoi nghi\b[^\n]{0,160})")


@cache
def _invites() -> re.Pattern[str]:
    return re.compile(
        spaced(r"\n[^\n]*\b(?:kinh moi|tran trong|thoi gian|dia diem|chuong trinh)\b") + r"|(?<=\w)[ \t]*\n[ \t]*\n"
    )


@cache
def _invitation() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?:du|toi du|den du|tham du|to chuc) (?:hoi nghi|cuoc hop|buoi hop|hop)\b[^.;:\n]{0,160}")
    )
