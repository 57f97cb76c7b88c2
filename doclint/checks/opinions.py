"""Opinions that are asked of everybody, whatever they have to do with the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.parts import Anatomy, Recipient
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"group"})


@dataclass(frozen=True, slots=True)
class Options:
    """``groups``: the kinds of group (doclint.anatomy.bodies.group_of) that stand for everybody."""

    groups: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the words that ask a blanket group for an opinion, in a letter to it or as somebody's task."""
    yield from _everybody(document, context.anatomy, options.groups)
    yield from _told_to_ask(document, context.anatomy)


def asked_in_vain(document: Document, anatomy: Anatomy, groups: tuple[str, ...]) -> tuple[Recipient, ...]:
    """Return the blanket addressees that a letter asks for an opinion on what is nothing of theirs.

    None where the law wants the draft sent round, or the text says what is theirs in it.
    """
    said = _said(anatomy)
    text = " ".join(" ".join(document.folded[span.start : span.end].split()) for span in said)
    asks = any(_asks().search(document.folded, span.start, span.end) for span in said)
    if not asks or _normative().search(text) or _theirs().search(text):
        return ()
    return tuple(one for one in anatomy.addressees if one.group in groups)


def _everybody(document: Document, anatomy: Anatomy, groups: tuple[str, ...]) -> Iterator[Match]:
    """Yield the words that ask blanket addressees: in the text, or in the subject alone."""
    asked = "; ".join(one.name for one in asked_in_vain(document, anatomy, groups))
    found = (_asks().search(document.folded, span.start, span.end) for span in _said(anatomy))
    first = next((match for match in found if match is not None), None)
    if asked and first is not None:
        yield Match(Span(*first.span()), {"group": asked})


def _said(anatomy: Anatomy) -> list[Span]:
    return [*operative(anatomy), *(span for span in (anatomy.header.subject,) if span is not None)]


def _told_to_ask(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield where a text has everybody asked, unless the sentence says that they are concerned or wants norms."""
    text = document.folded
    for paragraph in operative(anatomy):
        for match in _asked_of_all().finditer(text, paragraph.start, paragraph.end):
            begin = max(
                paragraph.start, *(text.rfind(stop, paragraph.start, match.start()) + 1 for stop in (". ", "; "))
            )
            sentence = " ".join(text[begin : match.end()].split())
            if any(pattern().search(sentence) for pattern in (_normative, _theirs, _concerned, _not_asked)):
                continue
            whom = " ".join(document.text[match.start("whom") : match.end("whom")].split())
            yield Match(Span(match.start(), match.end()), {"group": whom})


@cache
def _asks() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"\b(?:de nghi|yeu cau|moi|mong|xin|v/v|ve viec)\b[^.;]{0,160}?\b(?:(?:dong )?gop y|tham gia y kien"
            r"|(?:co|cho|lay|xin) y kien|y kien (?:tham gia|gop y|dong gop|cua))\b|\bv/v (?:lay|xin|tham gia) y kien\b"
        )
    )


_ALL = r"(?:tat ca|toan the|toan bo|moi|het thay|dong loat)"
_GROUP = (
    r"(?:cac (?:co quan|don vi|so|ban|phong|xa|dia phuong|to chuc|doan the)\b(?:, [^.;,()]{2,20}){0,4}"
    r"|(?:ubnd|uy ban nhan dan) (?:cac )?(?:xa|phuong)(?:, phuong)?)"
)


@cache
def _asked_of_all() -> re.Pattern[str]:
    """«lấy ý kiến tất cả các sở», «… các sở, ban, ngành và UBND các xã».

    «… toàn thể viên chức, Ủy ban nhân dân các xã …»: staff are asked by right, with others they are everybody.
    """
    bodies = (
        r"(?:co quan|don vi|so\b|ban nganh|nganh|phong\b|xa\b|phuong\b|dia phuong|uy ban nhan dan|ubnd|to chuc"
        r"|doan the)"
    )
    staff = r"(?:can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|giao vien|bac si)"
    outside = r"(?:uy ban nhan dan|ubnd|cac so|so\b|hoi (?:nong dan|phu nu|cuu)|mat tran|doan the|cac xa)"
    return re.compile(
        spaced(
            r"\b(?:gui )?(?:lay|xin|hoi|tham khao|trung cau) y kien "
            r"(?P<how>(?:(?:bang van ban|rong rai|gop y|tham gia|cua|doi voi|den|tu) )*)"
            rf"(?P<whom>{_ALL} (?:cac )?(?:\d+ )?{bodies}[^.;()]{{0,160}}?"
            rf"|{_ALL} {staff}[^.;()]{{0,80}}?[,\s]{outside}[^.;()]{{0,120}}?"
            rf"|{_GROUP}[^.;()]{{0,60}}?(?:,| va) {_GROUP}[^.;()]{{0,60}}?)"
            r"(?=\s(?:ve|doi voi|vao|truoc|trong thang|cho|de)\s|[.;()\n]|$)"
        )
    )


@cache
def _concerned() -> re.Pattern[str]:
    return re.compile(
        r"lien quan|chiu (?:tac dong|anh huong)|thu huong|truc tiep thuc hien|duoc giao|phan viec|"
        r"cu tri|nhan dan(?! (?:cac|xa|tinh|phuong|cap))|ho dan|nguoi dan|quy pham"
    )


@cache
def _not_asked() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:khong|han che|tranh|cham dut|thay vi|khong can|da|tung)\b(?: \w+){0,4}? (?:lay|xin|hoi|tham khao) y kien"
    )


@cache
def _normative() -> re.Pattern[str]:
    """Drafts that set norms are sent round by law; of a Nghị quyết or Quyết định the title does not tell."""
    return re.compile(
        r"du thao (?:\w+ ){0,3}?(?:bo luat|luat|phap lenh|nghi dinh|thong tu|nghi quyet|quyet dinh)\b"
        r"|quy pham phap luat"
    )


@cache
def _theirs() -> re.Pattern[str]:
    """What a draft has for those who are asked; one that applies to «công chức của Sở» has nothing for others."""
    inside = (
        r"(?:cua|trong|thuoc) (?:so|truong|nha truong|benh vien|trung tam|van phong|thu vien|chi cuc|don vi|co quan)"
    )
    return re.compile(
        rf"ap dung (?:doi voi|tai|cho)(?! [^.;]{{0,60}}\b{inside}\b)|"
        r"doi tuong (?:chiu|ap dung)|\btung (?:xa|so|don vi|nganh)|"
        r"(?:giao|phan cong) (?:(?:nhiem vu|viec|trach nhiem) )?cho (?:cac|tung)|"
        r"(?:nhiem vu|phan viec|chi tieu|so lieu|danh muc|trach nhiem) (?:\w+ ){0,4}?(?:cua|giao|doi voi) (?:cho )?"
        r"(?:cac|tung|moi|co quan|don vi|dia phuong|nganh)|"
        r"lien quan (?:truc tiep )?den (?:tung|cac so|co quan|don vi|nganh|dia phuong)"
    )
