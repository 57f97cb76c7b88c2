"""Faults of the list of recipients itself: lines twice, lines for knowledge only, no file copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy, Recipient
from doclint.anatomy.recipients import parse_addressees
from doclint.anatomy.same_body import bodies_of, is_same_body
from doclint.checks import Context
from doclint.document import Document, Span
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
    """Yield each line, all of whose bodies stand in another one; in the list, what «Như trên» stands for counts too."""
    listed = [item for item in _listed(anatomy) if not item.archive]
    as_above = any(_AS_ABOVE.match(fold(item.name)) for item in listed)
    commune = anatomy.header.level == "commune"
    addressed = anatomy.addressees or _invited(anatomy)
    for items, above in ((anatomy.addressees, ()), (listed, addressed if as_above else ())):
        before: list[Recipient] = [*above]
        for item in items:
            names = bodies_of(item.name)
            other = next((one for one in before if all(_is_in(name, bodies_of(one.name)) for name in names)), None)
            if other is None:
                groups = (one for one in (*above, *items) if one is not item)
                other = next((one for one in groups if _holds(one, item, commune)), None)
            if other is not None:
                yield Match(item.span, {"recipient": item.name, "other": " ".join(other.name.split())})
            before.append(item)


def _invited(anatomy: Anatomy) -> tuple[Recipient, ...]:
    """Return whom an invitation lists in its text: «trân trọng kính mời: / - UBND xã A: Chủ tịch, …»."""
    document, nodes = anatomy.document, anatomy.body.nodes
    start = next((n for n, node in enumerate(nodes) if _INVITES.search(document.at(node.head))), len(nodes))
    lines = list(takewhile(lambda node: node.kind == "dash", nodes[start + 1 :]))
    # Behind the colon stands who of the body comes.
    bodies = (document.at(line.head).split(":")[0] for line in lines)
    spans = [Span(line.head.start, line.head.start + len(body)) for line, body in zip(lines, bodies, strict=True)]
    return parse_addressees(document, spans) if anatomy.type == "GM" else ()


def _listed(anatomy: Anatomy) -> tuple[Recipient, ...]:
    return anatomy.recipients.items if anatomy.recipients is not None else ()


def _is_in(name: str, names: Iterable[str]) -> bool:
    return any(is_same_body(name, one) for one in names)


def _holds(group: Recipient, item: Recipient, commune: bool) -> bool:
    """Tell whether ``group`` is a whole group that the body ``item`` surely belongs to.

    A purpose of its own is reason enough to name a body beside its group.
    """
    if not group.group or item.purpose or item.group or _NOT_WHOLE.search(fold(group.name)):
        return False
    names, members = bodies_of(item.name), _members(group)
    return members is not None and all(
        members.match(name) is not None
        # «Phòng X, Sở Y», «Phòng X xã Y» are none of the issuer's own.
        and not (group.group == "divisions" and re.search(r" so ", name) and " so" not in key(group.name))
        and not (group.group == "divisions" and not commune and re.search(r" (?:xa|phuong) ", name))
        for name in names
    )


def _members(group: Recipient) -> re.Pattern[str] | None:
    """Return what the names of the members of a group begin with, None when nobody can tell."""
    fixed = _MEMBERS.get(group.group)
    if fixed is not None:
        return fixed
    found = _NAMED_AFTER.match(re.sub(r"^(?:(?:hieu |to )?truong |giam doc )?(?:cac |tung )?", "", key(group.name)))
    if found is None:
        return None
    nouns = "|".join(re.split(r", | va ", found["nouns"].replace("truong hoc", "truong")))
    return re.compile(rf"(?:truong (?=thon))?(?:{nouns}) ")


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


_INVITES = re.compile(r"[Mm]ời\s*:\s*$")
_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui)")
# «các sở liên quan», «các xã còn lại», «các phòng có tên»: some of them, nobody knows which.
_NOT_WHOLE = re.compile(r"lien quan|con lai|khac|co ten|danh sach|neu |kem theo|:|\d")
_MEMBERS = {
    "departments": re.compile(r"so (?!giao dich)"),
    "communes": re.compile(r"uy ban nhan dan (?:xa|phuong|dac khu) "),
    "ministries": re.compile(r"bo (?!truong|chi huy|tu lenh|phan)"),
    "associations": re.compile(
        r"hoi (?:nong dan|(?:lien hiep )?phu nu|cuu chien binh|nguoi cao tuoi|chu thap do)|"
        r"doan thanh nien|lien doan lao dong"
    ),
}
# «các khoa, phòng», «các trường học trên địa bàn»: the members are called so, all of them.
_NAMED_AFTER = re.compile(
    r"(?P<nouns>(?:phong|khoa|thon|truong hoc|truong|to dan pho|benh vien)(?:(?:, | va )(?:phong|khoa|truong))*)"
    r"(?:,? ban)?(?: chuyen mon| nghiep vu| truc thuoc| cong lap)?(?:$| (?:thuoc|tren dia ban|trong|cua)\b)"
)
_KNOWLEDGE = re.compile(r"(?:de )?biet|d/b|db")
_PERSON = re.compile(r"(?:cac )?(?:ong|ba|dong chi|d/c|cong dan|ho|nguoi)\b|(?:anh|chi) (?!cuc)")
_LUU = re.compile(r"(?m)^[\s\-–*+•]*luu\b|\bluu\s*:?\s*(?:vt|van thu)\b")
