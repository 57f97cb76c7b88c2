"""Files sent to a superior body over the head of the body that has to appraise them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Actor, Anatomy
from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"recipient", "skipped"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each addressee, or recipient of a proposal, that stands above the body that must appraise it."""
    anatomy = context.anatomy
    file = _read(document, anatomy)
    listed = anatomy.recipients.items if file.proposes and anatomy.recipients is not None else ()
    for recipient in (*anatomy.addressees, *listed):
        skipped = _skipped(file, key(recipient.name), recipient in anatomy.addressees)
        if skipped and not recipient.archive:
            yield Match(recipient.span, {"recipient": " ".join(recipient.name.split()), "skipped": skipped})


@dataclass(frozen=True, slots=True)
class _File:
    """What is sent: by whom (folded names), what kind it is, what its text asks for and says of its way up."""

    superior: str
    issuer: str
    type: str
    text: str
    """Subject and body, folded, one blank between words."""
    proposes: bool
    """It is there to get a decision: a proposal, or a letter whose subject asks for one."""
    asks: bool
    """Something in it asks for a decision or for means."""
    appraiser: str
    """The body that the text says has to appraise it and has not, as printed."""
    departments: bool
    """A department is named somewhere: it may have had the file."""
    addressees: tuple[str, ...]


def _read(document: Document, anatomy: Anatomy) -> _File:
    header = anatomy.header
    subject = key(document.at(header.subject)) if header.subject is not None else ""
    heads = [node.head for node in anatomy.body.nodes]
    superior, issuer = (key(name.name) if name is not None else "" for name in (header.superior, header.issuer))
    body = " ".join(key(document.at(head)) for head in heads)
    asks = _asks().search(f"{subject}. {body}") is not None
    appraiser = _appraiser(document, anatomy, issuer) if asks or anatomy.type == "TTr" else ""
    return _File(
        superior=superior,
        issuer=issuer,
        type=anatomy.type,
        text=f"{subject}. {body}",
        proposes=anatomy.type == "TTr" or appraiser != "" or _asks().search(subject) is not None,
        asks=asks,
        appraiser=appraiser,
        departments=re.search(r"\b[Ss]ở\b", document.text) is not None,
        addressees=tuple(key(recipient.name) for recipient in anatomy.addressees),
    )


def _appraiser(document: Document, anatomy: Anatomy, issuer: str) -> str:
    """Return the body that has to appraise the file before it goes up, when the text says so; empty otherwise."""
    for body in anatomy.named:
        sentence = _sentence(document, body)
        if (
            0 < _rank(key(body.name)) < _TOP
            and key(body.name) not in issuer
            and (_FIRST.search(sentence) or _BOUND.search(sentence))
            and not _DONE.search(sentence)
            and (
                _APPRAISES.match(key(document.text[body.span.end : body.span.end + 60]))
                or _APPRAISAL_OF.search(key(document.text[max(0, body.span.start - 60) : body.span.start]))
            )
        ):
            return " ".join(body.name.split())
    return ""


def _sentence(document: Document, body: Actor) -> str:
    """Return the sentence that names ``body``, folded; empty when it tells the body what to do."""
    start = max(document.text.rfind(mark, 0, body.span.start) for mark in ("\n", ". ", "; ")) + 1
    before = key(document.text[start : body.span.start])
    if re.search(r"\b(?:giao|de nghi|chi dao|yeu cau)$", before):
        return ""
    found = re.compile(r"[.;](?=\s|$|/)|\n").search(document.text, body.span.end)
    return key(document.text[start : found.start() if found is not None else len(document.text)])


def _skipped(file: _File, name: str, addressed: bool) -> str:
    """Return whom the file passes over on its way to ``name``, empty when nobody surely."""
    rank = _rank(name)
    if rank < _PROVINCE:
        section = file.type == "TTr" and rank == _DEPARTMENT and re.match("phong ", file.issuer) is not None
        return "Ủy ban nhân dân cấp xã" if section and _COMMUNE.match(file.superior) else ""
    over = file.superior != "" and name in file.superior
    if file.appraiser and rank > _rank(key(file.appraiser)) and (not over or _AROUND.search(file.text)):
        return file.appraiser
    bidden = file.type != "TTr" and _is_bidden(file.text, rank)
    moved = file.proposes or (file.asks and not bidden)
    if _COMMUNE.match(file.issuer):
        return _over_commune(file, rank, addressed, moved)
    if not moved:
        return ""
    if file.issuer.startswith("so "):
        means = file.type == "TTr" and addressed and rank == _MINISTRY and _MEANS.search(file.text) is not None
        return "Ủy ban nhân dân tỉnh" if rank == _TOP or means else ""
    if file.superior.startswith("so "):
        return "sở chủ quản"
    if _COMMUNE.match(file.superior):
        return "Ủy ban nhân dân cấp xã"
    return "bộ chủ quản" if rank == _TOP and file.superior.startswith("bo ") else ""


