"""The server as a person starts and stops it, and while a batch writes to the archive that it shows."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

from digitize.audit.verify import entries, verify
from digitize.intake import sha256_of
from tests.digitize.conftest import REPOSITORY, command, digitize, numbered_sheet, write_tiff
from tests.digitize.web.conftest import Kho, serving

SHEETS = range(320, 344)


@contextmanager
def served(root: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run ``digitize serve`` and yield its process and a browser of the one person at this machine."""
    with serving(root) as (process, address), httpx.Client(base_url=address, timeout=60) as client:
        yield process, client


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_stops_when_it_is_told_to(kho: Kho, number: signal.Signals) -> None:
    with served(kho.archive.root) as (process, client):
        assert client.get("/", params={"q": "ủy ban"}).status_code == 200
        header = {"X-CSRF": client.get("/api/me").json()["csrf"]}
        said = {"value": "Sửa chữa kho", "before": ""}
        assert client.post(f"/api/review/{kho.public}/subject", json=said, headers=header).status_code == 200
        process.send_signal(number)  # with an open connection, and the index about to follow
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out.splitlines()[-1], err) == (0, "Đã dừng.", "")
    assert not verify(kho.archive.root).faults
    assert [entry["event"] for entry in entries(kho.archive.root)] == ["search", "review"]
    assert digitize("index", "--archive", kho.archive.root, "--verify").returncode == 0
    assert digitize("index", "--archive", kho.archive.root).returncode == 0
    found = digitize("search", "--archive", kho.archive.root, 'trichyeu:"sửa chữa kho"')
    assert "trong 1 tài liệu" in found.stdout


def test_pages_are_served_while_a_batch_writes(kho: Kho, tmp_path: Path, fake_tesseract: Path) -> None:
    scans = tmp_path / "moi"
    scans.mkdir()
    for width in SHEETS:
        write_tiff(scans / f"{width}.tif", [numbered_sheet(width)])
    new = sha256_of(str(scans / f"{SHEETS[0]}.tif"))
    paths = (
        "/?q=%E1%BB%A7y+ban",
        "/api/search?q=s%E1%BB%91",
        f"/tai-lieu/{kho.public}/1?q=ke+hoach",
        f"/tai-lieu/{kho.public}/1/anh?width=300",
        f"/tai-lieu/{kho.public}/2/anh?width=301",
        f"/tai-lieu/{kho.public}/giong",
        f"/iiif/{kho.public}/search?q=ke+hoach",
        "/duyet?xep=doubt",
        "/tien-do",
        "/api/status",
        "/api/review",
    )
    with served(kho.archive.root) as (process, client):
        assert client.get("/api/search", params={"q": f"{SHEETS[0]}"}).json()["documents"] == 0
        batch = subprocess.Popen(
            command("run", scans, "--archive", kho.archive.root),
            cwd=REPOSITORY,
            env={**os.environ, "FAKE_SECONDS": "0.2"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        answers, writing = [], False
        while batch.poll() is None:
            answers += [(path, client.get(path, follow_redirects=True).status_code) for path in paths]
            writing = writing or "Đang chạy" in client.get("/tien-do").text
        out, err = batch.communicate()
        assert batch.returncode == 0, (out, err)
        assert writing and len(answers) >= 2 * len(paths)
        assert {status for _, status in answers} == {200}, [one for one in answers if one[1] != 200]
        hits = client.get("/api/search", params={"q": f"{SHEETS[0]}"}).json()["hits"]
        assert [hit["sha256"] for hit in hits] == [new]
        assert client.get(f"/tai-lieu/{new}/1/anh", params={"width": 200}).headers["content-type"] == "image/jpeg"
        assert len(client.get("/api/search", params={"q": "số", "limit": 100}).json()["hits"]) >= len(SHEETS)
        process.terminate()
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert not verify(kho.archive.root).faults
