"""Faults of the list of recipients itself: lines twice, lines for knowledge only, no file copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.bodies import group_of
from doclint.anatomy.gazetteer import key, known
from doclint.anatomy.parts import Anatomy, Recipient
from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"recipient", "other"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``twice``, ``for_knowledge`` (để biết) or ``no_file_copy`` (no line «Lưu»)."""

    report: Literal["twice", "for_knowledge", "no_file_copy"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each line that the list has no need of, or the heading of a list without a file copy."""
    anatomy = context.anatomy
    if options.report == "twice":
        yield from _twice(anatomy)
    elif options.report == "for_knowledge":
        yield from _for_knowledge(anatomy)
    elif context.complete:
        yield from _no_file_copy(document, anatomy)


def _twice(anatomy: Anatomy) -> Iterator[Match]:
    listed = [item for item in _listed(anatomy) if not item.archive]
    as_above = any(_AS_ABOVE.match(fold(item.name)) for item in listed)
    addressed = anatomy.addressees if as_above else ()
    seen = {_name(addressee): addressee for addressee in addressed}
    for item in listed:
        name = _name(item)
        other = seen.get(name) or next(
            (group for group in (*addressed, *listed) if group is not item and _holds(group, item)), None
        )
        if other is not None:
            yield Match(item.span, {"recipient": item.name, "other": _words(other)})
        seen.setdefault(name, item)


def _words(recipient: Recipient) -> str:
    return " ".join(recipient.name.split())


def _listed(anatomy: Anatomy) -> tuple[Recipient, ...]:
    return anatomy.recipients.items if anatomy.recipients is not None else ()


def _name(recipient: Recipient) -> str:
    body = known(recipient.name)
    return key(body.name if body is not None else recipient.name)


def _holds(group: Recipient, item: Recipient) -> bool:
    """Tell whether ``group`` is a whole group that the body ``item`` surely belongs to.

    A purpose of its own is reason enough to name a body beside its group.
    """
    member = _MEMBERS.get(group.group)
    name = _name(item)
    return (
        member is not None
        and not item.purpose
        and not group_of(item.name)
        and not re.search(r"[:,;]", item.name)
        and _NOT_WHOLE.search(fold(group.name)) is None
        and member.match(name) is not None
        # «Phòng X, Sở Y» is none of the issuer's own.
        and not (group.group == "divisions" and "so" in name.split() and "so" not in key(group.name).split())
    )


def _for_knowledge(anatomy: Anatomy) -> Iterator[Match]:
    for item in _listed(anatomy):
        # A person is told what is decided about him: no page on the web stands for that.
        if _KNOWLEDGE.fullmatch(fold(item.purpose)) and not _PERSON.match(fold(item.name)):
            yield Match(item.span, {"recipient": item.name, "other": ""})


def _no_file_copy(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    recipients, signature = anatomy.recipients, anatomy.signature
    if recipients is None:
        # Resolutions of central bodies are often passed on without their list.
        local = anatomy.header.level in ("province", "department", "commune", "unit")
        if local and signature is not None and "noi nhan" not in document.folded:
            yield Match(signature.authority, {"recipient": "", "other": ""})
    elif not any(item.archive for item in recipients.items) and not _LUU.search(
        document.folded, recipients.heading.start
    ):
        yield Match(recipients.heading, {"recipient": "", "other": ""})


_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui)")
# «các sở liên quan», «các xã còn lại», «các phòng có tên»: some of them, nobody knows which.
_NOT_WHOLE = re.compile(r"lien quan|con lai|khac|co ten|danh sach|neu |kem theo|:|\d")
_MEMBERS = {
    "departments": re.compile(r"so (?!giao dich)"),
    "communes": re.compile(r"uy ban nhan dan (?:xa|phuong|dac khu) "),
    "divisions": re.compile(r"phong "),
    "ministries": re.compile(r"bo (?!truong|chi huy|tu lenh|phan)"),
}
_KNOWLEDGE = re.compile(r"(?:de )?biet|d/b|db")
_PERSON = re.compile(r"(?:cac )?(?:ong|ba|dong chi|d/c|cong dan|ho|nguoi)\b|(?:anh|chi) (?!cuc)")
_LUU = re.compile(r"(?m)^[\s\-–*+•]*luu\b|\bluu\s*:?\s*(?:vt|van thu)\b")
