"""Things mentioned in the text: quotations, short forms it introduces, its appendices and the pointers to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.anatomy.parts import Abbreviation, Appendix, AppendixReference, Citation, Quotation
from doclint.document import Document, Span
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold


def find_quotations(document: Document, citations: Sequence[Citation]) -> tuple[Quotation, ...]:
    """Return the quotations of more than three syllables; one is cited when a document is named close to it."""
    found = []
    for match in _QUOTED.finditer(document.text):
        inside = Span(match.start() + 1, match.end() - 1)
        if len(document.at(inside).split()) <= 3:
            continue
        around = Span(max(0, match.start() - _REACH), min(len(document.text), match.end() + _REACH))
        near = any(citation.span.overlaps(around) and not citation.span.overlaps(inside) for citation in citations)
        found.append(Quotation(inside, near))
    return tuple(found)


def find_abbreviations(document: Document) -> tuple[Abbreviation, ...]:
    """Return the short forms introduced in brackets: the letters must be the initials of the syllables before them."""
    found = []
    for match in _SHORT.finditer(document.text):
        short = match["short"]
        initials = [letter for letter in fold(short) if letter.isalnum()]
        words = [*re.finditer(r"[^\W\d_]+", document.text[max(0, match.start() - 120) : match.start()])]
        long = _spelled(words, initials)
        if long:
            base = max(0, match.start() - 120)
            span = Span(base + long[0].start(), match.end())
            found.append(Abbreviation(span, short, document.text[span.start : base + long[-1].end()]))
    return tuple(found)


def find_appendices(document: Document, lines: Sequence[Span]) -> tuple[Appendix, ...]:
    """Return the appendices from the lines after the signature; each begins with a line «Phụ lục …»."""
    starts = [number for number, line in enumerate(lines) if _APPENDIX.match(document.at(line))]
    found = []
    for number, stop in zip(starts, [*starts[1:], len(lines)], strict=False):
        head = _APPENDIX.match(document.at(lines[number]))
        label = head["label"] or "" if head is not None else ""
        title = lines[number + 1] if number + 1 < stop else None
        found.append(Appendix(Span(lines[number].start, lines[stop - 1].end), label, title))
    return tuple(found)


def find_appendix_references(document: Document, body: Sequence[Span]) -> tuple[AppendixReference, ...]:
    """Return where the body points to an appendix that goes with the document, not to one of another document."""
    found = []
    for paragraph in body:
        for match in _REFERENCE.finditer(document.at(paragraph)):
            span = Span(paragraph.start + match.start(), paragraph.start + match.end())
            found.append(AppendixReference(span, match["label"] or match["other"] or ""))
    return tuple(found)


def _spelled(words: Sequence[re.Match[str]], initials: Sequence[str]) -> list[re.Match[str]]:
    """Return the last words whose initials are ``initials``; «và» and «của» may be skipped."""
    used: list[re.Match[str]] = []
    left = list(initials)
    for word in reversed(words):
        if not left:
            break
        if fold(word[0])[0] == left[-1]:
            left.pop()
        elif fold(word[0]) not in ("va", "cua", "ve", "cac"):
            return []
        used.insert(0, word)
    return used if not left else []


_REACH = 120
_QUOTED = re.compile(r"“[^“”]{3,2000}”|\"[^\"\n]{3,1000}\"|«[^«»]{3,2000}»")
_SHORT = re.compile(
    rf"\s*\((?:sau\s+đây\s+)?(?:gọi|viết)?\s*(?:tắt|chung)?\s*(?:là)?:?\s*(?P<short>[{UPPER}][{UPPER}&-]{{1,9}})\)"
)
_APPENDIX = re.compile(
    r"(?:PHỤ\s+LỤC|Phụ\s+lục)(?:\s+(?:số\s+|SỐ\s+)?(?P<label>[IVX]+|\d{1,2}|[A-Z])\b)?\s*"
    rf"(?:[.:]?\s*(?:$|[—–-])|[.:]\s*(?=[{UPPER}]))"
)
_REFERENCE = re.compile(
    r"(?:[Pp]hụ\s+lục|PHỤ\s+LỤC)(?:\s+(?:số\s+)?(?P<label>[IVX]+|\d{1,2})\b)?"
    r"(?=\s*(?:kèm\s+theo|ban\s+hành\s+kèm|đính\s+kèm|của\s+[^.;,]{2,20}\s+này|này|phân\s+công|giao|danh\s+mục|chi\s+tiết|\)|[;,.]))"
    r"|[Kk]èm\s+theo\s+[Pp]hụ\s+lục(?:\s+(?P<other>[IVX]+|\d{1,2})\b)?"
)
