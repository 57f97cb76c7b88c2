"""The lint page for mounting in another application, which sees to who may come in and what its forms carry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doclint.config import settings_for
from doclint.rulebook import load
from doclint.web.checker import Checker, checker
from doclint.web.limits import Limits


@contextmanager
def lint_checker(folder: Path) -> Iterator[Checker]:
    """Yield what checks by the settings that hold in ``folder``, with one process of its own, for ``create_app``.

    Raises VanthuError for settings or a pack that cannot be read.
    """
    with checker(settings_for(folder, load()), limits=Limits(), processes=1) as checks:
        yield checks
