from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from doclint.config import Settings
from doclint.rulebook import load
from doclint.web.app import create_app
from doclint.web.checker import Checker, checker
from doclint.web.guard import Access
from doclint.web.limits import Limits


@pytest.fixture(scope="session")
def checks() -> Iterator[Checker]:
    """Two processes that check by our own rules, with small limits on sizes."""
    limits = Limits(file_bytes=2**20, request_bytes=3 * 2**20, files=20)
    with checker(Settings(tuple(load().rules.values())), limits=limits, processes=2) as checks:
        yield checks


@pytest.fixture(scope="session")
def client(checks: Checker) -> Iterator[TestClient]:
    with TestClient(create_app(checks, Access(local_only=True)), base_url="http://127.0.0.1:8000") as client:
        yield client
