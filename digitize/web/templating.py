"""Templates → pages: what they show is escaped, and all links begin where the application is mounted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from digitize.accounts.roles import Right
from digitize.web.identity import Person, visitor
from vanthu.errors import dotted
from vanthu.web.border import inner_path, root

__all__ = ["FOLDER", "page", "root"]

FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the templates; a name that a page forgot is an error, not a blank."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["dotted"] = dotted
    return templates


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: object
) -> HTMLResponse:
    """Return the page that ``template`` makes of ``context``."""
    who = visitor(request)
    always = {
        "root": root(request),
        "here": inner_path(request),
        "person": who,
        "csrf": who.csrf if who else "",
        "navigation": _navigation(who, inner_path(request)),
    }
    text = environment().get_template(template).render({**always, **context})
    return HTMLResponse(text, status, headers)


def _navigation(who: Person | None, here: str) -> list[tuple[str, str, bool]]:
    """Return path and name of the pages that a person may open, and which one this is."""
    return [
        (path, name, here == path if path == "/" else here.startswith(path))
        for path, name, right in _PAGES
        if who and who.may(right)
    ]


_PAGES: tuple[tuple[str, str, Right], ...] = (
    ("/", "Tìm", "read"),
    ("/tien-do", "Tiến độ", "dashboard"),
    ("/duyet", "Duyệt", "review"),
    ("/soat/", "Soát văn bản", "read"),
    ("/nguoi-dung", "Người dùng", "accounts"),
    ("/nhat-ky", "Nhật ký", "audit"),
)
