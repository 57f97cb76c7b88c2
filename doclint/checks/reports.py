"""Reports without figures, and reports that are too long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, PdfPlace, Span
from doclint.finding import Match
from doclint.reuse.figures import figures
from doclint.reuse.side import Side
from doclint.vietnamese.patterns import spaced
from doclint.vietnamese.syllables import tokens

PLACEHOLDERS = frozenset({"length", "limit"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``no_figures`` or ``too_long``; the limits are for the body, without appendices."""

    report: Literal["no_figures", "too_long"]
    max_pages: int = 12
    max_syllables: int = 5500


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the subject of a report that has no figures for its results, or more pages or syllables than wanted."""
    anatomy = context.anatomy
    named = anatomy.header.subject or anatomy.header.title
    nodes = anatomy.body.nodes
    if named is None or not nodes:
        return
    body = Span(nodes[0].span.start, max(node.span.end for node in nodes))
    if options.report == "too_long":
        yield from _too_long(document, options, named, body)
    elif context.complete and _is_of_results(document, named) and not _has_figures(document, anatomy, body):
        yield Match(named, {"length": "", "limit": ""})


def _too_long(document: Document, options: Options, named: Span, body: Span) -> Iterator[Match]:
    syllables = sum(token.text[:1].isalnum() for token in tokens(document.at(body)))
    if syllables > options.max_syllables:
        yield Match(named, {"length": f"{syllables} tiếng", "limit": f"{options.max_syllables} tiếng"})
        return
    pages = _pages(document, body)
    if pages > options.max_pages:
        yield Match(named, {"length": f"{pages} trang", "limit": f"{options.max_pages} trang"})


def _pages(document: Document, body: Span) -> int:
    """Return how many pages a body ends on, as far as the file tells: a text file has a form feed between pages."""
    last = document.place(Span(body.end - 1, body.end))
    return last.boxes[-1].page if isinstance(last, PdfPlace) else document.text.count("\f", 0, body.end) + 1


def _is_of_results(document: Document, named: Span) -> bool:
    """Tell whether a report is surely one of results: one that explains or proposes something need not count."""
    subject = " ".join(document.folded[named.start : named.end].split())
    return _RESULTS.search(subject) is not None and _OTHER_REPORTS.search(subject) is None


def _has_figures(document: Document, anatomy: Anatomy, body: Span) -> bool:
    if anatomy.appendices or anatomy.annexed or _ELSEWHERE.search(document.folded, body.start, body.end):
        return True
    if any(block.cell is not None and block.span in body for block in document.blocks):
        return True
    side = Side(document.at(body))
    cited = [citation.span for citation in anatomy.citations]
    for figure in figures(side, 0, len(side.text)):
        span = Span(body.start + figure.span.start, body.start + figure.span.end)
        if (
            figure.kind in ("percent", "amount")
            and not re.fullmatch(r"(?:19|20)\d\d", figure.value)
            and not any(span.overlaps(citation) for citation in cited)
            and not _is_name_or_label(document, span)
            and not _is_of_plans(document, anatomy, span)
        ):
            return True
    return _in_words().search(side.lowered) is not None


def _is_name_or_label(document: Document, number: Span) -> bool:
    """Tell whether a number numbers something: «Nghị quyết 57», «thôn 3», «2.» in the middle of a line."""
    before, after = document.folded[max(0, number.start - 30) : number.start], document.folded[number.end :][:2]
    return _numbered().search(before) is not None or (
        re.search(r"(?:[.;:]\s+|^\s*)$", before) is not None and re.match(r"[.)]\s", after) is not None
    )


def _is_of_plans(document: Document, anatomy: Anatomy, number: Span) -> bool:
    """Tell whether a figure is one that is aimed at or asked for: by its sentence, or by the headings above it."""
    start = max(document.text.rfind(stop, 0, number.start) for stop in (". ", "; ", "\n"))
    before = document.folded[start + 1 : number.start]
    at = anatomy.body.at(number.start)
    above = anatomy.body.ancestors(at) if at >= 0 else []
    return _aimed().search(before) is not None or any(
        _plans_ahead().match(document.folded, node.head.start, node.head.end) for node in above
    )


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\b(?:de an|nghi quyet|chi thi|ke hoach|quyet dinh|luat|nghi dinh|thong tu|ket luan|cong van|chuong trinh"
            r"|cap|muc|muc do|loai|khoa|thu|dot|lop|khoi|covid|thon|ban|to|khu|khu pho|dan pho|phong|kho|duong|quoc lo"
            r"|tinh lo|huong|bieu|mau|iso|so)[ -]$"
        )
    )


@cache
def _aimed() -> re.Pattern[str]:
    return re.compile(
        spaced(r"\b(?:phan dau|du kien|se|de nghi|kien nghi|de xuat|thoi gian toi)\b(?!.*\b(?:da|thuc hien)\b)"),
        re.DOTALL,
    )


@cache
def _plans_ahead() -> re.Pattern[str]:
    return re.compile(
        spaced(r"(?:[\divx]+[.)-] ?)?(?:phuong huong|nhiem vu|giai phap|kien nghi|de xuat|de nghi|ke hoach|muc tieu)\b")
    )


_RESULTS = re.compile(
    r"ket qua|tinh hinh|so ket|tong ket|tien do|^(?:v/v |ve )?(?:viec )?(?:thuc hien|trien khai)\b"
    r"|cong tac .*\b(?:tuan|thang|quy|nam)\b"
)
_OTHER_REPORTS = re.compile(
    r"giai trinh|tiep thu|tham dinh|tham tra|de xuat|tac dong|vu viec|su viec|su co|xac minh|nhan su|kiem diem|giam sat"
    r"|tham muu|dinh chinh|y kien|du kien|xin |nhanh"
)
# Figures that stand in another file, or the report that there is nothing to count.
_ELSEWHERE = re.compile(
    spaced(
        r"(?:phu luc|bieu|bang|so lieu)[^.;]{0,40}(?:kem theo|dinh kem|gui kem)|kem theo (?:phu luc|bieu|bang)"
        r"|khong phat sinh|khong xay ra|chua phat sinh|khong co (?:truong hop|vu|don|phan anh)|chua co truong hop"
    )
)
_COUNTED = (
    r"kho|hồ sơ|vụ|trường hợp|cuộc|lượt|hộ|người|lớp|buổi|văn bản|hội nghị|đợt|công trình|mô hình|đơn vị|xã|thôn"
    r"|tài liệu|máy|phòng|đơn|kiến nghị|nhiệm vụ|mét"
)


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?<!\w)(?:một|hai|ba|bốn|sáu|bảy|tám|chín|mười|hàng trăm) (?!số|vài|phần|bộ|trong)(?:\w+ )?"
            rf"(?:{_COUNTED})(?!\w)"
        )
    )
