"""The application with the lint page beside it and the index that follows, as ``digitize serve`` runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI

from digitize.archive import Archive
from digitize.web.app import create_app
from digitize.web.context import SignIn, open_context
from digitize.web.following import following
from digitize.web.kept_queue import prepared
from doclint.web.mounted import lint_checker


@contextmanager
def application(archive: Archive, sign_in: SignIn, folder: Path) -> Iterator[FastAPI]:
    """Yield the pages of ``archive``; drafts are checked by the settings in ``folder``. Raises VanthuError."""
    context = open_context(archive, sign_in)
    with lint_checker(folder) as lint, following(archive), prepared(context):
        yield create_app(context, lint)
