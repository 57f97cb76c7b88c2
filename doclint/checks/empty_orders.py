"""Orders that give nobody anything new to do: general reminders, work on papers that the assignee has already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import cited_words, six_clear
from doclint.vietnamese.letters import UPPER
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"sent"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: a ``reminder`` that adds nothing, or work on a document ``sent`` to the assignee already."""

    report: Literal["reminder", "sent"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the words that order, when no sentence of the body has a day, a figure, a result or a partner."""
    anatomy = context.anatomy
    sentences = [part for node in anatomy.body.nodes for part in _sentences(document, node.head)]
    orders = [sentence for sentence in sentences if _ORDERS.search(_folded(document, sentence))]
    if not orders or _is_specific(document, anatomy, sentences):
        return
    if options.report == "reminder":
        yield from _reminder(document, anatomy, orders)
    else:
        yield from _sent(document, sentences, orders)


def _reminder(document: Document, anatomy: Anatomy, orders: Sequence[Span]) -> Iterator[Match]:
    """Yield the first words that remind, when every order only reminds."""
    if not all(_REMINDS.search(_folded(document, order)) for order in orders):
        return
    subject = anatomy.header.subject
    about = _folded(document, subject) if subject is not None else ""
    found = (_REMINDER.search(document.folded, order.start, order.end) for order in orders)
    match = next((one for one in found if one is not None), None)
    if match is not None and (_REMINDS.search(about) or len(orders) == 1):
        end = next(order.end for order in orders if order.start <= match.start() < order.end)
        stop = re.compile("[;.]").search(document.text, match.start(), end)
        yield Match(Span(match.start(), stop.start() if stop is not None else end), {"sent": ""})


def _sent(document: Document, sentences: Sequence[Span], orders: Sequence[Span]) -> Iterator[Match]:
    """Yield the order by function alone, when the text says that its addressee has the document."""
    sent = next((match for one in sentences if (match := _SENT.search(document.folded, one.start, one.end))), None)
    if sent is None:
        return
    for order in orders:
        text = _folded(document, order)
        if _BY_FUNCTION.search(text) and _STUDIES.search(text):
            yield Match(order, {"sent": " ".join(document.text[sent.start() : sent.end()].split())})
            return


def _is_specific(document: Document, anatomy: Anatomy, sentences: Sequence[Span]) -> bool:
    if any(row.named_lead or row.partners or row.product for row in six_clear(document, anatomy) if not row.standing):
        return True
    cited = cited_words(anatomy)
    for sentence in sentences:
        text = _without(document, sentence, cited)
        if find_deadline(text).kind in ("date", "period", "recurring") or _FIGURE.search(_YEARS.sub(" ", text)):
            return True
        if _RESULT.search(" ".join(fold(text).split())):
            return True
    return False


def _without(document: Document, sentence: Span, cited: Sequence[Span]) -> str:
    """Return a sentence with blanks for the documents it cites: their dates and numbers are no news."""
    text = list(document.at(sentence))
    for span in cited:
        for place in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            text[place - sentence.start] = " "
    return "".join(text)


def _sentences(document: Document, paragraph: Span) -> Iterator[Span]:
    text = document.at(paragraph)
    start = 0
    for end in (*(match.end() for match in re.finditer(rf"\.(?=\s+[{UPPER}-])", text)), len(text)):
        piece = text[start:end].rstrip(" ./;\n")
        if piece.strip():
            begin = paragraph.start + start + len(piece) - len(piece.lstrip())
            yield Span(begin, paragraph.start + start + len(piece))
        start = end


def _folded(document: Document, span: Span) -> str:
    return " ".join(document.folded[span.start : span.end].split())


_ORDERS = re.compile(r"\b(?:de nghi|yeu cau|giao|chi dao|phan cong)\b")
_REMINDS = re.compile(
    r"tiep tuc|nghiem tuc|nghiem chinh|\bnghiem\b|tang cuong|day (?:nhanh|manh)|khan truong|don doc|"
    r"quan triet|nang cao|chan chinh|nhac (?:nho|lai)|tap trung|luu y"
)
_REMINDER = re.compile(
    r"(?:tiep\s+tuc\s+(?:\w+\s+){0,4}?(?:thuc\s+hien|trien\s+khai|tang\s+cuong|day\s+manh|quan\s+triet)|"
    r"(?:day\s+nhanh|khan\s+truong|tap\s+trung)\s+(?:\w+\s+){0,3}?(?:tien\s+do|thuc\s+hien|trien\s+khai|hoan\s+thanh)|"
    r"nghiem\s+tuc\s+(?:\w+\s+){0,3}?(?:thuc\s+hien|trien\s+khai|chap\s+hanh)|thuc\s+hien\s+nghiem|"
    r"don\s+doc\s+(?:\w+\s+){0,3}?thuc\s+hien)"
)
_SENT = re.compile(
    r"(?:da\s+)?(?:duoc\s+)?gui\s+(?:den\s+|toi\s+)?truc\s+tiep|truc\s+tiep\s+gui|"
    r"cua\s+(?:bo|tong\s+cuc|cuc|thanh\s+tra\s+chinh\s+phu|van\s+phong\s+chinh\s+phu)\s[^.;,()]{2,60}?\s"
    r"gui\s+(?:den\s+|cho\s+)?so\s"
)
_BY_FUNCTION = re.compile(r"theo (?:dung )?(?:chuc nang|nhiem vu|tham quyen|quy dinh|linh vuc)|chuc nang, nhiem vu")
_STUDIES = re.compile(r"nghien cuu|tham muu|trien khai|thuc hien|chu dong|to chuc|xu ly|giai quyet")
_RESULT = re.compile(
    r"(?:gui|bao cao) (?:ket qua|bao cao|danh sach|so lieu|ubnd|uy ban)|phoi hop (?:chat che )?voi|\bchu tri\b|"
    r"theo mau|bieu mau|phan cong|qua han|cham nhat|cu the nhu sau"
)
_YEARS = re.compile(
    spaced(r"(?:năm|tháng|quý|giai đoạn|nhiệm kỳ|khóa|số|điều|khoản|thôn|tổ|khu phố) [\dIVX]+(?:\s*[-–/]\s*\d+)*"),
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w/-])\d+(?:[.,]\d+)*\s*(?:%|\w)")
