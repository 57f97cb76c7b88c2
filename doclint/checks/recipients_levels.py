"""Files sent to a superior body over the head of the body that has to appraise them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import level_of
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy, Recipient
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
    proposal = anatomy.type == "TTr"
    if not proposal and not _asks_for_approval(document, anatomy):
        return
    listed = anatomy.recipients.items if proposal and anatomy.recipients is not None else ()
    for recipient in (*anatomy.addressees, *listed):
        skipped = _skipped(anatomy, recipient)
        if skipped:
            yield Match(recipient.span, {"recipient": " ".join(recipient.name.split()), "skipped": skipped})


def _asks_for_approval(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether the subject of a letter asks for a decision; what a letter says further on is no proof."""
    subject = anatomy.header.subject
    return (
        subject is not None and _ASKS.search(" ".join(document.folded[subject.start : subject.end].split())) is not None
    )


def _skipped(anatomy: Anatomy, recipient: Recipient) -> str:
    """Return whom the file passes over on its way to ``recipient``, empty when nobody surely."""
    name = key(recipient.name)
    superior, issuer = (
        key(printed.name) if printed is not None else "" for printed in (anatomy.header.superior, anatomy.header.issuer)
    )
    if _COMMUNE.match(issuer):
        return "Ủy ban nhân dân tỉnh và sở chuyên môn" if _is_central(recipient, name) else ""
    if _DEPARTMENT.match(issuer) and not _CENTRAL_BRANCH.match(superior):
        return "Ủy ban nhân dân tỉnh" if _TOP.match(name) else ""
    if _DEPARTMENT.match(superior):
        over = _is_central(recipient, name) or _PROVINCE.match(name) is not None
        return "sở chủ quản" if over else ""
    if _COMMUNE.match(superior):
        over = _is_central(recipient, name) or _PROVINCE.match(name) is not None
        return "Ủy ban nhân dân cấp xã" if over else ""
    return ""


def _is_central(recipient: Recipient, name: str) -> bool:
    return level_of(recipient.name) == "central" and _CENTRAL.match(name) is not None


_ASKS = re.compile(
    r"\b(?:de nghi|xin|trinh|kien nghi)\b.{0,40}?\b(?:phe duyet|tham dinh|chap thuan|quyet dinh|cho phep|chu truong|"
    r"bo tri|ho tro|bo sung|cap)\b"
)
_COMMUNE = re.compile(r"(?:uy ban|hoi dong) nhan dan (?:xa|phuong|dac khu)\b")
_DEPARTMENT = re.compile(r"so ")
_CENTRAL_BRANCH = re.compile(r"bo |cuc |tong cuc ")
_CENTRAL = re.compile(
    r"(?:cac )?bo (?!chi huy|tu lenh|phan)|bo truong|(?:pho )?thu tuong|chinh phu|quoc hoi|van phong chinh phu"
)
_TOP = re.compile(r"(?:pho )?thu tuong|chinh phu|quoc hoi")
_PROVINCE = re.compile(r"(?:(?:pho )?chu tich )?(?:uy ban|hoi dong) nhan dan (?:tinh|thanh pho)\b|tinh uy\b|thanh uy\b")
