from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from digitize.describe.workbook import FIRST, SHEET
from tests.digitize.conftest import LETTERHEAD, digitize

DOCUMENTS = {
    "a.png": LETTERHEAD,
    "b.png": [LETTERHEAD[0], "Số: 15/KH-UBND", "KẾ HOẠCH", "Sắp xếp kho lưu trữ năm 2024"],
}


@pytest.fixture
def archive(tmp_path: Path, paper: Callable[..., Image.Image], tesseract: None) -> Path:
    """An archive of two scans, read by Tesseract."""
    scans, archive = tmp_path / "scan", tmp_path / "kho"
    scans.mkdir()
    for name, lines in DOCUMENTS.items():
        paper(lines).save(scans / name, dpi=(200, 200))
    done = digitize("run", scans, "--archive", archive, "--engine", "tesseract")
    assert done.returncode == 0, done.stderr
    return archive


@pytest.mark.slow
def test_an_archive_is_described_reviewed_and_described_again(archive: Path, tmp_path: Path) -> None:
    first = digitize("describe", "--archive", archive, "--format", "json")
    assert first.returncode == 0, first.stderr
    assert "Mô tả 0 tài liệu, 2 tài liệu không đổi" in first.stderr  # the run has described them
    found = {Path(one["path"]).name: one for one in json.loads(first.stdout)["documents"]}
    assert found["a.png"]["fields"]["number"]["value"] == "534"
    assert found["a.png"]["type_code"] == "02"
    assert found["b.png"]["fields"]["type"]["value"] == "Kế hoạch"
    assert found["b.png"]["fields"]["symbol"]["box"]

    book = tmp_path / "soat.xlsx"
    assert digitize("catalogue", "export", book, "--archive", archive).returncode == 0
    opened = load_workbook(book)
    sheet = opened[SHEET]
    row = next(row for row in range(2, 4) if str(sheet.cell(row, 2).value).endswith("a.png"))
    sheet.cell(row, FIRST + 1).value = "535"
    opened.save(book)
    taken = digitize("catalogue", "import", book, "--archive", archive)
    assert taken.returncode == 0, taken.stderr
    assert "1 ô sửa" in taken.stdout
    assert "Không có ô nào mới" in digitize("catalogue", "import", book, "--archive", archive).stdout

    # Read anew: the words file is another, and the correction stays.
    sha256 = found["a.png"]["sha256"]
    words = archive / "documents" / sha256[:2] / sha256 / "words.json.gz"
    content = json.loads(gzip.decompress(words.read_bytes()))
    content["pages"][0]["words"] = content["pages"][0]["words"][:-1]
    words.write_bytes(gzip.compress(json.dumps(content).encode()))
    anew = digitize("describe", sha256[:8], "--archive", archive, "--format", "csv")
    (line,) = csv.DictReader(io.StringIO(anew.stdout))
    assert line["number"] == "535"
    assert "Mô tả 1 tài liệu" in anew.stderr


@pytest.mark.slow
@pytest.mark.parametrize("wrong", [slice(0, 40), slice(0, 0)])
def test_a_damaged_words_file_is_told_and_the_others_go_on(archive: Path, wrong: slice) -> None:
    path = next(archive.glob("documents/*/*/words.json.gz"))
    content = path.read_bytes()
    path.write_bytes(content[wrong] or content[:20] + b"\xff" * 20 + content[40:])
    told = digitize("describe", "--archive", archive)
    assert told.returncode == 1
    assert "thiếu hoặc hỏng" in told.stderr
    assert "1 tài liệu không đổi" in told.stderr
    shown = digitize("show", path.parent.name, "--archive", archive)
    assert shown.returncode != 0
    assert "hỏng" in shown.stderr and "Traceback" not in shown.stderr
