"""Groups of recipients that the content has nothing for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import in_sentence
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy, Recipient, Task
from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"recipient", "named"})


@dataclass(frozen=True, slots=True)
class Options:
    """``groups``: the kinds of group that are looked at (doclint.anatomy.bodies.group_of)."""

    groups: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each group among recipients and addressees that no task is given to and no purpose stands beside."""
    if not context.complete:
        return
    anatomy = context.anatomy
    listed = anatomy.recipients.items if anatomy.recipients is not None else ()
    # Standing duties are reason enough to be told, not to be written to.
    for recipients, tasks in (
        (anatomy.addressees, [task for task in anatomy.tasks if not task.standing]),
        (listed, anatomy.tasks),
    ):
        served = _served(tasks, anatomy.header.level)
        for recipient in recipients:
            if (
                recipient.group in options.groups
                and recipient.group not in served
                and not _has_purpose(recipient)
                and not any(key(one) == key(recipient.name) for one in context.office.recipients)
            ):
                yield Match(recipient.span, {"recipient": recipient.name, "named": _named(anatomy)})


def _served(tasks: Iterable[Task], level: str) -> set[str]:
    """Return the groups that have something to do; «các cơ quan, đơn vị» stands for the bodies under the issuer."""
    served = {actor.group for task in tasks for actor in (*task.lead, *task.partners) if actor.group}
    if "all" in served:
        served |= {"units", "divisions"} if level == "commune" else {"units", "divisions", "departments", "communes"}
    return served


def _has_purpose(recipient: Recipient) -> bool:
    return recipient.purpose not in ("", "để biết")


def _named(anatomy: Anatomy) -> str:
    names = list(dict.fromkeys(in_sentence(actor.name) for task in anatomy.tasks for actor in task.lead))
    if not names:
        return "không giao việc cho cơ quan nào"
    return "giao việc cho " + ", ".join(names[:4]) + ("…" if len(names) > 4 else "")
