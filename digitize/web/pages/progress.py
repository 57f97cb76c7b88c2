"""The dashboard: how far the digitizing is, how sure the reading, what failed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from fastapi import APIRouter, Request
from starlette.responses import Response

from digitize import limits
from digitize.access import level_of
from digitize.account import Trouble, troubles
from digitize.disk import gigabytes
from digitize.standing import Standing, duration, standing
from digitize.web.context import Context
from digitize.web.identity import person
from digitize.web.pages.waiting import waiting
from digitize.web.permissions import needs
from digitize.web.templating import page, root


@dataclass(frozen=True, slots=True)
class Bar:
    """Pages whose confidence is in ten points, and how long their bar is: per cent of the longest."""

    name: str
    count: int
    length: float
    level: str


@dataclass(frozen=True, slots=True)
class TroubleLine:
    """A file or page that was not read; ``link`` leads to the page, "" when there is none."""

    name: str
    page: int | None
    reason: str
    link: str


def routes(context: Context) -> APIRouter:
    """Return the route of the dashboard."""
    router = APIRouter()

    @router.get("/tien-do", dependencies=[needs("dashboard")])
    def progress(request: Request) -> Response:
        with context.ledger() as ledger, context.catalogue() as catalogue:
            now = standing(context.archive, ledger)
            told = troubles(ledger)
            bars = histogram(now.tens)
            described = {"documents": catalogue.count(), "waiting": waiting(catalogue).documents}
        unread = [one for one in told if one.state in ("failed", "no_text")]
        return page(
            request,
            "progress.html",
            now=now,
            left=duration(now.seconds_left) if now.seconds_left is not None else "",
            pace=f"{now.pages_per_second:.2f}".replace(".", ","),
            read=sum(now.pages.get(state, 0) for state in ("done", "no_text")),
            known=sum(now.pages.values()),
            free=gigabytes(now.free),
            states=_states(now),
            described=described,
            may_review=person(request).may("review"),
            bars=bars,
            low_limit=limits.LOW_CONFIDENCE,
            reasons=Counter(one.reason for one in unread).most_common(_REASONS),
            troubles=[_line(request, context, one) for one in unread[:_LINES]],
            more=max(0, len(unread) - _LINES),
            quarantined=sum(one.state == "quarantined" for one in told),
        )

    return router


def histogram(counts: Sequence[int]) -> Sequence[Bar]:
    """Return the bars of the pages that were read, the least sure first."""
    longest = max(counts) or 1
    return [
        Bar(
            f"{10 * ten}–{10 * ten + 9 if ten < 9 else 100}",
            counts[ten],
            round(100 * counts[ten] / longest, 1),
            "poor" if ten < 5 else "fair" if 10 * ten < limits.LOW_CONFIDENCE else "sure",
        )
        for ten in range(10)
    ]


def _states(now: Standing) -> list[tuple[str, int | None, int | None]]:
    """Return a line for each state that something is in; a state that pages or documents cannot have is None there."""
    return [
        (name, now.documents.get(state, 0) if state != "no_text" else None, now.pages.get(state) if of_pages else None)
        for state, name, of_pages in _STATES
        if now.documents.get(state) or now.pages.get(state)
    ]


def _line(request: Request, context: Context, trouble: Trouble) -> TroubleLine:
    access = person(request).access
    if access is not None and level_of(context.archive, context.quarantine(), trouble.sha256) not in access:
        return TroubleLine("(tài liệu hạn chế)", trouble.page, trouble.reason, "")
    link = f"{root(request)}/tai-lieu/{trouble.sha256}/{trouble.page}" if trouble.page is not None else ""
    return TroubleLine(PurePath(trouble.path).name, trouble.page, trouble.reason, link)


_REASONS = 10
_LINES = 100
_STATES = (
    ("done", "Xong", True),
    ("running", "Đang làm", True),
    ("queued", "Chờ", True),
    ("failed", "Hỏng", False),
    ("no_text", "Không đọc được chữ", True),
    ("quarantined", "Cách ly", False),
)
