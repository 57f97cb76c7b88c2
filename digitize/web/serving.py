"""The application with the lint page beside it, as ``digitize serve`` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from digitize.archive import Archive
from digitize.web.app import create_app
from digitize.web.context import SignIn, open_context
from doclint.web.limits import Limits
from doclint.web.mounted import lint_app


@contextmanager
def application(archive: Archive, sign_in: SignIn, folder: Path) -> Iterator[FastAPI]:
    """Yield the pages of ``archive``; drafts are checked by the settings in ``folder``. Raises VanthuError."""
    limits = Limits()
    with lint_app(folder, limits) as lint:
        yield create_app(open_context(archive, sign_in), lint, limits.request_bytes)
