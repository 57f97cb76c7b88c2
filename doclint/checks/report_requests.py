"""Requests for reports that do not say when and to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.attributes import marker_end
from doclint.anatomy.bodies import find_bodies, group_of
from doclint.anatomy.parts import Anatomy, Node
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"missing"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each request for a report without a day or period, unless the text says elsewhere when reports are due."""
    anatomy = context.anatomy
    if not context.complete:
        return
    dated = [(Span(*match.span()), _is_of_one(document, match.start())) for match in _dated().finditer(document.folded)]
    # «định kỳ» alone tells no period.
    period = spaced(r"dinh ky (?:hang|moi|\d+|vao|quy|thang)[^.;]{0,160}?\bbao cao")
    periodic = re.search(period, document.folded) is not None
    for sentence, node, headed in _sentences(document, anatomy):
        told = [of_one for span, of_one in dated if span.start < sentence.start or span.end > sentence.end]
        found = _vague(document, anatomy, sentence, node)
        # A day that one body must keep is not that of the others.
        known = not all(told) or periodic
        if found is None and not (told or headed or periodic):
            found = _undated(document, anatomy, sentence, node)
        if found is not None and not known:
            missing = "thời hạn" if _recipient(document, found.start, sentence.end) else "thời hạn và nơi nhận báo cáo"
            yield Match(found, {"missing": missing})


def _vague(document: Document, anatomy: Anatomy, sentence: Span, node: Node) -> Span | None:
    """Return a request whose only time is «theo quy định», «định kỳ»; a day before it is that of the work."""
    text = document.folded
    match = _vague_time().search(text, sentence.start, sentence.end)
    if match is None or _condition().search(text, sentence.start, sentence.end):
        return None
    told = text[match.start() : match.start("when")] if match["when"] else ""
    if _day().search(told + text[match.end() : sentence.end]):
        return None
    at = match.start("after") if match["after"] else match.start()
    return Span(at, match.end()) if _is_asked(document, anatomy, sentence, node, at) else None


def _undated(document: Document, anatomy: Anatomy, sentence: Span, node: Node) -> Span | None:
    """Return a request for a report that says no time at all."""
    text = document.folded
    words = text[sentence.start : sentence.end]
    match = _report().search(text, sentence.start, sentence.end)
    if match is None or _day().search(words) or _condition().search(words) or _coordinates().search(words):
        return None
    # «2. Báo cáo tình hình giải quyết văn bản đến» names a paper.
    alone = match.start() <= node.head.start + marker_end(document.at(node.head))
    asked = not alone and _is_asked(document, anatomy, sentence, node, match.start())
    return Span(*match.span()) if asked and not _has_time(anatomy, match.start()) else None


def _is_asked(document: Document, anatomy: Anatomy, sentence: Span, node: Node, at: int) -> bool:
    """Tell whether others are to report: by an order before or above, by a task, or as whom a numbered item names."""
    before = document.folded[sentence.start : at]
    if _not_asked().search(before) or re.search(r"nhu\s+sau", document.folded[at : node.head.end]):
        return False
    if _order().search(before) or any(task.span.start <= at < task.span.end and task.lead for task in anatomy.tasks):
        return True
    # «kết quả báo cáo về…» alone; «Các đơn vị … gửi báo cáo»: what a numbered item says of a body, it shall do.
    start = sentence.start + (marker_end(document.at(sentence)) if sentence.start == node.head.start else 0)
    said = re.sub(r"^\s*sau\s+khi\s[^,;]{5,40},", "", document.text[start:at], flags=re.IGNORECASE)
    return not said.strip() or (bool(node.label) and (_acts().match(fold(said)) is not None or bool(_first(said))))


def _first(words: str) -> str:
    """Return the body that ``words`` begin with, empty where they begin otherwise."""
    body = next(find_bodies(words.lstrip()), None)
    return body.name if body is not None and body.span.start == 0 else ""


def _has_time(anatomy: Anatomy, at: int) -> bool:
    """Tell whether the task that the report belongs to has a time of its own."""
    timed = ("date", "period", "recurring")
    return any(task.span.start <= at < task.span.end and task.deadline.kind in timed for task in anatomy.tasks)


