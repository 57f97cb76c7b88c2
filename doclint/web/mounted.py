"""The lint page for mounting in another application, which sees to who may come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from doclint.config import settings_for
from doclint.rulebook import load
from doclint.web.app import create_app
from doclint.web.checker import checker
from doclint.web.limits import Limits


@contextmanager
def lint_app(folder: Path, limits: Limits) -> Iterator[FastAPI]:
    """Yield the page, which checks by the settings that hold in ``folder``, with one process of its own.

    Raises VanthuError for settings or a pack that cannot be read.
    """
    with checker(settings_for(folder, load()), limits=limits, processes=1) as checks:
        yield create_app(checks)
