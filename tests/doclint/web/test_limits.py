"""What is too large, too many or too slow is refused, what hangs is stopped, and nothing is left of what was sent."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import Message

from doclint.config import Settings
from doclint.rulebook import load
from doclint.web.app import create_app
from doclint.web.checker import Checker, checker
from doclint.web.limits import Limits
from doclint.web.scratch import PREFIX, scratch
from doclint.web.workers import Died, Workers
from tests.doclint.office import find_office
from tests.doclint.web.drafts import CLEAN, COPY, sent
from vanthu.errors import VanthuError

SETTINGS = Settings(tuple(load().rules.values()))


def obey() -> Callable[[str], str]:
    def do(order: str) -> str:
        import tempfile

        Path(tempfile.gettempdir(), "dau-vet").write_text("đã gửi", encoding="utf-8")
        if order == "hang":
            time.sleep(60)
        if order == "deaf":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        if order == "die":
            os._exit(3)
        return f"{order} {os.getpid()}"

    return do


def refuse() -> Callable[[str], str]:
    raise VanthuError("gói hỏng")


@pytest.fixture(scope="module")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workers[str, str], Path]]:
    folder = tmp_path_factory.mktemp("viec")
    with Workers[str, str](2, obey, folder) as workers:
        yield workers, folder
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(("order", "error"), [("hang", TimeoutError), ("deaf", TimeoutError), ("die", Died)])
def test_bad_job_is_stopped_and_the_others_go_on(
    crew: tuple[Workers[str, str], Path], order: str, error: type[Exception]
) -> None:
    workers, folder = crew
    before = {path.name for path in folder.iterdir()}
    bad = workers.submit(order, 0.5)
    good = [workers.submit("nhanh", 30) for _ in range(8)]
    wait(good)
    assert all(one.result().startswith("nhanh") for one in good)
    with pytest.raises(error):
        bad.result(20)
    assert len({workers.submit("lại", 30).result() for _ in range(4)}) <= 2
    assert len(before - {path.name for path in folder.iterdir()}) == 1  # the folder of the stopped one has gone


def test_process_that_was_killed_while_idle_is_nobodys_fault(crew: tuple[Workers[str, str], Path]) -> None:
    workers, _ = crew
    for _ in range(4):
        os.kill(int(workers.submit("ai", 30).result().split()[1]), signal.SIGKILL)
        time.sleep(0.2)
        assert workers.submit("còn", 30).result().startswith("còn")


def test_setup_that_fails_is_told(tmp_path: Path) -> None:
    with pytest.raises(VanthuError, match="gói hỏng"), Workers[str, str](1, refuse, tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_work_that_hangs_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with Workers[str, str](1, obey, tmp_path) as workers:
        hanging, waiting = workers.submit("hang", 60), workers.submit("sau", 60)
        time.sleep(0.5)
        start = time.monotonic()
    assert time.monotonic() - start < 10
    assert isinstance(hanging.exception(), Died) and waiting.cancelled()


def test_file_that_takes_too_long_is_told(checks: Checker) -> None:
    quick = Limits(seconds=0.01)
    with checker(SETTINGS, limits=quick, processes=1) as hurried, TestClient(create_app(hurried)) as client:
        (document,) = client.post("/api/check", files=sent(COPY)).json()["documents"]
        assert (document["status"], "quá 0.01 giây" in document["error"]) == ("failed", True)
        assert "CHƯA KIỂM TRA ĐƯỢC" in client.post("/soat", files=sent(COPY)).text
        assert client.post("/api/check/word", files=sent(COPY)).status_code == 422


def test_libreoffice_is_stopped_with_the_file_that_takes_too_long(checks: Checker) -> None:
    if find_office() is None:
        pytest.skip("cần LibreOffice (gói libreoffice-writer-nogui); make test sẽ cài")
    with (
        checker(SETTINGS, limits=Limits(seconds=0.7), processes=1) as hurried,
        TestClient(create_app(hurried)) as client,
    ):
        folder = hurried._workers._folder
        (document,) = client.post("/api/check", files=[("files", ("cũ.rtf", b"{\\rtf1 cu}"))]).json()["documents"]
        assert "quá 0.7 giây" in document["error"]
        assert not [path for path in folder.rglob("*") if path.is_file()]
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
        assert not [command for command in commands if str(folder).encode() in command and b"soffice" in command]


@pytest.mark.parametrize(
    ("files", "status", "reason"),
    [
        ([("files", ("lớn.docx", b"x" * (2**20 + 1)))], 413, "«lớn.docx» quá giới hạn 1 MiB"),
        ([("files", (f"{n}.txt", b"abc")) for n in range(21)], 413, "21 tệp một lần, quá giới hạn 20"),
        ([("files", (f"{n}.docx", b"x" * 2**20)) for n in range(4)], 413, "quá giới hạn 3 MiB"),
    ],
)
def test_too_much_is_refused(
    client: TestClient, files: list[tuple[str, tuple[str, bytes]]], status: int, reason: str
) -> None:
    told = client.post("/api/check", files=files)
    assert (told.status_code, reason in told.json()["error"]) == (status, True)
    assert reason in client.post("/soat", files=files).text


def test_body_of_unknown_length_is_counted(client: TestClient) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(64):
            yield b"x" * 2**16
        yield b"\r\n--x--\r\n"

    answer = client.post("/api/check", content=body(), headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413


def test_slow_upload_is_not_waited_for(checks: Checker) -> None:
    told: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        told.append(message)

    headers = [(b"content-type", b"multipart/form-data; boundary=x")]
    scope = {"type": "http", "method": "POST", "path": "/api/check", "query_string": b"", "headers": headers}
    slow = Checker(checks._workers, SETTINGS, Limits(upload_seconds=0.2), 1)
    asyncio.run(create_app(slow)(scope, receive, send))
    assert (told[0]["status"], "gửi quá lâu".encode() in told[1]["body"]) == (408, True)


def test_busy_server_says_so(checks: Checker) -> None:
    busy = Checker(checks._workers, SETTINGS, Limits(waiting=2), 1)
    with TestClient(create_app(busy)) as client:
        answer = client.post("/api/check", files=sent(CLEAN, CLEAN, CLEAN))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert client.post("/api/check", files=sent(CLEAN, CLEAN)).status_code == 200


def test_nothing_is_left_of_an_upload(client: TestClient, checks: Checker) -> None:
    client.post("/soat", files=sent(COPY, CLEAN))
    folder = checks._workers._folder
    assert folder.stat().st_mode & 0o077 == 0
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_folder_of_a_killed_server_goes_with_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, other = tmp_path / f"{PREFIX}cu", tmp_path / "cua-nguoi-khac"
    for folder in (left, other):
        folder.mkdir()
        (folder / "du-thao.docx").write_bytes(b"x")
    (tmp_path / f"{PREFIX}lien-ket").symlink_to(other)
    with scratch() as first, scratch() as second:
        assert not left.exists() and first.is_dir() and second.is_dir()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cua-nguoi-khac", f"{PREFIX}lien-ket"]
    assert (other / "du-thao.docx").exists()
