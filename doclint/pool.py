"""Work on many files in processes of their own: in order, and one that kills its process does not stop the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass(frozen=True)
class Work(Generic[R]):
    """What is done with each name: ``do`` in another process, so picklable, ``died`` here when it kills that process.

    ``setup`` is called once in every process. ``chunk`` names are taken at a time, and ``ahead`` times
    as many may be done before the first of them is taken.
    """

    do: Callable[[str], R]
    died: Callable[[str], R]
    setup: Callable[[], object] | None = None
    chunk: int = 16
    ahead: int = 64


def each(work: Work[R], names: Sequence[str], workers: int) -> Iterator[R]:
    """Yield what ``work`` makes of each name, in order, with so many ``workers``."""
    left = deque(names[start : start + work.chunk] for start in range(0, len(names), work.chunk))
    while left:
        yield from _streamed(work, left, workers)
        # One of these has killed its process; those behind them get new ones.
        for _ in range(min(work.ahead, len(left))):
            yield from _halved(work, left.popleft())


def _streamed(work: Work[R], left: deque[Sequence[str]], workers: int) -> Iterator[R]:
    """Do work a little ahead of who takes it, until a process dies. What is done is taken off ``left``."""
    with _pool(work, workers) as pool:
        ahead: deque[Future[list[R]]] = deque()
        try:
            while left:
                ahead += (pool.submit(_do_each, work.do, chunk) for chunk in islice(left, len(ahead), work.ahead))
                done = ahead[0].result()
                ahead.popleft()
                left.popleft()
                yield from done
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(cancel_futures=True)


def _halved(work: Work[R], names: Sequence[str]) -> list[R]:
    """Do work in a process of its own. When it dies, halve the names until the one that kills it is found."""
    try:
        with _pool(work, 1) as pool:
            return pool.submit(_do_each, work.do, names).result()
    except BrokenProcessPool:
        if len(names) == 1:
            return [work.died(names[0])]
        half = len(names) // 2
        return [*_halved(work, names[:half]), *_halved(work, names[half:])]


def _pool(work: Work[R], workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), work.setup)


def _do_each(do: Callable[[str], R], names: Sequence[str]) -> list[R]:
    return [do(name) for name in names]
