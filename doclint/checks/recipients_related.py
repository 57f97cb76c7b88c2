"""Who is told what to do, and who gets the document: each should be among the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from doclint.anatomy.gazetteer import key, known
from doclint.anatomy.parts import Anatomy, Recipient
from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"body"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``unrelated`` recipients that the content does not touch, ``left_out`` bodies that have a task."""

    report: Literal["unrelated", "left_out"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report recipients that nothing is said of, or the first naming of each lead that does not get the document."""
    if not context.complete or context.anatomy.recipients is None:
        return
    if options.report == "unrelated":
        yield from _unrelated(document, context.anatomy)
    else:
        yield from _left_out(document, context.anatomy)


def _left_out(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    recipients = _recipients(anatomy)
    if not any(not item.archive for item in recipients):
        return
    issuer = key(anatomy.header.issuer.name) if anatomy.header.issuer is not None else ""
    reported: set[str] = set()
    for actor in (actor for task in anatomy.tasks if not task.standing and task.node >= 0 for actor in task.lead):
        name = _institution(actor.name)
        if (
            not actor.group
            and _BODY.match(name)
            and len(name.split()) > 2
            # Above the commune a «phòng» is the issuer's own, and gets what its office issues.
            and not (name.startswith("phong ") and anatomy.header.level not in ("commune", ""))
            and not (issuer and (name in issuer or issuer in name or _HEAD.match(key(actor.name))))
            and name not in reported
            and not any(_covers(document, anatomy, item, name) for item in recipients)
        ):
            reported.add(name)
            yield Match(actor.span, {"body": " ".join(actor.name.split())})


def _recipients(anatomy: Anatomy) -> tuple[Recipient, ...]:
    return (*anatomy.addressees, *(anatomy.recipients.items if anatomy.recipients is not None else ()))


def _covers(document: Document, anatomy: Anatomy, item: Recipient, name: str) -> bool:
    """Tell whether the body ``name`` gets what ``item`` gets. Whatever is in doubt, it does."""
    own = _own(name)
    if item.archive:
        units = anatomy.recipients.file_copy.units if anatomy.recipients and anatomy.recipients.file_copy else ()
        return any(unit != "VT" and _is_short_form(unit, own) for unit in units)
    text = key(item.name)
    article = _AS_ARTICLE.match(text)
    if article is not None:
        return _names(document, anatomy, article[1], own)
    if text.startswith("nhu "):
        # Addressees stand among the recipients anyway; «như thành phần mời», «như danh sách» may be anybody.
        return _AS_ABOVE.match(text) is None
    if re.sub(r" \d+$", "", own) in text or any(_is_short_form(word, own) for word in re.findall(r"[\w&]+", item.name)):
        return True
    if any(_is_same(part, name) for part in re.split(r"[,;:]", item.name)):
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
    kinds = _MEMBERS.get(item.group)
    if kinds is not None:
        return kinds.match(name) is not None
    # «các khoa, phòng», «thành viên Ban Chỉ đạo», «các cơ quan chịu sự giám sát»: nobody can tell who that is.
    return bool(item.group) or (_PLURAL.match(text) is not None and ":" not in item.name)


def _is_same(part: str, name: str) -> bool:
    body, other = known(part.strip()), known(name)
    return body is not None and body is other


def _is_short_form(word: str, own: str) -> bool:
    """Tell whether ``word`` is made of the initials of a name: «NN&MT», «VHXH»."""
    letters = re.sub(r"[^a-z]", "", fold(word))
    words = re.findall(r"[a-z]+", own)
    initials = {"".join(w[0] for w in words), "".join(w[0] for w in words if w != "va")}
    return len(letters) > 1 and any(letters == short or letters[1:] == short for short in initials)


def _unrelated(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    tasks = [task for task in anatomy.tasks if not task.standing]
    if len({_institution(actor.name) for task in tasks for actor in task.lead if not actor.group}) < 2:
        return
    recipients = anatomy.recipients
    if recipients is None or _AS_LISTED.search(document.folded):
        return
    served = {actor.group for task in anatomy.tasks for actor in (*task.lead, *task.partners)} - {""}
    content = _content(document, anatomy)
    for item in recipients.items:
        name = _institution(item.name)
        if (
            not item.group
            and not item.archive
            and item.purpose in ("", "để biết")
            and _may_be_unrelated(name, anatomy)
            and not any(
                group == "all" or _MEMBERS[group].match(name) for group in served if group in ("all", *_MEMBERS)
            )
            and not _touches(content, _own(name))
        ):
            yield Match(item.span, {"body": " ".join(item.name.split())})


def _content(document: Document, anatomy: Anatomy) -> str:
    """Return all that the document says but to whom it goes, as names are compared."""
    text = document.text
    if anatomy.recipients is not None:
        spans = (anatomy.recipients.heading, *(item.span for item in anatomy.recipients.items))
        text = text[: min(span.start for span in spans)] + "\n" + text[max(span.end for span in spans) :]
    return key(text)


def _may_be_unrelated(name: str, anatomy: Anatomy) -> bool:
    """Tell whether a recipient is a plain body beside or under the issuer, which has to be named somewhere."""
    if re.search(r"[,;:]", name) or len(name.split()) < 3:
        return False
    beside = {
        "province": r"so |uy ban nhan dan (?:xa|phuong|dac khu) ",
        "department": r"so |uy ban nhan dan (?:xa|phuong|dac khu) ",
        "commune": r"phong |uy ban nhan dan (?:xa|phuong|dac khu) ",
    }.get(anatomy.header.level)
    issuers = " ".join(key(p.name) for p in (anatomy.header.superior, anatomy.header.issuer) if p is not None)
    return beside is not None and re.match(beside, name) is not None and _own(name) not in issuers


def _touches(content: str, own: str) -> bool:
    """Tell whether any two words of the name, its line of work, stand in the content."""
    words = [word for word in own.split() if word not in ("va", "-")]
    pairs = [" ".join(pair) for pair in pairwise(words)] or words
    money = re.search(r"tai chinh|kinh te", own) is not None and _MONEY.search(content) is not None
    return (
        money
        or any(pair in content for pair in pairs)
        or any(
            re.search(rf"\b{re.escape(short)}\b", content) is not None
            for short in {"".join(w[0] for w in words), f"s{''.join(w[0] for w in words)}"}
        )
    )


def _institution(name: str) -> str:
    """Return the body that a name stands for, the head of a body for the body itself."""
    return _TITLE.sub("", key(name)).strip()


def _own(name: str) -> str:
    """Return what tells a body from others of its kind: «noi vu», «kinh te», of a commune its place."""
    commune = re.match(r"uy ban nhan dan (?:xa|phuong|dac khu) (.+)", name)
    if commune is not None:
        return commune[1]
    short = re.sub(r" (?:tinh|thanh pho|xa(?! hoi)|phuong|dac khu)(?: [^,]*)?$", "", name)
    return re.sub(r"^(?:so|phong|trung tam|chi cuc|ban|truong) ", "", short)


_TITLE = re.compile(
    r"^(?:(?:pho )?(?:giam doc|truong|chanh|chu tich|hieu truong|cuc truong|chi cuc truong|vien truong|tram truong)|"
    r"thu truong|lanh dao|nguoi dung dau|cap uy) (?!hop|pho thong|mam non|tieu hoc|trung hoc|cao dang|dai hoc)"
)
_HEAD = re.compile(r"(?:pho )?chu tich (?:uy ban nhan dan|hoi dong nhan dan)\b")
"""Who leads the body that issues, or one above it: a task of his own is no reason to write to him."""
_BODY = re.compile(
    r"(?:so|phong|cong an|thanh tra|trung tam|chi cuc|ban quan ly|benh vien|thue|kho bac|bao hiem|hoi (?!dong)|"
    r"lien doan|tram|bo chi huy|ban chi huy|uy ban mat tran|uy ban nhan dan (?:xa|phuong|dac khu)|"
    r"vien kiem sat|toa an) "
)
_AS_ARTICLE = re.compile(r"nhu dieu (\d+)")
_AS_ABOVE = re.compile(r"nhu (?:tren|kinh gui)")
_AS_LISTED = re.compile(r"noi nhan theo danh sach|co ten trong danh sach")
_PLURAL = re.compile(
    r"(?:(?:thu )?truong |giam doc |lanh dao |hieu truong |bi thu )?(?:cac|cap|toan the|\d+|tung|moi) "
    r"|thanh vien|co ten"
)
_MONEY = re.compile(r"kinh phi|ngan sach|du toan|thanh toan|quyet toan|kinh te")
_MEMBERS = {
    "departments": re.compile(r"(?!phong |uy ban (?:nhan dan|mat tran)|tram |hoi |lien doan )"),
    "communes": re.compile(r"uy ban nhan dan (?:xa|phuong|dac khu)|.*\b(?:xa|phuong|dac khu)\b"),
    "divisions": re.compile(r"phong |thanh tra|chi cuc|khoa |to |trung tam|ban "),
    "units": re.compile(r"trung tam|ban quan ly|benh vien|truong |vien |chi cuc|tram |hoi "),
    "associations": re.compile(r"hoi |lien doan |uy ban mat tran"),
    "central": re.compile(r"cong an|thue|kho bac|bao hiem|thong ke|vien kiem sat|toa an|chi cuc|bo chi huy"),
    "ministries": re.compile(r"bo "),
}
