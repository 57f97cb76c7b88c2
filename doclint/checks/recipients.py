"""Groups of recipients that the content has nothing for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from doclint.anatomy.bodies import group_of, in_sentence
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Actor, Anatomy, Recipient, Task
from doclint.checks import Context, opinions, reminders
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"recipient", "named"})


@dataclass(frozen=True, slots=True)
class Options:
    """``groups``: the kinds of group that are looked at (doclint.anatomy.bodies.group_of)."""

    groups: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the groups among recipients and addressees that no task is given to and no purpose stands beside."""
    if not context.complete:
        return
    anatomy = context.anatomy
    listed = anatomy.recipients.items if anatomy.recipients is not None else ()
    # Whoever is invited needs no task.
    addressed = anatomy.addressees if anatomy.type != "GM" else ()
    # To be asked what one has no part in is no work either.
    idle = {recipient.span for recipient in opinions.asked_in_vain(document, anatomy, options.groups)}
    tasks = [task for task in anatomy.tasks if not _exhorts(document, task)]
    if anatomy.type == "CV" and next(reminders.check(document, reminders.Options(), context), None) is not None:
        tasks = []
    bound = [actor for actor in anatomy.named if _PUTS_IN_FORCE.search(key(_rest_of_sentence(document, actor)))]
    # Standing duties are reason enough to be told, not to be written to.
    for recipients, given in ((addressed, [task for task in tasks if not task.standing]), (listed, tasks)):
        actors = [*bound, *(actor for task in given for actor in (*task.lead, *task.partners))]
        wide = [
            recipient.group in options.groups
            and (recipient.span in idle or not _is_served(recipient, actors, anatomy.header.level))
            and not _has_purpose(recipient)
            and not _SUBSET.search(recipient.name)
            and not any(key(one) == key(recipient.name) for one in context.office.recipients)
            for recipient in recipients
        ]
        # Lines that follow each other are one fault with one way out of it.
        for is_wide, run in groupby(zip(wide, recipients, strict=True), key=itemgetter(0)):
            if is_wide:
                lines = [recipient for _, recipient in run]
                names = "; ".join(recipient.name for recipient in lines)
                span = Span(lines[0].span.start, lines[-1].span.end)
                yield Match(span, {"recipient": names, "named": _named(anatomy)})


def _exhorts(document: Document, task: Task) -> bool:
    """Tell whether a task says no more than that everybody does what he has to do anyway."""
    text = document.at(task.span)
    return (
        _STOCK.search(key(text)) is not None
        and find_deadline(text).kind not in ("date", "period", "recurring", "event")
        and not (task.product or task.resources or task.authority)
    )


def _rest_of_sentence(document: Document, actor: Actor) -> str:
    end = document.text.find("\n", actor.span.end)
    return re.split(r"[.;](?=\s|/)", document.text[actor.span.end : end if end >= 0 else None], maxsplit=1)[0]


def _is_served(recipient: Recipient, actors: Iterable[Actor], level: str) -> bool:
    """Tell whether somebody of a group has something to do; of a list of groups, any.

    «Các cơ quan, đơn vị» stands for the bodies under the issuer.
    """
    wide = {"units", "divisions"} if level == "commune" else {"units", "divisions", "departments", "communes"}
    parts = re.split(r",\s*|\s+và\s+", recipient.name)
    wanted = {recipient.group, *(group_of(f"các {re.sub(r'^[Cc]ác ', '', part)}") for part in parts)} - {""}
    if "all" in wanted and len(parts) == 1:
        wanted |= {"units"}
    name = _member(recipient.name)
    actors = list(actors)
    # Where two of its own divisions have work, an office may tell them all.
    own = {key(actor.name) for actor in actors if _OWN_UNIT.match(actor.name)}
    if recipient.group == "divisions" and level in ("department", "unit") and len(own) > 1:
        return True
    for actor in actors:
        if actor.group in wanted or (actor.group == "all" and wanted & wide):
            return True
        # «Trưởng thôn» may be told what «Trưởng các thôn» get.
        if not actor.group and _member(actor.name) in name:
            return True
    return False


def _member(name: str) -> str:
    return re.sub(r"\b(?:cac|moi|tung) ", "", key(name))


def _has_purpose(recipient: Recipient) -> bool:
    return recipient.purpose not in ("", "để biết")


def _named(anatomy: Anatomy) -> str:
    names = list(dict.fromkeys(in_sentence(actor.name) for task in anatomy.tasks for actor in task.lead))
    if not names:
        return "không giao việc cho cơ quan nào"
    return "giao việc cho " + ", ".join(names[:4]) + ("…" if len(names) > 4 else "")


# «các khoa có thiết bị»: some of them, and it is said which.
_SUBSET = re.compile(r"\b(?:có (?!liên quan)|nêu tại|theo danh sách|được giao)")
_OWN_UNIT = re.compile(r"(?:(?:Trưởng|Phó Trưởng) )?(?:[Pp]hòng|[Kk]hoa|Tổ|Đội|Văn phòng|Phân xưởng)\s")
_STOCK = re.compile(
    r"\bquan triet\b|\bnghiem tuc\b|(?:theo|can cu) chuc nang,? (?:va )?nhiem vu|"
    r"chu dong (?:to chuc )?(?:trien khai|thuc hien)|co hieu qua (?:cac noi dung|noi dung|ke hoach)|"
    r"to chuc (?:trien khai )?thuc hien (?:tot )?(?:ke hoach|noi dung)"
)
# «chịu trách nhiệm thi hành Quyết định này»: everybody named there has to act on it.
_PUTS_IN_FORCE = re.compile(r"\b(?:thi hanh|thuc hien) (?:quyet dinh|nghi quyet|quy che|quy dinh|chi thi) nay")
