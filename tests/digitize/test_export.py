from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import FAKE_TESSERACT, command, digitize, tree, write_tiff
from lxml import etree
from PIL import Image, ImageDraw

from digitize.outputs.names import document_name
from tests.digitize.test_alto import assert_alto
from tests.digitize.test_hocr import assert_hocr, text_of
from vanthu.errors import VanthuError


def printed_sheet(number: int) -> Image.Image:
    """A sheet with print on it that the fake Tesseract reads as its number."""
    sheet = Image.new("L", (number, 400), 255)
    for row in range(8):
        ImageDraw.Draw(sheet).text((60, 40 + 40 * row), "Quyet dinh ve viec ban hanh ke hoach " * 2, fill=0)
    return sheet


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of scans and the archive made of it; to be read only."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "bin").mkdir()
    (folder / "bin/tesseract").write_text(FAKE_TESSERACT.replace("{python}", sys.executable), encoding="utf-8")
    (folder / "bin/tesseract").chmod(0o755)
    (folder / "quét").mkdir()
    write_tiff(folder / "quét/a.tif", [printed_sheet(901), printed_sheet(902)])
    printed_sheet(903).save(folder / "quét/b.png")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
        result = digitize("run", folder / "quét", "--archive", folder / "kho", "--engine", "tesseract")
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def archive(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made / "quét", tmp_path / "quét")
    shutil.copytree(made / "kho", tmp_path / "kho")
    return tmp_path / "kho"


def published(archive: Path, name: str) -> Path:
    sha256 = hashlib.sha256((archive.parent / "quét" / name).read_bytes()).hexdigest()
    return archive / "documents" / sha256[:2] / sha256


def test_every_form_of_one_document(archive: Path, tmp_path: Path) -> None:
    source, folder = tmp_path / "quét/a.tif", published(archive, "a.tif")
    before = tree(archive / "documents")
    for form in ("pdf", "text", "words", "hocr", "alto"):
        result = digitize("export", source, "--archive", archive, "--format", form, "--output", tmp_path / f"a.{form}")
        assert result.returncode == 0, result.stderr
        assert f"a.{form}" in result.stdout
    assert (tmp_path / "a.pdf").read_bytes() == (folder / "document.pdf").read_bytes()
    assert (tmp_path / "a.text").read_bytes() == (folder / "text.txt").read_bytes()
    assert json.loads((tmp_path / "a.words").read_bytes()) == json.loads(
        gzip.decompress((folder / "words.json.gz").read_bytes())
    )
    assert text_of(assert_hocr((tmp_path / "a.hocr").read_bytes())) == ["trang số 901", "trang số 902"]
    root = assert_alto((tmp_path / "a.alto").read_bytes())
    assert [node.get("CONTENT") for node in root.iter("{*}String")] == ["trang", "số", "901", "trang", "số", "902"]
    assert root.findtext(".//{*}fileName") == "a.tif"
    assert root.findtext(".//{*}softwareName") == "tesseract"
    assert str(root.findtext(".//{*}softwareVersion")).endswith("5.0.0")
    assert tree(archive / "documents") == before


def test_a_code_names_the_files_of_a_folder(archive: Path, tmp_path: Path) -> None:
    sources = [published(archive, "b.png").name[:12], tmp_path / "quét/a.tif"]
    options = ("--archive", archive, "--output", tmp_path / "gửi", "--code", "H49.64.33.2001.160")
    assert digitize("export", *sources, *options).returncode == 0
    assert sorted(path.name for path in (tmp_path / "gửi").iterdir()) == [
        "H49.64.33.2001.160.1.pdf",
        "H49.64.33.2001.160.2.pdf",
    ]
    assert (tmp_path / "gửi/H49.64.33.2001.160.1.pdf").read_bytes() == (
        published(archive, "b.png") / "document.pdf"
    ).read_bytes()
    assert "không ghi đè" in digitize("export", *sources, *options).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["quét/a.tif", "--output", "quét/b.png"], "không ghi đè"),
        (["quét/a.tif", "quét/b.png", "--output", "x.pdf"], "phải có --code"),
        (["không-có.tif", "--output", "x.pdf"], "kho không có tệp này"),
        (["quét/a.tif", "--output", "x", "--code", "../H49"], "sai khuôn dạng"),
        (["0" * 64, "--output", "x.pdf"], "kho không có tài liệu"),
    ],
)
def test_what_cannot_be_done_is_told(arguments: list[str], told: str, archive: Path, tmp_path: Path) -> None:
    before = tree(tmp_path / "quét")
    line = [*command("export", *arguments), "--archive", archive]
    result = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 2
    assert told in result.stderr
    assert not (tmp_path / "x.pdf").exists()
    assert tree(tmp_path / "quét") == before


def test_damage_in_the_archive_is_told(archive: Path, tmp_path: Path) -> None:
    words = published(archive, "b.png") / "words.json.gz"
    words.write_bytes(words.read_bytes()[:40])
    result = digitize(
        "export", tmp_path / "quét/b.png", "--archive", archive, "--format", "alto", "--output", tmp_path / "x.xml"
    )
    assert result.returncode == 2
    assert "hỏng" in result.stderr
    assert not (tmp_path / "x.xml").exists()


@pytest.mark.parametrize("code", ["", ".", "a/b", "a..b", "a b", "Hồ.1", "-a", "a.", "$(x)"])
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(VanthuError, match="sai khuôn dạng"):
        document_name(code, 1, "pdf")


def test_the_text_of_all_forms_is_the_same(archive: Path, tmp_path: Path) -> None:
    for form in ("hocr", "alto"):
        digitize("export", tmp_path / "quét/b.png", "--archive", archive, "--format", form, "--output", tmp_path / form)
    alto = " ".join(str(node.get("CONTENT")) for node in etree.parse(tmp_path / "alto").iter("{*}String"))
    assert alto == text_of(assert_hocr((tmp_path / "hocr").read_bytes()))[0] == "trang số 903"
