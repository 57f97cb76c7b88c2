from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from digitize.imaging.explained import explained
from digitize.imaging.orientation import turn
from tests.digitize.conftest import digitize
from tests.digitize.worn_pages import FONT, askew, page, printed

pytestmark = pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, tesseract: None) -> Path:
    """An archive of a skewed page and a blank one, with the originals beside it."""
    folder = tmp_path_factory.mktemp("kho")
    (folder / "scans").mkdir()
    askew(printed(0, 8), 1.5).save(folder / "scans" / "lech.png", dpi=(200, 200))
    Image.new("L", (900, 1200), 250).save(folder / "scans" / "trang.png", dpi=(200, 200))
    done = digitize("run", folder / "scans", "--archive", folder / "kho", "--engine", "tesseract", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    return folder


def explain(archive: Path, *arguments: str | Path) -> str:
    done = digitize("explain", *arguments, "--archive", archive / "kho")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_decisions_are_told_with_their_figures(archive: Path) -> None:
    said = explain(archive, archive / "scans" / "lech.png")
    assert "lệch 1,5°, đã xoay thẳng" in said
    assert re.search(r"không làm +Bụi, đốm: bụi \d+,\d điểm ảnh", said)
    assert "trang trắng" in explain(archive, archive / "scans" / "trang.png")


def test_the_page_holds_all_it_needs(archive: Path) -> None:
    target = archive / "lech.html"
    explain(archive, archive / "scans" / "lech.png", "--output", target)
    page_source = target.read_text(encoding="utf-8")
    assert page_source.count('src="data:image/jpeg;base64,') == 2
    assert not re.search(r"""(src|href)=["'](?!data:)""", page_source)
    assert "<script" not in page_source
    assert page_source.count("<rect ") > 50


def test_nothing_is_overwritten(archive: Path) -> None:
    target = archive / "cu.html"
    target.write_text("của người khác")
    done = digitize("explain", archive / "scans" / "lech.png", "--archive", archive / "kho", "--output", target)
    assert done.returncode == 2
    assert target.read_text() == "của người khác"


def test_an_original_that_changed_or_went_is_said_kindly(archive: Path) -> None:
    original = archive / "scans" / "trang.png"
    kept = original.read_bytes()
    for number, (change, told) in enumerate(
        [(lambda: original.write_bytes(b"khac"), "đã thay đổi"), (original.unlink, "không còn ở chỗ cũ")]
    ):
        change()
        target = archive / f"trang{number}.html"
        explain(archive, original, "--output", target)
        assert told in target.read_text(encoding="utf-8")
        assert "data:image" not in target.read_text(encoding="utf-8")
    original.write_bytes(kept)


@pytest.mark.parametrize("arguments", [["khong-co.png"], ["--page", "9"]])
def test_what_is_not_there_is_said(archive: Path, arguments: list[str]) -> None:
    named = arguments if arguments[0] != "--page" else [str(archive / "scans" / "lech.png"), *arguments]
    done = digitize("explain", *named, "--archive", archive / "kho")
    assert done.returncode == 2
    assert done.stderr.startswith("Lỗi: ")


def test_what_was_read_is_escaped_and_turned_pages_are_shown_turned() -> None:
    scan = turn(page(printed()), 90)
    shown = {
        "number": 1, "width": 1654, "height": 2339, "dpi": 200.0, "turn": 270, "engine": "tesseract", "reason": "",
        "confidence": 50.0, "words": [{"text": "<b>", "raw_text": "&", "box": [1, 2, 3, 2], "confidence": 12.0}],
        "decisions": [{"step": "orientation", "applied": True, "reason": "đã xoay", "evidence": {}}],
    }  # fmt: skip
    source = explained("<i>.png", shown, scan, "")
    assert "<b>" not in source
    assert "<i>" not in source
    assert source.count("Ảnh được làm lại") == 1


@pytest.mark.slow
def test_the_page_fits_a_screen_and_a_telephone(archive: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    target = archive / "man-hinh.html"
    explain(archive, archive / "scans" / "lech.png", "--output", target)
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        except sync_api.Error:
            pytest.skip("cần chromium")
        for width in (1280, 390):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            complaints: list[str] = []
            tab.on("console", lambda message, told=complaints: told.append(message.text))
            tab.goto(target.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert complaints == []
        browser.close()
