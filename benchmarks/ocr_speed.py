"""Tốc độ số hóa PDF ảnh: lệnh `digitize run` so với `ocrmypdf -l vie --jobs 2`, cùng trang, cùng hai nhân, xen kẽ.

Trang là mức office200 của `_ocr_pages.py`. `VANTHU_BENCH_ROUNDS` là số lượt của tệp 12 trang, `VANTHU_BENCH_LONG` là số
trang của tệp dài (200 để công bố, 1000 để xem bộ nhớ; 0 là bỏ), `VANTHU_BENCH_ENGINES` là các bộ đọc.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import img2pdf
import pikepdf

from benchmarks._memory import Memory, watched
from benchmarks._ocr_measure import plain_tesseract
from benchmarks._ocr_pages import TruePage, pages
from benchmarks._processes import script
from benchmarks.ocr_errors import ENGINES, SECONDS, installed, model
from digitize.engines.choose import load
from digitize.pages import page_image
from digitize.reading import read_page_of

ROUNDS = int(os.environ.get("VANTHU_BENCH_ROUNDS", "3"))
SHORT, LONG = 12, int(os.environ.get("VANTHU_BENCH_LONG", "40"))
SERIES = 4  # so often is the wear of the pages new; a longer file has them again
JOBS = 2
CORES = sorted(os.sched_getaffinity(0))[:JOBS]
PEER = "ocrmypdf -l vie --jobs 2"
FASTER = {"tesseract": 1.5, "trueocr": 4.0, "merge": 1.0}  # than the peer
OVERHEAD, MEGABYTES = 0.15, 400
ALONE = 6  # pages on which the engine is timed by itself


class CommandFailed(Exception):
    """A command ended with an error, or stopped the document."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a job cost: seconds of the clock and of all processors, and the memory of its processes."""

    wall: float
    cpu: float
    memory: Memory


