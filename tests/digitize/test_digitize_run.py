"""The command as its user runs it, in processes of its own, with a Tesseract that does what the test wants."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import LETTERHEAD, digitize, numbered_sheet, tree, write_tiff
from PIL import Image
from test_page_images import blank_pdf, bomb_png

from digitize.balance import UNCHECKED

LIST = "digitize secrets list --archive KHO"
pytestmark = pytest.mark.usefixtures("fake_tesseract")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "quét"
    folder.mkdir()
    return folder


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return tmp_path / "kho"


def published(kho: Path) -> list[Path]:
    return sorted((kho / "documents").glob("*/*"))


def test_a_batch_with_everything_in_it_balances(folder: Path, kho: Path) -> None:
    numbered_sheet(301).save(folder / "một.png")
    (folder / "phụ").mkdir()
    numbered_sheet(301).save(folder / "phụ" / "bản sao.jpeg", format="PNG")  # the same bytes under another name
    numbered_sheet(302).save(folder / "hai.jpg")
    write_tiff(folder / "ba", [numbered_sheet(311), numbered_sheet(312)])
    blank_pdf(folder / "bốn.bin", pages=2)
    (folder / "rỗng.pdf").touch()
    half = folder / "cụt.png"
    Image.effect_noise((300, 300), 50).save(half)
    half.write_bytes(half.read_bytes()[:5000])
    with pikepdf.open(folder / "bốn.bin") as pdf:
        pdf.save(folder / "khóa.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    blank_pdf(folder / "khổng lồ.pdf", MediaBox=[0, 0, 14400, 14400])
    bomb_png(folder / "bom.png", 20_000)
    (folder / "vòng").symlink_to(folder)
    (folder / "gãy.png").symlink_to(folder / "không có")
    (folder / "ghi chú.txt").write_text("không phải bản quét")
    numbered_sheet(303).save(folder / "t.png")
    (folder / "t.png").rename(folder / "xuống\ndòng.png")
    numbered_sheet(304).save(folder / "u.png")
    (folder / "u.png").rename(folder / os.fsdecode(b"kh\xf4ng utf8.png"))
    before = {
        path: (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns)
        for path in folder.glob("*.*")
        if path.is_file()
    }

    first = digitize("run", folder, "--archive", kho, "--jobs", "2")
    assert first.returncode == 1, first.stderr
    assert "tìm thấy 15 = xong 6 + trùng 1 + cách ly 6 + loại trừ 2\n" in first.stdout
    lines = first.stderr.strip().split("\n")
    assert len(lines) == 8
    for name, reason in {
        "rỗng.pdf": "tệp rỗng (0 byte)",
        "cụt.png": "ảnh hỏng hoặc bị cắt cụt",
        "khóa.pdf": "PDF có mật khẩu",
        "khổng lồ.pdf": "khổ trang quá lớn (508 × 508 cm)",
        "bom.png": "ảnh quá lớn (20.000 × 20.000 điểm ảnh, giới hạn 100 triệu)",
        "gãy.png": "liên kết hỏng hoặc tệp vừa bị xóa",
    }.items():
        assert lines.count(f"cách ly: {folder}/{name}: {reason}") == 1
    assert any(line.startswith(f"loại trừ: {folder}/vòng: thư mục vòng lặp") for line in lines)

    files = tree(kho / "documents")
    again = digitize("run", folder, "--archive", kho)
    assert (again.returncode, again.stdout, again.stderr) == (1, first.stdout, first.stderr)
    assert tree(kho / "documents") == files
    assert before == {path: (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) for path in before}
    assert list((kho / "work").glob("*/*")) == []

    found = json.loads(digitize("search", "so 303", "--archive", kho, "--format", "json").stdout)
    assert [hit["path"] for hit in found["hits"]] == [f"{folder}/xuống\ndòng.png"]
    assert "xuống\\ndòng.png\n   trang 1:" in digitize("search", "303", "--archive", kho).stdout
    found = json.loads(digitize("search", "304", "--archive", kho, "--format", "json").stdout)
    assert found["hits"][0]["path"].endswith("kh\\xf4ng utf8.png")


def test_page_n_is_page_n_everywhere(folder: Path, kho: Path) -> None:
    write_tiff(folder / "a.tif", [numbered_sheet(300 + number) for number in range(1, 13)])
    assert digitize("run", folder / "a.tif", "--archive", kho, "--jobs", "2").returncode == 0
    (document,) = published(kho)
    texts = (document / "text.txt").read_text().split("\f")
    assert texts == [f"trang số {300 + number}" for number in range(1, 13)]
    words = json.loads(gzip.decompress((document / "words.json.gz").read_bytes()))
    assert (words["version"], words["sha256"]) == (2, document.name)
    assert [(page["number"], page["width"], page["words"][2][0]) for page in words["pages"]] == [
        (number, 300 + number, str(300 + number)) for number in range(1, 13)
    ]
    assert words["pages"][0]["words"][0] == ["trang", 80, 30, 130, 50, 90.0]
    for number in (1, 7, 12):
        found = json.loads(digitize("search", str(300 + number), "--archive", kho, "--format", "json").stdout)
        assert set(found) == {"version", "query", "pages", "documents", "suggestion", "facets", "hits"}
        (hit,) = found["hits"]
        assert set(hit) == {"path", "sha256", "pdf", "fields", "matching_pages", "pages"}
        (page,) = hit["pages"]
        assert (page["page"], page["snippet"], page["marks"]) == (number, f"trang số {300 + number}", [[9, 12]])
        assert Path(hit["pdf"]) == document / "document.pdf"


@pytest.mark.parametrize(
    ("variable", "reason"), [("FAKE_ERROR", "Tesseract báo lỗi 1"), ("FAKE_KILLS_WORKER", "làm chết tiến trình đọc")]
)
def test_a_page_that_fails_stays_a_picture_and_is_listed(
    variable: str, reason: str, folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_tiff(folder / "a.tif", [numbered_sheet(number) for number in (301, 302, 303)])
    numbered_sheet(310).save(folder / "b.png")
    monkeypatch.setenv(variable, "302 226")
    done = digitize("run", folder, "--archive", kho, "--jobs", "2")
    assert done.returncode == 1
    assert "tìm thấy 2 = xong 2 + trùng 0 + cách ly 0 + loại trừ 0" in done.stdout
    twice = f"lần 1: {reason}.*; lần 2 .Tesseract, ảnh 150 dpi.: {reason}.*\n"
    assert re.fullmatch(f"không đọc được: {folder}/a.tif, trang 2: {twice}{UNCHECKED}\n", done.stderr)
    (document,) = [path for path in published(kho) if (path / "text.txt").read_text().count("\f") == 2]
    assert (document / "text.txt").read_text() == "trang số 301\f\ftrang số 303"
    with pikepdf.open(document / "document.pdf") as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [1, 1, 1]
    assert (
        json.loads(digitize("search", "303", "--archive", kho, "--format", "json").stdout)["hits"][0]["pages"][0][
            "page"
        ]
        == 3
    )


def test_a_document_of_which_no_page_can_be_read_is_quarantined(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered_sheet(302).save(folder / "a.png")
    monkeypatch.setenv("FAKE_ERROR", "302 226")
    done = digitize("run", folder, "--archive", kho)
    assert done.returncode == 1
    assert "cách ly 1" in done.stdout
    assert published(kho) == []


def test_other_settings_are_new_work(folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    monkeypatch.setenv("FAKE_TEXT_302", "chữ đọc lại")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    assert (published(kho)[0] / "text.txt").read_text() == "trang số 302"
    assert digitize("run", folder, "--archive", kho, "--language", "vie+vie").returncode == 0
    assert (published(kho)[0] / "text.txt").read_text() == "chữ đọc lại"
    assert json.loads(digitize("search", "302", "--archive", kho, "--format", "json").stdout)["pages"] == 0
    assert json.loads(digitize("search", "đọc lại", "--archive", kho, "--format", "json").stdout)["pages"] == 1


def test_a_reading_that_fails_leaves_the_copy_of_an_earlier_one(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    before = tree(kho / "documents")
    monkeypatch.setenv("FAKE_ERROR", "302 226")
    done = digitize("run", folder, "--archive", kho, "--language", "vie+vie")
    assert "cách ly 1" in done.stdout
    assert tree(kho / "documents") == before


def test_a_secret_document_leaves_nothing_behind(folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tiff(folder / "a.tif", [numbered_sheet(number) for number in (301, 302, 303, 304)])
    numbered_sheet(310).save(folder / "b.png")
    monkeypatch.setenv("FAKE_TEXT_301", "gươngmặt kếhoạch")
    monkeypatch.setenv("FAKE_TEXT_302", "[TUYỆT MẬT]")
    done = digitize("run", folder, "--archive", kho, "--jobs", "2")
    assert done.returncode == 1
    # The name of a file marked Tuyệt mật may be its subject.
    assert done.stderr == f"cách ly: {folder}: có dấu chỉ độ mật Tuyệt mật → {LIST}\n"
    assert len(published(kho)) == 1
    assert list((kho / "work").glob("*/*")) == []
    everything = b"".join(tree(kho).values())
    for text in ("gươngmặt", "TUYỆT", "303", "304"):
        assert text.encode() not in everything.replace(b"1" * 64, b"") or text.isdecimal()
    with sqlite3.connect(kho / "ledger.sqlite") as ledger:
        assert ledger.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    for word in ("gươngmặt", "tuyệt", "303"):
        assert json.loads(digitize("search", word, "--archive", kho, "--format", "json").stdout)["pages"] == 0
    assert digitize("run", folder, "--archive", kho).stderr == done.stderr


def test_a_marking_that_a_second_reading_finds_takes_the_first_away(
    folder: Path, kho: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    monkeypatch.setenv("FAKE_TEXT_302", "TỐI MẬT")
    assert digitize("run", folder, "--archive", kho, "--language", "vie+vie").returncode == 1
    assert published(kho) == []
    assert json.loads(digitize("search", "302", "--archive", kho, "--format", "json").stdout)["pages"] == 0


def test_a_moved_file_is_known_by_its_content(folder: Path, kho: Path) -> None:
    numbered_sheet(302).save(folder / "a.png")
    digitize("run", folder, "--archive", kho)
    (folder / "a.png").rename(folder / "b.png")
    assert "tìm thấy 1 = xong 1 + trùng 0" in digitize("run", folder, "--archive", kho).stdout
    assert f"{folder}/b.png\n   trang 1:" in digitize("search", "302", "--archive", kho).stdout


def test_the_archive_may_be_inside_the_input(folder: Path) -> None:
    numbered_sheet(302).save(folder / "a.png")
    for _ in range(2):
        assert "tìm thấy 1 = xong 1 " in digitize("run", folder, "--archive", folder / "kho").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "{tmp}/không có", "--archive", "{tmp}/kho"], "không có tệp hay thư mục này"),
        (["run", "{tmp}/kho", "--archive", "{tmp}/kho"], "đầu vào nằm trong kho"),
        (["run", "{tmp}", "--archive", "{tmp}/kho", "--language", "eng"], "sudo apt-get install tesseract-ocr-eng"),
        (["run", "{tmp}", "--archive", "{tmp}/tệp"], "không tạo được kho"),
        (["run", "{tmp}", "--archive", "{tmp}/kho", "--jobs", "0"], "--jobs"),
        (["search", "chữ", "--archive", "{tmp}/trống"], "chưa phải kho số hóa"),
        (["index", "--archive", "{tmp}/trống"], "chưa phải kho số hóa"),
    ],
)
def test_a_wrong_call_says_what_to_do(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    (tmp_path / "tệp").touch()
    done = digitize(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_without_tesseract_it_says_what_to_install(
    folder: Path, kho: Path, fake_tesseract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_tesseract.unlink()
    monkeypatch.setenv("PATH", str(fake_tesseract.parent))
    done = digitize("run", folder, "--archive", kho)
    assert done.returncode == 2
    assert "sudo apt-get install tesseract-ocr tesseract-ocr-vie" in done.stderr


def test_a_damaged_index_is_told_and_rebuilt_with_the_same_answers(folder: Path, kho: Path) -> None:
    for number in range(301, 306):
        numbered_sheet(number).save(folder / f"{number}.png")
    digitize("run", folder, "--archive", kho)
    right = digitize("search", "trang so", "--archive", kho, "--format", "json").stdout
    assert json.loads(right)["pages"] == 5
    for toc in (kho / "index").glob("*/files/*.toc"):
        toc.write_bytes(toc.read_bytes()[:30])
    done = digitize("search", "trang", "--archive", kho)
    assert done.returncode == 2
    assert "chỉ mục hỏng" in done.stderr
    assert "digitize reindex" in done.stderr
    numbered_sheet(306).save(folder / "306.png")
    done = digitize("run", folder, "--archive", kho)
    assert done.returncode == 1  # what is stored is stored, but not yet found
    assert "tìm thấy 6 = xong 6" in done.stdout
    assert "chưa vào chỉ mục" in done.stderr
    assert digitize("reindex", "--archive", kho).stdout == "Đã lập chỉ mục 6 tài liệu.\n"
    (folder / "306.png").unlink()
    assert json.loads(digitize("search", "306", "--archive", kho, "--format", "json").stdout)["pages"] == 1
    answers = json.loads(digitize("search", "trang so", "--archive", kho, "--format", "json").stdout)
    assert {hit["sha256"] for hit in json.loads(right)["hits"]} < {hit["sha256"] for hit in answers["hits"]}
    first = digitize("search", "trang so", "--archive", kho, "--format", "json").stdout
    digitize("reindex", "--archive", kho)
    assert digitize("search", "trang so", "--archive", kho, "--format", "json").stdout == first


def test_an_empty_folder_is_no_fault(folder: Path, kho: Path) -> None:
    done = digitize("run", folder, "--archive", kho)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tìm thấy 0 = " in done.stdout
    assert digitize("search", "chữ", "--archive", kho).stdout == "Không thấy trang nào có «chữ».\n"


@pytest.fixture
def real_tesseract(fake_tesseract: Path, tesseract: None) -> None:
    fake_tesseract.unlink()


@pytest.mark.usefixtures("real_tesseract")
def test_with_the_real_tesseract_a_scan_is_found_again(
    folder: Path, kho: Path, paper: Callable[..., Image.Image]
) -> None:
    paper(LETTERHEAD).save(folder / "a.png", dpi=(200, 200))
    paper(["TỐI MẬT", *LETTERHEAD]).save(folder / "b.png", dpi=(200, 200))
    done = digitize("run", folder, "--archive", kho, "--jobs", "2")
    assert done.stderr == f"cách ly: {folder}/b.png: có dấu chỉ độ mật Tối mật → {LIST}\n"
    for query in ("khẩn cấp", "khan cap", '"hồ sơ tồn đọng"', "534/qđ-ubnd", "qd-ubnd", "dak lak"):
        found = digitize("search", query, "--archive", kho)
        assert found.stdout.startswith(f"1 trang trong 1 tài liệu có «{query}»:"), query
        assert f"1. {folder}/a.png — " in found.stdout and "\n   trang 1: " in found.stdout


@pytest.mark.realdata
@pytest.mark.usefixtures("real_tesseract")
def test_real_scans(shared: Path, kho: Path) -> None:
    scans = shared / "data/scans"
    done = digitize("run", scans / "images/cv_3722_vpcp_p1.png", scans / "pdf/nq_115_ba_vi.pdf", "--archive", kho)
    assert (done.returncode, done.stderr) == (0, "")
    assert "tìm thấy 2 = xong 2 + trùng 0 + cách ly 0 + loại trừ 0" in done.stdout
    for query in ('"khan cap"', "khẩn cấp", "3722/VPCP-CN"):
        found = json.loads(digitize("search", query, "--archive", kho, "--format", "json").stdout)
        assert [Path(hit["path"]).name for hit in found["hits"]] == ["cv_3722_vpcp_p1.png"], query


def test_a_published_document_that_has_vanished_is_made_anew(folder: Path, kho: Path) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    before = tree(kho / "documents")
    shutil.rmtree(kho / "documents")
    done = digitize("run", folder, "--archive", kho)
    assert done.returncode == 0
    assert "xong 1" in done.stdout
    assert tree(kho / "documents") == before


def test_a_copy_moved_aside_by_a_killed_run_goes_back(folder: Path, kho: Path) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    before = tree(kho / "documents")
    place = published(kho)[0]
    place.rename(place.with_name(f".cu-{place.name}"))
    assert digitize("run", folder, "--archive", kho).returncode == 0
    assert tree(kho / "documents") == before


def test_an_original_that_is_gone_is_told_of_in_the_search(folder: Path, kho: Path) -> None:
    numbered_sheet(302).save(folder / "a.png")
    assert digitize("run", folder, "--archive", kho).returncode == 0
    (folder / "a.png").write_bytes(b"")
    assert digitize("run", folder, "--archive", kho).returncode == 1
    assert "(bản gốc không còn ở chỗ cũ)\n   trang 1:" in digitize("search", "302", "--archive", kho).stdout
