"""Citations of documents that are no longer in force."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.citations import number_key
from doclint.anatomy.parts import Anatomy, Citation
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.force import Force, Register
from doclint.force import load as load_force
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"cited", "since", "instead", "sure"})


@dataclass(frozen=True, slots=True)
class Options:
    """``reports``: types that tell of past work, where only the legal bases are judged."""

    reports: tuple[str, ...] = ("BC", "BB")


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first citation of each document that is recorded as out of force on the day of the draft.

    Silent where the text itself ends, amends or remembers the document. A fact that nobody has verified is a warning.
    """
    anatomy = context.anatomy
    register = load_force(context.office.force)
    day = _day(document, anatomy)
    found = [(citation, _record(document, citation, register)) for citation in anatomy.citations]
    ended = [(citation, record) for citation, record in found if record is not None and record.ended(day)]
    # What the draft itself ends it may well go on to speak of, say in its transitional provisions.
    done = {_key(record) for citation, record in ended if _is_told(document, citation)}
    listing = _is_of_ended(document, anatomy)
    for citation, record in ended:
        in_bases = _is_based_on(document, anatomy, citation)
        past = (anatomy.type in options.reports or listing) and not in_bases
        if _key(record) not in done and not past and not _is_inside(citation, anatomy):
            done.add(_key(record))
            span = Span(citation.span.start, citation.number_span.end)
            yield Match(span, _values(record, register), "warning" if record.confidence == "memory" else None)


def _is_based_on(document: Document, anatomy: Anatomy, citation: Citation) -> bool:
    """Tell whether the draft rests on the document: in its legal bases, or in the sentence that opens a report."""
    at = citation.span.start
    if any(at in range(basis.start, basis.end) for basis in anatomy.bases):
        return True
    node = next((node for node in anatomy.body.nodes if at in range(node.head.start, node.head.end)), None)
    return (
        node is not None
        and not node.label
        and _opens().match(document.folded[node.head.start : node.head.end]) is not None
    )


def _is_of_ended(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether the subject says that the document ends others or lists those that have ended."""
    subject = anatomy.header.subject
    words = document.folded[subject.start : subject.end] if subject is not None else ""
    return re.search(r"het\s+hieu\s+luc|bai\s+bo", words) is not None


def _key(record: Force) -> tuple[str, str]:
    return record.code, number_key(record.number)


def _values(record: Force, register: Register) -> dict[str, str]:
    since = (record.in_force_to or datetime.date.min) + datetime.timedelta(days=1)
    instead = register.find(record.replaced_by) if record.replaced_by else None
    return {
        "cited": record.name,
        "since": f"{since.day:02}/{since.month:02}/{since.year}",
        "instead": f"được thay bằng {instead.name if instead is not None else 'văn bản số ' + record.replaced_by}"
        if record.replaced_by
        else "không có văn bản thay thế được ghi nhận",
        "sure": "" if record.confidence != "memory" else " (dữ liệu ghi nhớ, cần tra lại trước khi sửa)",
    }


def _record(document: Document, citation: Citation, register: Register) -> Force | None:
    """Return the record of the cited document; a law without a number is known by its name and date."""
    if citation.number:
        # «Luật số 11/2022/QH15» without a name stands in a list of laws that amended another.
        nameless = _nameless().match(document.text, citation.span.start) is not None
        return None if nameless else register.find(citation.number, citation.type)
    # «Luật sửa đổi, bổ sung một số điều của Luật … ngày …»: the date is of the law that amends.
    if citation.date is None or _amends().search(
        document.folded[max(0, citation.span.start - 80) : citation.span.start]
    ):
        return None
    year = f"/{citation.date.year}/"
    laws = [law for law in register.law(document.at(citation.number_span)) if year in law.number]
    dated = [law for law in laws if law.date == citation.date]
    # Two laws of one name and year, and a day that is of neither: nobody knows which is meant.
    return (dated or laws)[0] if dated or len(laws) == 1 else None


def _day(document: Document, anatomy: Anatomy) -> datetime.date:
    """Return the day of the draft: as printed, the first of the month or year that is, else today."""
    if anatomy.header.date is not None:
        return anatomy.header.date
    line = document.at(anatomy.header.place_date) if anatomy.header.place_date is not None else ""
    printed = _month().search(line)
    if printed is not None:
        month = int(printed["month"] or 1)
        return datetime.date(int(printed["year"]), month if 1 <= month <= 12 else 1, 1)
    return datetime.date.today()


def _is_told(document: Document, citation: Citation) -> bool:
    """Tell whether the words around say that the document is amended, replaced, repealed or a thing of the past."""
    folded = document.folded
    start = max(folded.rfind("\n", 0, citation.span.start), folded.rfind(";", 0, citation.span.start)) + 1
    before = folded[start : citation.span.start]
    # What stands further off speaks of another document.
    after = re.split(r"[;\n]|\.\s", folded[citation.number_span.end : citation.number_span.end + 400])[0]
    return bool(_ends_before().search(before[-160:]) or _ends_after().search(after) or _past().search(before + after))


def _is_inside(citation: Citation, anatomy: Anatomy) -> bool:
    """Tell whether it stands in the subject of another citation, or in a quotation: those are given to the letter."""
    return any(one.span.start < citation.span.start < one.span.end for one in anatomy.citations) or any(
        citation.span in quotation.span for quotation in anatomy.quotations
    )


@cache
def _opens() -> re.Pattern[str]:
    """«Thực hiện Luật …, Bệnh viện báo cáo như sau:»."""
    return re.compile(spaced(r"(?:thuc hien|can cu|thi hanh|theo)\b.*\b(?:nhu sau|sau day)\s*:\s*$"), re.DOTALL)


@cache
def _amends() -> re.Pattern[str]:
    return re.compile(spaced(r"luat sua doi[^;\n]* $"))


@cache
def _nameless() -> re.Pattern[str]:
    return re.compile(spaced(r"(?:Luật|Pháp lệnh) số"), re.IGNORECASE)


@cache
def _ends_before() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"thay the|bai bo|huy bo|thay cho|dinh chinh|het hieu luc|thu hoi"
            r"|sua doi(?:, bo sung)? (?:mot so )?(?:dieu|khoan|noi dung|diem|quy dinh)?[^;]{0,60}$"
        )
    )


@cache
def _ends_after() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?:duoc|bi) (?:thay the|bai bo|huy bo)|het hieu luc|khong con hieu luc|da (?:thay the|bai bo)|bang cum tu"
        )
    )


@cache
def _past() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"truoc day|truoc (?:ngay|thoi diem) [^.;]{0,80}hieu luc|tong ket|so ket|qua \d+ nam"
            r"|tiep tuc (?:duoc )?(?:thuc hien|ap dung|giai quyet|xu ly)|trong giai doan|thoi ky|tung duoc|da thuc hien"
        )
    )


@cache
def _month() -> re.Pattern[str]:
    return re.compile(r"(?:(?:tháng|/)\s*(?P<month>\d{1,2})\s*)?(?:năm|/)\s*(?P<year>(?:19|20)\d{2})", re.IGNORECASE)