def main() -> None:
    """Time the short file in turns, the long one once, and print what came of it."""
    engines = [name for name in ENGINES if installed(name)]
    with tempfile.TemporaryDirectory() as folder:
        os.sched_setaffinity(0, CORES)
        short = pages(["office200"], SHORT)
        _report(f"{len(short)} trang", *_rounds(short, engines, Path(folder), ROUNDS), engines)
        _print_overhead(engines, short, Path(folder))
        if LONG:
            several = [
                page for number in range(min(SERIES, -(-LONG // SHORT))) for page in pages(["office200"], SHORT, number)
            ]
            many = [several[number % len(several)] for number in range(LONG)]
            costs, count = _rounds(many, engines, Path(folder), 1)
            _report(f"{LONG} trang", costs, count, engines)
            _print_memory(costs)


def _rounds(
    sheets: Sequence[TruePage], engines: Sequence[str], folder: Path, rounds: int
) -> tuple[dict[str, list[Took]], int]:
    """Run every job ``rounds`` times, in turns, on a PDF of ``sheets``."""
    source = folder / f"in-{len(sheets)}"
    scan = _scan(sheets, source)
    archive = folder / "archive"
    jobs: dict[str, Callable[[], Took]] = {
        PEER: partial(_run, [script("ocrmypdf"), "-q", "-l", "vie", "--jobs", str(JOBS), scan, folder / "out.pdf"])
    }
    for name in engines:
        command = _digitize(source, archive, name)
        jobs[f"digitize, {name}"] = partial(_run, command)
    jobs[f"{JOBS} tiến trình tesseract, chỉ ra chữ"] = partial(_pool, sheets)
    costs: dict[str, list[Took]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            shutil.rmtree(archive, ignore_errors=True)
            if name not in costs:
                continue
            try:
                costs[name].append(job())
                if name.startswith("digitize"):
                    _check(archive, len(sheets))
            except CommandFailed as error:
                print(f"\n**{name} hỏng**: {error}")
                del costs[name]
    return costs, len(sheets)


def _scan(sheets: Sequence[TruePage], folder: Path) -> Path:
    """Return a PDF of the pages, alone in a new folder."""
    folder.mkdir(exist_ok=True)
    path = folder / "scan.pdf"
    path.write_bytes(img2pdf.convert([page.path.read_bytes() for page in sheets]))
    return path


def _digitize(source: Path, archive: Path, engine: str) -> list[str | Path]:
    return [script("digitize"), "run", source, "--archive", archive, "--engine", engine, "--jobs", str(JOBS)]


def _run(command: Sequence[str | Path]) -> Took:
    start = time.perf_counter()
    # No terminal: no progress bars on either side.
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    memory, usage, status = watched(process)
    if status:
        assert process.stderr is not None
        raise CommandFailed(f"lệnh dừng, mã {status}: {process.stderr.read().decode().strip()[-500:]}")
    return Took(time.perf_counter() - start, usage, memory)


def _check(archive: Path, count: int) -> None:
    """Raise CommandFailed unless the whole document came out."""
    (made,) = archive.glob("documents/*/*/document.pdf")
    with pikepdf.open(made) as document:
        if len(document.pages) != count:
            raise CommandFailed(f"ra {len(document.pages)} trang thay vì {count}")


def _pool(sheets: Sequence[TruePage]) -> Took:
    before, start = os.times(), time.perf_counter()
    with ProcessPoolExecutor(JOBS) as pool:
        list(pool.map(plain_tesseract, [page.path for page in sheets]))
    after = os.times()
    # The workers have been waited for by now, and the programs that they ran with them.
    cpu = sum(getattr(after, kind) - getattr(before, kind) for kind in ("children_user", "children_system"))
    return Took(time.perf_counter() - start, cpu, Memory())


def _report(title: str, costs: dict[str, list[Took]], count: int, engines: Sequence[str]) -> None:
    rounds = len(costs[PEER])
    print(f"\n**{title}, {rounds} lượt xen kẽ** (nhanh gấp: so với ocrmypdf cùng lượt, trung vị và khoảng)\n")
    print("| việc | giây | trang/phút | giây CPU | nhanh gấp | đích | CPU gấp |\n|---|---:|---:|---:|---|---|---:|")
    for name, took in costs.items():
        ratios = sorted(peer.wall / own.wall for peer, own in zip(costs[PEER], took, strict=True))
        less = statistics.median(peer.cpu / own.cpu for peer, own in zip(costs[PEER], took, strict=True))
        ratio, wall = statistics.median(ratios), statistics.median(own.wall for own in took)
        cpu = statistics.median(own.cpu for own in took)
        goal = next((FASTER[engine] for engine in engines if name == f"digitize, {engine}"), None)
        verdict = f"≥ {goal}: {'đạt' if ratio >= goal else '**chưa đạt**'}" if goal else ""
        spread = f"{ratio:.2f} ({ratios[0]:.2f}…{ratios[-1]:.2f})"
        print(f"| {name} | {wall:.1f} | {60 * count / wall:.0f} | {cpu:.1f} | {spread} | {verdict} | {less:.2f} |")


def _print_overhead(engines: Sequence[str], sheets: Sequence[TruePage], folder: Path) -> None:
    """Print how much more the command takes than the engine by itself, on files of one length and of a longer one.

    What two lengths differ by is what pages cost; starting up and ending are in both.
    """
    print("\n| bộ đọc | riêng bộ đọc, giây CPU một trang | đọc cả trang | cả lệnh | cả lệnh thêm | đích |")
    print("|---|---:|---:|---:|---:|---|")
    for name in engines:
        totals = []
        try:
            for part in (sheets[:ALONE], sheets):
                source = folder / f"cpu-{name}-{len(part)}"
                scan = _scan(part, source)
                totals.append(_run(_digitize(source, source.with_name(f"{source.name}-archive"), name)).cpu)
        except CommandFailed as error:
            print(f"| {name} | hỏng: {error} | | | | |")
            continue
        whole = (totals[1] - totals[0]) / (len(sheets) - ALONE)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            alone, read = pool.submit(alone_cpu, name, scan, range(ALONE + 1, len(sheets) + 1)).result()
        more = whole / alone - 1
        verdict = "đạt" if more <= OVERHEAD else "**chưa đạt**"
        cells = f"{name} | {alone:.2f} | {read:.2f} | {whole:.2f} | {100 * more:+.0f} %"
        print(f"| {cells} | ≤ {100 * OVERHEAD:.0f} %: {verdict} |")


def alone_cpu(name: str, scan: Path, numbers: Sequence[int]) -> tuple[float, float]:
    """Return the seconds of processor a page, warm, of ``engine.read`` and of all that is done to read a page."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    engine = load(name, "vie", model())
    images = [page_image(str(scan), "pdf", number) for number in numbers]
    engine.read(images[0], SECONDS)
    start = os.times()
    for image in images:
        engine.read(image, SECONDS)
    middle = os.times()
    for number in numbers:
        read_page_of(str(scan), "pdf", number, engine, SECONDS)
    spent = [sum(os.times()[:4]) - sum(middle[:4]), sum(middle[:4]) - sum(start[:4])]
    return spent[1] / len(images), spent[0] / len(images)


def _print_memory(costs: dict[str, list[Took]]) -> None:
    """Print the memory of the workers in the run of the long file."""
    print("\n| việc | bộ nhớ một tiến trình làm việc, MB, cao nhất | phần tư thứ hai | phần tư cuối | đích |")
    print("|---|---:|---:|---:|---|")
    for name, (took,) in costs.items():
        if not name.startswith("digitize"):
            continue
        memory = took.memory
        verdict = "đạt" if memory.peak <= MEGABYTES else "**chưa đạt**"
        print(f"| {name} | {memory.peak:.0f} | {memory.early:.0f} | {memory.late:.0f} | ≤ {MEGABYTES}: {verdict} |")
