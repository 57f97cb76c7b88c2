from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digitize.access import PUBLIC, RESTRICTED
from digitize.accounts.passwords import Passwords
from digitize.accounts.roles import ROLES, Role
from digitize.accounts.store import open_accounts
from digitize.archive import Archive, locked, open_archive
from digitize.describe.catalogue import open_catalogue
from digitize.index.build import update_index
from digitize.intake import sha256_of
from digitize.ledger import Ledger
from digitize.web.app import create_app
from digitize.web.context import SignIn, open_context
from doclint.config import Settings
from doclint.rulebook import load
from doclint.web.checker import Checker
from doclint.web.limits import Limits
from doclint.web.workers import Workers
from tests.digitize.conftest import FAKE_TESSERACT, REPOSITORY, command, numbered_sheet, write_tiff

HOST = "http://kho.example:8765"
PASSWORD = "bốn từ không liên quan"
TEXTS = {
    301: "kế hoạch tiếp công dân của ủy ban",
    302: "báo cáo nội vụ của ủy ban",
    303: "danh sách hạn chế của ủy ban",
    304: "TUYỆT MẬT",
}


@dataclass(frozen=True)
class Kho:
    """An archive with a document of each level of access, and one that is held in quarantine."""

    archive: Archive
    public: str
    internal: str
    restricted: str
    held: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Kho:
    """The archive as ``digitize run`` and ``digitize describe`` make it, with an account for every role."""
    folder = tmp_path_factory.mktemp("kho")
    (folder / "bin").mkdir()
    program = folder / "bin" / "tesseract"
    program.write_text(FAKE_TESSERACT.replace("{python}", sys.executable), encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / "quet").mkdir()
    names = {301: "cong-khai.tif", 302: "noi-bo.tif", 303: "han-che.tif", 304: "bi-giu.tif"}
    for width, name in names.items():
        sheets = [numbered_sheet(width), numbered_sheet(310)] if width == 301 else [numbered_sheet(width)]
        write_tiff(folder / "quet" / name, sheets)
    told = {f"FAKE_TEXT_{width}": text for width, text in TEXTS.items()}
    environment = {**os.environ, **told, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    for arguments, code in ((["run", folder / "quet"], 1), (["describe"], 0)):  # 1: something is held
        done = subprocess.run(
            command(*arguments, "--archive", folder / "kho"),
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == code, done.stderr
    archive = open_archive(folder / "kho")
    public, internal, restricted, held = (sha256_of(str(folder / "quet" / name)) for name in names.values())
    kept = Passwords().hashed(PASSWORD)
    with open_accounts(archive.root) as accounts:
        for role in ROLES:
            accounts.add(role, role, kept)
    with open_catalogue(archive.root) as catalogue:
        catalogue.correct(public, "access", PUBLIC, who="lưu trữ")
        catalogue.correct(restricted, "access", RESTRICTED, who="lưu trữ")
    with locked(archive), Ledger(archive.ledger) as ledger:
        update_index(archive, ledger)
    return Kho(archive, public, internal, restricted, held)


@pytest.fixture
def kho(made: Kho, tmp_path: Path) -> Kho:
    """A copy of the archive, to be changed."""
    shutil.copytree(made.archive.root, tmp_path / "kho")
    return Kho(Archive(tmp_path / "kho"), made.public, made.internal, made.restricted, made.held)


@pytest.fixture(scope="session")
def lint() -> Checker:
    """What the lint page works with; nobody checks a draft here, so no process is started."""
    limits = Limits(file_bytes=2**20, request_bytes=3 * 2**20)
    return Checker(Workers(1, lambda: lambda job: job, Path()), Settings(tuple(load().rules.values())), limits, 1)


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    now: float = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


Office = Callable[..., TestClient]


@pytest.fixture
def office(kho: Kho, lint: Checker, clock: Clock) -> Iterator[Office]:
    """Return a function that opens the pages to a visitor of the office, signed in with a role or not."""
    with opened(kho.archive, lint, clock) as office:
        yield office


@contextmanager
def opened(
    archive: Archive, lint: Checker, clock: Callable[[], float], sign_in: SignIn | None = None
) -> Iterator[Office]:
    app = create_app(open_context(archive, sign_in or SignIn(required=True), clock), lint)

    def visitor(role: Role | None = None, *, base: str = HOST, client: tuple[str, int] = ("10.0.0.7", 1)) -> TestClient:
        browser = TestClient(app, base_url=base, client=client, follow_redirects=False, raise_server_exceptions=False)
        if role is not None:
            assert signed_in(browser, role, PASSWORD).status_code == 303
        return browser

    yield visitor


def signed_in(client: TestClient, name: str, password: str, **options: object):  # type: ignore[no-untyped-def]
    """Fill in the form of signing in, as a browser does."""
    page = client.get("/dang-nhap", **options)  # type: ignore[arg-type]
    data = {"ten": name, "mat_khau": password, "csrf": hidden(page.text)}
    return client.post("/dang-nhap", data=data, **options)  # type: ignore[arg-type]


def hidden(page: str, name: str = "csrf") -> str:
    """Return what a form carries in a hidden field."""
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def csrf(client: TestClient) -> dict[str, str]:
    """Return the header that a script of ours sends."""
    return {"X-CSRF": client.get("/api/me").json()["csrf"]}


@contextmanager
def serving(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run ``digitize serve`` for the one person at this machine; yield its process and its address."""
    process = subprocess.Popen(
        command("serve", "--archive", root, "--address", "127.0.0.1:0"),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        address = next((line.split()[4] for line in process.stdout if "http://" in line), "")
        assert address, process.communicate()
        yield process, address
    finally:
        process.kill()
        process.communicate()
