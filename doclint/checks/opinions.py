"""Opinions that need not be asked: of everybody, or of a superior on what is one's own to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.bodies import level_of
from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"group", "competence"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``everybody`` asked, or a ``superior``; ``groups`` are those that stand for everybody."""

    report: Literal["everybody", "superior"]
    groups: tuple[str, ...] = ()


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the groups that a letter asks for an opinion, or the words that ask a superior."""
    anatomy = context.anatomy
    if options.report == "everybody":
        yield from _everybody(document, anatomy, options.groups)
    else:
        yield from _superior(document, anatomy)


def _everybody(document: Document, anatomy: Anatomy, groups: tuple[str, ...]) -> Iterator[Match]:
    """Yield blanket addressees, unless the law wants the draft sent round or the text says what is theirs in it."""
    said = [span for span in (anatomy.header.subject, *operative(anatomy)) if span is not None]
    text = " ".join(" ".join(document.folded[span.start : span.end].split()) for span in said)
    if not _ASKS.search(text) or _NORMATIVE.search(text) or _THEIRS.search(text):
        return
    for recipient in anatomy.addressees:
        if recipient.group in groups:
            yield Match(recipient.span, {"group": recipient.name, "competence": ""})


def _superior(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield the words that ask a superior, where the text itself says that the issuer may decide."""
    if not any(_is_above(recipient.name, anatomy.header.level) for recipient in anatomy.addressees):
        return
    paragraphs = operative(anatomy)
    text = document.folded
    own = next((found for span in paragraphs for found in _own(document, anatomy, span)), None)
    if own is None or any(_BEYOND.search(text, span.start, span.end) for span in paragraphs):
        return
    for paragraph in paragraphs:
        for match in _ASKS_ABOVE.finditer(text, paragraph.start, paragraph.end):
            if not _OTHERS.search(match[0]):
                words = " ".join(document.at(own).split())
                yield Match(Span(match.start(), match.end()), {"group": "", "competence": words})
                return


def _is_above(name: str, level: str) -> bool:
    above, own = _RANKS.get(level_of(name)), _RANKS.get(level)
    return above is not None and own is not None and above < own


def _own(document: Document, anatomy: Anatomy, paragraph: Span) -> Iterator[Span]:
    """Yield where a matter is said to be the issuer's: «thuộc thẩm quyền của Ủy ban nhân dân xã»."""
    issuer = anatomy.header.issuer
    names = [_short(issuer.name)] if issuer is not None else []
    for match in _COMPETENT.finditer(document.folded, paragraph.start, paragraph.end):
        whose = _short(match["whose"])
        if whose.startswith(_MINE) or any(whose.startswith(name[: len(_level(name))]) for name in names):
            yield Span(match.start(), match.end())


def _short(name: str) -> str:
    return " ".join(fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan").split())


def _level(name: str) -> str:
    """Return a name up to the word of its level: «uy ban nhan dan xa», which the text says for short."""
    match = re.match(r"uy ban nhan dan (?:xa|phuong|dac khu|tinh|thanh pho)\b", name)
    return match[0] if match is not None else name


_MINE = ("minh", "don vi minh", "co quan minh", "don vi chung toi")
_RANKS = {"central": 0, "province": 1, "department": 2, "commune": 3, "unit": 4}
_ASKS = re.compile(
    r"\b(?:de nghi|yeu cau|moi|rat mong|v/v|ve viec)\b[^.;]{0,160}?\b(?:gop y|dong gop y kien|tham gia y kien|"
    r"co y kien|cho y kien|lay y kien|y kien (?:tham gia|gop y))\b"
)
# By law drafts that set norms are sent round, and a Nghị quyết or Quyết định cannot be told to set none by its title.
_NORMATIVE = re.compile(
    r"du thao (?:\w+ ){0,3}?(?:bo luat|luat|phap lenh|nghi dinh|thong tu|nghi quyet|quyet dinh)\b|quy pham phap luat"
)
# What a draft has for those who are asked.
_THEIRS = re.compile(
    r"ap dung (?:doi voi|tai|cho)|doi tuong (?:chiu|ap dung)|\btung (?:xa|so|don vi|nganh)|"
    r"(?:giao|phan cong) (?:(?:nhiem vu|viec|trach nhiem) )?cho (?:cac|tung)|"
    r"(?:nhiem vu|phan viec|chi tieu|so lieu|danh muc|trach nhiem) (?:\w+ ){0,4}?(?:cua|giao|doi voi) "
    r"(?:cac|tung|moi|co quan|don vi|dia phuong|nganh)|"
    r"lien quan (?:truc tiep )?den (?:tung|cac so|co quan|don vi|nganh|dia phuong)"
)
_ASKS_ABOVE = re.compile(
    spaced(
        r"\b(?:xin (?:y kien(?: chi dao)?|chu truong)(?: [^.;,]{3,60})?"
        r"|(?:kinh )?(?:de nghi|trinh|mong) [^.;]{3,80}?(?:cho y kien(?: chi dao)?|cho chu truong|cho phep))"
    )
)
_COMPETENT = re.compile(
    spaced(
        r"(?:(?:thuoc|trong) (?:pham vi )?tham quyen (?:(?:quyet dinh|giai quyet|xu ly|phe duyet) )?(?:cua )?"
        r"|(?:da|duoc) (?:duoc )?phan cap cho )(?P<whose>[^.;,:()]{4,60})"
    )
)
_BEYOND = re.compile(
    spaced(
        r"vuot (?:qua )?tham quyen|(?:khong|chua|ngoai) (?:thuoc )?(?:pham vi )?tham quyen|"
        r"chua (?:duoc )?(?:phan cap|co quy dinh|quy dinh)|quy dinh khac nhau|cach hieu"
    )
)
# The Party leads by right, and the people are asked by law, whoever decides.
_OTHERS = re.compile(
    spaced(r"dang uy|tinh uy|thanh uy|ban thuong vu|chi bo|cu tri|ho dan|nguoi dan|xin y kien (?:cua )?nhan dan")
)
