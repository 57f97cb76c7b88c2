from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from vanthu.home import HOME


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a user keeps out of the tests, and the tests out of it; child processes inherit it."""
    before = os.environ.get(HOME)
    os.environ[HOME] = str(tmp_path_factory.mktemp("vanthu"))
    yield
    if before is None:
        del os.environ[HOME]
    else:
        os.environ[HOME] = before
