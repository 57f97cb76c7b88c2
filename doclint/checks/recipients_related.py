"""Bodies that are told what to do and do not get the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.gazetteer import key, known
from doclint.anatomy.parts import Anatomy, Recipient, Task
from doclint.anatomy.same_body import is_short_form
from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"body"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first naming of each lead that does not get the document."""
    anatomy = context.anatomy
    recipients = _recipients(anatomy)
    if not context.complete or anatomy.recipients is None or all(item.archive for item in recipients):
        return
    # Above the commune a division is the issuer's own, and gets what its office issues unless divisions are listed.
    divisions = anatomy.header.level in ("commune", "") or any(_DIVISION.match(key(item.name)) for item in recipients)
    issuer = key(anatomy.header.issuer.name) if anatomy.header.issuer is not None else ""
    reported: set[str] = set()
    for actor in (actor for task in anatomy.tasks if _is_due(task) for actor in task.lead):
        name = institution(actor.name)
        if (
            not actor.group
            and _BODY.match(name)
            and len(name.split()) > 2
            and (divisions or _DIVISION.match(name) is None)
            and not (issuer and (name in issuer or issuer in name or _HEAD.match(key(actor.name))))
            and name not in reported
            and not any(_covers(document, anatomy, item, name) for item in recipients)
        ):
            reported.add(name)
            yield Match(actor.span, {"body": " ".join(actor.name.split())})


def _is_due(task: Task) -> bool:
    return task.node >= 0 and (not task.standing or task.deadline.kind in ("date", "period"))


def _recipients(anatomy: Anatomy) -> tuple[Recipient, ...]:
    return (*anatomy.addressees, *(anatomy.recipients.items if anatomy.recipients is not None else ()))


def _covers(document: Document, anatomy: Anatomy, item: Recipient, name: str) -> bool:
    """Tell whether the body ``name`` gets what ``item`` gets. Whatever is in doubt, it does."""
    own = own_words(name)
    if item.archive:
        units = anatomy.recipients.file_copy.units if anatomy.recipients and anatomy.recipients.file_copy else ()
        return any(unit != "VT" and is_short_form(unit, own) for unit in units)
    text = key(item.name)
    article = _AS_ARTICLE.match(text)
    if article is not None:
        return _names(document, anatomy, article[1], own)
    if text.startswith("nhu "):
        # Addressees stand among the recipients anyway; «như thành phần mời», «như danh sách» may be anybody.
        return _AS_ABOVE.match(text) is None
    if re.sub(r" \d+$", "", own) in text or any(is_short_form(word, own) for word in re.findall(r"[\w&]+", item.name)):
        return True
    if any(_is_same(part, name) or _begins(part, name) for part in re.split(r"[,;:]", item.name)):
        return True
    return _in_group(item, text, name)


def _names(document: Document, anatomy: Anatomy, label: str, own: str) -> bool:
    """Tell whether the article that a list points to names the body, by itself or in a group."""
    article = next(
        (n for n in anatomy.body.nodes if re.sub(r"\D", "", n.label) == label and "i" in fold(n.label)), None
    )
    if article is None:
        return True
    return own in key(document.at(article.span)) or any(
        actor.group for actor in anatomy.named if actor.span in article.span
    )


def _in_group(item: Recipient, text: str, name: str) -> bool:
    kinds = MEMBERS.get(item.group)
    if kinds is not None:
        return kinds.match(name) is not None
    # «các khoa, phòng», «thành viên Ban Chỉ đạo», «các cơ quan chịu sự giám sát»: nobody can tell who that is.
    return bool(item.group) or (_PLURAL.match(text) is not None and ":" not in item.name)


def _is_same(part: str, name: str) -> bool:
    body, other = known(part.strip()), known(name)
    return body is not None and body is other


def _begins(part: str, name: str) -> bool:
    """Tell whether a name begins with a recipient: with an unknown verb behind it, names are read too far."""
    own = institution(part)
    return len(own.split()) > 3 and name.startswith(f"{own} ")


def institution(name: str) -> str:
    """Return the body that a name stands for, the head of a body for the body itself."""
    return _TITLE.sub("", key(name)).strip()


def own_words(name: str) -> str:
    """Return what tells a body from others of its kind: «noi vu», «kinh te», of a commune its place."""
    commune = re.match(r"uy ban nhan dan (?:xa|phuong|dac khu) (.+)", name)
    if commune is not None:
        return commune[1]
    short = re.sub(r" (?:tinh|thanh pho|xa(?! hoi)|phuong|dac khu|khu vuc)(?: [^,]*)?$", "", name)
    return re.sub(
        r"^(?:so|phong|khoa|trung tam|chi cuc|ban(?: quan ly(?: du an)?| chi huy)?|tram|hat|"
        r"truong(?: (?:mau giao|mam non|tieu hoc|trung hoc co so|trung hoc pho thong|thcs|thpt)(?= \w))?) ",
        "",
        short,
    )


_TITLE = re.compile(
    r"^(?:(?:pho )?(?:giam doc|truong|chanh|chu tich|hieu truong|cuc truong|chi cuc truong|vien truong|tram truong|"
    r"hat truong|chi huy truong)|"
    r"thu truong|lanh dao|nguoi dung dau|cap uy) (?!hop|pho thong|mam non|tieu hoc|trung hoc|cao dang|dai hoc)"
)
_DIVISION = re.compile(r"(?:phong|khoa) ")
_HEAD = re.compile(r"(?:pho )?chu tich (?:uy ban nhan dan|hoi dong nhan dan)\b")
"""Who leads the body that issues, or one above it: a task of his own is no reason to write to him."""
_BODY = re.compile(
    r"(?:so|phong|khoa|cong an|thanh tra|trung tam|chi cuc|ban quan ly|benh vien|thue|kho bac|bao hiem|"
    r"hoi (?!dong (?!y))|lien doan|tram|hat|cong ty|hop tac xa|bo chi huy|ban chi huy|uy ban mat tran|ngan hang|"
    r"buu dien|thu vien|bao tang|truong (?:mau giao|mam non|tieu hoc|trung (?:hoc|cap)|pho thong|thcs|thpt|cao dang|"
    r"dai hoc)|uy ban nhan dan (?:xa|phuong|dac khu)|vien kiem sat|toa an) "
)
_AS_ARTICLE = re.compile(r"nhu dieu (\d+)")
_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui)")
_PLURAL = re.compile(
    r"(?:(?:thu )?truong |giam doc |lanh dao |hieu truong |bi thu )?(?:cac|cap|toan the|\d+|tung|moi) "
    r"|thanh vien|co ten"
)
MEMBERS = {
    "departments": re.compile(r"(?!phong |uy ban (?:nhan dan|mat tran)|tram |hoi |lien doan )"),
    "communes": re.compile(r"uy ban nhan dan (?:xa|phuong|dac khu)|.*\b(?:xa|phuong|dac khu)\b"),
    "divisions": re.compile(r"phong |thanh tra|chi cuc|khoa |to |trung tam|ban "),
    "units": re.compile(r"trung tam|ban quan ly|benh vien|truong |vien |chi cuc|tram |hoi "),
    "associations": re.compile(r"hoi |lien doan |uy ban mat tran"),
    "central": re.compile(r"cong an|thue|kho bac|bao hiem|thong ke|vien kiem sat|toa an|chi cuc|bo chi huy"),
    "ministries": re.compile(r"bo "),
}
