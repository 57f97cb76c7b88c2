"""Scanned pages whose every letter is known: our documents in print, with the wear of an office, a fax, an archive.

``VANTHU_BENCH_SEED=dev`` gives the pages for trying things out, otherwise those for reporting; they share neither
document nor random number. ``VANTHU_BENCH_CACHE`` is where the pages are kept between runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from PIL import Image

from benchmarks._ocr_documents import CORPORA, TEXTS, printed
from benchmarks._ocr_wear import LEVELS, Box, Ink, wear
from doclint.vietnamese.normalise import nfc

SET = "dev" if os.environ.get("VANTHU_BENCH_SEED") == "dev" else "test"
SHARED = Path(os.environ.get("VANTHU_SHARED", CORPORA.parents[1] / "shared"))
SCANS = SHARED / "data" / "scans"
DESCENT = 0.28  # of the size: LibreOffice tells none, so that pdfplumber ends the boxes at the baseline
LETTERS = 400  # of a page: one with a signature alone measures nothing


@dataclass(frozen=True, slots=True)
class Printed:
    """A word and its box in pixels of the worn page."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class TruePage:
    """A page as a file, the printed lines on it (a column or a cell of a table is a line) and, of ours, the words."""

    level: str
    path: Path
    dpi: float
    lines: tuple[str, ...]
    words: tuple[Printed, ...] = ()


def pages(levels: Iterable[str] = LEVELS, limit: int = 0, series: int = 0) -> list[TruePage]:
    """Return the pages of each level, at most ``limit`` where it is not 0; another series is worn in another way."""
    return [page for level in levels for page in _level(level, series)[: limit or None]]


def scans() -> list[TruePage]:
    """Return the real scans with checked text, none where they are not there."""
    found = []
    for truth in sorted((SCANS / "gt").glob("*.txt")):
        (path,) = (SCANS / "images").glob(f"{truth.stem}.*")
        lines = tuple(" ".join(line.split()) for line in truth.read_text("utf-8").splitlines() if line.strip())
        with Image.open(path) as image:
            found.append(TruePage("bản quét thật", path, float(image.info.get("dpi", (200, 200))[0]), lines))
    return found


def cache() -> Path:
    """Return the folder of the pages of today's generator; another version of it has another folder."""
    root = Path(os.environ.get("VANTHU_BENCH_CACHE") or Path(tempfile.gettempdir()) / f"vanthu-bench-{os.getuid()}")
    parts = [*Path(__file__).parent.glob("_ocr_[dpw]*.py"), *TEXTS.glob("*/*.txt"), *(CORPORA / "builder").glob("*.py")]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(parts))).hexdigest()[:12]
    folder = root / f"ocr-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _level(level: str, series: int) -> list[TruePage]:
    folder = cache() / f"{SET}-{level}-{series}"
    index = folder / "pages.json"
    if not index.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        kept = [asdict(page) for page in _worn(level, series, folder)]
        index.write_text(json.dumps(kept, ensure_ascii=False, default=lambda path: path.name), "utf-8")
    return [_loaded(folder, record) for record in json.loads(index.read_text("utf-8"))]


def _loaded(folder: Path, record: dict[str, Any]) -> TruePage:
    words = tuple(Printed(**word) for word in record["words"])
    return TruePage(record["level"], folder / record["path"], record["dpi"], tuple(record["lines"]), words)


def _worn(level: str, series: int, folder: Path) -> Iterator[TruePage]:
    dpi = LEVELS[level].dpi
    sheets = list(_sheets(LEVELS[level].typewritten, dpi))
    for number, (name, image, ink) in enumerate(sheets):
        behind = sheets[number - 1][1]
        seed = [series, number, *f"{SET}-{level}".encode()]
        content, suffix, place = wear(level, image, ink, behind, seed)
        path = folder / f"{number:02}-{name}{suffix}"
        path.write_bytes(content)
        words = [Printed(text, *place(box)) for text, box in ink.words]
        yield TruePage(level, path, float(dpi), tuple(ink.lines), tuple(words))


def _sheets(typewritten: bool, dpi: int) -> Iterator[tuple[str, Image.Image, Ink]]:
    """Yield name, clean print and ink of every page worth reading."""
    for name, signer, path in _documents(typewritten):
        with pdfplumber.open(path) as plumbed, pypdfium2.PdfDocument(path) as drawn:
            for number, page in enumerate(plumbed.pages):
                ink = _ink(page, dpi, signer)
                if sum(map(len, ink.lines)) >= LETTERS:
                    image = drawn[number].render(scale=dpi / 72, grayscale=True).to_pil()
                    yield f"{name}-{number + 1}", image, ink


def _documents(typewritten: bool) -> list[tuple[str, str, Path]]:
    folder = cache() / f"{SET}-pdf"
    index = folder / "documents.json"
    if not index.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        made = [(name, signer, plain.name, typed.name) for name, signer, plain, typed in printed(SET, folder)]
        index.write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    records = json.loads(index.read_text("utf-8"))
    return [(name, signer, folder / (typed if typewritten else plain)) for name, signer, plain, typed in records]


def _ink(page: Any, dpi: int, signer: str) -> Ink:
    """Return words, lines and letters of a page of pdfplumber, boxes in pixels; the PDF's own text is the truth."""
    scale = dpi / 72

    def pixels(item: dict[str, Any]) -> Box:
        low = item["bottom"] + DESCENT * item["size"]
        return item["x0"] * scale, item["top"] * scale, item["x1"] * scale, low * scale

    words = page.extract_words(x_tolerance_ratio=0.15, y_tolerance=2, extra_attrs=["size"], return_chars=True)
    rules = [edge["x0"] for edge in page.edges if edge["orientation"] == "v"]
    order = {(char["x0"], char["top"]): number for number, char in enumerate(page.chars)}
    lines: list[list[dict[str, Any]]] = []
    for word in words:
        before = lines[-1][-1] if lines else None
        if before is None or not _follows(before, word, rules, order):
            lines.append([])
        lines[-1].append(word)
    texts = [nfc(" ".join(word["text"] for word in line)) for line in lines]
    signed = next((pixels(line[0]) for line, text in zip(lines, texts, strict=True) if text == signer), None)
    letters = [pixels(char) for char in page.chars if char["text"].strip()]
    return Ink(texts, [(nfc(word["text"]), pixels(word)) for word in words], letters, signed)


def _follows(
    before: dict[str, Any], word: dict[str, Any], rules: list[float], order: dict[tuple[float, float], int]
) -> bool:
    """Tell whether a word stands in the line of the one before it: no column and no rule between them.

    ``order`` is in which LibreOffice drew the letters, by their place: one column of the head after the other.
    """
    level = abs(before["bottom"] - word["bottom"]) < 0.4 * word["size"]
    gap = word["x0"] - before["x1"]
    ruled = any(before["x1"] <= x <= word["x0"] for x in rules)
    last, first = (order[char["x0"], char["top"]] for char in (before["chars"][-1], word["chars"][0]))
    return level and -1 < gap < 1.3 * word["size"] and not ruled and first - last <= 2
