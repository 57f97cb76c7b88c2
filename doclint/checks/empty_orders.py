"""Orders to carry out a document that the assignee has already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the order that only has a document carried out, where the text says that its assignee was sent it."""
    anatomy = context.anatomy
    sentences = [part for node in anatomy.body.nodes for part in sentences_of(document, node.head)]
    orders = [sentence for sentence in sentences if ORDERS.search(folded(document, sentence))]
    found = list(_sent_to_lead(document, anatomy, sentences))
    yield from found
    if not found and orders and not is_specific(document, anatomy, sentences):
        yield from _sent(document, sentences, orders)


def _sent(document: Document, sentences: Sequence[Span], orders: Sequence[Span]) -> Iterator[Match]:
    """Yield the order by function alone, when the text says that its addressee has the document."""
    sent = next((match for one in sentences if (match := _SENT.search(document.folded, one.start, one.end))), None)
    if sent is None:
        return
    for order in orders:
        text = folded(document, order)
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
    return match if match is not None and not _NOT_SENT.search(folded(document, sentence)) else None


def _only_carries_out(document: Document, order: Span, cited: Sequence[Span], body: str) -> bool:
    """Tell whether an order says no more than to carry a document out, or to do what its body is there for."""
    whole, text = folded(document, order), uncited(document, order, cited)
    if not _STUDIES.search(whole) or _ASKS_REPORT.search(whole):
        return False
    if counts(re.sub(r"\b(?:tại|đối với) \d+ (?:\w+ ?){1,6}", " ", text)):
        return False
    words = len(re.findall(r"[a-z]+", _EMPTY_WORDS.sub(" ", key(text).replace(body, " "))))
    refers = any(span.overlaps(order) for span in cited) or _REFERS.search(whole) is not None
    return words <= (_MOST_OWN_WORDS if refers else 1)


def is_specific(document: Document, anatomy: Anatomy, sentences: Sequence[Span], aside: Sequence[Span] = ()) -> bool:
    """Tell whether a piece of work has a leader, a partner or a result, or a sentence a day, a figure or a result.

    The work of the sentences ``aside`` is not looked at.
    """
    rows = (row for row in six_clear(document, anatomy) if not row.standing)
    rows = (row for row in rows if not any(row.span.overlaps(one) for one in aside))
    if any(row.named_lead or row.partners or row.product for row in rows):
        return True
    cited = cited_words(anatomy)
    return any(
        counts(text) or RESULT.search(" ".join(fold(text).split()))
        for text in (uncited(document, sentence, cited) for sentence in sentences)
    )


def counts(text: str) -> bool:
    """Tell whether words have a day to keep or a figure."""
    if find_deadline(text).kind in ("date", "period", "recurring"):
        return True
    return _FIGURE.search(_YEARS.sub(" ", text)) is not None


def uncited(document: Document, sentence: Span, cited: Sequence[Span]) -> str:
    """Return a sentence with blanks for the documents it cites: their dates and numbers are no news."""
    text = list(document.at(sentence))
    for span in cited:
        for place in range(max(span.start, sentence.start), min(span.end, sentence.end)):
            text[place - sentence.start] = " "
    return "".join(text)


def sentences_of(document: Document, paragraph: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph without the signs around them."""
    text = document.at(paragraph)
    start = 0
    for end in (*(match.end() for match in re.finditer(rf"\.(?=\s+[{UPPER}-])", text)), len(text)):
        piece = text[start:end].rstrip(" ./;\n")
        if piece.strip():
            begin = paragraph.start + start + len(piece) - len(piece.lstrip())
            yield Span(begin, paragraph.start + start + len(piece))
        start = end


def folded(document: Document, span: Span) -> str:
    """Return folded words with one blank between them."""
    return " ".join(document.folded[span.start : span.end].split())


# «đáp ứng yêu cầu đi lại», «nhiệm vụ được giao», «một bộ phận công chức» order nothing.
ORDERS = re.compile(
    r"\b(?:de nghi|(?<!ung )(?<!theo )(?<!cac )(?<!nhu )yeu cau|(?<!duoc )giao(?! thong| duc| vien| thoi| mua| luu)|"
    r"(?<!su )(?<!duoc )(?<!theo )(?<!cac )(?<!tam )chi dao|(?<!bo )(?<!duoc )phan cong|nhac(?: nho| lai)?)\b"
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
RESULT = re.compile(
    r"(?:gui|bao cao) (?:ket qua|bao cao|danh sach|so lieu|ubnd|uy ban)|phoi hop (?:chat che )?voi|\bchu tri\b|"
    r"theo mau|bieu mau|(?<!bo )phan cong|qua han|cham nhat|cu the nhu sau"
)
_YEARS = re.compile(
    spaced(r"(?:năm|tháng|quý|giai đoạn|nhiệm kỳ|khóa|số|điều|khoản|thôn|tổ|khu phố) [\dIVX]+(?:\s*[-–/]\s*\d+)*"),
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?<![\w/-])\d+(?:[.,]\d+)*\s*(?:%|\w)")
