"""Đọc và mổ xẻ dự thảo: .docx 5 trang (đích ≤ 60 ms), PDF 200 trang (đích ≤ 20 s), cạnh thư viện chỉ lấy chữ."""

# Each figure is taken in a process of its own; the peer does the least that gives the same text, in the same run.

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
ROUNDS = 5
WARM = 15

# Times what `work()` does, warm, and prints the median in seconds and the peak memory of the process in MB.
TIMER = """
import json, resource, statistics, sys, time
from pathlib import Path
path = Path(sys.argv[1]); rounds = int(sys.argv[2])
{setup}
seconds = []
for _ in range(rounds + 1):
    start = time.perf_counter(); work(); seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([statistics.median(seconds[1:] or seconds), peak]))
"""
OURS = """
from doclint.anatomy import dissect
from doclint.readers import read
def work():
    dissect(read(path))
"""
PYTHON_DOCX = """
import docx
def work():
    document = docx.Document(path)
    cells = [p.text for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    return [p.text for p in document.paragraphs] + cells
"""
PDFPLUMBER = """
import pdfplumber
def work():
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text(); page.close()
"""


def main() -> None:
    """Print both tables."""
    with tempfile.TemporaryDirectory() as folder:
        word, pdf = Path(folder) / "5-trang.docx", Path(folder) / "200-trang.pdf"
        _five_pages(word)
        _two_hundred_pages(pdf)
        print("| 5 trang .docx | ms | MB |\n|---|---:|---:|")
        _rows(word, {"python-docx, chỉ lấy chữ": PYTHON_DOCX, "doclint, đọc và mổ xẻ": OURS}, ROUNDS, WARM, 1000)
        print("\n| 200 trang .pdf | s | MB |\n|---|---:|---:|")
        _rows(pdf, {"pdfplumber, chỉ lấy chữ": PDFPLUMBER, "doclint, đọc và mổ xẻ": OURS}, 1, 0, 1)


def _rows(path: Path, works: dict[str, str], rounds: int, warm: int, scale: int) -> None:
    """Print a row for each work, the first one the peer that the others are compared with."""
    base = 0.0
    for name, setup in works.items():
        taken = [_measure(setup, path, warm) for _ in range(rounds)]
        seconds, peak = statistics.median(pair[0] for pair in taken), max(pair[1] for pair in taken)
        base = base or seconds
        print(f"| {name} | {seconds * scale:.1f} ({seconds / base:.2f} lần) | {peak:.0f} |")


def _measure(setup: str, path: Path, warm: int) -> tuple[float, float]:
    command = [sys.executable, "-c", TIMER.format(setup=setup), str(path), str(warm)]
    seconds, peak = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return seconds, peak


def _five_pages(target: Path) -> None:
    """Write a Word file of about five pages: one of three, its body once more before the signature."""
    import copy

    import docx

    document = docx.Document(str(CORPORA / "drafts" / "ke-hoach-sao-chep.docx"))
    paragraphs = document.paragraphs
    for paragraph in paragraphs[8:-1]:
        paragraphs[-1]._p.addprevious(copy.deepcopy(paragraph._p))
    document.save(str(target))


def _two_hundred_pages(target: Path) -> None:
    """Write a PDF of 200 pages: a born-digital plan of three pages over and over."""
    import pikepdf

    with pikepdf.open(CORPORA / "drafts" / "ke-hoach-sach.pdf") as source, pikepdf.new() as pdf:
        while len(pdf.pages) < 200:
            pdf.pages.extend(source.pages)
        while len(pdf.pages) > 200:
            del pdf.pages[-1]
        pdf.save(target)
