"""Type and subject of a document as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Header
from doclint.anatomy.types import STATE_TYPES, type_of_title
from doclint.anatomy.zones import split_zones
from doclint.checks import Context
from doclint.checks.header_form import in_capitals, recognised
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report a type in small letters, and a subject in the form that belongs to other documents."""
    if recognised(document):
        return
    header = context.anatomy.header
    for span, problem in (*_title(document, header), *_subject(document, header)):
        yield Match(span, {"words": " ".join(document.at(span).split())[:80], "problem": problem})


def _title(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    small = small_title(document, header)
    if small is not None:
        yield small, "tên loại văn bản phải viết bằng chữ in hoa"


def small_title(document: Document, header: Header) -> Span | None:
    """Return the type of the document where it is printed in small letters."""
    if header.title is not None or header.type not in ("", "CV"):
        return None
    symbol = header.number.symbol if header.number is not None else ""
    for piece in split_zones(document).header:
        code = type_of_title(document.at(piece))
        # The number bears the same type, so the line is not the beginning of a sentence.
        if code in STATE_TYPES.values() and symbol.startswith(f"{code}-") and not in_capitals(document, piece):
            return piece
    return None


def other_subject(document: Document, header: Header) -> Span | None:
    """Return the subject where it is printed in capitals, or in a letter without «V/v»."""
    return next((span for span, _ in _subject(document, header)), None)


def _subject(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    if header.title is not None:
        if header.subject is not None and _V_V.match(document.at(header.subject)):
            yield (
                header.subject,
                "chữ «V/v» chỉ dùng cho công văn; dưới tên loại văn bản viết thẳng nội dung hoặc «Về việc…»",
            )
        elif header.subject is None:
            yield from _subject_in_capitals(document, header, header.title)
    elif header.type == "CV":
        yield from _subject_of_letter(document, header)


def _subject_in_capitals(document: Document, header: Header, title: Span) -> Iterator[tuple[Span, str]]:
    """Yield the line right under the type where the name of who issues it cannot stand."""
    if header.type in ("QĐ", "NQ", "CT"):
        return
    under = next((piece for piece in split_zones(document).header if piece.start >= title.end), None)
    if (
        under is not None
        and len(under) >= 20
        and document.at(under).isupper()
        and not _NOT_SUBJECT.match(document.at(under))
    ):
        yield under, "trích yếu phải viết bằng chữ in thường"


def _subject_of_letter(document: Document, header: Header) -> Iterator[tuple[Span, str]]:
    if header.subject is not None:
        if document.at(header.subject).startswith("V/V"):
            yield header.subject, "viết «V/v», trích yếu bằng chữ in thường"
        return
    number = header.number.span.end if header.number is not None else 0
    for piece in split_zones(document).header:
        text = document.at(piece).strip()
        about = fold(text).startswith("ve viec ")
        if piece.start >= number and (about or (number and _is_bare_subject(text))):
            yield piece, "trích yếu của công văn viết sau chữ «V/v»"
            return


def _is_bare_subject(line: str) -> bool:
    """Tell whether a line under the number of a letter can be nothing but a subject without «V/v»."""
    return len(line.split()) >= 4 and line[0].isupper() and not line.isupper() and _HEAD_LINE.match(fold(line)) is None


_V_V = re.compile(r"V/v\s", re.IGNORECASE)
_HEAD_LINE = re.compile(
    r"(?:v/v|so:|kinh |kinh gui|doc lap|cong hoa|dang cong san|hoa toc|thuong khan|khan|mat|tuyet mat|noi nhan|can cu"
    r"|thuc hien|theo|uy ban|hoi dong|so |phong |ban |truong )\b|.*\bngay\b.*\bthang\b|.*[:;.,]$|.*\d/\d"
)
_NOT_SUBJECT = re.compile(
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|ỦY BAN|UỶ BAN|HỘI ĐỒNG|TRƯỞNG|CHÁNH|HIỆU TRƯỞNG|SỞ|PHÒNG|KÍNH|ĐIỆN|BAN)\b|.*:$"
)
