"""PDF files through the whole command: what is born digital stays as it is, the rest is read, and why is told."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sqlite3
from pathlib import Path

import pikepdf
import pytest
from conftest import digitize
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageFont

from tests.digitize.layer_sheet import FONT, Sheet
from tests.digitize.layer_specimens import HEAD, Specimen, body, specimens

pytestmark = [
    pytest.mark.usefixtures("fake_tesseract"),
    pytest.mark.skipif(not FONT.is_file(), reason="cần gói fonts-dejavu-core"),
]
READ = "trang số 2480"  # what the fake Tesseract says of A4 at 300 dpi


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {specimen.name: specimen.pdf for specimen in _of(specimens())}


def _of(all_of_them: list[Specimen]) -> list[Specimen]:
    wanted = {
        *(
            "digital: plain",
            "digital: caption and seal at the foot",
            "recognised: mode 3",
            "blank: nothing",
            "scan: grey",
        ),
        *("header: letterhead", "garbage: shuffled 30", "poor_ocr: many slips", "poor_ocr: in a form"),
    }
    return [specimen for specimen in all_of_them if specimen.name in wanted]


def bound(path: Path, *pages: bytes) -> Path:
    with pikepdf.new() as file:
        for page in pages:
            with pikepdf.open(io.BytesIO(page)) as source:
                file.pages.extend(source.pages)
        file.save(path)
    return path


def sign(path: Path) -> None:
    """Give a file the form field that a signature leaves."""
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        value = Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 1, 2, 3]), Contents=b"\0" * 9
        )
        field = Dictionary(FT=Name.Sig, T=pikepdf.String("ký"), V=file.make_indirect(value))
        file.Root.AcroForm = Dictionary(Fields=Array([file.make_indirect(field)]), SigFlags=3)
        file.save(path)


def outcome(kho: Path) -> tuple[Path, list[str], dict[int, tuple[str, str]]]:
    """The published folder, its pages of text, state and reason of each page."""
    (folder,) = (kho / "documents").glob("*/*")
    with sqlite3.connect(kho / "ledger.sqlite") as ledger:
        rows = {
            number: (state, reason)
            for number, state, reason in ledger.execute("SELECT number, state, reason FROM pages")
        }
    return folder, (folder / "text.txt").read_text(encoding="utf-8").split("\f"), rows


def test_only_pages_without_good_text_are_read(made: dict[str, bytes], tmp_path: Path) -> None:
    names = [name for name in made if name != "digital: caption and seal at the foot"]
    source = bound(tmp_path / "a.pdf", *(made[name] for name in names))
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    result = digitize("run", source, "--archive", tmp_path / "kho", "--jobs", "1")
    assert result.returncode == 0, result.stderr
    assert "tìm thấy 1 = xong 1 + trùng 0" in result.stdout
    assert "trang PDF: giữ chữ sẵn có 2, bản quét 1, lớp chữ bị bỏ 4, trắng 1\n" in result.stdout
    assert result.stdout.count(": đọc lại: ") == 4
    folder, texts, rows = outcome(tmp_path / "kho")
    with pikepdf.open(source) as before, pikepdf.open(folder / "document.pdf") as after:
        assert after.check_pdf_syntax() == []
        for number, (name, old, new) in enumerate(zip(names, before.pages, after.pages, strict=True), 1):
            state, reason = rows[number]
            assert state == "done"
            kept = name.startswith(("digital", "recognised", "blank"))
            assert reason.startswith(("giữ lớp chữ", "trang trắng") if kept else "đọc lại: ")
            assert ("trang số" in texts[number - 1]) is not kept
            content = new.Contents
            if kept:
                assert content.read_raw_bytes() == old.Contents.read_raw_bytes()
                assert "/VanthuText" not in new.resources.get("/Font", {})
            else:
                assert "/VanthuText" in new.resources.Font
    assert texts[names.index("digital: plain")].split() == " ".join(body(0)).split()
    words = json.loads(gzip.decompress((folder / "words.json.gz").read_bytes()))["pages"][names.index("digital: plain")]
    assert (words["width"], words["height"], words["dpi"]) == (2480, 3509, 300)
    assert words["words"][0][5] == 100
    assert hashlib.sha256(source.read_bytes()).hexdigest() == digest


@pytest.mark.parametrize("name", ["poor_ocr: many slips", "poor_ocr: in a form"])
def test_the_text_of_an_earlier_ocr_goes_when_a_better_one_comes(
    name: str, made: dict[str, bytes], tmp_path: Path
) -> None:
    import pdfplumber

    source = bound(tmp_path / "a.pdf", made[name])
    assert digitize("run", source, "--archive", tmp_path / "kho").returncode == 0
    folder, texts, _ = outcome(tmp_path / "kho")
    with pdfplumber.open(folder / "document.pdf") as pdf, pdfplumber.open(source) as before:
        assert len(before.pages[0].extract_text()) > 1_000
        assert pdf.pages[0].extract_text().split() == texts[0].split()


def test_a_signed_file_whose_text_is_good_is_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    source = bound(tmp_path / "a.pdf", made["digital: plain"], made["blank: nothing"])
    sign(source)
    assert digitize("run", source, "--archive", tmp_path / "kho").returncode == 0
    folder, _, _ = outcome(tmp_path / "kho")
    assert (folder / "document.pdf").read_bytes() == source.read_bytes()
    assert not (folder / "signed.pdf").exists()


def test_a_signed_file_that_is_read_stands_beside_its_copy(made: dict[str, bytes], tmp_path: Path) -> None:
    source = bound(tmp_path / "a.pdf", made["digital: plain"], made["scan: grey"])
    sign(source)
    assert digitize("run", source, "--archive", tmp_path / "kho").returncode == 0
    folder, _, _ = outcome(tmp_path / "kho")
    assert (folder / "signed.pdf").read_bytes() == source.read_bytes()
    with pikepdf.open(folder / "document.pdf") as copy:
        assert "/AcroForm" not in copy.Root  # a signature that no longer holds would cry tampering


def test_a_marking_in_the_text_of_a_page_stops_the_file(tmp_path: Path) -> None:
    source = bound(tmp_path / "a.pdf", Sheet().text([*HEAD, "", "TỐI MẬT", "", *body(3, 20)]).done())
    result = digitize("run", source, "--archive", tmp_path / "kho")
    assert "có dấu chỉ độ mật" in result.stderr
    assert not list((tmp_path / "kho" / "documents").glob("*/*"))


def test_a_marking_on_a_picture_beside_good_text_stops_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_STAMP", "TUYỆT MẬT")
    stamp = Image.new("RGB", (480, 130), "white")
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((5, 5, 474, 124), outline="red", width=5)
    pen.text((40, 25), "TUYỆT MẬT", font=ImageFont.truetype(str(FONT), 64), fill="red")
    page = Sheet().text(body(3, 26)).picture(stamp, (60, 700, 175, 731)).done()
    source = bound(tmp_path / "a.pdf", page)
    result = digitize("run", source, "--archive", tmp_path / "kho")
    assert "có dấu chỉ độ mật" in result.stderr
    assert not list((tmp_path / "kho" / "documents").glob("*/*"))
