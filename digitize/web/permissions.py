"""What a route asks of who comes to it."""

from __future__ import annotations

from typing import Any

from fastapi import Depends
from starlette.requests import Request

from digitize.accounts.roles import ROLE_NAMES, Right, allows
from digitize.web.faults import Fault
from digitize.web.identity import person


def needs(right: Right) -> Any:
    """Return the dependency of a route that wants ``right``; whoever lacks it gets 403."""

    def check(request: Request) -> None:
        who = person(request)
        if not allows(who.role, right):
            raise Fault(403, f"vai trò «{ROLE_NAMES[who.role]}» không làm được việc này", "hỏi người quản trị")

    return Depends(check)
