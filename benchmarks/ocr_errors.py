"""Lỗi nhận dạng: từng mức cũ nát của trang và bản quét thật, các bộ đọc so với Tesseract chạy một mình.

Trang là văn bản tự viết, trình bày theo Nghị định 30/2020, in rồi làm bẩn (`_ocr_pages.py`); độ bẩn chỉnh theo lỗi của
Tesseract trên bộ `dev`. Lỗi ký tự tính theo dòng, không kể thứ tự đọc; «so cặp» là chênh lệch so với Tesseract, khoảng
tin cậy 95 % khi rút lại các trang. `VANTHU_BENCH_SEED=dev` đo bộ để chỉnh máy, `VANTHU_BENCH_PAGES` là số trang mỗi
mức, `VANTHU_BENCH_ENGINES` là các bộ đọc cách nhau bằng dấu phẩy.
"""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context

from benchmarks._ocr_measure import difference, plain_tesseract, verdicts, words_found, wrong_letters
from benchmarks._ocr_pages import TruePage, pages, scans
from digitize.engines.choose import NAMES, load, resolve
from digitize.intake import Kind
from digitize.lm.model import Model
from digitize.lm.model import load as load_model
from digitize.reading import read_page_of
from digitize.words import as_read
from vanthu.data import data_folder
from vanthu.errors import VanthuError

PAGES = int(os.environ.get("VANTHU_BENCH_PAGES", "12"))
SECONDS = 180
PEER = "tesseract một mình"
ENGINES = os.environ.get("VANTHU_BENCH_ENGINES", ",".join(("tesseract", "trueocr", "merge"))).split(",")
KINDS: dict[str, Kind] = {".png": "png", ".jpg": "jpeg", ".tif": "tiff"}
TARGETS = {"clean200": 0.8, "office200": 1.7, "fax200": 1.7, "archive200": 2.0, "archive150": 4.0}  # CER % of auto
REAL = 0.6  # of the errors of plain Tesseract
# More than a quarter of their runs of seven words is in one document that the shipped model was counted from.
SEEN = ("tt_19_2026_btc_p1", "tt_21_bct_p1")
UNSEEN = "bản quét thật, trừ trang mô hình đã gặp"
SLIP = "gải"  # the author's own, in one of the scans: the reading before correction keeps it


@dataclass(frozen=True, slots=True)
class Score:
    """How wrong one engine was on one page.

    ``slip`` tells whether the author's own fault is in the raw reading, ``stopped`` whether the page counted as secret.
    """

    level: str
    letters: int
    wrong: int
    found: int
    words: int
    verdicts: Counter[str]
    slip: bool | None
    stopped: bool = False


def main() -> None:
    """Print a table of the levels and engines, then the targets."""
    sheets = [*pages(limit=PAGES), *scans()]
    engines = [PEER, *(name for name in ENGINES if installed(name))]
    tasks = [(page, name) for page in sheets for name in engines]
    # Two processes, as the command has; each page and engine in turn, so that what else the machine does falls on all.
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), get_context("spawn")) as pool:
        scores = list(pool.map(score, *zip(*tasks, strict=True)))
    found: dict[str, dict[str, list[Score]]] = {}
    for (page, name), result in zip(tasks, scores, strict=True):
        found.setdefault(page.level, {}).setdefault(name, []).append(result)
        if not page.words and page.path.stem not in SEEN:
            found.setdefault(UNSEEN, {}).setdefault(name, []).append(result)
    auto = resolve("auto", "vie")
    print(
        f"`auto` ở máy này là `{auto}`. Đích của `auto`: lỗi ký tự không quá "
        + ", ".join(f"{level} {target} %" for level, target in TARGETS.items()).replace(".", ",")
        + ", bản quét thật không quá 0,6 lần lỗi của Tesseract; `tesseract` không tệ hơn Tesseract ở mức nào.\n"
    )
    print("| mức | bộ đọc | trang | lỗi ký tự % | từ đúng % | so cặp, điểm % | sửa đúng | sửa sai | chưa rõ | đích |")
    print("|---|---|---:|---:|---:|---|---:|---:|---:|---|")
    for level, by_engine in found.items():
        for name, results in by_engine.items():
            print(row(level, name, results, by_engine[PEER], auto))
    _print_stops(found)
    _print_slips(found)


