"""Numbers and symbols that are not formed as the law wants, the document's own and those it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.anatomy.parts import Citation
from doclint.anatomy.types import COPIES, NORMATIVE_TYPES, PARTY_TYPES, STATE_TYPES, type_name
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

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
        yield from _unread(document, context)


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


def _unread(document: Document, context: Context) -> Iterator[Match]:
    """Yield numbers formed so badly that they were not taken for one: «Công văn số 208 UBND/VHXH»."""
    read = [citation.number_span for citation in context.anatomy.citations]
    own = context.anatomy.header.number
    read += [own.span] if own is not None else []
    for match in _badly_parted().finditer(document.text):
        span = Span(match.start("number"), match.end("number"))
        if not any(span.overlaps(other) and span.end <= other.end for other in read):
            problem = "giữa số và ký hiệu là dấu gạch chéo; trong ký hiệu là dấu gạch nối"
            yield Match(span, {"number": " ".join(match["number"].split()), "problem": problem})


@cache
def _badly_parted() -> re.Pattern[str]:
    """Return what finds a type, a number and a symbol parted by no stroke, or by other signs than a stroke."""
    words = "|".join(name for name in (*STATE_TYPES, *NORMATIVE_TYPES) if name not in ("hợp đồng", "dự án"))
    return re.compile(
        spaced(
            rf"(?<!\w)(?i:{words})(?: kết luận)? số:? (?P<number>"
            r"\d{1,5}[\s._–—][A-ZĐ]{2,8}r?[/_–-][A-ZĐ]\w*(?:-\w+)?|\d{1,4}[-/]\d{4}[-/](?<!/\d{4}/)(?:QH|UBTVQH)\d+"
            rf"|\d{{1,5}}[\s._–\\-]?(?:{_TYPE})[\s._/–-]+[A-ZĐ]{{2,}}[\w-]*"
            rf"|\d{{1,5}}(?:/\d{{4}})?/(?:{_TYPE})[\s._–\\]+[A-ZĐ]{{2,}}[\w-]*"
            rf"|\d{{1,5}}(?:/\d{{4}})?\\(?:{_TYPE})[-\\/]\w+|(?:{_TYPE})[ ./-]?\d{{1,5}}[ ./-][A-ZĐ]{{2,}}[\w-]*)"
        )
    )


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
    number, code = citation.number, citation.type
    found = _malformed(number) or _other_type(number, code, citation.word) or _not_its_code(number, code)
    if found or code not in _ALWAYS_CODED or citation.date is None:
        return found
    # Numbers of old documents, whose day nobody wrote down, were formed by other rules.
    return f"thiếu chữ viết tắt tên loại {code}" if _BODY_FIRST.match(number) else ""


def _not_its_code(number: str, code: str) -> str:
    """Say so when the code of the type is written with other letters, or in the place of the body."""
    match = re.match(r"\d+[a-zđ]?(?:/\d{4})?[/-]([^\W\d_]+)([-/][^\W\d_]+)?", number)
    if match is None or not code or code == "CV" or match[1] == code:
        return ""
    if match[1].lower() == code.lower():
        return f"chữ viết tắt tên loại là {code}, không phải {match[1]}"
    if match[2] is None and match[1].startswith(code) and match[1][len(code) + 1 :].isupper():
        return "thiếu gạch nối giữa loại và cơ quan"
    return "chữ viết tắt tên loại đứng trước tên cơ quan" if match[2] == f"-{code}" else ""


def _own_problem(text: str, type_code: str) -> str:
    if text.isdigit():
        return "sau số phải có dấu gạch chéo và ký hiệu"
    if re.match(r"[A-ZĐ][^/]*/\d+$", text):
        return "số phải đứng trước ký hiệu"
    if re.match(r"\d+[\s.…_–]*[A-ZĐ]", text) or re.search(r"\w_\w", text):
        return "giữa số và ký hiệu là dấu gạch chéo; trong ký hiệu là dấu gạch nối"
    compact = re.sub(r"^[\s.…_]*(?=/)", "1", text)
    # The blank before the stroke waits for the number that is written in by hand.
    compact = re.sub(r"^(\d+)[\s.…_]+/", r"\1/", compact)
    if type_code == "CV" and re.match(r"\d+/CV-", compact):
        return "công văn không ghi chữ viết tắt tên loại, chỉ ghi cơ quan và đơn vị soạn thảo, như 12/UBND-VP"
    # Parties to a contract number it as they like.
    if re.match(r"\d+/\d{4}/", compact) and type_code != "HĐ":
        return "năm chỉ ghi trong số của văn bản quy phạm pháp luật"
    found = (
        _malformed(compact)
        or _other_type(compact, type_code, type_name(type_code))
        or _not_its_code(compact, type_code)
        or (f"thiếu chữ viết tắt tên loại {type_code}" if type_code in _CODED and _BODY_FIRST.match(compact) else "")
    )
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
    if match is None or _PARTY.search(number) or not expected or expected == "CV" or match[1] not in _CODES:
        return ""
    allowed = {expected} | {code for name, code in _ALL_TYPES if name == word.lower()}
    if match[1] in allowed:
        return ""
    return f"ký hiệu {match[1]} là của {type_name(match[1]) or 'loại khác'}, không phải của {word.lower()}"


_ALL_TYPES = (*STATE_TYPES.items(), *COPIES.items(), *NORMATIVE_TYPES.items(), *PARTY_TYPES.items())
_CODES = {code for _, code in _ALL_TYPES} - {"L", "HP", "BL", "CV"}
_TYPE = "|".join(sorted(_CODES, key=len, reverse=True))
_TYPE_AND_STROKE = re.compile(rf"\d+/(?:{_TYPE})(?:/|\s+)[A-ZĐ]")
_STATE_BODY = r"(?:UBND|HĐND|TTg|CP|VPCP|S[A-ZĐ]{2,8}|B[A-ZĐ]{2,8})"
_BODY_FIRST = re.compile(rf"\d+/{_STATE_BODY}(?:-|$)")
_ALWAYS_CODED = ("QĐ", "NQ", "CT", "KH")
_CODED = (*_ALWAYS_CODED, "BC", "TB", "TTr", "HD", "CTr", "PA", "ĐA")
_PARTY = re.compile(r"^\d+-[^\W\d_]+/\w*(?:TU|TW|ĐU|HU)$")
_FAULTS = tuple(
    (re.compile(pattern), problem)
    for pattern, problem in (
        (r"[ \u00a0][/-]|[/-][ \u00a0]", "có khoảng trắng trong số, ký hiệu"),
        (rf"^\d+\s+(?:{_TYPE})-", "thiếu dấu gạch chéo giữa số và ký hiệu"),
        (rf"^\d+-(?:{_TYPE})-", "sau số phải là dấu gạch chéo, không phải gạch nối"),
        (r"^[A-ZĐ]{2,8}-?\d+/", "số phải đứng trước ký hiệu"),
        (rf"^\d+/(?:{_TYPE})-[A-ZĐ]+[-/](?:19|20)\d\d$", "năm đứng ngay sau số, trước ký hiệu"),
        (r"^\d+(?:-\d{4}[-/]|/\d{4}-)[A-ZĐ]", "số, năm và ký hiệu ngăn nhau bằng dấu gạch chéo"),
        (rf"^\d+-(?!CV){_STATE_BODY}[-/]", "sau số phải là dấu gạch chéo, không phải gạch nối"),
        (rf"^\d+(?:/\d{{4}})?/(?:{_TYPE})[._]|^\d+/(?:UBND|HĐND)[/_][A-ZĐ]{{2,}}", "trong ký hiệu là dấu gạch nối"),
        (rf"^\d+/CV-{_STATE_BODY}\b", "công văn không ghi chữ viết tắt tên loại, như 12/UBND-VP"),
        (rf"^\d+/(?:{_TYPE})/[A-ZĐ]{{2,}}", "giữa tên loại và cơ quan là dấu gạch nối, không phải gạch chéo"),
        (r"^\d+/\d{4}/(?:NĐ|QĐ|NQ|TT(?!LT))[A-ZĐ]{2,}$", "thiếu gạch nối giữa loại và cơ quan"),
        (
            rf"^\d+-(?:{_TYPE})/(UBND|HĐND|TTg|CP|(?!\w*(?:TU|TW|ĐU)$|B(?:CĐ|CH|TV|TG|DV|KT|NC|CS)\w*$)(?:S[A-ZĐ]{{1,8}}|B[A-ZĐ]{{2,8}}))$",
            "cơ quan nhà nước viết số/loại-cơ quan; cách viết số-loại/cơ quan là của Đảng",
        ),
        (rf"^\d+/(?:{_TYPE})-(TW|TU|ĐU|HU|VPTW)$", "văn bản của Đảng viết số-loại/cơ quan, như 226-KL/TW"),
        (r"^\d+(?:/\d{4})?/(QD|ND|CD)-|-(HDND|UBNN|DU)\b", "viết thiếu dấu (Đ thành D)"),
        (rf"^\d+/(?:{_TYPE})(?:UBND|HĐND|TTg|CP|BNV|BTC|SNV|STC)$", "thiếu gạch nối giữa loại và cơ quan"),
        (r"^\d+/[a-zđ]{2,}-[a-zđ]{2,}$", "ký hiệu phải viết hoa"),
        (r"^\d+/(QCh|DAn|KHo|QDD|QÐ)-", "chữ viết tắt {0} không có trong Phụ lục III Nghị định 30/2020/NĐ-CP"),
    )
)
