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
    if options.report == "sent":
        found = list(_sent_to_lead(document, anatomy, sentences))
        if found or not orders or _is_specific(document, anatomy, sentences):
            yield from found
        else:
            yield from _sent(document, sentences, orders)
    elif orders and not _is_specific(document, anatomy, [one for one in sentences if _is_news(document, one)]):
        yield from _reminder(document, anatomy, orders)


def _is_news(document: Document, sentence: Span) -> bool:
    """Tell whether what a sentence counts is ordered or late; how many ferries there are reminds nobody of anything."""
    text = _folded(document, sentence)
    return _BACKGROUND.search(text) is None or any(one.search(text) for one in (_ORDERS, _SHORTFALL, _RESULT))


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


def _sent_to_lead(document: Document, anatomy: Anatomy, sentences: Sequence[Span]) -> Iterator[Match]:
    """Yield the first order that only names a central document, to a body that this document was sent to.

    Other orders beside it may be specific: this one still tells its body what it has in hand.
    """
    found = (_SENT_TO.search(document.folded, one.start, one.end) for one in sentences)
    sent = next((match for match in found if match is not None), None)
    if sent is None:
        return
    whom = " ".join(sent["whom"].split())
    cited = cited_words(anatomy)
    for task in anatomy.tasks:
        text = _folded(document, task.span)
        named = [_folded(document, lead.span) for lead in task.lead if not lead.group]
        if (
            len(named) == 1
            and named[0].startswith("so ")
            and re.search(rf"\b{re.escape(named[0])}\b", whom)
            and not (task.partners or task.product or task.resources)
            and _BY_FUNCTION.search(text)
            and _STUDIES.search(text)
            and _ASKS_REPORT.search(text) is None
            and not _counts(_without(document, task.span, cited))
        ):
            yield Match(task.span, {"sent": " ".join(document.text[sent.start("sent") : sent.end("sent")].split())})
            return


def _is_specific(document: Document, anatomy: Anatomy, sentences: Sequence[Span]) -> bool:
    if any(row.named_lead or row.partners or row.product for row in six_clear(document, anatomy) if not row.standing):
        return True
    cited = cited_words(anatomy)
    for sentence in sentences:
        text = _without(document, sentence, cited)
        if _counts(text) or _RESULT.search(" ".join(fold(text).split())):
            return True
    return False


def _counts(text: str) -> bool:
    """Tell whether words have a day to keep or a figure."""
    if find_deadline(text).kind in ("date", "period", "recurring"):
        return True
    return _FIGURE.search(_YEARS.sub(" ", text)) is not None


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
_SENT_TO = re.compile(
    r"\b(?:bo|tong\s+cuc|cuc|thanh\s+tra\s+chinh\s+phu|van\s+phong\s+chinh\s+phu)\s[^;]*?"
    r"(?P<sent>\b(?:da\s+)?(?:duoc\s+)?gui\s+(?P<whom>[^.;()]*?\bso\s+(?!\d)[^.;()]*))"
)
_ASKS_REPORT = re.compile(r"bao cao|danh sach|trinh\b|theo mau|bieu mau|phan cong|cu the nhu sau")
_BACKGROUND = re.compile(r"^(?:tren|tai|hien|hien nay|toan|dia ban|trong|thoi gian|nam|den|tinh|xa|phuong)\b")
_SHORTFALL = re.compile(
    r"qua han|\bcham\b|tre han|chua (?!nghiem|cao|tot|thuong xuyen|quan tam|chu dong)|"
    r"\bmoi (?:dat|duoc|co|hoan thanh|giai)|"
    r"ton dong|\bcon (?:ton |no )?\d|vi pham|tai nan|\bvu\b|truong hop|\bdat \d|giam|thieu|hong"
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