def _is_of_one(document: Document, at: int) -> bool:
    """Tell whether a day for reports is that of one body: its sentence begins with the name."""
    start = max(document.text.rfind(mark, 0, at) for mark in (". ", ";", "\n")) + 1
    line = document.text[start : at + 1].lstrip()
    name = _first(re.sub(r"^(?:Giao|Đề nghị|Yêu cầu)\s+", "", line[marker_end(line) :]))
    return bool(name) and not group_of(name)


def _sentences(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, Node, bool]]:
    """Yield the sentences of the body with their node, and whether a heading above says a day for all under it."""
    for index, node in enumerate(anatomy.body.nodes):
        headed = any(
            _day().search(document.folded, above.head.start, above.head.end) for above in anatomy.body.ancestors(index)
        )
        start = node.head.start
        skip = marker_end(document.at(node.head))
        for stop in re.compile(r"[.;](?=\s|/|$)|$").finditer(document.at(node.head), skip):
            end = node.head.start + stop.start()
            if end > start:
                yield Span(start, end), node, headed
            start = node.head.start + stop.end()


def _recipient(document: Document, start: int, end: int) -> bool:
    """Tell whether a body, or «cho/về/gửi/qua» with a name, follows the words."""
    rest = document.text[start:end]
    return any(True for _ in find_bodies(rest)) or re.search(rf"\b{_TO}\s+{_BODY}", fold(rest)) is not None


_TO = r"(?:ve|voi|cho|len|gui|den|toi|qua)"
_BODY = (
    r"(?:so|phong|uy ban|ubnd|bo|chu tich|giam doc|hieu truong|van phong|ban|truong|lanh dao|trung tam|cong ty|cuc"
    r"|chi cuc)\b"
)
_RESULTS = r"(?:ket qua|tinh hinh|tien do|so lieu|danh sach)"
_DONE = r"(?: (?:thuc hien|trien khai|ra soat|xu ly))?"
_MANNER = r"(?: (?:bang van ban|nhanh|day du|thuong xuyen|kip thoi))*"
# A report that has a name of its own is a paper like others.
_KIND = r"(?! (?:vien|tai chinh|quyet toan|thue|danh gia|cong tac|nghien|kiem) )"


@cache
def _report() -> re.Pattern[str]:
    """«báo cáo kết quả», «gửi báo cáo về Sở», «báo cáo Chủ tịch kết quả»."""
    body = rf"(?:{_TO} )?{_BODY}[^.;,]{{0,50}}?"
    return re.compile(
        spaced(
            rf"\b(?:(?:gui |co |nop )?bao cao{_KIND}{_MANNER}(?: {body})? {_RESULTS}{_DONE}\b"
            rf"|(?:gui|nop|co) (?:van ban )?bao cao{_KIND}{_MANNER} (?:{_TO}) {_BODY}"
            rf"|bao cao{_MANNER} (?:{_TO}) {_BODY})"
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
            rf"\b(?:(?:(?:tong hop|gui|co),? )?bao cao{_KIND}"
            rf"|ket qua{_DONE},? (?:gui )?bao cao)\b"
            # What is asked of the reader of the report is no part of its time: «báo cáo Ủy ban xem xét theo quy định».
            r"(?:(?! (?:bo sung|xem xet|phe duyet|quyet dinh|chi dao|trinh|kinh phi|giai quyet|va|de|tham|cho phep"
            r"|cho y kien|ho tro|xu ly|cap) )[^.;:,\n]){0,90}?"
            rf",? (?P<when>{by_rule}|(?:theo )?dinh ky|khi (?:co|duoc) (?:yeu cau|hoi|de nghi)|thuong xuyen"
            r"|trong thoi gian som nhat|dung (?:han|thoi (?:gian|han))(?: quy dinh)?)"
            r"(?=\s*(?:[.;,/]|$)| (?:ve|cho|gui|voi) )"
        )
        + spaced(r"|\b(?:dinh ky|thuong xuyen),? (?:tong hop,? )?bao cao\b")
        + spaced(r"|(?<!ngay\s)\bsau khi (?:hoan thanh|thuc hien|trien khai)(?: xong)?,[^.;]{0,80}?")
        + spaced(rf"\b(?P<after>(?:gui )?bao cao{_KIND}\b)")
    )


