"""The journal: what is written, who may write at once, and that no change of it goes unseen."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.audit.journal import END, FOLDER, End, Journal, read_end
from digitize.audit.verify import entries, verify
from tests.digitize.conftest import digitize
from tests.digitize.web.conftest import Clock, Kho, Office, csrf, signed_in
from vanthu.chain import FIRST, sealed, unsealed


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    written = Journal(tmp_path)
    for number in range(6):
        written.append("search", "lan", {"query": f"câu {number}"}, address="10.0.0.7")
    return written


def lines_of(root: Path) -> tuple[Path, list[bytes]]:
    (path,) = (root / FOLDER).glob("*.jsonl")
    return path, path.read_bytes().splitlines(keepends=True)


def changed(line: bytes) -> bytes:
    return line.replace(b"lan", b"mai")


def resealed(line: bytes) -> bytes:
    read = unsealed(line)
    return sealed({**read.entry, "who": "mai"}, read.before)[0]


TAMPERING: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a word changed": lambda lines: [*lines[:2], changed(lines[2]), *lines[3:]],
    "a line changed with its hash": lambda lines: [*lines[:2], resealed(lines[2]), *lines[3:]],
    "the last line changed with its hash": lambda lines: [*lines[:-1], resealed(lines[-1])],
    "a line removed": lambda lines: lines[:2] + lines[3:],
    "the first removed": lambda lines: lines[1:],
    "two exchanged": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "a line twice": lambda lines: [*lines[:2], lines[1], *lines[2:]],
    "the end cut off": lambda lines: lines[:-1],
    "all cut off": lambda lines: [],
    "the last line half": lambda lines: [*lines[:-1], lines[-1][:40]],
    "no JSON": lambda lines: [*lines[:3], b"{]\n", *lines[4:]],
    "other JSON": lambda lines: [*lines[:3], b"[1]\n", *lines[4:]],
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_tampering_is_noticed_and_stays_so(journal: Journal, tmp_path: Path, kind: str) -> None:
    assert verify(tmp_path).faults == ()
    path, lines = lines_of(tmp_path)
    path.write_bytes(b"".join(TAMPERING[kind](lines)))
    assert verify(tmp_path).faults
    journal.append("search", "lan", {"query": "sau đó"})  # the office goes on, the break stays to be seen
    assert verify(tmp_path).faults
    Journal(tmp_path).append("search", "lan", {"query": "và sau nữa"})
    assert verify(tmp_path).faults


@pytest.mark.parametrize("note", [None, b"", b"{}", b"khong phai JSON", b'{"lines": 3, "hash": "' + b"a" * 64 + b'"}'])
def test_lost_note_of_the_end_is_noticed(journal: Journal, tmp_path: Path, note: bytes | None) -> None:
    if note is None:
        journal.end_path.unlink()
    else:
        journal.end_path.write_bytes(note)
    assert verify(tmp_path).faults
    journal.append("search", "lan", {})
    assert verify(tmp_path).faults


def test_lost_journal_is_noticed(journal: Journal, tmp_path: Path) -> None:
    lines_of(tmp_path)[0].unlink()
    assert "mất phần cuối" in verify(tmp_path).faults[0]


def test_code_kept_elsewhere_shows_what_was_written_anew(journal: Journal, tmp_path: Path) -> None:
    kept = verify(tmp_path).end
    journal.append("search", "lan", {})
    assert verify(tmp_path, kept).faults == ()
    forged = Journal(tmp_path / "khac")
    (tmp_path / "khac").mkdir()
    for number in range(7):
        forged.append("search", "mai", {"query": f"câu {number}"})
    assert verify(tmp_path / "khac").faults == ()
    assert verify(tmp_path / "khac", kept).faults
    assert verify(tmp_path, End(99, "a" * 64)).faults


def test_death_between_two_writes_is_no_tampering(journal: Journal, tmp_path: Path) -> None:
    path, lines = lines_of(tmp_path)
    before = read_end(journal.end_path)
    journal.append("search", "lan", {"query": "đã ghi, chưa chốt"})
    note = json.dumps({"lines": before.lines, "hash": before.hash}).ljust(128)  # type: ignore[union-attr]
    journal.end_path.write_text(note)
    assert verify(tmp_path).faults == ()
    with path.open("ab") as file:
        file.write(b'{"version": 1, "number": 8, "at"')
    assert verify(tmp_path).faults == ()
    Journal(tmp_path).append("search", "lan", {"query": "sau khi mất điện"})
    verdict = verify(tmp_path)
    assert (verdict.faults, verdict.end.lines) == ((), len(lines) + 2)


def write_many(root: Path, who: str) -> None:
    journal = Journal(root)
    for number in range(15):
        journal.append("view", who, {"page": number})


def test_several_may_write_at_once(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(tmp_path, f"người {number}")) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    verdict = verify(tmp_path)
    assert (verdict.faults, verdict.end.lines) == ((), 45)


def test_writer_that_is_killed_leaves_a_journal_that_is_whole(tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from tests.digitize.web.test_audit import write_many\n"
    script += "while True: write_many(Path(sys.argv[1]), 'lan')"
    for _ in range(2):
        writer = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
        lines = read_end(tmp_path / END)
        while read_end(tmp_path / END) == lines:
            time.sleep(0.02)
        time.sleep(0.05)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    Journal(tmp_path).append("view", "lan", {})
    assert verify(tmp_path).faults == ()


def test_clock_that_goes_back_writes_on_at_the_end(journal: Journal, tmp_path: Path) -> None:
    path, _ = lines_of(tmp_path)
    path.rename(path.with_name("2099-01.jsonl"))
    Journal(tmp_path).append("search", "lan", {})
    assert [one.name for one in (tmp_path / FOLDER).glob("*.jsonl")] == ["2099-01.jsonl"]
    assert verify(tmp_path).faults == ()


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none()), max_size=4))
def test_chain_gives_back_what_it_took(told: list[dict[str, object]]) -> None:
    before = FIRST
    for entry in told:
        entry = {name: value for name, value in entry.items() if name not in ("before", "hash")}
        line, digest = sealed(entry, before)
        read = unsealed(line)
        assert (read.entry, read.before, read.hash) == (entry, before, digest)
        assert line.count(b"\n") == 1
        before = digest


def test_what_people_do_is_written_down(kho: Kho, office: Office, clock: Clock) -> None:
    client = office("archivist")
    client.get("/api/search", params={"q": "ủy ban"})
    for width in (100, 800, 800):  # nobody can read the first
        client.get(f"/api/documents/{kho.public}/pages/1/image", params={"width": width})
    client.get(f"/api/documents/{kho.public}/pdf")
    client.get("/api/search.csv", params={"q": "ủy ban"})
    client.get(f"/api/documents/{kho.held}")
    told = client.get("/api/review").json()
    one = told[0]
    body = {"value": one["field"]["value"], "before": one["field"]["value"]}
    assert client.post(
        f"/api/review/{one['sha256']}/{one['field']['field']}", json=body, headers=csrf(client)
    ).is_success
    clock.now += 3600
    signed_in(office(), "archivist", "không phải mật khẩu này")
    written = list(entries(kho.archive.root))
    assert [entry["event"] for entry in written] == [
        "sign-in",
        "search",
        "view",
        "view",
        "search",
        "export",
        "review",
        "refused",
    ]
    assert {entry["who"] for entry in written} == {"archivist"}
    assert written[2]["details"] == {"sha256": kho.public, "page": 1, "what": "image"}
    assert verify(kho.archive.root).faults == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="quản trị máy ghi được mọi nơi")
def test_what_cannot_be_written_down_is_not_shown(kho: Kho, office: Office) -> None:
    client = office("admin")
    (kho.archive.root / FOLDER).chmod(0o500)
    assert client.get(f"/api/documents/{kho.public}").status_code == 503


def test_journal_in_the_way_shows_nothing(kho: Kho, office: Office) -> None:
    client = office("admin")
    path, _ = lines_of(kho.archive.root)
    path.unlink()
    path.mkdir()
    assert client.get(f"/api/documents/{kho.public}").status_code == 503
    assert client.get(f"/api/documents/{kho.public}/pages/1/text").status_code == 503


def test_command_tells_and_exports(kho: Kho, office: Office) -> None:
    office("admin").get("/api/search", params={"q": "=CMD()"})
    root = kho.archive.root
    whole = digitize("audit", "verify", "--archive", root)
    assert (whole.returncode, "nguyên vẹn: 2 dòng" in whole.stdout) == (0, True)
    code = whole.stdout.split("Mã chốt: ")[1].split()[0]
    assert digitize("audit", "verify", "--archive", root, "--expect", code).returncode == 0
    assert "tìm: admin" in digitize("audit", "show", "--archive", root).stdout
    table = list(csv.reader(io.StringIO(digitize("audit", "show", "--archive", root, "--format", "csv").stdout)))
    assert (len(table), table[0][0], table[2][3]) == (3, "\ufeffSố", "admin")
    rows = [
        json.loads(line)
        for line in digitize("audit", "show", "--archive", root, "--format", "json").stdout.splitlines()
    ]
    assert rows[1]["details"]["query"] == "=CMD()"
    path, lines = lines_of(root)
    path.write_bytes(lines[0])
    cut = digitize("audit", "verify", "--archive", root)
    assert (cut.returncode, "mất phần cuối" in cut.stdout, "KHÔNG nguyên vẹn" in cut.stdout) == (1, True, True)
    assert digitize("audit", "verify", "--archive", root, "--expect", "sai").returncode == 2
