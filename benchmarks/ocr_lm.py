"""Sửa chữ bằng mô hình ngôn ngữ: lỗi ký tự theo dòng trước và sau, từ sửa đúng, sai; đích: không mức nào tệ hơn."""

# The weights were tuned on every third pair of drafts, from the first: those between are read here. A true line is
# sought anywhere on the page, so the order of reading and what stamps leave are forgiven.

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from pathlib import Path

import numpy
from PIL import Image

from benchmarks._office_pages import DPI, LEVELS, drafts, typed, worn
from digitize.engines.tesseract import recognise
from digitize.lm.correct import correct
from digitize.lm.model import load
from digitize.pages import PageImage
from digitize.words import Word
from vanthu.data import data_folder

CORPORA = data_folder("corpora")
SCANS = Path(os.environ.get("VANTHU_SHARED", CORPORA.parents[1] / "shared")) / "data" / "scans"
FIRST, STEP = 1, 6  # of the pairs of drafts
SECONDS = 180

Page = tuple[str, list[str], Image.Image, float]


def main() -> None:
    """Print the table of errors, then what correction costs."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    model = load(CORPORA / "lm" / "vi.lm")
    pages = [*_scans(), *_rendered()]
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        readings = list(pool.map(lambda page: recognise(PageImage(page[2], page[3]), "vie", SECONDS), pages))
    totals: dict[str, Counter[str]] = {}
    seconds = 0.0
    for (level, lines, _, _), words in zip(pages, readings, strict=True):
        start = time.perf_counter()
        mended = correct(words, model)
        seconds += time.perf_counter() - start
        total = totals.setdefault(level, Counter())
        total += Counter(pages=1, letters=sum(map(len, lines)))
        total["plain"] += errors(lines, words)
        total["mended"] += errors(lines, mended)
        total += Counter(verdicts(lines, words, mended))
    print("| mức | trang | Tesseract, CER % | + mô hình, CER % | tỷ lệ | từ sửa đúng | sửa sai | chưa rõ |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for level, total in totals.items():
        rates = [100 * total[kind] / total["letters"] for kind in ("plain", "mended")]
        ratio = total["mended"] / max(1, total["plain"])
        print(
            f"| {level} | {total['pages']} | {rates[0]:.2f} | {rates[1]:.2f} | {ratio:.2f} "
            f"| {total['right']} | {total['wrong']} | {total['unclear']} |"
        )
    print(f"\nSửa một trang: {1000 * seconds / len(pages):.0f} ms.")


def errors(lines: Sequence[str], words: Sequence[Word]) -> int:
    """Return how many letters of the true lines are wrong in the best place of the page for each."""
    page = numpy.frombuffer(" ".join(word.text for word in words).encode("utf-32-le"), numpy.uint32)
    return sum(_distance(line, page) for line in lines)


def verdicts(lines: Sequence[str], words: Sequence[Word], mended: Sequence[Word]) -> Iterator[str]:
    """Yield for each corrected word whether it is right now, was right before, or cannot be told."""
    truth, before = " ".join(lines).split(), [word.text for word in words]
    for kind, first, last, start, end in SequenceMatcher(None, before, truth, autojunk=False).get_opcodes():
        beside = before[first:last] if kind == "equal" else truth[start:end]
        for word in mended[first:last]:
            if word.raw:
                yield "right" if word.text in beside else "wrong" if word.raw in beside else "unclear"


def _distance(line: str, page: numpy.ndarray) -> int:
    """Return the least edit distance of ``line`` from any stretch of ``page``."""
    places = numpy.arange(len(page) + 1)
    row = numpy.zeros(len(page) + 1, int)
    for number, char in enumerate(line, start=1):
        below = numpy.empty_like(row)
        below[0] = number
        below[1:] = numpy.minimum(row[1:] + 1, row[:-1] + (page != ord(char)))
        row = numpy.minimum.accumulate(below - places) + places
    return int(row.min())


def _scans() -> Iterator[Page]:
    for truth in sorted((SCANS / "gt").glob("*.txt")):
        (path,) = (SCANS / "images").glob(f"{truth.stem}.*")
        with Image.open(path) as image:
            dpi = float(image.info.get("dpi", (DPI, DPI))[0])
            lines = [" ".join(line.split()) for line in truth.read_text("utf-8").splitlines() if line.strip()]
            yield "bản quét thật", lines, image.convert("L"), dpi


def _rendered() -> Iterator[Page]:
    for number, text in enumerate(drafts(CORPORA / "judged")[FIRST::STEP]):
        sheet, lines = typed(text)
        for level in LEVELS:
            yield f"{level}{DPI}", lines, worn(sheet, level, number), float(DPI)
