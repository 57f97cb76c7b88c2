"""Workers: what they start dies with them, their memory is limited, they are warm and yet replaced."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from digitize import limits
from digitize.runners.local import Crashed, Finished, LocalWorkers, Task
from vanthu.errors import VanthuError

# The steps are at the top of the module, where a worker that is spawned finds them.


def number_of_process(_: object) -> int:
    return os.getpid()


def start_a_child_and(job: tuple[str, Path]) -> None:
    """Start a program that outlives its parent, say its number, then die or hang as told."""
    death, note = job
    child = subprocess.Popen(["sleep", "1000"])
    note.write_text(str(child.pid))
    if death == "hang":
        time.sleep(1000)
    os.kill(os.getpid(), {"oom": signal.SIGKILL, "fault": signal.SIGSEGV}[death])


def limit_of_a_child(_: object) -> int:
    program = "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    return int(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)


def eat(size: int) -> int:
    return len(b"x" * size)


_held: list[bytes] = []


def hold(size: int) -> int:
    """Take memory and never give it back."""
    _held.append(b"x" * size)
    return os.getpid()


def fail(_: object) -> None:
    raise VanthuError("không được", hint="làm khác")


def note_and_fail(note: Path) -> None:
    note.touch()
    raise VanthuError("không được")


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[LocalWorkers]:
    with LocalWorkers(1, tmp_path / "tmp") as made:
        yield made


def carry_out(workers: LocalWorkers, step: Callable[[Any], Any], job: object, seconds: float = 60) -> Finished:
    workers.submit(Task(step, job, seconds))
    until = time.monotonic() + 90
    while time.monotonic() < until:
        if finished := workers.wait(0.5):
            return finished[0]
    raise AssertionError("không xong")


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize(
    ("death", "reason"),
    [
        ("hang", "làm chết tiến trình đọc (quá 3 giây)"),
        ("oom", "làm chết tiến trình đọc (bị hệ thống dừng, có thể vì hết bộ nhớ)"),
        ("fault", "làm chết tiến trình đọc (lỗi bộ nhớ trong thư viện)"),
    ],
)
def test_what_a_worker_started_dies_with_it(death: str, reason: str, workers: LocalWorkers, tmp_path: Path) -> None:
    carry_out(workers, number_of_process, None)  # the start of a worker is not to count
    finished = carry_out(workers, start_a_child_and, (death, tmp_path / "note"), seconds=3)
    assert isinstance(finished.error, Crashed)
    assert finished.error.reason == reason
    child = int((tmp_path / "note").read_text())
    until = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(child)
    assert carry_out(workers, number_of_process, None).result  # another has taken its place


def test_programs_that_a_worker_starts_have_its_limit_of_memory(workers: LocalWorkers) -> None:
    assert carry_out(workers, limit_of_a_child, None).result == limits.WORKER_MEMORY_BYTES
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != limits.WORKER_MEMORY_BYTES


def test_too_much_memory_is_an_error_and_not_the_end_of_the_machine(workers: LocalWorkers) -> None:
    first = carry_out(workers, number_of_process, None).result
    finished = carry_out(workers, eat, 2 * limits.WORKER_MEMORY_BYTES)
    assert finished.error is not None
    assert finished.error.reason == "hết bộ nhớ"
    assert carry_out(workers, number_of_process, None).result == first


def test_an_error_comes_back_whole(workers: LocalWorkers) -> None:
    finished = carry_out(workers, fail, None)
    assert (finished.error and finished.error.advice) == "không được → làm khác"


def test_a_worker_stays_warm_until_its_tasks_are_done(workers: LocalWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKER_TASKS", 4)
    numbers = [carry_out(workers, number_of_process, None).result for _ in range(9)]
    assert [numbers[:4], numbers[4:8]] == [[numbers[0]] * 4, [numbers[4]] * 4]
    assert len(set(numbers)) == 3


def test_a_worker_that_has_swollen_is_replaced(workers: LocalWorkers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WORKER_RSS_BYTES", 150 * 1024**2)
    monkeypatch.setattr(limits, "WORKER_TASKS_LEAST", 3)
    numbers = [carry_out(workers, hold, 60 * 1024**2).result for _ in range(7)]
    assert len(set(numbers[:3])) == 1  # it is not replaced before it has earned its start
    assert numbers[3] != numbers[2]


def test_a_worker_loads_before_there_is_a_task_and_lives_on_when_that_fails(tmp_path: Path) -> None:
    with LocalWorkers(1, tmp_path / "tmp", partial(note_and_fail, tmp_path / "note")) as workers:
        until = time.monotonic() + 30
        while not (tmp_path / "note").exists() and time.monotonic() < until:
            time.sleep(0.02)
        assert (tmp_path / "note").exists()
        assert carry_out(workers, number_of_process, None).error is None


def test_leaving_ends_what_still_runs(tmp_path: Path) -> None:
    with LocalWorkers(2, tmp_path / "tmp") as workers:
        workers.submit(Task(start_a_child_and, ("hang", tmp_path / "note"), 100))
        until = time.monotonic() + 30
        while not ((tmp_path / "note").exists() and (tmp_path / "note").read_text()) and time.monotonic() < until:
            workers.wait(0.05)
    child = int((tmp_path / "note").read_text())
    until = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not is_alive(child)
    assert not list((tmp_path / "tmp").glob("*"))
