from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import numbered_sheet, write_tiff

from digitize.account import Trouble, totals, troubles
from digitize.archive import create_archive
from digitize.balance import Balance
from digitize.intake import Problem, Source, examine
from digitize.ledger import Ledger
from digitize.outcome import PageOutcome
from digitize.pipeline import InspectJob, PageJob, PublishJob, inspect, publish, read_page
from digitize.settings import Settings
from vanthu.errors import VanthuError

ZERO = "trùng 0 + cách ly 0 + loại trừ 0"


def source(path: str, sha256: str = "a" * 64) -> Source:
    return Source(path, sha256, "png", 10, "dấu")


def test_the_first_path_is_the_document_and_the_others_are_aliases(tmp_path: Path) -> None:
    first = tmp_path / "một"
    first.touch()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        run = ledger.begin_run()
        ledger.register(run, source(str(first)))
        ledger.register(run, source("/x/hai"))
        ledger.register_problem(run, "/x/ba", Problem("excluded", "lý do"))
        assert totals(ledger, run) == {"queued": 1, "alias": 1, "excluded": 1}
        assert [entry.path for entry in ledger.pending(run, "")] == [str(first)]
        ledger.finish("a" * 64, "done", pages=1)
        first.unlink()  # moved: the name that is left becomes the document's
        run = ledger.begin_run()
        ledger.register(run, source("/x/hai"))
        assert totals(ledger, run) == {"done": 1}
        assert ledger.path_of("a" * 64) == "/x/hai"


def test_a_run_tells_troubles_of_aliases_too(tmp_path: Path) -> None:
    first = tmp_path / "một"
    first.touch()
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.register(ledger.begin_run(), source(str(first)))
        ledger.finish("a" * 64, "quarantined", reason="hỏng")
        run = ledger.begin_run()
        ledger.register(run, source("/x/hai"))
        assert troubles(ledger, run) == [Trouble("quarantined", "/x/hai", "hỏng", sha256="a" * 64)]


def test_what_is_done_anew_is_out_of_date_in_the_index(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        ledger.register(ledger.begin_run(), source("/x/một"))
        assert ledger.outdated_in_index() == []
        ledger.finish("a" * 64, "done", pages=1)
        assert ledger.outdated_in_index() == [("a" * 64, True)]
        ledger.mark_indexed([("a" * 64, True)])
        assert ledger.outdated_in_index() == []
        ledger.finish("a" * 64, "quarantined")
        assert ledger.outdated_in_index() == [("a" * 64, False)]
        ledger.mark_indexed([("a" * 64, False)])
        assert ledger.outdated_in_index() == []


def test_pages_are_kept_of_done_documents_only(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        run = ledger.begin_run()
        ledger.register(run, source("/x/một"))
        ledger.start("a" * 64, "{}", "", "máy/1/2")
        assert ledger.pages.open("a" * 64, 1, ()) == []
        assert ledger.pages.take("a" * 64, "máy/1/2", 60, 1) == 1
        ledger.pages.record("a" * 64, PageOutcome(1, "no_text", "quá lâu"))
        ledger.finish("a" * 64, "done", pages=1)
        assert troubles(ledger, run) == [Trouble("no_text", "/x/một", "quá lâu", 1, "a" * 64, 1)]
        ledger.finish("a" * 64, "quarantined", reason="khác")
        assert troubles(ledger, run) == [Trouble("quarantined", "/x/một", "khác", None, "a" * 64, 1)]


def test_a_ledger_of_version_2_gains_the_indexes_of_the_dashboard(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    Ledger(path).__exit__()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(
            "DROP INDEX documents_by_state; DROP INDEX pages_by_state; CREATE INDEX pages_by_state ON pages (state);"
            "PRAGMA user_version = 2"
        )
    with Ledger(path) as ledger:
        plan = ledger.database.execute(
            "EXPLAIN QUERY PLAN SELECT state, confidence, engine, count(*) FROM pages GROUP BY 1, 2, 3"
        ).fetchall()
    assert "USING COVERING INDEX pages_by_state" in plan[0][3]


def test_a_ledger_of_another_version_or_none_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "mới.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(VanthuError, match="bản digitize khác"):
        Ledger(tmp_path / "mới.sqlite")
    (tmp_path / "hỏng.sqlite").write_text("không phải SQLite" * 100)
    with pytest.raises(VanthuError, match="sổ cái hỏng"):
        Ledger(tmp_path / "hỏng.sqlite")


@pytest.mark.parametrize(
    ("found", "totals", "stopped", "line", "holds", "code"),
    [
        (3, {"done": 2, "alias": 1}, "", "tìm thấy 3 = xong 2 + trùng 1 + cách ly 0 + loại trừ 0", True, 0),
        (3, {"done": 2}, "", "tìm thấy 3 = xong 2 + trùng 0 + cách ly 0 + loại trừ 0", False, 1),
        (2, {"done": 1, "running": 1}, "", f"tìm thấy 2 = xong 1 + {ZERO} + chưa làm 1", False, 1),
        (2, {"done": 1, "queued": 1}, "x", f"tìm thấy 2 = xong 1 + {ZERO} + chưa làm 1", True, 3),
    ],
)
def test_the_account(found: int, totals: dict[str, int], stopped: str, line: str, holds: bool, code: int) -> None:
    balance = Balance(found, totals, (), stopped)
    assert (balance.line, balance.holds, balance.exit_code) == (line, holds, code)


def test_what_was_never_a_scan_shares_a_line() -> None:
    troubles = tuple(Trouble("excluded", f"/x/{number}", "lý do") for number in range(5))
    balance = Balance(5, {"excluded": 5}, troubles)
    assert list(balance.trouble_lines()) == ["loại trừ: /x/0, /x/1, /x/2 và 2 tệp nữa: lý do"]
    assert balance.exit_code == 0


@pytest.mark.usefixtures("fake_tesseract")
def test_originals_are_only_ever_opened_for_reading(tmp_path: Path) -> None:
    folder = tmp_path / "quét"
    folder.mkdir()
    write_tiff(folder / "a.tif", [numbered_sheet(301), numbered_sheet(302)])
    opened: list[tuple[str, int]] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        path = os.fsdecode(arguments[0]) if event == "open" and isinstance(arguments[0], str | bytes) else ""
        if path.startswith(str(folder)):
            opened.append((path, int(str(arguments[2]))))

    sys.addaudithook(hook)
    archive = create_archive(tmp_path / "kho")
    original = examine(str(folder / "a.tif"))
    assert isinstance(original, Source)
    pages = inspect(InspectJob(archive, original, Settings("vie"))).pages
    for number in range(1, pages + 1):
        assert read_page(PageJob(archive, original, Settings("vie"), number)).state == "done"
    publish(PublishJob(archive, original, Settings("vie"), "", pages))
    assert len(opened) >= 5
    assert all(flags & (os.O_WRONLY | os.O_RDWR) == 0 for _, flags in opened)