@cache
def _day() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\d{1,2}[/-]\d{1,2}|ngay (?:\d|lam viec|sau)|\d+ (?:ngay|gio|thang|tuan)|quy (?:[ivx]+|\d)|thang \d"
            r"|(?:hang|moi|trong|cuoi|truoc|sau) (?:ngay|tuan|thang|quy|nam|gio|vong|hoi nghi|dot|ky|moi)|nam \d{4}"
            r"|dinh ky|(?:truoc|sau) khi|ket thuc|cham nhat|thoi han|han (?:cuoi|chot)|dung (?:han|thoi gian)"
            r"|(?:tai|trong) (?:ky|phien|cuoc|hoi nghi|buoi)|theo (?:quy dinh|yeu cau|che do|de cuong|huong dan)"
            r"|\bkhi |bao cao ngay\b"
        )
    )


@cache
def _dated() -> re.Pattern[str]:
    """«báo cáo … trước ngày 15/12», «Thời hạn báo cáo», anywhere: the request is completed there."""
    times = r"(?:dinh ky (?:hang|moi|\d+|vao|quy|thang)|hang (?:thang|quy|nam|tuan))"
    sent = rf"(?:bao cao|tong hop|{_RESULTS}[^.;]{{0,60}} gui|gui (?:{_RESULTS}|van ban|ve))"
    return re.compile(
        spaced(
            rf"\b{sent}\b[^.;]{{0,220}}?\b(?:truoc|cham nhat|vao)\b[^.;]{{0,25}}?\d"
            rf"|\b(?:truoc|cham nhat|vao|{times})\b[^.;]{{0,160}}?\bbao cao"
            rf"|\bbao cao\b[^.;]{{0,160}}?\b{times}\b"
            r"|(?:che do|thoi han|thoi gian) (?:thong tin, )?bao cao"
        )
    )


@cache
def _coordinates() -> re.Pattern[str]:
    """Who watches over the work of others reports as things go."""
    return re.compile(
        spaced(
            r"theo doi|don doc|giam sat|kiem tra(?=,? (?:va )?(?:giam sat|don doc|viec thuc hien))"
            r"|tham muu|\bgiup\b|dong thoi"
        )
    )


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?:truong hop|neu) (?:co|gap|phat sinh|can|vuot|qua)|vuong mac|phat sinh|dot xuat|kip thoi|phat hien")
    )


@cache
def _order() -> re.Pattern[str]:
    return re.compile(spaced(r"\b(?:de nghi|yeu cau|giao|phan cong|co trach nhiem|phai)\b"))


@cache
def _acts() -> re.Pattern[str]:
    """Those whom an item names by what they are: «Các Ban», «Trưởng các thôn»."""
    return re.compile(
        spaced(
            r"\s*(?:(?:cac|truong|giam doc|hieu truong|thu truong|nguoi dung dau|chanh|tung|moi) "
            r"(?:cac )?(?:don vi|co quan|ban|phong|so|truong|thon|xa|khoa|to|doi|tram|chi bo|van phong|dia phuong"
            r"|doanh nghiep)\b)"
        )
    )


@cache
def _not_asked() -> re.Pattern[str]:
    """A report that was made, that is listened to or that is only spoken of."""
    return re.compile(
        spaced(
            r"\b(?:da|vua|duoc|nghe|de co|co so|phuc vu|de|che do|noi dung|bieu mau|mau|hoi nghi|tai|viec|cac|ban"
            r"|du thao|lap|xay dung|hoan thien|cung voi|theo|trong|vao|kem|gom|thanh|thuc hien|doc|trinh bay|thong qua"
            r"|gop y|tham dinh|tham muu|san pham:|xem xet,?|voi|trinh)\s*$|\b(?:da|nghe)\b[^,;]*$"
            r"|^\s*(?:can cu|theo|thuc hien)\b"
        )
    )
