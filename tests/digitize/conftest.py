from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

REPOSITORY = Path(__file__).resolve().parents[2]
# Debian 12 ships a Liberation without Vietnamese letters; DejaVu comes with LibreOffice.
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
LETTER = 40  # pixels: 14 points at 200 dpi

LETTERHEAD = [
    "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
    "Số: 534/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Về việc xử lý khẩn cấp hồ sơ tồn đọng",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents, outside the repository."""
    folder = Path(os.environ.get("VANTHU_SHARED", REPOSITORY.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("không có dữ liệu thật ../shared")
    return folder


@pytest.fixture(scope="session")
def paper() -> Callable[..., Image.Image]:
    """Return a function that prints lines on a sheet, black on white."""
    if not FONT.is_file():
        pytest.skip("cần gói fonts-dejavu-core")
    font = ImageFont.truetype(str(FONT), LETTER)

    def print_on(lines: list[str], size: tuple[int, int] = (1100, 600)) -> Image.Image:
        sheet = Image.new("L", size, 255)
        pen = ImageDraw.Draw(sheet)
        for number, line in enumerate(lines):
            pen.text((80, 60 + number * 2 * LETTER), line, font=font, fill=0)
        return sheet

    return print_on


@pytest.fixture(scope="session")
def tesseract() -> None:
    """Skip without Tesseract and its Vietnamese data."""
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("cần gói tesseract-ocr")
    if "vie" not in listed.split():
        pytest.skip("cần gói tesseract-ocr-vie")


FAKE_TESSERACT = """#!{python} -S
# Reads a page as "trang số <width of the image>"; told by the environment to hang, crash or be slow on pages of some
# widths. The second attempt at a page of 302 is one of 226.
import os, signal, sys, time
if "--version" in sys.argv:
    sys.exit(print("tesseract 5.0.0"))
if "--list-langs" in sys.argv:
    sys.exit(print("List of available languages (1):\\nvie"))
if sys.argv[1].endswith(".txt"):  # a list of strips that may be secrecy stamps
    with open(sys.argv[1], encoding="utf-8") as strips, open(sys.argv[2] + ".txt", "w", encoding="utf-8") as out:
        sys.exit(out.write("".join(os.environ.get("FAKE_STAMP", "một dòng") + "\\n\\f" for _ in strips)) * 0)
with open(sys.argv[1], "rb") as file:
    magic, width, height = file.read(40).split()[:3]
width = int(width)
if "FAKE_LOG" in os.environ:
    with open(os.environ["FAKE_LOG"], "a") as log:
        log.write("%d\\n" % width)
time.sleep(float(os.environ.get("FAKE_SECONDS", 0)))
def told(name):
    return str(width) in os.environ.get(name, "").split()
if told("FAKE_HANG"):
    time.sleep(1000)
if told("FAKE_ERROR"):
    sys.exit("Error: no such luck")
if told("FAKE_KILLS_WORKER"):
    os.kill(os.getppid(), signal.SIGKILL)
words = os.environ.get("FAKE_TEXT_%d" % width, "trang số %d" % width).split()
with open(sys.argv[2] + ".tsv", "w", encoding="utf-8") as out:
    out.write("level page block par line word left top width height conf text\\n".replace(" ", "\\t"))
    for n, word in enumerate(words, start=1):
        out.write("\\t".join(map(str, [5, 1, 1, 1, 1, n, 20 + 60 * n, 30, 50, 20, 90, word])) + "\\n")
"""


@pytest.fixture
def fake_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a Tesseract first on PATH that answers at once and fails on demand."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "tesseract"
    script.write_text(FAKE_TESSERACT.replace("{python}", sys.executable), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return script


def numbered_sheet(number: int) -> Image.Image:
    """A sheet that the fake Tesseract reads as its number: the width. Some ink is on it, for it is not blank."""
    sheet = Image.new("L", (number, 200), 255)
    pen = ImageDraw.Draw(sheet)
    for place in range(6):
        pen.rectangle((40 + 36 * place, 60, 64 + 36 * place, 72), fill=0)
    return sheet


def write_tiff(path: Path, sheets: list[Image.Image]) -> None:
    sheets[0].save(path, format="TIFF", save_all=True, append_images=sheets[1:], dpi=(200, 200))


def command(*arguments: str | Path) -> list[str | Path]:
    if arguments[0] in ("run", "watch") and "--engine" not in arguments:
        arguments = (*arguments, "--engine", "tesseract")  # what the fake stands for, whatever else is installed
    return [sys.executable, "-c", "from digitize.cli import main; main()", *arguments]


def digitize(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    return subprocess.run(command(*arguments), cwd=REPOSITORY, capture_output=True, text=True, check=False, timeout=120)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under ``folder`` with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
