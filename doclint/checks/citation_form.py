"""How much a citation says: the first one everything, the later ones only type, number and symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.citations import identity
from doclint.anatomy.parts import Anatomy, Citation
from doclint.anatomy.types import TYPE_NAMES
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Level, Match
from doclint.vietnamese.dates import dates
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"cited", "missing", "times"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``incomplete`` for first citations that lack something, ``repeated`` for later ones with too much."""

    report: Literal["incomplete", "repeated"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report citations by number in the legal bases and the body; laws go by name, annexes have their own way."""
    found = [one for one in context.anatomy.citations if one.number and one.type not in _OTHERWISE]
    plain = [one for one in found if _is_plain(document, context.anatomy, one, found)]
    if options.report == "incomplete":
        yield from _incomplete(document, context.anatomy, found, plain)
        yield from _unnumbered(document, context.anatomy, found)
        yield from _abbreviated(document, context.anatomy)
    else:
        yield from _repeated(document, context.anatomy, plain)


def _incomplete(
    document: Document, anatomy: Anatomy, found: Sequence[Citation], plain: Sequence[Citation]
) -> Iterator[Match]:
    told: dict[str, set[str]] = {}
    judged: set[str] = set()
    for number, citation in enumerate(found):
        name = identity(document, citation)
        parts = _parts(document, found, number) | _understood(anatomy, citation)
        missing = [word for word in ("ngày ban hành", "cơ quan ban hành", "trích yếu") if word not in parts]
        missing = [word for word in missing if word not in told.get(name, ())]
        told.setdefault(name, set()).update(parts)
        if citation not in plain or name in judged:
            continue
        judged.add(name)
        if missing and not _is_proposal(document, anatomy, citation):
            span = Span(citation.span.start, citation.number_span.end)
            # A subject may be told in other words than a pattern knows.
            level: Level | None = "info" if missing == ["trích yếu"] else None
            yield Match(span, _values(document, span, missing=", ".join(missing)), level)


def _unnumbered(document: Document, anatomy: Anatomy, found: Sequence[Citation]) -> Iterator[Match]:
    """Yield the first document that the draft says it obeys or was sent, by its type, issuer and subject alone."""
    start, end = _reach(document, anatomy)
    for match in _by_issuer().finditer(document.text, start, end):
        span = Span(match.start("cited"), match.end())
        body = next(find_bodies(document.text[match.start("issuer") : match.end()]), None)
        if body is None or body.span.start > 0 or any(span.overlaps(one.span) for one in found):
            continue
        # A document that was cited in full before may go by its type.
        if not any(fold(one.word) == fold(match["word"]) for one in found):
            day = "" if next(dates(match[0]), None) is not None else ", ngày ban hành"
            yield Match(span, _values(document, span, missing=f"số, ký hiệu{day}"))
            return


def _abbreviated(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield «QĐ số 12/QĐ-UBND», «NĐ 30»: the type of a document is written out."""
    start, end = _reach(document, anatomy)
    own = {short.short for short in anatomy.abbreviations}
    seen: set[str] = set()
    for match in _short_type().finditer(document.text, start, end):
        if match["type"] not in own and match[0] not in seen:
            seen.add(match[0])
            span = Span(*match.span())
            yield Match(span, _values(document, span, missing=f"tên loại viết đủ (đang viết tắt «{match['type']}»)"))


def _repeated(document: Document, anatomy: Anatomy, plain: Sequence[Citation]) -> Iterator[Match]:
    first: dict[str, Citation] = {}
    later: dict[str, list[Citation]] = {}
    for citation in plain:
        name = identity(document, citation)
        given = first.setdefault(name, citation)
        # Numbers begin anew each year; within one, another day is a slip.
        same = citation.date is None or given.date is None or citation.date.year == given.date.year
        more = citation.date is not None or citation.issuer is not None
        if given is not citation and same and more and not _in_bases(anatomy, citation):
            later.setdefault(name, []).append(citation)
    for citations in later.values():
        end = citations[0].issuer.end if citations[0].issuer is not None else _date_end(document, citations[0])
        span = Span(citations[0].span.start, end)
        yield Match(span, _values(document, span, times=str(len(citations))))


def _values(document: Document, span: Span, missing: str = "", times: str = "") -> dict[str, str]:
    return {"cited": " ".join(document.at(span).split()), "missing": missing, "times": times}


def _is_plain(document: Document, anatomy: Anatomy, citation: Citation, found: Sequence[Citation]) -> bool:
    """Tell whether the draft itself cites: not its title, an annex, a quotation, or the subject of what it cites."""
    start, end = _reach(document, anatomy)
    if not start <= citation.span.start < end or any(citation.span in one.span for one in anatomy.quotations):
        return False
    return not any(one.span.start < citation.span.start < one.span.end for one in found)


def _reach(document: Document, anatomy: Anatomy) -> tuple[int, int]:
    """Return where legal bases and body begin, and where they end."""
    starts = [basis.start for basis in anatomy.bases] + [node.span.start for node in anatomy.body.nodes[:1]]
    stops = [span.start for span in anatomy.annexed[:1]]
    if anatomy.recipients is not None:
        stops.append(anatomy.recipients.heading.start)
    return min(starts, default=len(document.text)), min(stops, default=len(document.text))


def _in_bases(anatomy: Anatomy, citation: Citation) -> bool:
    return any(citation.span.start in range(basis.start, basis.end) for basis in anatomy.bases)


def _parts(document: Document, found: Sequence[Citation], number: int) -> set[str]:
    """Return what the citation says, or shares with those it is listed with."""
    citation = found[number]
    end = citation.issuer.end if citation.issuer is not None else _date_end(document, citation)
    parts = set()
    before = re.split(r"[;.]\s|\n\s*\n", document.text[max(0, citation.span.start - 160) : citation.span.start])[-1]
    if citation.date is not None or _dated().match(document.text, end) or next(dates(before), None) is not None:
        parts.add("ngày ban hành")
    if (
        citation.issuer is not None
        or _names_body(before)
        or (not _obeys().search(before) and _speaks(document, citation))
    ):
        parts.add("cơ quan ban hành")
    if citation.subject is not None or _subject_follows().match(document.text, end):
        parts.add("trích yếu")
    follows = found[number + 1] if number + 1 < len(found) else None
    if _listed().match(document.text, end):
        return {"ngày ban hành", "cơ quan ban hành", "trích yếu"}
    between = document.text[end : follows.span.start] if follows is not None else "."
    if re.fullmatch(r"\s*(?:[,;]|,?\s*và)?\s*(?:các\s+)?", between):
        parts |= _parts(document, found, number + 1) - {"ngày ban hành"}
    return parts


def _date_end(document: Document, citation: Citation) -> int:
    dated = _dated().match(document.text, citation.number_span.end)
    return dated.end() if dated is not None else citation.number_span.end


def _names_body(before: str) -> bool:
    """Tell whether a body is named before in the sentence: «Sở Nội vụ có Công văn số…»."""
    return any(True for _ in find_bodies(before))


def _speaks(document: Document, citation: Citation) -> bool:
    """Tell whether the issuer speaks right after: «Tại Công văn số … về việc …, Ủy ban nhân dân tỉnh yêu cầu…»."""
    ends = {_date_end(document, citation), citation.span.end}
    commas = [re.compile(r"\s*,\s+").match(document.text, end) for end in ends]
    after = [document.text[comma.end() :][:80] for comma in commas if comma is not None]
    return any(body.span.start == 0 for words in after for body in find_bodies(words))


def _understood(anatomy: Anatomy, citation: Citation) -> set[str]:
    """Return the issuer where it is the office that now writes: its own symbol stands in both numbers."""
    number = anatomy.header.number
    own = _office(number.symbol) if number is not None else ""
    return {"cơ quan ban hành"} if own and own == _office(citation.number.partition("/")[2]) else set()


def _office(symbol: str) -> str:
    """Return the office in a symbol: ``KH-UBND`` and ``UBND-VX`` are of ``UBND``."""
    parts = symbol.rpartition("/")[2].split("-")
    return parts[-1] if parts[0] in TYPE_NAMES.values() else parts[0]


def _is_proposal(document: Document, anatomy: Anatomy, citation: Citation) -> bool:
    """«Theo đề nghị của … tại Tờ trình số …» names a proposal, not a basis."""
    lines = (document.at(basis) for basis in anatomy.bases if citation.span.start in range(basis.start, basis.end))
    return any(re.match(r"(?:-\s+)?(?:theo\s+đề\s+nghị|xét)\s", line, re.IGNORECASE) for line in lines)


_OTHERWISE = ("L", "BL", "PL", "HĐ", "BB")
"""Laws go by name, contracts and minutes have their own way."""


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(
        spaced(r"\s*,? ngày (?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})")
    )


@cache
def _listed() -> re.Pattern[str]:
    """«Quyết định số 1/QĐ-UBND, số 2/QĐ-UBND ngày…»: the numbers of a list share the rest."""
    return re.compile(spaced(r"\s*(?:,|và|;) (?:và )?(?:số )?\d+(?:/\d{4})?/"))


@cache
def _subject_follows() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?: \([^()]*\))?\s*(?:[:“\"]|,? (?:về|quy định|hướng dẫn|ban hành|phê duyệt|sửa đổi)\b"
            r"|(?! (?:và|của|thì|để|nêu|trên|là|đã|theo|tại|với|thay|có|được|do|cho|hết|bị|này|nói|nhằm|phải|như|trong"
            r"|gửi|giao|đến|từ|khi|sau|trước|ngày|hoặc|cùng)\b) [^\W\d_])"
        )
    )


