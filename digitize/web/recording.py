"""Write down in the journal what a person does on a page, before it is shown."""

from __future__ import annotations

from starlette.requests import Request

from digitize.audit.journal import Event
from digitize.web.context import Context
from digitize.web.faults import Fault
from digitize.web.identity import address, person
from vanthu.errors import VanthuError

SAME_VIEW_SECONDS = 600


def record(request: Request, context: Context, event: Event, **details: object) -> None:
    """Write down that who asks does ``event``; of looking at one thing several times in ten minutes, once.

    Raises Fault when it cannot be written: what is not in the journal is not done.
    """
    who = person(request).name
    key = who, event, tuple(sorted(details.items()))
    now = context.clock()
    if event == "view":
        before = context.views.peek(key)
        if before is not None and 0 <= now - before < SAME_VIEW_SECONDS:
            return
    write(request, context, event, who, details)
    if event == "view":
        context.views.put(key, now)


def write(request: Request, context: Context, event: Event, who: str, details: dict[str, object]) -> None:
    """Write down what ``who`` does, who may not be signed in."""
    try:
        context.journal.append(event, who, details, address=address(request, context))
    except VanthuError as error:
        raise Fault(
            503, "không ghi được nhật ký nên không mở được", "báo người quản trị xem đĩa còn chỗ không"
        ) from error
