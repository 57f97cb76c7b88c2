"""The report as one web page: the draft as it reads, what was found beside it, nothing fetched from anywhere.

The parts are there for other pages too: ``environment`` has the templates and ``view`` what ``report.html`` shows.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from doclint.api import Report
from doclint.reporters.html.view import summary, view, visible

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"


def render(reports: Sequence[Report]) -> str:
    """Return a page that holds all it needs; its policy lets nothing run but its own script."""
    style, script = asset("report.css"), asset("report.js")
    views = [view(report, f"r{number}") for number, report in enumerate(reports, 1)]
    page = environment().get_template("page.html")
    return page.render(
        views=views,
        total=summary(reports),
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


@cache
def environment() -> Environment:
    """Return the templates: whatever a document brings is escaped, and shown without characters that cannot be seen."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=visible,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """Return the text of ``report.css`` or ``report.js``."""
    return (FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return the hash by which a Content-Security-Policy knows a script or a style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
