"""Templates → pages: those of the report stand beside ours, and all links begin where the application is mounted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse

from doclint.reporters import html

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
    """Return the page that ``template`` makes of ``context``."""
    text = environment().get_template(template).render(root=root(request), here=inner_path(request), **context)
    return HTMLResponse(text, status, headers)


def root(request: Request) -> str:
    """Return the path at which the application is mounted, without a stroke at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def inner_path(request: Request) -> str:
    """Return the path inside the application, whether the server tells it with the mount or without."""
    return str(request.scope["path"]).removeprefix(root(request)) or "/"
