"""Trang web: 8 máy trạm gửi dự thảo năm trang liên tục, chờ bao lâu, tốn bao nhiêu bộ nhớ, có lần nào hỏng không.

Dự thảo có năm trang A4 do máy ghép từ `corpora/drafts/ke-hoach-sao-chep.docx`. `VANTHU_BENCH_SECONDS` đổi số giây đo
(mặc định 60).
"""

from __future__ import annotations

import copy
import http.client
import io
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import docx

DRAFT = Path(__file__).resolve().parents[1] / "corpora" / "drafts" / "ke-hoach-sao-chep.docx"
SECONDS = float(os.environ.get("VANTHU_BENCH_SECONDS", "60"))
CLIENTS, ONE_BY_ONE = 8, 20
SYLLABLES = 2_000
"""Five pages in 14 points."""


@dataclass
class Run:
    """What the clients saw: seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "du-thao.docx")
        draft.write_bytes(five_pages())
        with serving(Path(folder)) as (process, port):
            alone = sorted(posted(port, draft.read_bytes(), "/soat")[0] for _ in range(ONE_BY_ONE))
            start = time.perf_counter()
            run, peak = load(port, draft.read_bytes(), process.pid)
            taken = time.perf_counter() - start
            process.send_signal(signal.SIGINT)
            process.wait(30)
        each = command_seconds(draft, ONE_BY_ONE)
    p95 = statistics.quantiles(run.seconds, n=20)[-1]
    rate = len(run.seconds) / taken
    print(f"{taken:.0f} giây, {os.cpu_count()} nhân: {len(run.seconds)} lần gửi, hỏng {len(run.wrong)}.\n")
    print(f"| | một máy trạm | {CLIENTS} máy trạm |\n|---|---:|---:|")
    print(f"| trung vị, s | {statistics.median(alone):.2f} | {statistics.median(run.seconds):.2f} |")
    print(f"| 95 % không quá, s | {alone[int(0.95 * len(alone))]:.2f} | {p95:.2f} |")
    print(f"| lâu nhất, s | {alone[-1]:.2f} | {max(run.seconds):.2f} |")
    print(f"\nBộ nhớ nhiều nhất, mọi tiến trình cộng lại: {peak:.0f} MiB.")
    print(f"Cùng dự thảo bằng `doclint check`, {ONE_BY_ONE} tệp trong một lệnh, tệp này xong mới tới tệp kia:", end=" ")
    print(f"{each:.2f} s mỗi tệp; trang web soát nhanh gấp {each * rate:.1f} lần ({rate:.1f} tệp mỗi giây).")
    for wrong in sorted(set(run.wrong)):
        print(f"- hỏng {run.wrong.count(wrong)} lần: {wrong}")


def five_pages() -> bytes:
    """Return the draft with its paragraphs repeated until it has five pages."""
    document = docx.Document(str(DRAFT))
    body = [paragraph for paragraph in document.paragraphs if len(paragraph.text) > 80]
    words = sum(len(paragraph.text.split()) for paragraph in document.paragraphs)
    number = 0
    while words < SYLLABLES:
        paragraph = body[number % len(body)]
        body[-1]._p.addnext(copy.deepcopy(paragraph._p))
        words += len(paragraph.text.split())
        number += 1
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    command = [sys.executable, "-m", "doclint.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            found = next(filter(None, (re.search(r"http://127\.0\.0\.1:(\d+)", line) for line in process.stdout)))
            yield process, int(found[1])
        finally:
            process.terminate()


def load(port: int, draft: bytes, pid: int) -> tuple[Run, float]:
    """Return what the clients saw, and the most memory (MiB) that the server and its processes had."""
    run, end = Run(), time.perf_counter() + SECONDS

    def client() -> None:
        while time.perf_counter() < end:
            try:
                seconds, wrong = posted(port, draft, "/soat")
            except OSError as error:
                run.wrong.append(str(error))
                continue
            run.seconds.append(seconds)
            run.wrong += wrong

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    peak = 0.0
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, memory(pid))
        time.sleep(0.5)
    return run, peak


def posted(port: int, draft: bytes, path: str) -> tuple[float, list[str]]:
    """Send the draft; return the seconds until the whole answer is there, and what is wrong with it."""
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="du-thao.docx"\r\n\r\n'
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    connection.request("POST", path, head + draft + b"\r\n--x--\r\n", headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    wrong = [] if answer.status == 200 and "Cần sửa trước khi ban hành" in page else [f"mã {answer.status}"]
    return time.perf_counter() - start, wrong


def memory(pid: int) -> float:
    """Return the memory of a process and those below it, what they share counted once (MiB)."""
    own = f"/proc/{pid}"
    try:
        rollup = Path(own, "smaps_rollup").read_text(encoding="ascii")
        below = [Path(task, "children").read_text(encoding="ascii").split() for task in Path(own, "task").iterdir()]
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return (int(found[1]) / 1024 if found else 0.0) + sum(memory(int(child)) for task in below for child in task)


def command_seconds(draft: Path, times: int) -> float:
    """Return the seconds that each file takes when one command checks copies of ``draft`` one after the other."""
    names = [str(draft.with_name(f"{number}.docx")) for number in range(times)]
    for name in names:
        Path(name).write_bytes(draft.read_bytes())
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "doclint.cli", "check", *names], capture_output=True, check=False)
    return (time.perf_counter() - start) / times
