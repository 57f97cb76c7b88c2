"""Superiors who are asked about what is one's own to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.bodies import level_of
from doclint.anatomy.parts import Anatomy, Header
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"competence"})


@dataclass(frozen=True, slots=True)
class Options:
    """None."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the words that ask a superior, where the text itself says that the issuer may decide."""
    anatomy = context.anatomy
    if not any(_is_above(recipient.name, anatomy.header) for recipient in anatomy.addressees):
        return
    paragraphs = operative(anatomy)
    text = document.folded
    own = next((found for span in paragraphs for found in _own(document, anatomy, span)), None)
    if any(_beyond().search(text, span.start, span.end) for span in paragraphs):
        return
    for paragraph in paragraphs:
        for match in _asks_above().finditer(text, paragraph.start, paragraph.end):
            if _others().search(match[0]):
                continue
            ends = re.compile(r"[.;]\s").search(text, match.end(), paragraph.end)
            clause = Span(match.start(), ends.start() if ends is not None else paragraph.end)
            small = _small().search(text, clause.start, clause.end)
            if own is not None:
                words = f"văn bản tự ghi «{' '.join(document.at(own).split())}»"
            elif small is not None and not _outside().search(text, clause.start, clause.end):
                words = f"«{' '.join(document.text[small.start() : small.end()].split())}» là việc nội bộ của cơ quan"
            else:
                continue
            yield Match(Span(match.start(), match.end()), {"competence": words})
            return


def _is_above(name: str, header: Header) -> bool:
    """Tell whether a body stands above the issuer: by its level, or as the one printed over it."""
    over = _short(header.superior.name) if header.superior is not None else ""
    if over and (_short(name).startswith(over) or over.startswith(_short(name))):
        return True
    above, own = _RANKS.get(level_of(name)), _RANKS.get(header.level)
    return above is not None and own is not None and above < own


def _own(document: Document, anatomy: Anatomy, paragraph: Span) -> Iterator[Span]:
    """Yield where a matter is said to be the issuer's: «thuộc thẩm quyền của Ủy ban nhân dân xã»."""
    issuer = anatomy.header.issuer
    name = _short(issuer.name) if issuer is not None else ""
    signs = " ".join(_short(document.at(line)) for line in anatomy.signature.lines) if anatomy.signature else ""
    for match in _competent().finditer(document.folded, paragraph.start, paragraph.end):
        whose = _short(next(words for words in (match["whose"], match["decides"], match["may"]) if words))
        if whose.startswith(_MINE) or _is_issuer(whose, name) or _is_head(whose, name, signs):
            yield Span(match.start(), match.end())


def _is_issuer(whose: str, name: str) -> bool:
    """Tell whether a body is the issuer, in full or by its sort alone: «Bệnh viện», «Ủy ban nhân dân xã»."""
    sort = _sort().match(name)
    if not name or sort is None:
        return False
    rest = whose[len(sort[0]) :].strip() if re.match(rf"{sort[0]}\b", whose) else None
    return rest is not None and (not rest or name[len(sort[0]) :].strip().startswith(rest) or _ends(rest))


def _is_head(whose: str, name: str, signs: str) -> bool:
    """Tell whether a matter is of the issuer's head: «Giám đốc Bệnh viện», or «Hiệu trưởng» where he signs."""
    head = next((head for head in _HEADS if re.match(rf"{head}\b", whose)), "")
    rest = whose[len(head) :].strip()
    return bool(head) and (_is_issuer(rest, name) if rest and not _ends(rest) else head in signs)


def _ends(rest: str) -> bool:
    """Tell whether a name has ended and its sentence goes on."""
    return (
        re.match(r"(?:xem xet|phe duyet|quyet dinh|ban hanh|va|de|thi|nen|theo|duoc|tu|chu dong|ma|nhung)\b", rest)
        is not None
    )


