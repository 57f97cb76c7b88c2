"""The ledger decides who reads a page; an older ledger goes on as if it had always been of today."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import digitize, numbered_sheet, tree, write_tiff

from digitize.archive import create_archive
from digitize.checkpoint import KeptPage
from digitize.intake import Source
from digitize.leases import holder, is_dead
from digitize.ledger import Ledger
from digitize.ledger_schema import settings_hash
from digitize.outcome import PageOutcome
from digitize.pdf.check import Conformity
from digitize.pdf.searchable import SearchablePdf
from digitize.settings import Settings
from digitize.words import Word
from digitize.words_file import NAME, published_pages, words_file

A = "a" * 64
OTHER = "máy khác/7/9"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """One document of three pages, begun."""
    book = Ledger(tmp_path / "ledger.sqlite")
    book.register(book.begin_run(), Source("/x/a", A, "pdf", 10, "dấu"))
    book.start(A, "{}", "", holder())
    book.pages.open(A, 3, ())
    return book


def states(ledger: Ledger) -> list[tuple[str, int]]:
    return ledger.database.execute("SELECT state, attempts FROM pages ORDER BY number").fetchall()


def test_a_page_is_leased_to_one_holder_only(ledger: Ledger) -> None:
    assert ledger.pages.take(A, "một/1/1", 60, last=1) == 1
    assert ledger.pages.take(A, OTHER, 60, last=1) is None
    assert ledger.pages.take(A, OTHER, 60, last=3) == 2
    assert states(ledger) == [("running", 1), ("running", 1), ("queued", 0)]


def test_two_processes_never_get_the_same_page(ledger: Ledger, tmp_path: Path) -> None:
    ledger.pages.open(A, 60, ())
    ledger.commit()
    program = (
        "import sys; from pathlib import Path; from digitize.ledger import Ledger\n"
        "book = Ledger(Path(sys.argv[1]))\n"
        "while n := book.pages.take('a' * 64, sys.argv[2], 60, 60):\n"
        "    book.commit(); print(n)\n"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program, tmp_path / "ledger.sqlite", name], stdout=subprocess.PIPE)
        for name in ("một/1/1", "hai/2/2")
    ]
    taken = [int(line) for process in both for line in process.communicate(timeout=60)[0].split()]
    assert sorted(taken) == list(range(1, 61))


def test_a_lease_that_has_run_out_is_taken_over_but_not_by_its_own_holder(ledger: Ledger) -> None:
    assert ledger.pages.take(A, OTHER, -1, last=1) == 1
    assert ledger.pages.take(A, OTHER, 60, last=1) is None  # it reads it still, only slowly
    assert ledger.pages.take(A, holder(), 60, last=1) == 1
    assert states(ledger)[0] == ("running", 2)


def test_leases_of_the_dead_are_taken_back_and_those_of_the_living_kept(ledger: Ledger) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "from digitize.leases import holder; print(holder())"], stdout=-1)
    dead = gone.communicate()[0].decode().strip()
    for name, seconds in ((dead, 60), (holder(), 60), (OTHER, -1)):
        assert ledger.pages.take(A, name, seconds, last=3)
    assert is_dead(dead)
    assert not is_dead(holder())
    assert not is_dead(OTHER)  # of another machine only time tells
    assert ledger.pages.take_back(is_dead) == 2
    assert [state for state, _ in states(ledger)] == ["queued", "running", "queued"]


def test_a_number_that_came_again_is_not_the_holder() -> None:
    host, number, started = holder().rsplit("/", 2)
    assert is_dead(f"{host}/{number}/{int(started) + 1}")


def test_a_page_given_up_stays_so_and_one_whose_reading_is_lost_is_queued(ledger: Ledger) -> None:
    ledger.pages.record(A, PageOutcome(1, "no_text", "quá lâu"))
    ledger.pages.record(A, PageOutcome(2, "done", confidence=80, seconds=1.5))
    ledger.pages.record(A, PageOutcome(3, "done", confidence=90, seconds=2.5))
    known = ledger.pages.open(A, 3, [PageOutcome(3, "done", confidence=90, kept=True)])
    assert [(page.number, page.state, page.seconds) for page in known] == [(1, "no_text", 0), (3, "done", 2.5)]
    assert [state for state, _ in states(ledger)] == ["no_text", "queued", "done"]
    ledger.start(A, '{"khác": 1}', "", holder())  # other settings: all of it is new work
    assert ledger.pages.open(A, 3, ()) == []


def test_a_failed_document_keeps_its_pages_and_lets_go_of_leases(ledger: Ledger) -> None:
    ledger.pages.record(A, PageOutcome(1, "done"))
    ledger.pages.take(A, holder(), 60, last=3)
    ledger.finish(A, "failed", reason="lỗi")
    assert [state for state, _ in states(ledger)] == ["done", "queued", "queued"]


def test_words_come_back_from_a_published_document_as_they_were(tmp_path: Path) -> None:
    words = tuple(Word(f"từ{n}", n, 1, n + 5, 9, 88.5, 1, 1 + n // 4, n // 2, "raw" * (n % 2)) for n in range(7))
    page = KeptPage(2, 100, 50, 200.0, 90, "tesseract", "5", None, ({"step": "x"},), "", 88.5, words)
    made = SearchablePdf(False, "", Conformity("made"))
    content = words_file(A, Settings("vie"), '{"vanthu": "1"}', made, [None, page], {1: "hỏng"})
    (tmp_path / NAME).write_bytes(content)
    assert published_pages(tmp_path, Settings("vie")) == [page]
    assert published_pages(tmp_path, Settings("eng")) == []
    (tmp_path / NAME).write_bytes(content[:-20])
    assert published_pages(tmp_path, Settings("vie")) == []


# Version 1, as the program of 26 November 2026 wrote it.
VERSION_1 = """
CREATE TABLE runs (id INTEGER PRIMARY KEY, started_at TEXT NOT NULL, finished_at TEXT, found INTEGER);
CREATE TABLE documents (
    sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'quarantined')),
    reason TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
    settings TEXT, versions TEXT, queued_at TEXT NOT NULL, finished_at TEXT, indexed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE paths (
    path BLOB PRIMARY KEY, sha256 TEXT REFERENCES documents,
    role TEXT NOT NULL CHECK (role IN ('document', 'alias', 'quarantined', 'excluded')),
    reason TEXT NOT NULL DEFAULT '', stamp TEXT, run INTEGER NOT NULL REFERENCES runs
);
CREATE INDEX paths_of_document ON paths (sha256);
CREATE INDEX paths_of_run ON paths (run);
CREATE TABLE pages (
    sha256 TEXT NOT NULL REFERENCES documents, number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('done', 'no_text')), reason TEXT NOT NULL DEFAULT '',
    confidence REAL, seconds REAL NOT NULL, PRIMARY KEY (sha256, number)
);
PRAGMA user_version = 1;
"""


def back_to_version_1(path: Path) -> None:
    """Write a ledger of today again as version 1 would have."""
    with sqlite3.connect(path) as new:
        rows = {
            "runs": new.execute("SELECT id, started_at, finished_at, found FROM runs").fetchall(),
            "documents": new.execute(
                "SELECT sha256, size, kind, state, reason, pages, attempts, settings, versions, queued_at, finished_at,"
                " indexed FROM documents"
            ).fetchall(),
            "paths": new.execute("SELECT path, sha256, role, reason, stamp, run FROM paths").fetchall(),
            "pages": new.execute("SELECT sha256, number, state, reason, confidence, seconds FROM pages").fetchall(),
        }
    new.close()
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)
    with sqlite3.connect(path) as old:
        old.executescript(VERSION_1)
        for table, values in rows.items():
            for row in values:
                if table == "documents":
                    settings = json.loads(row[7])
                    row = (*row[:7], json.dumps({k: settings[k] for k in SETTINGS_1}, sort_keys=True), *row[8:])
                old.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    old.close()


SETTINGS_1 = ("language", "model", "dpi", "seconds_per_page")


@pytest.mark.usefixtures("fake_tesseract")
def test_an_archive_of_version_1_goes_on_without_reading_anything_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, kho = tmp_path / "quét", tmp_path / "kho"
    folder.mkdir()
    write_tiff(folder / "a.tif", [numbered_sheet(301), numbered_sheet(302)])
    write_tiff(folder / "b.tif", [numbered_sheet(311), numbered_sheet(312)])
    command = ["run", folder, "--archive", kho, "--engine", "tesseract"]
    assert digitize(*command).returncode == 0
    before = tree(kho / "documents")
    ledger = kho / "ledger.sqlite"
    # b.tif is not finished: its pages are in the work folder.
    with sqlite3.connect(ledger) as db:
        (sha256,) = db.execute("SELECT sha256 FROM paths WHERE CAST(path AS TEXT) LIKE '%b.tif'").fetchone()
        db.execute("UPDATE documents SET state = 'running', pages = 0 WHERE sha256 = ?", (sha256,))
    db.close()
    work = kho / "work" / sha256
    work.mkdir()
    for number, text in ((1, "trang số 311"), (2, "trang số 312")):
        words = [
            [word, 20 + 60 * n, 30, 70 + 60 * n, 50, 90.0, 1, 1, 1, ""] for n, word in enumerate(text.split(), start=1)
        ]
        with sqlite3.connect(ledger) as db:
            (settings,) = db.execute("SELECT settings FROM documents LIMIT 1").fetchone()
        db.close()
        content = {
            "settings": {key: json.loads(settings)[key] for key in SETTINGS_1},
            **{"width": 310 + number, "height": 200, "dpi": 200.0, "layer": None, "reason": ""},
            **{"confidence": 90.0, "seconds": 0.4, "words": words},
        }
        (work / f"page-{number:05}.json").write_text(json.dumps(content), encoding="utf-8")
    back_to_version_1(ledger)
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    done = digitize(*command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tìm thấy 2 = xong 2 + trùng 0" in done.stdout
    assert not (tmp_path / "log").exists()
    after = tree(kho / "documents")
    assert {name: after[name] for name in before if not name.endswith(NAME)} == {
        name: content for name, content in before.items() if not name.endswith(NAME)
    }


def test_what_version_1_quarantined_for_a_marking_is_looked_at_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as old:
        old.executescript(VERSION_1)
        for sha256, reason in (("a", "có dấu chỉ độ mật"), ("b", "PDF có mật khẩu")):
            old.execute(
                "INSERT INTO documents (sha256, size, kind, state, reason, settings, queued_at)"
                " VALUES (?, 1, 'pdf', 'quarantined', ?, '{\"language\": \"vie\"}', '')",
                (sha256, reason),
            )
    old.close()
    with Ledger(path) as ledger:
        assert ledger.state_of("a") == ("queued", "có dấu chỉ độ mật")
        assert ledger.state_of("b") == ("quarantined", "PDF có mật khẩu")
        rows = ledger.database.execute("SELECT DISTINCT settings, settings_hash FROM documents").fetchall()
        assert rows == [(str(Settings("vie")), settings_hash(str(Settings("vie"))))]


def test_a_migration_that_is_cut_off_leaves_version_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ledger.sqlite"
    with sqlite3.connect(path) as old:
        old.executescript(VERSION_1)
    old.close()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("digitize.ledger_schema._today", cut)
    with sqlite3.connect(path) as old:
        old.execute(
            "INSERT INTO documents (sha256, size, kind, state, settings, queued_at) VALUES ('a',1,'pdf','done','{}','')"
        )
    old.close()
    with pytest.raises(KeyboardInterrupt):
        Ledger(path)
    monkeypatch.undo()
    with Ledger(path) as ledger:
        assert ledger.state_of("a") == ("done", "")


def test_the_lock_file_tells_who_writes(tmp_path: Path) -> None:
    from digitize.archive import lock_holder, locked
    from vanthu.errors import VanthuError

    archive = create_archive(tmp_path / "kho")
    assert lock_holder(archive) == ""
    with locked(archive):
        assert f"tiến trình {os.getpid()} trên máy" in lock_holder(archive)
        with pytest.raises(VanthuError, match=f"tiến trình {os.getpid()} "), locked(archive):
            pass
    assert lock_holder(archive) == ""
    started = time.monotonic()
    with locked(archive):
        pass
    assert time.monotonic() - started < 0.2
