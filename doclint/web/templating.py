"""Templates → pages: those of the report stand beside ours, and all links begin where the application is mounted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from doclint.reporters import html
from vanthu.web.border import inner_path, root

FOLDER = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the templates, which escape as those of the report do."""
    report = html.environment()
    assert report.loader is not None
    return report.overlay(loader=ChoiceLoader([FileSystemLoader(FOLDER / "templates"), report.loader]))


def page(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: object
) -> HTMLResponse:
    """Return the page that ``template`` makes of ``context``.

    An application in which this one is mounted says in the state of the request what forms are to carry (``csrf``) and
    where its own first page is (``home``).
    """
    outside = {name: getattr(request.state, name, "") for name in ("csrf", "home")}
    always = {"root": root(request), "here": inner_path(request), **outside}
    text = environment().get_template(template).render({**always, **context})
    return HTMLResponse(text, status, headers)
