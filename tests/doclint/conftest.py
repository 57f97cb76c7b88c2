from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.doclint.office import Office, find_office

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, outside the repository."""
    folder = Path(os.environ.get("VANTHU_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("không có dữ liệu thật ../shared")
    return folder


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, in a profile of its own."""
    program = find_office()
    if program is None:
        pytest.skip("cần LibreOffice (gói libreoffice-writer-nogui); make test sẽ cài")
    return Office(program, tmp_path_factory.mktemp("libreoffice"))
