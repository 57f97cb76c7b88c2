"""Citations of other documents: «Quyết định số 534/QĐ-TTg ngày 31/3/2026 của Thủ tướng Chính phủ về việc …»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.parts import Citation
from doclint.anatomy.types import NORMATIVE_TYPES, PARTY_TYPES, STATE_TYPES
from doclint.document import Document, Span
from doclint.vietnamese.dates import dates
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold


def find_citations(document: Document) -> tuple[Citation, ...]:
    """Find every document cited by type and number, and every law cited by name and date, in the order of the text."""
    found = sorted((*_numbered(document), *_laws(document)), key=lambda citation: citation.span.start)
    seen: set[str] = set()
    marked = []
    for citation in found:
        name = identity(document, citation)
        marked.append(replace(citation, first=name not in seen))
        seen.add(name)
    return tuple(marked)


def identity(document: Document, citation: Citation) -> str:
    """Return what tells the cited document from others: its number, or the name of a law; folded, without blanks."""
    if citation.number:
        return number_key(citation.number)
    words = fold(" ".join(document.at(citation.number_span).split()))
    amends = re.match(_AMENDS_FOLDED, words)
    start = amends.end() if amends is not None else 0
    # A law that amends another is not that other.
    return " ".join([*(["sua doi"] if start else []), *words[start:].split()[:6]])


def number_key(number: str) -> str:
    """Return ``number`` as all its spellings share it: folded, without blanks."""
    return re.sub(r"\s", "", fold(number))


def _numbered(document: Document) -> Iterator[Citation]:
    for match in _CITATION.finditer(document.text):
        number = match["number"].rstrip(".,;:-/")
        if not number:
            continue
        span = Span(match.start("number"), match.start("number") + len(number))
        # A number broken by the end of a line is whole.
        whole = re.sub(r"\s*\n\s*", "", number)
        yield _completed(document, match.start(), match["word"] or match["law"], whole, span)


def _laws(document: Document) -> Iterator[Citation]:
    """Yield laws named without a number, as the decree wants them: «Luật Lưu trữ ngày 21 tháng 6 năm 2024»."""
    for match in _LAW.finditer(document.text):
        name = Span(match.start(), match.end("name"))
        yield _completed(document, match.start(), match["word"], "", name)


def _completed(document: Document, start: int, word: str, number: str, named: Span) -> Citation:
    """Read on after number or name: date, issuing body and subject, as far as they are there."""
    text = document.text
    end = named.end
    date = _DATED.match(text, end)
    day = next(dates(date[0]), None) if date is not None else None
    end = date.end() if date is not None else end
    issuer = _issuer(text, end)
    end = issuer.end if issuer is not None else end
    subject = _subject(text, end)
    return Citation(
        span=Span(start, end if subject is None else subject.end),
        word=word,
        type=_CODES[" ".join(fold(word).split())],
        number=number,
        number_span=named,
        date=day.day if day is not None else None,
        issuer=issuer,
        subject=subject,
    )


def _issuer(text: str, end: int) -> Span | None:
    lead = _OF.match(text, end)
    if lead is None:
        return None
    body = next(find_bodies(text[lead.end() : lead.end() + 160]), None)
    if body is not None and body.span.start == 0:
        return Span(lead.end(), lead.end() + body.span.end)
    loose = _LOOSE_NAME.match(text, lead.end())
    return Span(lead.end(), loose.end()) if loose is not None else None


def _subject(text: str, end: int) -> Span | None:
    """Return the subject that follows: to the end of the clause, or to a comma before the one who now speaks."""
    match = _SUBJECT.match(text, end)
    if match is None:
        return None
    start = match.start("subject")
    stop = match.end()
    for comma in re.finditer(r",\s+", text[start:stop]):
        after = text[start + comma.end() :][:120]
        body = next(find_bodies(after), None)
        if (body is not None and body.span.start == 0) or _SPEAKS.match(after) or _CITATION.match(after):
            stop = start + comma.start()
            break
    return Span(start, start + len(text[start:stop].rstrip()))


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
_TYPE_WORD = _WORDS.replace(chr(92) + " ", r"\s+")
# «Luật sửa đổi, bổ sung một số điều của Luật Đấu thầu, Luật Đầu tư» is one law, not those that it amends.
_AMENDS = (
    r"(?:sửa\s+đổi(?:,\s+bổ\s+sung)?\s+(?:(?:một\s+số|các)\s+điều\s+của\s+)?(?:(?:Bộ\s+luật|Luật|Pháp\s+lệnh)\s+))"
)
_AMENDS_FOLDED = r"(?:bo luat|luat|phap lenh) sua doi(?:, bo sung)? (?:(?:mot so|cac) dieu cua )?"
_CITATION = re.compile(
    rf"(?<!\w)(?:(?P<law>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+{_AMENDS}?(?:(?!{_TYPE_WORD}\b)[^\W\d_]+,?\s+){{0,16}}số\s+(?=\d+/\d{{4}}/(?:QH|UBTV))"
    rf"|(?P<word>{_TYPE_WORD})\s+(?:số\s*:?\s*)?)"
    rf"(?P<number>\d+[a-zđ]?(?:{_JOIN}[\w.&]+)+"
    r"|(?<=số\s)\d+\s[A-ZĐ]{2}[\w]*-[\w-]+|(?<=số\s)[A-ZĐ]{2,4}-?\d+/[\w-]+)"
)
_DATE = r"ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_DATED = re.compile(rf"\s*,?\s+{_DATE}")
_LAW = re.compile(
    rf"(?<!\w)(?P<word>Bộ\s+luật|Luật|Pháp\s+lệnh)\s+(?P<name>{_AMENDS}?[{UPPER}][^;,.()\n“”\d]{{2,90}}?(?=\s+{_DATE})"
    rf"|{_AMENDS}?[{UPPER}][^\W\d_]*(?:\s+[^\W\d_]+){{1,5}}(?=[;.,)]))"
)
_OF = re.compile(r"\s+của\s+")
# A body that the grammar of names does not know: capitals and what joins them.
_LOOSE_NAME = re.compile(
    rf"[{UPPER}][\w]*(?:\s+(?:[{UPPER}][\w]*|[^\W\d_]+)){{0,9}}?(?=\s+(?:về|quy|ban|hướng|sửa|phê)\b|[,;.)]|\s*$)"
)
_SUBJECT = re.compile(
    r"\s+(?P<subject>(?:về\s+việc|về|quy\s+định|hướng\s+dẫn|ban\s+hành|phê\s+duyệt|sửa\s+đổi|bãi\s+bỏ|triển\s+khai|thực\s+hiện)\s"
    r"(?:[^;.\n()]|\.(?=\d)|\([^()]*\)|\n(?!\s*\n))+)"
)
_SPEAKS = re.compile(r"(?:đề\s+nghị|yêu\s+cầu|thông\s+báo|ban\s+hành|như\s+sau|cụ\s+thể|trong\s+đó)\b")
