"""Many files at once: all in order, and one that kills its process is told without stopping the others."""

from __future__ import annotations

import os
import signal

import pytest

from doclint.pool import Work, each

NAMES = [f"{number}" for number in range(23)]


def double(name: str) -> str:
    if name.startswith("chết"):
        os.kill(os.getpid(), signal.SIGKILL)
    return name * 2


def say(name: str) -> str:
    return f"{name} làm dừng"


@pytest.mark.parametrize(("chunk", "ahead"), [(1, 1), (3, 2), (16, 64)])
def test_all_are_done_in_order(chunk: int, ahead: int) -> None:
    assert list(each(Work(double, say, chunk=chunk, ahead=ahead), NAMES, 2)) == [name * 2 for name in NAMES]


def test_one_that_kills_its_process_is_told_and_the_others_are_done() -> None:
    names = ["a", "b", "chết", "c", "d", "e", "chết nữa", "f"]
    done = list(each(Work(double, say, chunk=2, ahead=2), names, 2))
    assert done == ["aa", "bb", "chết làm dừng", "cc", "dd", "ee", "chết nữa làm dừng", "ff"]
