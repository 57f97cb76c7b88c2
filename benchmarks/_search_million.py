"""A million pages that a machine made up, searched by Tantivy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import _generated
from digitize.index.engines.choose import engine_named
from digitize.index.entries import IndexedPage
from digitize.index.grouping import grouped
from digitize.index.opened import Facts
from digitize.index.query import Node
from doclint.vietnamese.normalise import fold

MILLION = 1_000_000


def print_million(folder: Path, queries_of: Callable[[Sequence[list[str]]], dict[str, list[Node]]]) -> None:
    """Print how long whole answers take, for the first time and again, and the best ten pages alone."""
    engine = engine_named("tantivy")
    engine.create(folder)
    start = time.perf_counter()
    with engine.writing(folder) as writer:
        for page in _made_up():
            writer.add(page)
    seconds = time.perf_counter() - start
    reader, facts = engine.open_reader(folder), _made_up_facts()

    def whole(node: Node) -> int:
        return grouped(reader.matches(node), facts, "relevance", 0, 10, 3).documents

    asks: dict[str, Callable[[Node], int]] = {
        "cả câu trả lời, lần đầu": whole,
        "cả câu trả lời, hỏi lại": whole,
        "mười trang, hỏi lại": lambda node: reader.best(node, 10)[0],
    }
    sample = [_generated.words(number)[:360] for number in range(0, MILLION // 4, MILLION // 400)]
    queries = queries_of([[word.lower() for word in page] for page in sample])
    times: dict[str, dict[str, list[float]]] = {name: {kind: [] for kind in queries} for name in asks}
    for kind, asked in queries.items():
        for node in asked:
            for name, ask in asks.items():
                start = time.perf_counter()
                ask(node)
                times[name][kind].append((time.perf_counter() - start) * 1000)
    print(f"\nTantivy, {MILLION} trang do máy sinh, lập {MILLION / seconds:.0f} trang/s; mili giây trung vị / p95.\n")
    print(f"| câu | {' | '.join(asks)} |\n|---|{'---:|' * len(asks)}")
    for kind in queries:
        print(f"| {kind} | {' | '.join(_told(told[kind]) for told in times.values())} |")
    print(f"| tất cả | {' | '.join(_told([*chain(*told.values())]) for told in times.values())} |")


def _told(values: Sequence[float]) -> str:
    return f"{np.median(values):.1f} / {np.percentile(values, 95):.1f}"


def _made_up_facts() -> Facts:
    """Return days and facets of the documents that are made up."""
    size = MILLION // 4 + 1
    chance = np.random.default_rng(8)
    values = {"year": 50, "type": 30, "issuer": 400, "fonds": 50}
    facets: dict[str, tuple[NDArray[np.int32], list[str]]] = {
        name: (chance.integers(0, count, size, np.int32), [str(number) for number in range(count)])
        for name, count in values.items()
    }
    return Facts(chance.integers(0, 20_000, size, np.int32), chance.permutation(size).astype(np.int32), facets)


def _made_up() -> Iterator[IndexedPage]:
    """Yield pages of 360 syllables, four a document."""
    for number in range(MILLION // 4):
        exact = [word.lower() for word in _generated.words(number)]
        folded = [fold(word) for word in exact]
        for place in range(4):
            part = slice(360 * place, 360 * (place + 1))
            keys: dict[str, tuple[str, ...]] = {"document": (f"{number:064}",), "access": ("congkhai",)}
            yield IndexedPage(number + 1, place + 1, ((exact[part], folded[part]),), (), {}, keys, 20240101, 90)
