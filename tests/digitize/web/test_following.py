"""What a person says of a document is found at once, while the pages are served, whoever holds the archive."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from digitize.archive import Archive, locked
from digitize.describe.catalogue import open_catalogue
from digitize.index.build import update_fields, update_index, waiting
from digitize.index.generation import current
from digitize.index.search import Request, search
from digitize.index.writer import sole_writer
from digitize.ledger import Ledger
from digitize.web.following import following
from tests.digitize.conftest import command
from tests.digitize.web.conftest import Kho


def found(archive: Archive, text: str) -> set[str]:
    with Ledger(archive.ledger) as ledger:
        return {hit.sha256 for hit in search(archive, ledger, Request(text)).hits}


def wait_for(what: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_correction_is_found_while_a_batch_holds_the_archive(kho: Kho) -> None:
    with locked(kho.archive), following(kho.archive):
        with open_catalogue(kho.archive.root) as catalogue:
            catalogue.correct(kho.public, "subject", "Phòng chống lụt bão", who="An")
        assert wait_for(lambda: found(kho.archive, "trichyeu:lụt") == {kho.public})
        with open_catalogue(kho.archive.root) as catalogue:
            catalogue.correct(kho.public, "subject", "Trồng rừng", who="An")
        assert wait_for(lambda: found(kho.archive, "trichyeu:rừng") == {kho.public})
        assert found(kho.archive, "trichyeu:lụt") == set()


def test_workbook_and_command_need_not_wait_for_the_batch(kho: Kho) -> None:
    with locked(kho.archive):
        done = subprocess.run(
            command("catalogue", "set", kho.internal, "--fonds", "Phông thử", "--archive", kho.archive.root),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert found(kho.archive, 'phong:"Phông thử"') == {kho.internal}


def test_changes_are_taken_in_portions_and_none_is_lost(kho: Kho) -> None:
    with open_catalogue(kho.archive.root) as catalogue, Ledger(kho.archive.ledger) as ledger:
        for sha256 in (kho.public, kho.internal, kho.restricted):
            catalogue.correct(sha256, "subject", "Một việc", who="An")
        assert not update_fields(kho.archive, ledger, 1)
        catalogue.correct(kho.public, "subject", "Một việc khác", who="An")
        assert not update_fields(kho.archive, ledger, 1)
        while not update_fields(kho.archive, ledger, 1):
            pass
        assert waiting(kho.archive, ledger) == 0
        manifest = current(kho.archive.index).manifest  # type: ignore[union-attr]
        before = manifest.stat().st_mtime_ns
        assert update_fields(kho.archive, ledger, 1)
        assert manifest.stat().st_mtime_ns == before, "readers would open the index anew for nothing"
    assert found(kho.archive, "trichyeu:việc") == {kho.public, kho.internal, kho.restricted}
    assert found(kho.archive, "trichyeu:khác") == {kho.public}


def test_what_the_batch_reads_anew_stays_outdated(kho: Kho) -> None:
    with open_catalogue(kho.archive.root) as catalogue, Ledger(kho.archive.ledger) as ledger:
        ledger.finish(kho.public, "done", pages=2)
        ledger.finish(kho.internal, "quarantined", reason="giữ")
        kho.archive.forget(kho.internal)
        for sha256 in (kho.public, kho.internal):
            catalogue.correct(sha256, "subject", "Một việc", who="An")
        assert update_fields(kho.archive, ledger, 100)
        assert dict(ledger.outdated_in_index()) == {kho.public: True, kho.internal: False}


DYING = """
import os, sys
from pathlib import Path
from digitize.archive import Archive
from digitize.index import build, documents, generation
from digitize.ledger import Ledger
owner = {"unseal": generation.Generation, "remove": documents.Documents, "commit": documents.Documents}[sys.argv[2]]
done = getattr(owner, sys.argv[2])
def die(*arguments):
    done(*arguments)
    os._exit(9)
setattr(owner, sys.argv[2], die)
archive = Archive(Path(sys.argv[1]))
with Ledger(archive.ledger) as ledger:
    build.update_fields(archive, ledger, 100)
"""


@pytest.mark.parametrize("where", ["unseal", "remove", "commit"])
def test_death_at_any_moment_loses_no_correction(kho: Kho, where: str) -> None:
    with open_catalogue(kho.archive.root) as catalogue:
        catalogue.correct(kho.public, "subject", "Phòng chống lụt bão", who="An")
    line = [sys.executable, "-c", DYING, kho.archive.root, where]
    assert subprocess.run(line, check=False, timeout=60).returncode == 9
    used = current(kho.archive.index)
    assert used is not None and not used.is_sealed
    with Ledger(kho.archive.ledger) as ledger:
        followed = update_fields(kho.archive, ledger, 100)
        assert followed or where != "unseal", "nothing was taken away yet: no need to build all of it anew"
        if not followed:
            update_index(kho.archive, ledger)
        assert waiting(kho.archive, ledger) == 0
    assert found(kho.archive, "trichyeu:lụt") == {kho.public}
    assert found(kho.archive, "ủy ban") == {kho.public, kho.internal, kho.restricted}


@pytest.mark.parametrize("broken", ["no index", "unsealed", "written by another"])
def test_index_that_cannot_follow_is_left_alone(kho: Kho, broken: str) -> None:
    with open_catalogue(kho.archive.root) as catalogue, Ledger(kho.archive.ledger) as ledger:
        catalogue.correct(kho.public, "subject", "Một việc", who="An")
        used = current(kho.archive.index)
        assert used is not None
        if broken == "written by another":
            with sole_writer(kho.archive.index):
                assert not update_fields(kho.archive, ledger, 100)
            assert update_fields(kho.archive, ledger, 100)
            return
        if broken == "no index":
            (kho.archive.index / "current").unlink()
        else:
            used.unseal()
            next(used.files.iterdir()).unlink()
        assert not update_fields(kho.archive, ledger, 100)
