"""Citations of other documents: «Quyết định số 534/QĐ-TTg ngày 31/3/2026»."""

from __future__ import annotations

import re

from doclint.anatomy.parts import Citation
from doclint.anatomy.types import NORMATIVE_TYPES, PARTY_TYPES, STATE_TYPES
from doclint.document import Document, Span
from doclint.vietnamese.dates import dates
from doclint.vietnamese.normalise import fold


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Find every document cited by type and number, in the order of the text."""
    found = []
    for match in _CITATION.finditer(document.text):
        number = match["number"].rstrip(".,;:-/")
        if not number:
            continue
        span = Span(match.start("number"), match.start("number") + len(number))
        date = _DATED.match(document.text, span.end)
        day = next(dates(date[0]), None) if date is not None else None
        found.append(
            Citation(
                span=Span(match.start(), date.end() if date is not None else span.end),
                word=match["word"],
                type=_CODES[" ".join(fold(match["word"]).split())],
                number=number,
                number_span=span,
                date=day.day if day is not None else None,
            )
        )
    return tuple(found)


_NAMES = {
    **STATE_TYPES,
    **NORMATIVE_TYPES,
    **PARTY_TYPES,
    "văn bản": "",
    "chương trình hành động": "CTr",
    "thông báo kết luận": "TB",
}
_CODES = {fold(name): code for name, code in _NAMES.items()}
_WORDS = "|".join(
    re.escape(name[0].upper() + name[1:]) + "|" + re.escape(name) for name in sorted(_NAMES, key=len, reverse=True)
)
# Blanks around strokes and hyphens are faults to be shown, so they belong to the number, but only before what looks
# like a code: in «51/2016/NĐ-CP - Điều 3» the number has ended.
_JOIN = r"(?:[/-](?!\d{1,2}/\d)|\s?[/-]\s?(?=[A-ZĐ]{2}|[A-ZĐ][a-z]?[A-ZĐ]|\d{4}/))"
_CITATION = re.compile(
    rf"(?<!\w)(?P<word>{_WORDS.replace(chr(92) + ' ', chr(92) + 's+')})\s+(?:số\s*:?\s*)?"
    rf"(?P<number>\d+[a-zđ]?(?:{_JOIN}[\w.&]+)+"
    r"|(?<=số\s)\d+\s[A-ZĐ]{2}[\w]*-[\w-]+|(?<=số\s)[A-ZĐ]{2,4}-?\d+/[\w-]+)"
)
_DATED = re.compile(r"\s+ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})")
