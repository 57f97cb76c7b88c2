"""Lớp chữ của trang PDF giữ hay đọc lại, cạnh luật thường dùng: trên một số chữ (pdfplumber) thì giữ."""

from __future__ import annotations

import io
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from digitize.layers.content import page_content
from digitize.layers.judge import KEPT, judge
from tests.digitize.layer_specimens import real_kind, specimens

REPOSITORY = Path(__file__).resolve().parents[1]
LETTERS = (1, 100, 400)
"""The peer keeps a page with more letters than one of these."""


def main() -> None:
    """Print how each kind of page is told on specimens and on real files, and what a page takes."""
    made = [(specimen.kind, specimen.pdf, 1) for specimen in specimens()]
    _table("trang tự tạo", made)
    real = list(_real_pages())
    if real:
        _table("trang thật", real)


def _real_pages() -> Iterator[tuple[str, bytes, int]]:
    import pypdfium2

    folder = Path(os.environ.get("VANTHU_SHARED", REPOSITORY.parent / "shared")) / "data"
    for path in sorted(folder.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            count = len(document)
        content = path.read_bytes()
        yield from ((real_kind(path, number), content, number) for number in range(1, count + 1))


def _table(title: str, pages: list[tuple[str, bytes, int]]) -> None:
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    peer: defaultdict[str, Counter[int]] = defaultdict(Counter)
    ours, theirs = 0.0, 0.0
    for kind, content, number in pages:
        seconds, found = _timed(lambda content=content, number=number: _judged(content, number))
        ours += seconds
        told[kind][found] += 1
        seconds, letters = _timed(lambda content=content, number=number: _letters(content, number))
        theirs += seconds
        peer[kind].update(least for least in LETTERS if (letters > least) is (kind in KEPT))
    heads = " | ".join(f"pdfplumber > {least} chữ" for least in LETTERS)
    print(f"| {title} | số trang | đúng loại | nhầm thành | giữ/đọc lại đúng | {heads} |")
    print("|---|---:|---:|---|---:|" + "---:|" * len(LETTERS))
    for kind, counts in [*told.items(), ("tất cả", None)]:
        rows = list(told.items()) if counts is None else [(kind, counts)]
        total = sum(found.total() for _, found in rows)
        right = sum(found[truth] for truth, found in rows)
        decided = sum(
            times for truth, found in rows for seen, times in found.items() if (seen in KEPT) is (truth in KEPT)
        )
        wrong = ", ".join(f"{seen} {times}" for truth, found in rows for seen, times in found.items() if seen != truth)
        others = " | ".join(str(sum(peer[truth][least] for truth, _ in rows)) for least in LETTERS)
        print(f"| {kind} | {total} | {right} | {wrong or '–'} | {decided} | {others} |")
    print(f"\n{ours / len(pages) * 1000:.0f} ms một trang, pdfplumber {theirs / len(pages) * 1000:.0f} ms", end="")
    print(f" ({ours / theirs:.2f} lần)\n")


def _judged(content: bytes, number: int) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return judge(page_content(document[number - 1])).kind


def _letters(content: bytes, number: int) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content), pages=[number]) as pdf:
        return sum(char.isalnum() for char in pdf.pages[0].extract_text() or "")


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result
