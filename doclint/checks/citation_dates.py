"""One document cited with two dates, or with another date than the one on record."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.anatomy.citations import identity
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Citation
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Level, Match
from doclint.force import Force, Register
from doclint.force import load as load_force
from doclint.reuse.packs.entry import Entry
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"cited", "reason"})


@dataclass(frozen=True, slots=True)
class Options:
    """None."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each citation whose date cannot be right: against the record, its own number, or the other citations."""
    register = load_force(context.office.force)
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in context.anatomy.citations:
        if citation.date is not None and not _is_amendment(document, citation):
            groups.setdefault((citation.type, _name(document, citation)), []).append(citation)
    library = _library(context, [citation.number for group in groups.values() for citation in group if citation.number])
    for group in groups.values():
        usual = _usual(document, group)
        for citation in group:
            reason, level = _against_record(document, citation, register)
            reason = reason or _against_number(citation) or _against_others(citation, usual)
            if not reason:
                reason, level = _against_library(document, citation, library)
            if reason:
                span = _words(document, citation)
                yield Match(span, {"cited": " ".join(document.at(span).split()), "reason": reason}, level)


def _is_amendment(document: Document, citation: Citation) -> bool:
    """«Luật sửa đổi, bổ sung một số điều của Luật … ngày …»: the date is of the law that amends."""
    before = document.folded[max(0, citation.span.start - 80) : citation.span.start]
    return not citation.number and _AMENDS.search(before) is not None


def _name(document: Document, citation: Citation) -> str:
    """Return what tells the document from others; a law by its whole name."""
    if citation.number:
        return identity(document, citation)
    return fold(" ".join(document.at(citation.number_span).split()))


def _against_record(document: Document, citation: Citation, register: Register) -> tuple[str, Level | None]:
    known: Sequence[Force] = register.law(document.at(citation.number_span)) if not citation.number else ()
    found = register.find(citation.number, citation.type) if citation.number and citation.type else None
    if found is not None:
        known = (found,)
    dated = [record for record in known if record.date is not None]
    if citation.date in [record.date for record in dated]:
        return "", None
    for record in dated:
        if record.date is not None and _one_document(citation, record.date):
            if record.confidence == "memory":
                return f"dữ liệu chưa đối chiếu ghi ngày {_day(record.date)}, cần tra lại", "warning"
            return f"văn bản này ban hành ngày {_day(record.date)}", None
    return "", None


def _library(context: Context, numbers: Sequence[str]) -> list[Entry]:
    """Return what the library has of the documents with these numbers."""
    if context.lookup is None or not numbers:
        return []
    return [entry for pack in context.lookup.library.packs for entry in pack.dated(sorted(set(numbers)))]


def _against_library(document: Document, citation: Citation, library: Sequence[Entry]) -> tuple[str, Level | None]:
    """Compare with the documents of the library, whose dates were read from their texts: a warning, no more."""
    issuer = key(document.at(citation.issuer)) if citation.issuer is not None else ""
    same = [
        entry
        for entry in library
        if entry.number == citation.number and entry.type == citation.type and issuer and key(entry.issuer) == issuer
    ]
    if not same or any(entry.date == citation.date for entry in same):
        return "", None
    other = next((entry.date for entry in same if entry.date and _one_document(citation, entry.date)), None)
    return (f"bản trong kho văn bản ghi ngày {_day(other)}", "warning") if other is not None else ("", None)


def _against_number(citation: Citation) -> str:
    year = _year(citation)
    if year is None or citation.date is None or citation.date.year == year:
        return ""
    return f"số, ký hiệu cho biết văn bản ban hành năm {year}"


def _against_others(citation: Citation, usual: datetime.date | None) -> str:
    if usual is None or citation.date == usual or not _one_document(citation, usual):
        return ""
    return f"chỗ khác trong văn bản này ghi ngày {_day(usual)}"


def _one_document(citation: Citation, day: datetime.date) -> bool:
    """Tell whether two dates must be of one document: numbers begin anew each year, unless the year is in them."""
    own = citation.date
    if own is None or _year(citation) is not None:
        return own is not None
    return own.year == day.year or ((own.day, own.month) == (day.day, day.month) and bool(citation.number))


def _usual(document: Document, group: Sequence[Citation]) -> datetime.date | None:
    """Return the date that a document has most often, the first of those; None where issuers share a number."""
    issuers = {_issuer(document, citation) for citation in group if citation.issuer is not None}
    longest = max(issuers, key=len, default="")
    if any(issuer not in longest for issuer in issuers):
        return None
    counted = Counter(citation.date for citation in group)
    return counted.most_common(1)[0][0] if len(counted) > 1 else None


def _issuer(document: Document, citation: Citation) -> str:
    name = fold(document.at(citation.issuer)) if citation.issuer is not None else ""
    return " ".join(name.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd").split())


def _year(citation: Citation) -> int | None:
    """Return the year inside a number like ``30/2020/NĐ-CP``."""
    match = _YEAR.search(citation.number)
    return int(match[1]) if match is not None else None


def _words(document: Document, citation: Citation) -> Span:
    """Return the citation from its type to its date."""
    dated = _DATE.match(document.text, citation.number_span.end)
    return Span(citation.span.start, dated.end() if dated is not None else citation.span.end)


def _day(day: datetime.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"


_AMENDS = re.compile(r"luat\s+sua\s+doi[^;\n]*(?:cua|va|,)\s+(?:cac\s+)?$")
_YEAR = re.compile(r"\d/(\d{4})/")
_DATE = re.compile(r"\s*,?\s+ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})")
