"""Tô sáng: từ tìm thấy trong PDF do `digitize run` làm ra nằm cách nét in không quá 3 mm; đích: 95 % số từ trang tốt.

Hộp của từ lấy từ lớp chữ của `document.pdf` như trình xem PDF tô khi tìm (pdfium), nét in lấy từ trang vẽ ra. Từ đọc
sai thì tìm không ra, tính là hỏng. `VANTHU_BENCH_PAGES` là số trang mỗi mức, `VANTHU_BENCH_ENGINES` là các bộ đọc.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy
import pypdfium2

from benchmarks._ocr_pages import Printed, TruePage, pages
from benchmarks._processes import script
from benchmarks.ocr_errors import ENGINES, installed
from digitize.intake import sha256_of
from doclint.vietnamese.normalise import nfc

PAGES = int(os.environ.get("VANTHU_BENCH_PAGES", "6"))
LEVELS = ("clean200", "office200")
NEAR = 3.0  # mm, each edge of a box from the edge of the ink
INSIDE = 0.9  # of the ink of a word lies in its box
GOAL = 95.0

Box = tuple[float, float, float, float]


def main() -> None:
    """Print the share of words that are highlighted where they are printed."""
    print("| mức | bộ đọc | từ | tô đúng chỗ, % số từ | % số từ đọc đúng | nét in nằm trong hộp, % | đích |")
    print("|---|---|---:|---:|---:|---:|---|")
    sheets = pages(LEVELS, PAGES)
    for name in filter(installed, ENGINES):
        with tempfile.TemporaryDirectory() as folder:
            made = digitized(sheets, name, Path(folder))
            for level in LEVELS:
                total = sum((judged(page, made[page.path]) for page in sheets if page.level == level), Counter[str]())
                print(row(level, name, total))


def digitized(sheets: list[TruePage], engine: str, folder: Path) -> dict[Path, Path]:
    """Return the PDF that the command makes of each page."""
    source, archive = folder / "in", folder / "archive"
    source.mkdir()
    for number, page in enumerate(sheets):
        shutil.copyfile(page.path, source / f"{number:03}{page.path.suffix}")
    command: list[str | Path] = [script("digitize"), "run", source, "--archive", archive, "--engine", engine]
    # A document that was stopped has no PDF: its words count as not found.
    subprocess.run(command, check=False, capture_output=True)
    return {page.path: _document(archive, sha256_of(str(page.path))) for page in sheets}


def _document(archive: Path, sha256: str) -> Path:
    return archive / "documents" / sha256[:2] / sha256 / "document.pdf"


def judged(page: TruePage, made: Path) -> Counter[str]:
    """Count of the words of a page those that were found, are highlighted in place, and have their ink in the box."""
    if not made.exists():
        return Counter(words=sum(bool(re.search(r"\w", word.text)) for word in page.words))
    with pypdfium2.PdfDocument(made) as document:
        scale = page.dpi / 72
        # Red of a stamp is as light as paper to the red third of a picture.
        picture = numpy.asarray(document[0].render(scale=scale).to_pil().convert("RGB"))[..., 0]
        boxes: dict[str, list[Box]] = {}
        for text, box in _highlights(document[0], scale):
            boxes.setdefault(text, []).append(box)
    total: Counter[str] = Counter()
    for word in page.words:
        ink = _ink(picture, word)
        if not re.search(r"\w", word.text) or ink is None:
            continue
        total["words"] += 1
        choice = boxes.get(word.text)
        if not choice:
            continue
        total["found"] += 1
        best = min(choice, key=lambda box: _apart(box, (word.x0, word.y0, word.x1, word.y1)))
        rows, columns = ink
        edges = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        total["near"] += _apart(best, edges) <= NEAR * page.dpi / 25.4
        within = (columns >= best[0] - 1) & (columns <= best[2] + 1) & (rows >= best[1] - 1) & (rows <= best[3] + 1)
        total["inside"] += bool(within.mean() >= INSIDE)
    return total


def _apart(one: Box, other: Box) -> float:
    """Return the greatest distance between like edges of two boxes."""
    return max(abs(float(a) - float(b)) for a, b in zip(one, other, strict=True))


def _ink(picture: numpy.ndarray, word: Printed) -> tuple[numpy.ndarray, numpy.ndarray] | None:
    """Return rows and columns of the pixels of a printed word, None where the picture shows none."""
    x0, y0 = max(0, round(word.x0)), max(0, round(word.y0))
    tile = picture[y0 : round(word.y1), x0 : round(word.x1)].astype(int)
    if tile.size == 0 or tile.max() - tile.min() < 60:
        return None
    rows, columns = numpy.nonzero(tile < (tile.max() + tile.min()) / 2)
    return rows + y0, columns + x0


def _highlights(page: pypdfium2.PdfPage, scale: float) -> Iterator[tuple[str, Box]]:
    """Yield the words of the text layer and what a viewer would highlight, in pixels from the upper left corner."""
    height, text = page.get_height(), page.get_textpage()
    # One character for one index: pdfium counts them so, with the blanks and line ends that it puts between.
    content = "".join(text.get_text_range(index, 1) or " " for index in range(text.count_chars()))
    for match in re.finditer(r"\S+", content):
        chars = [text.get_charbox(index, loose=True) for index in range(match.start(), match.end())]
        left, bottom = min(char[0] for char in chars), min(char[1] for char in chars)
        right, top = max(char[2] for char in chars), max(char[3] for char in chars)
        yield nfc(match[0]), (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)


def row(level: str, name: str, total: Counter[str]) -> str:
    """Return one line of the table."""
    strict, read = (100 * total["near"] / max(1, total[kind]) for kind in ("words", "found"))
    inside = 100 * total["inside"] / max(1, total["found"])
    mark = "đạt" if strict >= GOAL else "**chưa đạt**"
    return (
        f"| {level} | {name} | {total['words']} | {strict:.1f} | {read:.1f} | {inside:.1f} | ≥ {GOAL:.0f} %: {mark} |"
    )