def _short(name: str) -> str:
    return " ".join(fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan").split())


_MINE = ("minh", "don vi minh", "co quan minh", "don vi chung toi")
_HEADS = (
    "hieu truong",
    "giam doc",
    "truong phong",
    "truong ban",
    "vien truong",
    "chu tich",
    "chanh van phong",
)
_SORTS = (
    r"uy ban nhan dan (?:xa|phuong|dac khu|tinh|thanh pho)|benh vien|truong|trung tam|thu vien|bao tang|so|phong|ban"
    r"|chi cuc|tram y te|tram|vien|cong ty|van phong|hoc vien|dai hoc"
)
_RANKS = {"central": 0, "province": 1, "department": 2, "commune": 3, "unit": 4}


@cache
def _sort() -> re.Pattern[str]:
    return re.compile(rf"(?:{_SORTS})\b")


@cache
def _asks_above() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"(?<!da\s)\b(?:(?:kinh |tran trong )?xin (?:phep|y kien(?: chi dao)?|chu truong)(?: [^.;,]{3,80})?"
            r"|(?:kinh |tran trong )?(?:de nghi|trinh|mong) [^.;]{3,80}?"
            r"(?:(?:cho|co) y kien(?: chi dao)?|cho chu truong|cho phep|chap thuan))"
        )
    )


@cache
def _competent() -> re.Pattern[str]:
    decides = r"(?:quyet dinh|ban hanh|phe duyet|quy dinh|giai quyet|xem xet, quyet dinh)"
    return re.compile(
        spaced(
            rf"(?:(?:thuoc|trong) (?:pham vi )?(?:tham )?quyen (?:(?:tu )?(?:{decides}|xu ly) )?(?:cua )?"
            rf"|\btham quyen [^.;,:()]{{0,40}}?(?:la cua|thuoc ve|thuoc) |(?:da|duoc) (?:duoc )?phan cap cho )"
            r"(?P<whose>[^.;,:()]{2,60})"
            rf"|\b(?:do|giao cho|giao) (?P<decides>[^.;,:()]{{2,60}}?) (?:tu |chu dong |toan quyen )*{decides}\b(?! so)"
            rf"|(?P<may>\b(?:{'|'.join(_HEADS)}|{_SORTS})\b[^.;,:()]{{0,60}}?) (?:[^.;:()]{{0,40}} )?"
            rf"(?:duoc|co quyen|co tham quyen) (?:quyen |phan cap |tu |chu dong )*{decides}\b(?! so)"
        )
    )


@cache
def _small() -> re.Pattern[str]:
    """What any office settles for itself, whatever its rank: its timetable, its rota, its stationery."""
    return re.compile(
        spaced(
            r"\b(?:thoi khoa bieu|lich (?:truc|lam viec|hop|nghi phep|tiep (?:cong )?dan|ve sinh|sinh hoat|doc sach)|"
            r"dau sach|van phong pham|muc in|giay in|bien ten|so do (?:cho ngoi|phong lam viec)|cho (?:ngoi|de xe)|"
            r"phong hop|cay canh|ban ghe|noi quy (?:co quan|phong|kho|thu vien|phong doc)|"
            r"phan cong (?:truc|nhan vien|giao vien))(?!\w)"
        )
    )


@cache
def _outside() -> re.Pattern[str]:
    """Money not at hand, or what goes beyond the office's own walls, is for others to grant."""
    return re.compile(
        spaced(
            r"\b(?:bo sung|cap (?:them )?kinh phi|ho tro|du toan|ngan sach|ngoai|xay (?:moi|dung)|dau tu|"
            r"toan (?:tinh|xa|nganh)|cac (?:xa|truong|so)|giao (?:them )?bien che|muon|thue|dung chung)\b"
        )
    )


@cache
def _beyond() -> re.Pattern[str]:
    return re.compile(
        spaced(
            r"vuot (?:qua )?tham quyen|(?:khong|chua|ngoai) (?:thuoc )?(?:pham vi )?tham quyen|"
            r"chua (?:duoc )?(?:phan cap|co quy dinh|quy dinh)|quy dinh khac nhau|cach hieu"
        )
    )


@cache
def _others() -> re.Pattern[str]:
    """The Party leads by right, and the people are asked by law, whoever decides."""
    return re.compile(
        spaced(r"dang uy|tinh uy|thanh uy|ban thuong vu|chi bo|cu tri|ho dan|nguoi dan|xin y kien (?:cua )?nhan dan")
    )
