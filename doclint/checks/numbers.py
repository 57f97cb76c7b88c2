"""Numbers and symbols that are not formed as the law wants, the document's own and those it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.parts import Citation
from doclint.anatomy.types import NORMATIVE_TYPES, PARTY_TYPES, STATE_TYPES, type_name
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"number", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """``of``: the document's own number, or those it cites.

    ``since``: cited documents dated earlier were numbered by other rules and are left alone (a year).
    """

    of: Literal["own", "cited"]
    since: int = 2011


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each malformed number with what is wrong. A blank number is a fault only of an issued document."""
    if options.of == "own":
        yield from _own(document, context)
    else:
        yield from _cited(options, context)


def _cited(options: Options, context: Context) -> Iterator[Match]:
    own = context.anatomy.header.number
    for citation in context.anatomy.citations:
        if not citation.number or (own is not None and citation.number_span.overlaps(own.span)):
            continue
        if citation.date is not None and citation.date.year < options.since:
            continue
        problem = _problem(citation)
        if problem:
            yield Match(citation.number_span, {"number": citation.number, "problem": problem})


def _own(document: Document, context: Context) -> Iterator[Match]:
    header = context.anatomy.header
    own = header.number
    if own is None or recognised(document):
        return
    text = document.at(own.span)
    blank = not own.digits and context.stage == "issued" and not document.signed
    problem = "chưa có số" if blank else _own_problem(text, header.type) or _own_lead(document.text[: own.span.start])
    if problem:
        yield Match(own.span, {"number": text, "problem": problem})


def _problem(citation: Citation) -> str:
    """Return what is wrong with a cited number, empty when nothing is known to be."""
    return _malformed(citation.number) or _other_type(citation.number, citation.type, citation.word)


def _own_problem(text: str, type_code: str) -> str:
    compact = re.sub(r"^[\s.…_]*(?=/)", "1", text)
    # The blank before the stroke waits for the number that is written in by hand.
    compact = re.sub(r"^(\d+)[\s.…_]+/", r"\1/", compact)
    if type_code == "CV" and re.match(r"\d+/CV-", compact):
        return "công văn không ghi chữ viết tắt tên loại, chỉ ghi cơ quan và đơn vị soạn thảo, như 12/UBND-VP"
    if re.match(r"\d+/\d{4}/", compact):
        return "năm chỉ ghi trong số của văn bản quy phạm pháp luật"
    found = _malformed(compact) or _other_type(compact, type_code, type_name(type_code))
    # A stroke, and then hyphens alone, part what is not blank; a year makes a document a normative one.
    if not found and _TYPE_AND_STROKE.match(compact):
        found = "giữa các nhóm chữ viết tắt là dấu gạch nối, không phải dấu gạch chéo hay khoảng trắng"
    if not found and re.match(r"[1-9](?!\d)", text):
        found = f"số nhỏ hơn 10 phải thêm số 0 ở trước: 0{text[0]}"
    return found


def _own_lead(before: str) -> str:
    """Return what is wrong with the word before the number."""
    lead = re.search(r"Số\s*([:.]?)\s*$", before[-20:], re.IGNORECASE)
    return "sau chữ «Số» phải có dấu hai chấm" if lead is not None and lead[1] != ":" else ""


def _malformed(number: str) -> str:
    """Return what is wrong with the form of a number, whatever document bears it; empty when nothing is."""
    for pattern, problem in _FAULTS:
        match = pattern.search(number)
        if match is not None:
            return problem.format(*match.groups(default=""))
    return ""


def _other_type(number: str, expected: str, word: str) -> str:
    """Say so when the symbol is that of another type: «Quyết định số 12/KH-UBND»."""
    match = re.match(r"\d+[a-zđ]?(?:/\d{4})?[/-]([^\W\d_]+)[-/]", number)
    if match is None or not expected or expected == "CV" or match[1] not in _CODES:
        return ""
    allowed = {expected} | {code for name, code in _ALL_TYPES if name == word.lower()}
    if match[1] in allowed:
        return ""
    return f"ký hiệu {match[1]} là của {type_name(match[1]) or 'loại khác'}, không phải của {word.lower()}"


_ALL_TYPES = (*STATE_TYPES.items(), *NORMATIVE_TYPES.items(), *PARTY_TYPES.items())
_CODES = {code for _, code in _ALL_TYPES} - {"L", "HP", "BL", "CV"}
_TYPE = "|".join(sorted(_CODES, key=len, reverse=True))
_TYPE_AND_STROKE = re.compile(rf"\d+/(?:{_TYPE})(?:/|\s+)[A-ZĐ]")
_FAULTS = tuple(
    (re.compile(pattern), problem)
    for pattern, problem in (
        (r"[ \u00a0][/-]|[/-][ \u00a0]", "có khoảng trắng trong số, ký hiệu"),
        (rf"^\d+\s+(?:{_TYPE})-", "thiếu dấu gạch chéo giữa số và ký hiệu"),
        (rf"^\d+-(?:{_TYPE})-", "sau số phải là dấu gạch chéo, không phải gạch nối"),
        (rf"^(?:{_TYPE})-?\d+/", "số phải đứng trước ký hiệu"),
        (
            rf"^\d+-(?:{_TYPE})/(UBND|HĐND|TTg|CP|(?!\w*(?:TU|TW|ĐU)$)(?:S[A-ZĐ]{{1,8}}|B[A-ZĐ]{{2,8}}))$",
            "cơ quan nhà nước viết số/loại-cơ quan; cách viết số-loại/cơ quan là của Đảng",
        ),
        (rf"^\d+/(?:{_TYPE})-(TW|TU|ĐU|HU|VPTW)$", "văn bản của Đảng viết số-loại/cơ quan, như 226-KL/TW"),
        (r"^\d+(?:/\d{4})?/(QD|ND|CD)-|-(HDND|UBNN|DU)\b", "viết thiếu dấu (Đ thành D)"),
        (rf"^\d+/(?:{_TYPE})(?:UBND|HĐND|TTg|CP|BNV|BTC|SNV|STC)$", "thiếu gạch nối giữa loại và cơ quan"),
        (r"^\d+/[a-zđ]{2,}-[a-zđ]{2,}$", "ký hiệu phải viết hoa"),
        (r"^\d+/(QCh|DAn|KHo|QDD|QÐ)-", "chữ viết tắt {0} không có trong Phụ lục III Nghị định 30/2020/NĐ-CP"),
    )
)
