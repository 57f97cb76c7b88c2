"""Orders that give nobody anything new to do: general reminders, work on papers that the assignee has already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.checks.recipients_related import institution
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
        yield from found
        if not found and orders and not _is_specific(document, anatomy, sentences):
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
    """Yield the first order that only names a document, to a body that has it or whose function it is anyway.

    Other orders beside it may be specific: this one still tells its body what it has in hand.
    """
    has = [(one, match) for one in sentences if (match := _has_it(document, one)) is not None]
    if not has:
        return
    cited = cited_words(anatomy)
    for task in anatomy.tasks:
        leads = [lead for lead in task.lead if not lead.group]
        if len(leads) != 1 or task.partners or task.resources:
            continue
        body = institution(leads[0].name)
        sent = next((m for one, m in has if body in key(document.at(one)) and not one.overlaps(task.span)), None)
        if sent is not None and _only_carries_out(document, task.span, cited, body):
            yield Match(task.span, {"sent": " ".join(document.text[sent.start() : sent.end()].split())})
            return


def _has_it(document: Document, sentence: Span) -> re.Match[str] | None:
    """Return the words that say who was sent a document, or whose function a matter is."""
    match = _SENT_TO.search(document.folded, sentence.start, sentence.end)
    return match if match is not None and not _NOT_SENT.search(_folded(document, sentence)) else None


def _only_carries_out(document: Document, order: Span, cited: Sequence[Span], body: str) -> bool:
    """Tell whether an order says no more than to carry a document out, or to do what its body is there for."""
    whole, text = _folded(document, order), _without(document, order, cited)
    if not _STUDIES.search(whole) or _ASKS_REPORT.search(whole):
        return False
    if _counts(re.sub(r"\b(?:tại|đối với) \d+ (?:\w+ ?){1,6}", " ", text)):
        return False
    words = len(re.findall(r"[a-z]+", _EMPTY_WORDS.sub(" ", key(text).replace(body, " "))))
    refers = any(span.overlaps(order) for span in cited) or _REFERS.search(whole) is not None
    return words <= (_MOST_OWN_WORDS if refers else 1)


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


_ORDERS = re.compile(r"\b(?:de nghi|yeu cau|giao|chi dao|phan cong|nhac(?: nho| lai)?)\b")
_REMINDS = re.compile(
    r"tiep tuc|nghiem tuc|nghiem chinh|\bnghiem\b|tang cuong|day (?:nhanh|manh)|khan truong|don doc|"
    r"quan triet|nang cao|chan chinh|nhac (?:nho|lai)|tap trung|luu y"
)
_REMINDER = re.compile(
    r"(?:tiep\s+tuc|tang\s+cuong|day\s+(?:nhanh|manh)|khan\s+truong|tap\s+trung|nghiem\s+tuc|don\s+doc)(?:[\s,]+\w+){0,5}?[\s,]+"
    r"(?:thuc\s+hien|trien\s+khai|quan\s+triet|chap\s+hanh|hoan\s+thanh|tien\s+do|tang\s+cuong|day\s+manh|cong\s+tac)"
    r"|thuc\s+hien\s+nghiem"
)
_SENT = re.compile(
    r"(?:da\s+)?(?:duoc\s+)?gui\s+(?:den\s+|toi\s+)?truc\s+tiep|truc\s+tiep\s+gui|"
    r"cua\s+(?:bo|tong\s+cuc|cuc|thanh\s+tra\s+chinh\s+phu|van\s+phong\s+chinh\s+phu)\s[^.;,()]{2,60}?\s"
    r"gui\s+(?:den\s+|cho\s+)?so\s"
)
# «gửi … Sở», «nơi nhận gồm …», «Sở … đã nhận trực tiếp», «thuộc chức năng … của Sở», «Điều 14 Thông tư giao Sở …».
_SENT_TO = re.compile(
    r"\b(?:da\s+)?(?:duoc\s+)?(?:dong\s+)?gui\s+(?:truc\s+tiep|dong\s+thoi|den|toi|cho|uy\s+ban|so\s+(?!\d)|tram\b|phong\b)"
    r"|\bnoi\s+nhan\s+(?:gom|la|co)\b|\bda\s+nhan\s+(?:duoc\s+)?(?:truc\s+tiep|ngay)|\btruc\s+tiep\s+(?:gui|nhan)"
    r"|\bthuoc\s+(?:chuc\s+nang|nhiem\s+vu)[^.;]{0,40}?\bcua\s+(?=so\s|phong\s|tram\s)"
    r"|\b(?:khoan|dieu|diem)\s+\d+[^.;]*?\bgiao\s+(?=so\s|phong\s|tram\s)"
)
_NOT_SENT = re.compile(r"\b(?:khong|chua)\s+(?:duoc\s+)?(?:gui|nhan)|\bchi\s+gui\b")
_ASKS_REPORT = re.compile(r"chiu trach nhiem|bao cao|danh sach|trinh\b|theo mau|bieu mau|phan cong|cu the nhu sau")
_BACKGROUND = re.compile(r"^(?:tren|tai|hien|hien nay|toan|dia ban|trong|thoi gian|nam|den|tinh|xa|phuong)\b")
_SHORTFALL = re.compile(
    r"qua han|\bcham\b|tre han|chua (?!nghiem|cao|tot|thuong xuyen|quan tam|chu dong)|"
    r"\bmoi (?:dat|duoc|co|hoan thanh|giai)|"
    r"ton dong|\bcon (?:ton |no )?\d|vi pham|tai nan|\bvu\b|truong hop|\bdat \d|giam|thieu|hong"
)
_REFERS = re.compile(
    r"\b(?:cong van|thong tu|van ban|chi thi|ke hoach|quyet dinh|nghi dinh) (?:nay|(?:neu )?tren|cua bo)\b"
    r"|chuc nang,? nhiem vu|theo chuc nang|theo tham quyen"
)
_MOST_OWN_WORDS = 8
"""How many words an order may have besides those that every order has."""
_EMPTY_WORDS = re.compile(
    r"\b(?:uy ban nhan dan(?: tinh| xa| phuong)?|chu tich|giam doc|giao|yeu cau|de nghi|chu tri|can cu|nghien cuu|"
    r"tham muu|trien khai|thuc hien|to chuc|chu dong|chi dao|xu ly|giai quyet|xem xet|huong dan|theo|dung|quy dinh|"
    r"chuc nang|nhiem vu|tham quyen|linh vuc|duoc giao|nganh|noi dung|cac|neu|tren|tai|cua|va|den|ve|bao dam|kip thoi|"
    r"nghiem tuc|hieu qua|cong van|thong tu|van ban|chi thi|huong dan|ke hoach|quyet dinh|nghi dinh|bo|nay|nhung|vuot|"
    r"so|tinh|xa)\b"
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
