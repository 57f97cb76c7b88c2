"""Opinions that need not be asked: of everybody, or of a superior on what is one's own to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.bodies import level_of
from doclint.anatomy.parts import Anatomy, Header
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
        yield from _told_to_ask(document, anatomy)
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


def _told_to_ask(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield where a text has everybody asked, unless the sentence says that they are concerned or wants norms."""
    text = document.folded
    for paragraph in operative(anatomy):
        for match in _ASKED_OF_ALL.finditer(text, paragraph.start, paragraph.end):
            begin = max(
                paragraph.start, *(text.rfind(stop, paragraph.start, match.start()) + 1 for stop in (". ", "; "))
            )
            sentence = " ".join(text[begin : match.end()].split())
            if any(pattern.search(sentence) for pattern in (_NORMATIVE, _THEIRS, _CONCERNED, _NOT_ASKED)):
                continue
            whom = " ".join(document.text[match.start("whom") : match.end("whom")].split())
            yield Match(Span(match.start(), match.end()), {"group": whom, "competence": ""})


def _superior(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    """Yield the words that ask a superior, where the text itself says that the issuer may decide."""
    if not any(_is_above(recipient.name, anatomy.header) for recipient in anatomy.addressees):
        return
    paragraphs = operative(anatomy)
    text = document.folded
    own = next((found for span in paragraphs for found in _own(document, anatomy, span)), None)
    if any(_BEYOND.search(text, span.start, span.end) for span in paragraphs):
        return
    for paragraph in paragraphs:
        for match in _ASKS_ABOVE.finditer(text, paragraph.start, paragraph.end):
            if _OTHERS.search(match[0]):
                continue
            small = _SMALL.search(match[0])
            if own is not None:
                words = f"văn bản tự ghi «{' '.join(document.at(own).split())}»"
            elif small is not None and not _OUTSIDE.search(match[0]):
                thing = document.text[match.start() + small.start() : match.start() + small.end()]
                words = f"«{' '.join(thing.split())}» là việc nội bộ của cơ quan"
            else:
                continue
            yield Match(Span(match.start(), match.end()), {"group": "", "competence": words})
            return


def _is_above(name: str, header: Header) -> bool:
    """Tell whether a body stands above the issuer: by its level, or as the one printed over it."""
    if header.superior is not None and _short(name).startswith(_short(header.superior.name)):
        return True
    above, own = _RANKS.get(level_of(name)), _RANKS.get(header.level)
    return above is not None and own is not None and above < own


def _own(document: Document, anatomy: Anatomy, paragraph: Span) -> Iterator[Span]:
    """Yield where a matter is said to be the issuer's: «thuộc thẩm quyền của Ủy ban nhân dân xã»."""
    issuer = anatomy.header.issuer
    names = [_short(issuer.name)] if issuer is not None else []
    heads = [_short(document.at(line)) for line in anatomy.signature.lines] if anatomy.signature is not None else []
    for match in _COMPETENT.finditer(document.folded, paragraph.start, paragraph.end):
        whose = _short(match["whose"] or match["decides"])
        if (
            whose.startswith(_MINE)
            or any(whose.startswith(name[: len(_level(name))]) for name in names)
            or any(_is_head(whose, head, names) for head in heads)
        ):
            yield Span(match.start(), match.end())


def _is_head(whose: str, head: str, names: list[str]) -> bool:
    """Tell whether a matter is of the head who signs: «Hiệu trưởng», «Trưởng Phòng Văn hóa» of that very office."""
    if not head.startswith(_HEADS) or not whose.startswith(head):
        return False
    rest = re.split(r" (?:xem xet|phe duyet|va|de|thi)\b", whose[len(head) :], maxsplit=1)[0].strip()
    return not rest or any(rest in name for name in names)


def _short(name: str) -> str:
    return " ".join(fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan").split())


def _level(name: str) -> str:
    """Return a name up to the word of its level: «uy ban nhan dan xa», which the text says for short."""
    match = re.match(r"uy ban nhan dan (?:xa|phuong|dac khu|tinh|thanh pho)\b", name)
    return match[0] if match is not None else name


_MINE = ("minh", "don vi minh", "co quan minh", "don vi chung toi")
_HEADS = (
    "hieu truong",
    "giam doc",
    "truong phong",
    "truong ban",
    "vien truong",
    "chu tich",
    "chanh van phong",
    "truong",
)
_RANKS = {"central": 0, "province": 1, "department": 2, "commune": 3, "unit": 4}
_ASKS = re.compile(
    r"\b(?:de nghi|yeu cau|moi|rat mong|v/v|ve viec)\b[^.;]{0,160}?\b(?:gop y|dong gop y kien|tham gia y kien|"
    r"co y kien|cho y kien|lay y kien|y kien (?:tham gia|gop y))\b"
)
# By law drafts that set norms are sent round, and a Nghị quyết or Quyết định cannot be told to set none by its title.
# «lấy ý kiến tất cả các sở …», «lấy ý kiến toàn thể viên chức, Ủy ban nhân dân các xã …»: the staff alone are asked by
# right, with others they are everybody.
_BODIES = (
    r"(?:co quan|don vi|so\b|ban nganh|nganh|phong\b|xa\b|phuong\b|dia phuong|uy ban nhan dan|ubnd|to chuc|doan the)"
)
_ALL = r"(?:tat ca|toan the|toan bo|moi|het thay|dong loat)"
_ASKED_OF_ALL = re.compile(
    spaced(
        r"\b(?:gui )?(?:lay|xin|hoi|tham khao|trung cau) y kien "
        r"(?:(?:bang van ban|rong rai|gop y|tham gia|cua|doi voi|den|tu) )*"
        rf"(?P<whom>{_ALL} (?:cac )?(?:\d+ )?{_BODIES}[^.;()]{{0,160}}?"
        rf"|{_ALL} (?:can bo|cong chuc|vien chuc|nguoi lao dong|nhan vien|giao vien|bac si)[^.;()]{{0,80}}?[,\s]"
        r"(?:uy ban nhan dan|ubnd|cac so|so\b|hoi (?:nong dan|phu nu|cuu)|mat tran|doan the|cac xa)[^.;()]{0,120}?)"
        r"(?=\s(?:ve|doi voi|vao|truoc|trong thang|cho|de)\s|[.;()\n]|$)"
    )
)
_CONCERNED = re.compile(
    r"lien quan|chiu (?:tac dong|anh huong)|thu huong|truc tiep thuc hien|duoc giao|phan viec|"
    r"cu tri|nhan dan(?! (?:cac|xa|tinh|phuong|cap))|ho dan|nguoi dan|quy pham"
)
_NOT_ASKED = re.compile(
    r"\b(?:khong|han che|tranh|cham dut|thay vi|khong can|da|tung)\b(?: \w+){0,4}? (?:lay|xin|hoi|tham khao) y kien"
)
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
        r"(?<!da\s)\b(?:xin (?:phep|y kien(?: chi dao)?|chu truong)(?: [^.;,]{3,80})?"
        r"|(?:kinh )?(?:de nghi|trinh|mong) [^.;]{3,80}?(?:cho y kien(?: chi dao)?|cho chu truong|cho phep))"
    )
)
_COMPETENT = re.compile(
    spaced(
        r"(?:(?:thuoc|trong) (?:pham vi )?(?:tham )?quyen "
        r"(?:(?:tu )?(?:quyet dinh|giai quyet|xu ly|phe duyet) )?(?:cua )?"
        r"|(?:da|duoc) (?:duoc )?phan cap cho )(?P<whose>[^.;,:()]{4,60})"
        r"|\b(?:do|giao cho) (?P<decides>[^.;,:()]{4,60}?) (?:tu |chu dong |toan quyen )*quyet dinh\b(?! so)"
    )
)
# What any office settles for itself, whatever its rank: its timetable, its rota, its stationery.
_SMALL = re.compile(
    spaced(
        r"\b(?:thoi khoa bieu|lich (?:truc|lam viec|hop|nghi phep|tiep (?:cong )?dan|ve sinh|sinh hoat|doc sach)|"
        r"dau sach|van phong pham|muc in|giay in|bien ten|so do (?:cho ngoi|phong lam viec)|cho (?:ngoi|de xe)|"
        r"phong hop|cay canh|ban ghe|noi quy (?:co quan|phong|kho|thu vien|phong doc)|"
        r"phan cong (?:truc|nhan vien|giao vien))(?!\w)"
    )
)
# Money not at hand, or what goes beyond the office's own walls, is for others to grant.
_OUTSIDE = re.compile(
    spaced(
        r"\b(?:bo sung|cap (?:them )?kinh phi|ho tro|du toan|ngan sach|ngoai|xay (?:moi|dung)|dau tu|"
        r"toan (?:tinh|xa|nganh)|cac (?:xa|truong|so)|giao (?:them )?bien che|muon|thue|dung chung)\b"
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
