"""Dò chép ở cỡ kho: dựng gói, tra một dự thảo, và lớn dần đến đâu thì một máy còn chứa nổi.

Văn bản do máy sinh: 1.500 âm tiết theo luật Zipf, mỗi bản có 8 cụm từ chung. Dự thảo tra cũng vậy, cấy hai đoạn
60 âm tiết sai 2 %. `VANTHU_BENCH_MILLION=1` dựng cả gói một triệu văn bản (12 GB đĩa, chừng nửa giờ).
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks import _generated, _peers
from doclint.anatomy import dissect
from doclint.readers.text import read_text
from doclint.reuse.draft import prepared
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.entry import entry_of
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.library import library
from doclint.reuse.packs.meta import Table
from doclint.reuse.packs.store import writing
from doclint.reuse.search import find_reuse
from doclint.reuse.sharding import MAX_BATCH

FILES = 40_000
SIZES = (10_000, 100_000, *([1_000_000] if os.environ.get("VANTHU_BENCH_MILLION") else []))
DRAFTS, WARM_UP = 50, 20


def main() -> None:
    with tempfile.TemporaryDirectory(dir=os.environ.get("VANTHU_BENCH_FOLDER")) as scratch:
        _print_files(Path(scratch))
        print("\n| văn bản | dựng, s | bộ nhớ, MiB | đĩa, MB | tra, ms: trung vị | lâu nhất | tìm ra |")
        print("|---:|---:|---:|---:|---:|---:|---:|")
        pack, held = Path(scratch) / "lon-dan", 0
        for size in SIZES:
            start = time.perf_counter()
            with writing(pack, create=True) as store:
                for batch in _batches(range(held, size)):
                    store.add([_generated.prepared(number) for number in batch])
                store.merge()
            seconds, held = time.perf_counter() - start, size
            # Before the queries: what they map of the index counts as theirs.
            memory = _peak_memory()
            taken, found = _queries(pack, size)
            cells = [f"{_generated_name(size)}", f"{seconds:.0f}", f"{memory:.0f}", f"{_disk(pack):.0f}"]
            print(
                f"| {' | '.join(cells)} | {statistics.median(taken):.1f} | {max(taken):.1f} | {found:.0%} |", flush=True
            )


def _print_files(scratch: Path) -> None:
    """Print how long a pack takes from files, and a draft from the start of the process, beside peers."""
    folder, pack = scratch / "tep", scratch / "goi"
    folder.mkdir()
    _generated.write_all(folder, FILES)
    start = time.perf_counter()
    origins, _ = found_in([folder])
    bring(pack, origins, Table({}), create=True, workers=os.cpu_count() or 1)
    seconds, memory = time.perf_counter() - start, _peak_memory()
    taken, found = _queries(pack, FILES)
    draft = scratch / "du-thao.txt"
    draft.write_text(_draft(0, FILES)[0], encoding="utf-8")
    print(f"{_generated_name(FILES)} tệp .txt × 1.500 âm tiết, {os.cpu_count()} nhân:\n")
    print(f"- dựng gói: {seconds:.0f} s, {1000 * seconds / FILES:.2f} ms mỗi văn bản; đĩa {_disk(pack):.0f} MB;")
    print(
        f"  bộ nhớ nhiều nhất: tiến trình chính {memory:.0f} MiB, mỗi tiến trình con {_peak_memory(children=True):.0f}"
    )
    peer = _peers.minhash_seconds([_generated.document(n, _generated.words(n)) for n in range(500)])
    if peer is not None:
        print(f"- datasketch MinHash (128) lập chỉ mục cùng văn bản: {1000 * peer:.2f} ms mỗi văn bản, một nhân;")
        print(f"  doclint mất {seconds / FILES / peer:.2f} lần thế, hai nhân, kể cả đọc tệp")
    plain = _folding_seconds()
    print(f"- tra khi gói đã mở: {statistics.median(taken):.1f} ms, lâu nhất {max(taken):.1f}; tìm ra {found:.0%};")
    print(f"  bằng {statistics.median(taken) / plain:.1f} lần lúc Python bỏ dấu từng chữ của nó ({plain:.1f} ms)")
    bare, whole = _process_seconds(_BARE), _process_seconds(_WHOLE, str(pack), str(draft))
    print(f"- từ lúc khởi động tiến trình đến lúc có kết quả: {whole:.2f} s, bằng {whole / bare:.1f} lần")
    print(f"  Python chỉ nạp numpy ({bare:.2f} s)")


def _folding_seconds() -> float:
    """Return the milliseconds in which plain Python folds a draft: the measure of a machine's speed today."""
    text = _draft(0, FILES)[0]
    start = time.perf_counter()
    for _ in range(5):
        "".join(unicodedata.normalize("NFD", char)[0] for char in text)
    return 200 * (time.perf_counter() - start)


def _queries(pack: Path, size: int) -> tuple[list[float], float]:
    """Return the milliseconds that each draft took, anatomy not counted, and the share of passages that were found."""
    taken, found = [], 0
    with library([f"{pack}/"]) as opened:
        for number in range(-WARM_UP, DRAFTS):
            text, sources = _draft(number, size)
            document = read_text(text)
            anatomy = dissect(document)
            start = time.perf_counter()
            reuse = find_reuse(prepared(document, anatomy), entry_of(document, anatomy.header), opened, "any")
            if number < 0:
                continue  # the first ones bring the index from the disk
            taken.append(1000 * (time.perf_counter() - start))
            found += len(sources & {one.entry.number for one in reuse.found})
    return taken, found / (2 * DRAFTS)


def _draft(number: int, size: int) -> tuple[str, set[str]]:
    """Return a draft, and the numbers of the two documents that passages of it come from."""
    by = random.Random(f"{number} {size}")
    words = _generated.words(size + 1_000_000 + WARM_UP + number)
    sources = by.sample(range(size), 2)
    for place, source in zip((200, 900), sources, strict=True):
        start = by.randrange(0, _generated.SYLLABLES - 60)
        words[place : place + 60] = _generated.noisy(_generated.words(source)[start : start + 60], by)
    text = _generated.document(number, words).replace("TỈNH SƠN KHÊ", "XÃ VĨNH TRẦM", 1)
    return text.replace(f"năm {2000 + number % 26}", "năm 2040", 1), {f"{source}/KH-UBND" for source in sources}


def _batches(numbers: range) -> Iterator[list[int]]:
    waiting = iter(numbers)
    while batch := list(islice(waiting, MAX_BATCH // _generated.SYLLABLES - 1)):
        yield batch


def _peak_memory(*, children: bool = False) -> float:
    """Return the most memory that this process, or the largest of its children, has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss / 1024


def _disk(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def _process_seconds(code: str, *arguments: str) -> float:
    """Return the median seconds of a process that runs ``code``."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _generated_name(number: int) -> str:
    return f"{number:,}".replace(",", ".")


_BARE = "import numpy"
_WHOLE = """
import sys
from pathlib import Path
from doclint.anatomy import dissect
from doclint.readers import read
from doclint.reuse.lookup import Lookup
from doclint.reuse.packs.library import library
document = read(Path(sys.argv[2]))
with library([sys.argv[1] + "/"]) as opened:
    print(len(Lookup(document, dissect(document), opened).superior.found))
"""
