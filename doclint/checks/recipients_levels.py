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
    appraiser = _appraiser(document, anatomy)
    proposal = anatomy.type == "TTr" or appraiser != ""
    if not proposal and not _asks_for_approval(document, anatomy) and not _asks_unbidden(document, anatomy):
        return
    listed = anatomy.recipients.items if proposal and anatomy.recipients is not None else ()
    for recipient in (*anatomy.addressees, *listed):
        skipped = _skipped(anatomy, recipient)
        if not skipped and appraiser and _ABOVE.match(key(recipient.name)) and not _is_over(anatomy, recipient):
            skipped = appraiser
        if skipped:
            yield Match(recipient.span, {"recipient": " ".join(recipient.name.split()), "skipped": skipped})


def _asks_for_approval(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether the subject of a letter asks for a decision; what a letter says further on is no proof."""
    subject = anatomy.header.subject
    return (
        subject is not None and _ASKS.search(" ".join(document.folded[subject.start : subject.end].split())) is not None
    )


def _asks_unbidden(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether a unit of a department asks the province for something in its text that nobody bade it report."""
    superior = anatomy.header.superior
    if superior is None or not _DEPARTMENT.match(key(superior.name)):
        return False
    text = " ".join(key(document.at(node.head)) for node in anatomy.body.nodes)
    return _ASKS_PROVINCE.search(text) is not None and not (_BIDDEN.search(text) or _DONE.search(text))


def _appraiser(document: Document, anatomy: Anatomy) -> str:
    """Return the body that has to appraise what is asked for, when the document itself says so; empty otherwise."""
    heads = [node.head for node in anatomy.body.nodes]
    if not any(_ASKS.search(" ".join(document.folded[head.start : head.end].split())) for head in heads):
        return ""
    for head in heads:
        match = _APPRAISED_FIRST.search(document.folded, head.start, head.end)
        if match is not None and _DONE.search(document.folded, head.start, head.end) is None:
            return " ".join(document.text[match.start("body") : match.end("body")].split())
    return ""


def _is_over(anatomy: Anatomy, recipient: Recipient) -> bool:
    """Tell whether a recipient is the body that the issuer belongs to, which it answers to directly."""
    printed = anatomy.header.superior
    return printed is not None and key(recipient.name) in key(printed.name)


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


_WANTED = r"\b(?:phe duyet|tham dinh|chap thuan|quyet dinh|cho phep|chu truong|bo tri|ho tro|bo sung|cap)\b"
_ASKS = re.compile(rf"\b(?:de nghi|xin|trinh|kien nghi)\b.{{0,40}}?{_WANTED}")
_COMMUNE = re.compile(r"(?:uy ban|hoi dong) nhan dan (?:xa|phuong|dac khu)\b")
_DEPARTMENT = re.compile(r"so ")
_CENTRAL_BRANCH = re.compile(r"bo |cuc |tong cuc ")
_CENTRAL = re.compile(
    r"(?:cac )?bo (?!chi huy|tu lenh|phan)|bo truong|(?:pho )?thu tuong|chinh phu|quoc hoi|van phong chinh phu"
)
_TOP = re.compile(r"(?:pho )?thu tuong|chinh phu|quoc hoi")
_PROVINCE = re.compile(r"(?:(?:pho )?chu tich )?(?:uy ban|hoi dong) nhan dan (?:tinh|thanh pho)\b|tinh uy\b|thanh uy\b")
_ABOVE = re.compile(rf"{_PROVINCE.pattern}|{_TOP.pattern}")
_APPRAISED_FIRST = re.compile(
    r"\b(?:do|qua|gui|den)\s+(?P<body>so\s(?:(?!\b(?:tham|tong|xem|cho|de)\b)[^.;])+?)\s+(?:de\s+)?"
    r"(?:tham\s+dinh|tham\s+tra|tong\s+hop|xem\s+xet|cho\s+y\s+kien)\b[^.;]*?\btruoc\s+khi\s+(?:trinh|gui|bao\s+cao)"
)
_DONE = re.compile(r"\bda\s+(?:duoc\s+|co\s+)?(?:so|tham\s+dinh|tong\s+hop|gui|van\s+ban)")
_ASKS_PROVINCE = re.compile(rf"(?:de nghi|kien nghi|xin|trinh) uy ban nhan dan (?:tinh|thanh pho)\b.*?{_WANTED}")
_BIDDEN = re.compile(
    r"(?:theo|thuc hien) (?:yeu cau|chi dao|y kien|ket luan|cong van|van ban|thong bao|ke hoach|quyet dinh)[^.;]*?"
    r"uy ban nhan dan (?:tinh|thanh pho)"
)
