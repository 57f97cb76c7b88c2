"""The journal as a page: who did what, a month at a time, the newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from digitize.audit.journal import FOLDER, files
from digitize.audit.verify import newest
from digitize.audit.wording import NAMES, details, event_name
from digitize.web.context import Context
from digitize.web.permissions import needs
from digitize.web.recording import record
from digitize.web.templating import page, root

PER_PAGE = 100
"""Lines on a page."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of the journal; ``link`` leads to the document that it speaks of, "" when it speaks of none."""

    number: int
    when: str
    event: str
    who: str
    address: str
    details: str
    link: str


def routes(context: Context) -> APIRouter:
    """Return the route of the journal."""
    router = APIRouter(dependencies=[needs("audit")])

    @router.get("/nhat-ky")
    def journal(
        request: Request,
        month: Annotated[str, Query(alias="thang", pattern=r"^(\d{4}-\d{2})?$")] = "",
        event: Annotated[str, Query(alias="viec", max_length=20)] = "",
        who: Annotated[str, Query(alias="nguoi", max_length=64)] = "",
        before: Annotated[int, Query(alias="truoc", ge=1, le=10**12)] = 10**12,
    ) -> Response:
        record(request, context, "view", what="journal")
        months = [path.stem for path in reversed(files(context.archive.root / FOLDER))]
        chosen = month if month in months else months[0]  # who asks has just been written down
        wanted = (
            entry
            for entry in newest(context.archive.root, chosen)
            if entry["number"] < before and event in ("", entry["event"]) and who.casefold() in entry["who"].casefold()
        )
        base = root(request)
        lines = [_line(base, entry) for entry in islice(wanted, PER_PAGE + 1)]
        older = (
            {"thang": chosen, "viec": event, "nguoi": who, "truoc": lines[PER_PAGE - 1].number}
            if lines[PER_PAGE:]
            else {}
        )
        return page(
            request,
            "journal.html",
            lines=lines[:PER_PAGE],
            months=months,
            month=chosen,
            events=NAMES,
            event=event,
            who=who,
            older=f"{base}/nhat-ky?{urlencode(older)}" if older else "",
        )

    return router


def _line(base: str, entry: dict[str, Any]) -> LineView:
    sha256 = str(entry["details"].get("sha256", ""))
    number = entry["details"].get("page", 1)
    link = f"{base}/tai-lieu/{sha256}/{number}" if _SHA256.fullmatch(sha256) else ""
    when = f"{datetime.fromisoformat(entry['at']):%d/%m/%Y %H:%M:%S}"
    told = details(entry).replace(sha256, sha256[:12]) if sha256 else details(entry)
    return LineView(entry["number"], when, event_name(entry), entry["who"], entry["address"], told, link)


_SHA256 = re.compile(r"[0-9a-f]{64}")
