"""The command: what it refuses, how it starts and ends, what visitors who go away leave behind."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from doclint.commands.serve import serve
from doclint.web.scratch import PREFIX
from tests.doclint.web.drafts import CLEAN, COPY
from tests.doclint.web.server import Server, serving
from vanthu.errors import VanthuError


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(serve, arguments)
    assert isinstance(result.exception, VanthuError)
    return str(result.exception)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "van-phong.local"])
def test_open_address_needs_a_token(host: str) -> None:
    assert "phải có mã truy cập" in refusal("--host", host)


@pytest.mark.parametrize("content", [b"", b"ngan", b"hai tu thi khong duoc dau", "mã-có-dấu-thì-không-được".encode()])
def test_weak_token_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ma").write_bytes(content)
    assert "mã truy cập phải có từ 20" in refusal("--token-file", str(tmp_path / "ma"))


def test_token_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "không có tệp" in refusal("--token-file", str(tmp_path / "khong-co"))


def test_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cổng {port} đang được chương trình khác dùng" in refusal("--port", str(port))


def test_address_of_another_machine_is_told(tmp_path: Path) -> None:
    (tmp_path / "ma").write_text("0123456789abcdefghij\n", encoding="utf-8")
    told = refusal("--host", "192.0.2.1", "--port", "0", "--token-file", str(tmp_path / "ma"))
    assert "máy này không có địa chỉ 192.0.2.1" in told


def test_wrong_settings_are_told_before_anything_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "doclint.toml").write_text("[rules]\nXX99 = 'off'\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "XX99" in refusal("--port", "0")


@pytest.mark.slow
def test_settings_of_the_folder_hold(tmp_path: Path) -> None:
    (tmp_path / "doclint.toml").write_text(
        "[office]\nname = 'UBND xã Vĩnh Trầm'\n[rules]\nTL01 = 'off'\nVD08 = 'error'\n", encoding="utf-8"
    )
    with serving(tmp_path) as server:
        codes = {finding["code"]: finding["level"] for finding in posted(server, COPY)["findings"]}
        assert "TL01" not in codes and codes["VD08"] == "error"
        with urllib.request.urlopen(f"{server.address}/quy-tac/TL01") as page:
            assert "đang tắt" in page.read().decode()
        with urllib.request.urlopen(server.address) as page:
            assert "UBND xã Vĩnh Trầm" in page.read().decode()
        assert server.stopped() == (0, "Đã dừng; không có gì được lưu lại.\n")


@pytest.mark.slow
def test_visitor_who_goes_away_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "tam"
    folder.mkdir()
    with serving(tmp_path, temporary=folder) as server:
        host, _, port = server.address.removeprefix("http://").partition(":")
        for part in (0.5, 1.0):  # in the midst of sending, and before the answer
            connection = http.client.HTTPConnection(host, int(port))
            body = form(COPY)
            connection.putrequest("POST", "/soat")
            connection.putheader("Content-Type", "multipart/form-data; boundary=x")
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            connection.send(body[: int(len(body) * part)])
            connection.close()
        time.sleep(1)
        assert posted(server, CLEAN)["verdict"] == "pass"
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        code, said = server.stopped(signal.SIGTERM)
        assert (code, said) == (0, "Đã dừng; không có gì được lưu lại.\n")
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_killed_server_leaves_no_process_and_the_next_removes_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tam"
    folder.mkdir()
    with serving(tmp_path, temporary=folder) as server:
        children = children_of(server.process.pid)
        assert children
        server.stopped(signal.SIGKILL)
        (left,) = folder.glob(f"{PREFIX}*")
        end = time.monotonic() + 20
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < end:
            time.sleep(0.1)
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
        (left / "du-thao.docx").write_bytes(b"x")
    with serving(tmp_path, temporary=folder) as server:
        assert not left.exists()


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    if not listed.exists():
        pytest.skip("hệ điều hành không cho biết tiến trình con")
    own = [int(child) for child in listed.read_text(encoding="ascii").split()]
    threads = [path for path in Path(f"/proc/{pid}/task").iterdir() if path.name != str(pid)]
    for thread in threads:
        own += [int(child) for child in (thread / "children").read_text(encoding="ascii").split()]
    return [child for child in own if b"resource_tracker" not in Path(f"/proc/{child}/cmdline").read_bytes()]


def form(path: Path) -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{path.name}"\r\n\r\n'
    return head.encode() + path.read_bytes() + b"\r\n--x--\r\n"


def posted(server: Server, path: Path) -> dict[str, object]:
    request = urllib.request.Request(
        f"{server.address}/api/check", form(path), {"Content-Type": "multipart/form-data; boundary=x"}
    )
    with urllib.request.urlopen(request) as answer:
        (document,) = json.load(answer)["documents"]
    return dict(document)