@cache
def _obeys() -> re.Pattern[str]:
    """Who speaks after «Thực hiện Công văn số …,» has been written to."""
    return re.compile(
        spaced(r"^\W*(?:thực hiện|căn cứ|triển khai|trả lời|phúc đáp|xét) (?:nội dung )?$"), re.IGNORECASE
    )


@cache
def _by_issuer() -> re.Pattern[str]:
    """«nhận được văn bản của Bộ Xây dựng về …», «Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về …»."""
    words = "công văn|văn bản|quyết định|kế hoạch|chỉ thị|nghị quyết|công điện|kết luận"
    return re.compile(
        spaced(
            r"(?<!khi\s)(?<!\w)(?i:thực hiện|căn cứ|triển khai|nhận được|trả lời|phúc đáp|theo|tại) (?:nội dung )?"
            rf"(?P<cited>(?P<word>(?i:{words}))(?: ngày [\d/.-]+(?: tháng \d+ năm \d+)?)? của "
            rf"(?P<issuer>[{UPPER}][^.;:\n\d]{{2,70}}?),? (?:về|quy định|hướng dẫn|phê duyệt) [^.;:,\n]{{3,80}})"
        )
    )


@cache
def _short_type() -> re.Pattern[str]:
    types = "QĐ|NĐ|NQ|CV|KL|KH|CT"
    number = r"\d+(?:[/-][\w-]+)"
    return re.compile(spaced(rf"(?<![\w/.-])(?P<type>{types})(?: số:? {number}*| {number}+|(?<=NĐ) \d+(?![\w/%.,]))"))
