"""Type and subject of a document as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Header
from doclint.anatomy.types import STATE_TYPES, type_name, type_of_title
from doclint.anatomy.zones import split_zones
from doclint.checks import Context
from doclint.checks.header_form import in_capitals, recognised
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """``without``: types that need no subject."""

    without: tuple[str, ...] = ()


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report a type in small letters, a subject in the form of other documents, and one that is missing."""
    if recognised(document):
        return
    header = context.anatomy.header
    found = [*_title(document, header), *_subject(document, header)]
    if not found and context.complete and header.type not in options.without:
        found = list(_missing(document, header))
    for span, problem in found:
        yield Match(span, {"words": " ".join(document.at(span).split())[:80], "problem": problem})


def other_title(document: Document, header: Header) -> Span | None:
    """Return the type of the document where it is not a line of its own in capitals."""
    return next((span for span, _ in _title(document, header)), None)


def _title(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    """Yield the line that begins with the type its number bears; so it is not the beginning of a sentence."""
    if header.title is not None or header.type not in ("", "CV") or header.number is None:
        return
    code = re.split("[-/]", header.number.symbol)[0]
    name = fold(type_name(code)) if code in STATE_TYPES.values() else ""
    for piece in split_zones(document).header:
        if not name or not fold(document.at(piece)).startswith(name):
            continue
        if type_of_title(document.at(piece)):
            if not in_capitals(document, piece):
                yield piece, "tên loại văn bản phải viết bằng chữ in hoa"
        else:
            yield piece, "tên loại viết in hoa trên một dòng, trích yếu viết in thường ở dòng dưới"
        return


def _subject(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    if header.title is not None:
        if header.subject is not None and _V_V.match(document.at(header.subject)):
            yield (
                header.subject,
                "chữ «V/v» chỉ dùng cho công văn; dưới tên loại văn bản viết thẳng nội dung hoặc «Về việc…»",
            )
        elif header.subject is None:
            yield from _subject_in_capitals(document, header.title)
    elif header.type == "CV":
        yield from _subject_of_letter(document, header)


def _subject_in_capitals(document: Document, title: Span) -> Iterator[tuple[Span, str]]:
    """Yield the line right under the type where it is in capitals and not the name of who issues it."""
    under = next((piece for piece in split_zones(document).header if piece.start >= title.end), None)
    text = document.at(under) if under is not None else ""
    if under is not None and text.isupper() and len(text) >= 12 and not _NOT_SUBJECT.match(text):
        yield under, "trích yếu phải viết bằng chữ in thường"


def _subject_of_letter(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    if header.subject is not None:
        text = document.at(header.subject)
        if text.startswith("V/V") or text[3:].isupper():
            yield header.subject, "viết «V/v», trích yếu bằng chữ in thường"
        return
    number = header.number.span.end if header.number is not None else 0
    for piece in split_zones(document).header:
        text = document.at(piece).strip()
        about = re.match(r"ve (?:viec )?\w", " ".join(fold(text).split())) is not None
        if piece.start >= number and (about or (number and _is_bare_subject(text))):
            yield piece, "trích yếu của công văn viết sau chữ «V/v»"
            return


def _is_bare_subject(line: str) -> bool:
    """Tell whether a line under the number of a letter can be nothing but a subject without «V/v»."""
    return len(line.split()) >= 4 and line[0].isupper() and not line.isupper() and _HEAD_LINE.match(fold(line)) is None


def _missing(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    """Yield the place of a subject that is nowhere: under the type, or in a letter under the number."""
    if header.subject is not None:
        return
    if header.title is not None:
        yield header.title, "không có trích yếu nội dung ở dòng dưới"
    # In a text that was taken out of its columns the subject may come later.
    elif header.type == "CV" and header.number is not None and not _ANYWHERE.search(document.text):
        yield header.number.span, "công văn không có trích yếu «V/v …» dưới số, ký hiệu"


_V_V = re.compile(r"V/v\s*:?\s", re.IGNORECASE)
_ANYWHERE = re.compile(r"^\s*V/v\b|\tV/v\b", re.IGNORECASE | re.MULTILINE)
_HEAD_LINE = re.compile(
    r"(?:v/v|so:|kinh |kinh gui|doc lap|cong hoa|dang cong san|hoa toc|thuong khan|khan|mat|tuyet mat|noi nhan|can cu"
    r"|thuc hien|theo|uy ban|hoi dong|so |phong |ban |truong )\b|.*\bngay\b.*\bthang\b|.*[:;.,]$|.*\d/\d"
)
_NOT_SUBJECT = re.compile(
    r"(?:(?:PHÓ |QUYỀN )?(?:CHỦ TỊCH|(?:TỔNG )?GIÁM ĐỐC|CHỈ HUY|(?:[^\W\d_]+ )?TRƯỞNG|CHÁNH|CHỦ NHIỆM|TƯ LỆNH)"
    r"|THỦ TƯỚNG|CHÍNH PHỦ|ỦY BAN|UỶ BAN|UBND|HỘI|SỞ|BỘ|PHÒNG|CỤC|CHI CỤC|TRUNG TÂM|TRƯỜNG|BỆNH VIỆN|VIỆN|CÔNG TY|ĐẢNG"
    r"|BAN (?!HÀNH)|KÍNH|ĐIỆN|CĂN CỨ)\b|.*:$|\("
)
