"""Requests for reports that do not say when and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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
    dated = [match.span() for match in _dated().finditer(document.folded)]
    # A period that is not told may be known to both sides.
    periodic = _periodic().search(document.folded) is not None
    for sentence, headed in _sentences(document, anatomy):
        if any(start < sentence.start or end > sentence.end for start, end in dated):
            continue
        found = _vague(document, anatomy, sentence)
        if found is None and not headed and not periodic:
            found = _undated(document, anatomy, sentence)
        if found is not None:
            missing = "thời hạn" if _recipient(document, found.start, sentence.end) else "thời hạn và nơi nhận báo cáo"
            yield Match(found, {"missing": missing})


def _vague(document: Document, anatomy: Anatomy, sentence: Span) -> Span | None:
    """Return a request whose only time is «theo quy định», «định kỳ», with no law or list that would say it.

    A day that stands before it is that of the work to be reported on.
    """
    match = _vague_time().search(document.folded, sentence.start, sentence.end)
    if match is None or _condition().search(document.folded, sentence.start, sentence.end):
        return None
    told = document.folded[match.start() : match.start("when")] if match["when"] else ""
    rest = told + document.folded[match.end() : sentence.end]
    before = document.folded[sentence.start : match.start()]
    if _day().search(rest) or _not_asked().search(before) or not _is_ours_to_ask(anatomy, before, match.start()):
        return None
    return Span(match.start(), match.end())


def _undated(document: Document, anatomy: Anatomy, sentence: Span) -> Span | None:
    """Return a request for results that says no time at all."""
    text = document.folded
    match = _report().search(text, sentence.start, sentence.end)
    if match is None or not _is_told(document, anatomy, sentence, match.start()):
        return None
    words = text[sentence.start : sentence.end]
    if _day().search(words) or _condition().search(words):
        return None
    if _standing().search(words) and _recipient(document, match.start(), sentence.end):
        return None
    return Span(match.start(), match.end())


def _is_ours_to_ask(anatomy: Anatomy, before: str, at: int) -> bool:
    """Tell whether others are to report: by an order, by a task, or by «kết quả báo cáo về…» alone."""
    tasked = any(task.span.start <= at < task.span.end and task.lead for task in anatomy.tasks)
    return tasked or not before.strip() or _order().search(before) is not None


def _sentences(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, bool]]:
    """Yield the sentences of the body, and whether a heading above says a day: it holds for what stands under it."""
    for index, node in enumerate(anatomy.body.nodes):
        headed = any(
            _day().search(document.folded, above.head.start, above.head.end) for above in anatomy.body.ancestors(index)
        )
        start = node.head.start
        for stop in re.finditer(r"[.;](?=\s|$)|$", document.folded[node.head.start : node.head.end]):
            end = node.head.start + stop.start()
            if end > start:
                yield Span(start, end), headed
            start = node.head.start + stop.end()


def _is_told(document: Document, anatomy: Anatomy, sentence: Span, at: int) -> bool:
    """Tell whether somebody is told to report: by a task that covers the words, or «đề nghị», «yêu cầu»."""
    before = document.folded[sentence.start : at]
    if _not_asked().search(before):
        return False
    return _order().search(before) is not None or any(
        task.span.start <= at < task.span.end and task.lead and not task.standing for task in anatomy.tasks
    )


def _recipient(document: Document, start: int, end: int) -> bool:
    """Tell whether a body, or «cho/về/gửi/qua» with a name, follows the words."""
    rest = document.text[start:end]
    return any(True for _ in find_bodies(rest)) or _to().search(document.folded[start:end]) is not None


@cache
def _report() -> re.Pattern[str]:
    """«báo cáo kết quả», «báo cáo Sở Y tế tình hình thực hiện»."""
    return re.compile(
        spaced(
            r"\b(?:gui |co )?bao cao(?: bang van ban)?"
            r"(?: (?:(?:ve|voi|cho|len) )?(?:so|phong|uy ban|ubnd|bo|chu tich|giam doc|van phong|ban|truong)\b"
            r"[^.;,]{0,50}?)?"
            r" (?:ket qua|tinh hinh|tien do|so lieu|danh sach)(?: (?:thuc hien|trien khai|ra soat|xu ly))?\b"
        )
    )


@cache
def _vague_time() -> re.Pattern[str]:
    by_rule = (
        r"theo (?:dung )?(?:quy dinh|yeu cau|che do|thoi gian quy dinh)"
        r"(?: (?:hien hanh|chung|thong tin|bao cao|quy dinh))*"
    )
    return re.compile(
        spaced(
            r"\b(?:(?:(?:tong hop|gui|co),? )?bao cao"
            r"(?! (?:vien|tai chinh|quyet toan|thue|danh gia|cong tac|nghien))"
            r"|ket qua(?: (?:thuc hien|trien khai|ra soat|xu ly))?,? (?:gui )?bao cao)\b"
            # What is asked of the reader of the report is no part of its time: «báo cáo Ủy ban xem xét theo quy định».
            r"(?:(?! (?:bo sung|xem xet|phe duyet|quyet dinh|chi dao|trinh|kinh phi|giai quyet|va|de|tham|cho phep"
            r"|cho y kien|ho tro|xu ly|cap) )[^.;:,\n]){0,90}?"
            rf",? (?P<when>{by_rule}|(?:theo )?dinh ky|khi (?:co|duoc) yeu cau"
            r"|dung (?:han|thoi (?:gian|han))(?: quy dinh)?)"
            r"(?=\s*(?:[.;,/]|$)| (?:ve|cho|gui|voi) )"
        )
        + spaced(r"|\bdinh ky,? (?:tong hop,? )?bao cao\b")
    )


@cache
def _day() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\d{1,2}[/-]\d{1,2}|ngay (?:\d|lam viec)|\d+ (?:ngay|gio|thang|tuan)|h[aằ]ng (?:thang|quy|nam|tuan|ngay)"
            r"|dinh ky|quy (?:[ivx]+|\d)|thang \d|cuoi (?:nam|thang|quy|tuan)|truoc (?:khi|ngay|hoi nghi|ky hop|gio)"
            r"|sau khi|ngay sau|sau (?:hoi nghi|dot|ky|moi)|ket thuc|trong (?:ngay|tuan|thang|quy|nam|vong)|cham nhat"
            r"|thoi han|han (?:cuoi|chot)|nam \d{4}|tai (?:ky|phien|cuoc|hoi nghi|buoi)|dung (?:han|thoi gian)"
            r"|theo (?:quy dinh|yeu cau|che do|de cuong|huong dan)|moi (?:ngay|tuan|thang|quy)|\bkhi "
        )
    )


@cache
def _dated() -> re.Pattern[str]:
    """«báo cáo … trước ngày 15/12», «Thời hạn báo cáo», anywhere: the request is completed there."""
    times = r"(?:dinh ky (?:hang|moi|\d+|vao|quy|thang)|hang (?:thang|quy|nam|tuan))"
    return re.compile(
        spaced(
            r"\b(?:bao cao|tong hop|gui)\b[^.;]{0,220}?\b(?:truoc|cham nhat|vao)\b[^.;]{0,25}?\d"
            rf"|\b(?:truoc|cham nhat|vao|{times})\b[^.;]{{0,160}}?\bbao cao"
            rf"|\bbao cao\b[^.;]{{0,160}}?\b{times}\b"
            r"|(?:che do|thoi han|thoi gian) (?:thong tin, )?bao cao"
        )
    )


@cache
def _periodic() -> re.Pattern[str]:
    return re.compile(spaced(r"(?<!theo) dinh ky\b[^.;]{0,160}?\bbao cao|\bbao cao\b[^.;]{0,160}?(?<!theo) dinh ky\b"))


@cache
def _standing() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"theo doi|don doc|kiem tra(?=,? (?:va )?(?:giam sat|don doc|viec))|tham muu|vuong mac|phat sinh"
            r"|kip thoi|dot xuat|thuong xuyen|giam sat|chi dao"
            r"|dong thoi"
        )
    )


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?:truong hop|neu) (?:co|gap|phat sinh|can|vuot|qua)|vuong mac|phat sinh|dot xuat|kip thoi")
    )


@cache
def _order() -> re.Pattern[str]:
    return re.compile(spaced(r"\b(?:de nghi|yeu cau|giao|phan cong|co trach nhiem|phai)\b"))


@cache
def _not_asked() -> re.Pattern[str]:
    """A report that was made, that is listened to or that is only spoken of."""
    return re.compile(
        spaced(
            r"\b(?:da|vua|duoc|nghe|de co|co so|phuc vu|de|che do|noi dung|bieu mau|mau|hoi nghi|tai|viec|cac|ban"
            r"|du thao|lap|xay dung|hoan thien|cung voi|theo|trong|vao|kem|gom|thanh|thuc hien|doc|trinh bay|thong qua"
            r"|gop y|tham dinh|tham muu)\s*$|\b(?:da|nghe)\b[^,;]*$|^\s*(?:can cu|theo|thuc hien)\b"
        )
    )


@cache
def _to() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\b(?:ve|cho|gui|qua|den|toi|len) (?:cap|lanh dao|dia chi|hop thu|phong|so|van phong|uy ban|ubnd|don vi"
            r"|co quan|chu tich)\b"
        )
    )