def installed(name: str) -> bool:
    """Tell whether an engine can be used here."""
    try:
        return name in NAMES and resolve(name, "vie") == name and bool(load(name, "vie", None).version)
    except (VanthuError, ImportError):
        return False


def score(page: TruePage, name: str) -> Score:
    """Read a page with an engine, the way the command does, and compare with what is printed."""
    if name == PEER:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        text, raw, judged, stopped = plain_tesseract(page.path), "", Counter[str](), False
    else:
        engine = load(name, "vie", model())
        reading = read_page_of(str(page.path), KINDS[page.path.suffix], 1, engine, SECONDS)
        words, stopped = reading.words, reading.marking is not None
        text, raw = (" ".join(word.text for word in kind) for kind in (words, as_read(words)))
        judged = Counter(verdicts(page.lines, words))
    slip = SLIP in raw if any(SLIP in line.split() for line in page.lines) and name != PEER else None
    wrong, letters = wrong_letters(page.lines, text), sum(map(len, page.lines))
    return Score(page.level, letters, wrong, *words_found(page.lines, text), judged, slip, stopped)


@lru_cache(maxsize=1)
def model() -> Model:
    """Return the language model that comes with the program."""
    return load_model(data_folder("corpora") / "lm" / "vi.lm")


def rate(results: list[Score]) -> float:
    """Return the share of wrong letters in percent."""
    return 100 * sum(result.wrong for result in results) / sum(result.letters for result in results)


def row(level: str, name: str, results: list[Score], peer: list[Score], auto: str) -> str:
    """Return one line of the table."""
    found = 100 * sum(result.found for result in results) / sum(result.words for result in results)
    cells = [level, name, str(len(results)), f"{rate(results):.2f}", f"{found:.1f}"]
    if name == PEER:
        return "| " + " | ".join([*cells, "", "", "", "", ""]) + " |"
    letters = [result.letters for result in results]
    ours, theirs = ([result.wrong for result in kind] for kind in (results, peer))
    low, high = difference(letters, ours, theirs)
    judged = sum((result.verdicts for result in results), Counter[str]())
    cells += [f"{rate(results) - rate(peer):+.2f} ({low:+.2f}…{high:+.2f})"]
    cells += [str(judged[verdict]) for verdict in ("right", "wrong", "unclear")]
    marks = []
    if name == auto:
        target = TARGETS.get(level, REAL * rate(peer))
        marks.append(f"≤ {target:.2f}: {_mark(rate(results) <= target)}")
    if name == "tesseract":
        marks.append(f"≤ một mình: {_mark(rate(results) <= rate(peer))}")
    return "| " + " | ".join([*cells, "; ".join(marks)]) + " |"


def _mark(met: bool) -> str:
    return "đạt" if met else "**chưa đạt**"


def _print_stops(found: dict[str, dict[str, list[Score]]]) -> None:
    """Say how many pages were not read because they were taken for secret: none of them is."""
    for level, by_engine in found.items():
        for name, results in by_engine.items():
            if stopped := sum(result.stopped for result in results):
                print(f"\n**{level}, `{name}`: {stopped} trang bị dừng nhầm vì dấu mật**, tính là sai hết.")


def _print_slips(found: dict[str, dict[str, list[Score]]]) -> None:
    """Say whether the author's own fault is still in what was read before correction."""
    for name in next(iter(found.values())):
        kept = [result.slip for result in found.get(UNSEEN, {}).get(name, []) if result.slip is not None]
        if kept:
            print(f"\n`{name}` giữ lỗi của chính người soạn («{SLIP}») trong bản chưa sửa: {sum(kept)}/{len(kept)}.")