def _over_commune(file: _File, rank: int, addressed: bool, moved: bool) -> str:
    """Return whom a file of a commune passes over."""
    if rank > _PROVINCE:
        report = file.type == "BC" and addressed
        return "Ủy ban nhân dân tỉnh và sở chuyên môn" if (report or moved) and not _is_bidden(file.text, rank) else ""
    if file.type == "BC" or not file.proposes:
        return ""
    if not addressed:
        # A department has it to appraise already, and the province gets it too.
        asked = any(name.startswith("so ") for name in file.addressees)
        return "sở chuyên môn" if asked and not any(_rank(name) >= _PROVINCE for name in file.addressees) else ""
    alone = not file.departments and file.issuer.startswith("uy ban") and _MEANS.search(file.text) is not None
    return "sở chuyên môn" if alone and not _is_bidden(file.text, rank) else ""


def _rank(name: str) -> int:
    """Return how high a body stands, 0 when it is none of those that files are sent up to."""
    return next((rank for rank, pattern in _RANKS if pattern.match(name)), 0)


def _is_bidden(text: str, rank: int) -> bool:
    """Tell whether the text says that a body of that rank, or one above it, asked for it."""
    bidders = _BIDDERS[rank]
    return re.search(rf"{_BIDS}[^.;]*?\b(?:{bidders})\b", text) is not None


@cache
def _asks() -> re.Pattern[str]:
    wanted = (
        r"phe duyet|tham dinh|chap thuan|quyet dinh|cho phep|cho (?:thay|xay|mua|sua|lam|xa|mo)\w*|chu truong|bo tri|"
        r"ho tro|bo sung|cap|giao|dau tu|phan bo|ghi von|ban hanh|thong qua|dieu chinh"
    )
    return re.compile(rf"\b(?:de nghi|xin|trinh|kien nghi|de xuat)\b[^.;]{{0,80}}?\b(?:{wanted})\b")


_SECTION, _DEPARTMENT, _PROVINCE, _MINISTRY, _TOP = 1, 3, 4, 5, 6
_COMMUNE = re.compile(r"(?:uy ban|hoi dong) nhan dan (?:xa|phuong|dac khu)\b")
_OFFICE = r"(?:(?:lanh dao|van phong|thuong truc|ban thuong vu|(?:pho )?chu tich|bi thu) )*"
_RANKS = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in (
        (_TOP, rf"{_OFFICE}(?:pho )?(?:thu tuong|chinh phu|quoc hoi|chu tich nuoc)"),
        (_MINISTRY, r"(?:cac )?bo (?!chi huy|tu lenh|phan|mon)|bo truong|thu truong bo"),
        (_PROVINCE, rf"{_OFFICE}(?:(?:uy ban|hoi dong) nhan dan (?:tinh|thanh pho)\b|tinh uy\b|thanh uy\b)"),
        (_DEPARTMENT, r"(?:giam doc )?so "),
        (_SECTION, r"(?:truong )?phong "),
    )
)
_BIDDERS = {
    _PROVINCE: "uy ban nhan dan (?:tinh|thanh pho)|tinh uy|thanh uy|hoi dong nhan dan tinh",
    _MINISTRY: "bo|chinh phu|thu tuong",
    _TOP: "chinh phu|thu tuong|quoc hoi",
}
_BIDS = (
    r"\b(?:theo|thuc hien|tra loi|phuc dap|tiep thu)\s(?:(?:tinh than|noi dung|y kien|su)\s)?"
    r"(?:yeu cau|de nghi|chi dao|y kien|ket luan|cong van|van ban|thong bao|ke hoach|quyet dinh|che do bao cao|"
    r"cong dien)"
)
# What some department always has to appraise, since it is money, land, posts or buildings of the province.
_MEANS = re.compile(
    r"\b(?:kinh phi|von|ngan sach|ty dong|trieu dong|du an|quy hoach|bien che|dau tu|muc dich su dung|du toan)\b"
)
_APPRAISES = re.compile(
    r",? ?(?:(?:de|phai|co|la co quan|chu tri,?) )*(?:tham dinh|tham tra|tong hop|xem xet|cho y kien|y kien)\b"
)
_APPRAISAL_OF = re.compile(r"\b(?:tham dinh|tham tra|y kien) (?:bang van ban )?cua$|\bphai (?:trinh |gui )?qua$")
# «phải qua Sở …», «do Sở … thẩm định trước khi trình», «Sở … thẩm định, tổng hợp, trình … theo quy chế».
_BOUND = re.compile(
    r"\bphai (?:duoc|qua|gui|co|do|lay)\b|\bthuoc (?:dien|loai|truong hop|nhiem vu|tham quyen)|\bbat buoc"
    r"|\btheo (?:quy dinh|quy che|phan cap|quy trinh|luat)"
)
_FIRST = re.compile(
    r"\btruoc khi (?:trinh|gui|bao cao|quyet dinh)|\b(?:roi|sau do|xong) (?:moi )?(?:duoc )?(?:trinh|gui|bao cao)"
)
_DONE = re.compile(
    r"\bda (?:duoc |co |lay |gui |xin |trinh |thong nhat |phoi hop |hoan thanh )*"
    r"(?:so |phong |bo |cuc |y kien|van ban|tham dinh|tham tra|tong hop|thong nhat|xem xet)"
    r"|\b(?:tham dinh|thong nhat|y kien|tham tra)(?: [^,.;]{0,40})? tai (?:bao cao|cong van|van ban|thong bao|to trinh)"
)
_AROUND = re.compile(
    r"\b(?:chua|khong) (?:qua|gui|co|duoc|lay|kip)\b|\btruc tiep\b|\b(?:trinh|gui) thang\b|\bdong (?:thoi )?gui\b"
)
