"""Requests for reports that do not say when and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"missing"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each request for a report of results without a day, unless a day for reports stands elsewhere."""
    anatomy = context.anatomy
    if not context.complete:
        return
    if _DATED.search(document.folded):
        return
    yield from _vague(document, anatomy)
    if _PERIODIC.search(document.folded):
        return
    for start, end in _sentences(document, anatomy):
        for match in _REPORT.finditer(document.folded, start, end):
            sentence = document.folded[start:end]
            if (
                not _is_told(document, anatomy, Span(start, end), match.start())
                or _DAY.search(sentence)
                or (_STANDING.search(sentence) and _recipient(document, match.end(), end))
                or _CONDITION.search(sentence)
            ):
                continue
            missing = "thời hạn" if _recipient(document, match.end(), end) else "thời hạn và nơi nhận báo cáo"
            yield Match(Span(match.start("words"), match.end("words")), {"missing": missing})
            break


def _vague(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield requests whose only time is «theo quy định», «theo định kỳ», with no law or list that would say it."""
    for start, end in _sentences(document, anatomy, headed=True):
        match = _VAGUE.search(document.folded, start, end)
        if match is None or _CONDITION.search(document.folded, start, end):
            continue
        rest = document.folded[start : match.start("when")] + document.folded[match.end("when") : end]
        before = document.folded[start : match.start("words")]
        if _DAY.search(rest) or _NOT_ASKED.search(before) or not _is_ours_to_ask(anatomy, before, match.start("words")):
            continue
        span = Span(match.start("words"), match.end("when"))
        missing = "thời hạn" if _recipient(document, match.start("words"), end) else "thời hạn và nơi nhận báo cáo"
        yield Match(span, {"missing": missing})


def _is_ours_to_ask(anatomy: Anatomy, before: str, at: int) -> bool:
    """Tell whether others are to report: by an order, by a task, or by «kết quả báo cáo về…» alone."""
    tasked = any(task.span.start <= at < task.span.end and task.lead for task in anatomy.tasks)
    return tasked or not before.strip() or _ORDER.search(before) is not None


def _sentences(document: Document, anatomy: Anatomy, *, headed: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the body: what a heading says of a day holds for what stands under it."""
    for index, node in enumerate(anatomy.body.nodes):
        if not headed and any(
            _DAY.search(document.folded, above.head.start, above.head.end) for above in anatomy.body.ancestors(index)
        ):
            continue
        start = node.head.start
        for stop in re.finditer(r"[.;](?=\s|$)|$", document.folded[node.head.start : node.head.end]):
            end = node.head.start + stop.start()
            if end > start:
                yield start, end
            start = node.head.start + stop.end()


def _is_told(document: Document, anatomy: Anatomy, sentence: Span, at: int) -> bool:
    """Tell whether somebody is told to report: by a task that covers the words, or «đề nghị», «yêu cầu»."""
    before = document.folded[sentence.start : at]
    if _NOT_ASKED.search(before):
        return False
    return _ORDER.search(before) is not None or any(
        task.span.start <= at < task.span.end and task.lead and not task.standing for task in anatomy.tasks
    )


def _recipient(document: Document, start: int, end: int) -> bool:
    """Tell whether a body, or «cho/về/gửi/qua» with a name, follows the words."""
    rest = document.text[start:end]
    return any(True for _ in find_bodies(rest)) or _TO.search(document.folded[start:end]) is not None


_REPORT = re.compile(
    spaced(
        r"\b(?P<words>(?:gui |co )?bao cao(?: bang van ban)? (?:ket qua|tinh hinh|tien do|so lieu|danh sach)"
        r"(?: (?:thuc hien|trien khai|ra soat|xu ly))?)\b"
    )
)
_VAGUE = re.compile(
    spaced(
        r"\b(?P<words>(?:(?:tong hop|gui|co),? )?bao cao"
        r"(?! (?:vien|tai chinh|quyet toan|thue|danh gia|cong tac|nghien))"
        r"|ket qua(?: (?:thuc hien|trien khai|ra soat|xu ly))? bao cao)\b"
        # What is asked of the reader of the report is no part of its time: «báo cáo Ủy ban xem xét theo quy định».
        r"(?:(?! (?:bo sung|xem xet|phe duyet|quyet dinh|chi dao|trinh|kinh phi|giai quyet|va|de|tham) )"
        r"[^.;:,\n]){0,90}?"
        r" (?P<when>theo (?:quy dinh|yeu cau|che do)|(?:theo )?dinh ky|khi (?:co|duoc) yeu cau)"
        r"(?=\s*(?:[.;,/]|$)| (?:ve|cho|gui) )"
    )
)
_DAY = re.compile(
    spaced(
        r"\d{1,2}[/-]\d{1,2}|ngay (?:\d|lam viec)|\d+ (?:ngay|gio|thang|tuan)|h[aằ]ng (?:thang|quy|nam|tuan|ngay)"
        r"|dinh ky|quy (?:[ivx]+|\d)|thang \d|cuoi (?:nam|thang|quy|tuan)|truoc (?:khi|ngay|hoi nghi|ky hop|gio)"
        r"|sau khi|ngay sau|sau (?:hoi nghi|dot|ky|moi)|ket thuc|trong (?:ngay|tuan|thang|quy|nam|vong)|cham nhat"
        r"|thoi han|han (?:cuoi|chot)|nam \d{4}|tai (?:ky|phien|cuoc|hoi nghi|buoi)|dung (?:han|thoi gian)"
        r"|theo (?:quy dinh|yeu cau|che do|de cuong|huong dan)|moi (?:ngay|tuan|thang|quy)|\bkhi "
    )
)
# «báo cáo … trước ngày 15/12», «Thời hạn báo cáo», anywhere in the document: the request is completed there.
_DATED = re.compile(
    spaced(
        r"\b(?:bao cao|tong hop|gui)\b[^.;]{0,220}?\b(?:truoc|cham nhat|vao)\b[^.;]{0,25}?\d"
        r"|\b(?:truoc|cham nhat|dinh ky (?:hang|moi|\d+|vao|quy|thang)|hang (?:thang|quy|nam|tuan)|vao)\b"
        r"[^.;]{0,160}?\bbao cao"
        r"|\bbao cao\b[^.;]{0,160}?\b(?:dinh ky (?:hang|moi|\d+|vao|quy|thang)|hang (?:thang|quy|nam|tuan))\b"
        r"|(?:che do|thoi han|thoi gian) (?:thong tin, )?bao cao"
    )
)
# A period that is not told may be known to both sides.
_PERIODIC = re.compile(spaced(r"(?<!theo) dinh ky\b[^.;]{0,160}?\bbao cao|\bbao cao\b[^.;]{0,160}?(?<!theo) dinh ky\b"))
_STANDING = re.compile(
    spaced(
        r"theo doi|don doc|kiem tra|tham muu|vuong mac|phat sinh|kip thoi|dot xuat|thuong xuyen|giam sat|chi dao"
        r"|dong thoi"
    )
)
_CONDITION = re.compile(
    spaced(r"(?:truong hop|neu) (?:co|gap|phat sinh|can|vuot|qua)|vuong mac|phat sinh|dot xuat|kip thoi")
)
_ORDER = re.compile(spaced(r"\b(?:de nghi|yeu cau|giao|phan cong|co trach nhiem|phai)\b"))
# A report that was made, that is listened to or that is only spoken of.
_NOT_ASKED = re.compile(
    spaced(
        r"\b(?:da|vua|duoc|nghe|de co|co so|phuc vu|de|che do|noi dung|bieu mau|mau|hoi nghi|tai|viec|cac|ban|du thao"
        r"|lap|xay dung|hoan thien|cung voi|theo|trong|vao|kem|gom|thanh|thuc hien)\s*$"
        r"|\b(?:da|nghe)\b[^,;]*$|^\s*(?:can cu|theo|thuc hien)\b"
    )
)
_TO = re.compile(
    spaced(
        r"\b(?:ve|cho|gui|qua|den|toi|len) (?:cap|lanh dao|dia chi|hop thu|phong|so|van phong|uy ban|ubnd|don vi"
        r"|co quan|chu tich)\b"
    )
)
