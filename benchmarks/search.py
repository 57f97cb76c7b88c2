"""Tìm trong kho: hai máy tìm cạnh Whoosh thường, SQLite FTS5 và tantivy-py trên cùng những trang thật, trong một lượt.

Trang là văn bản pháp luật thật, cắt mỗi trang 232 âm tiết để có 14.000 trang. Câu tìm lấy từ chính các trang ấy. Whoosh
thường không phải đếm đủ số trang, các máy khác thì có. Tìm lại văn bản đã biết: câu tìm lấy từ địa chỉ của văn bản trên
trang đã đăng nó, cạnh BM25 thường trên âm tiết. `VANTHU_BENCH_MILLION=1` đo thêm Tantivy ở một triệu trang do máy sinh.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks import _search_peers
from benchmarks._search_items import HOW, Item, described, items, mean_reciprocal_rank
from benchmarks._search_million import print_million
from benchmarks._search_peers import Searcher, emptied
from digitize.index.analysis import words
from digitize.index.engines.choose import engine_named
from digitize.index.engines.engine import PAGE_BITS, Reader
from digitize.index.engines.scoring import rarity
from digitize.index.entries import IndexedDocument
from digitize.index.parser import parse
from digitize.index.query import And, Node, Not, Or, Words
from doclint.vietnamese.normalise import nfc
from vanthu.data import data_folder

SHARED = Path(os.environ.get("VANTHU_SHARED", data_folder("corpora").parents[1] / "shared")) / "data" / "superior"
SYLLABLES, QUERIES = 232, 60
KINDS = ("cụm 2", "cụm 3", "cụm 5", "AND 3", "hỗn hợp")
OURS, THEIRS = "vanthu: Whoosh", "Whoosh thường"
OUR_TANTIVY, RAW_TANTIVY = "vanthu: Tantivy", "tantivy-py"

Latencies = dict[str, dict[str, list[float]]]


def main() -> None:
    if not SHARED.is_dir():
        print("Không có ../shared/data/superior: bỏ qua phần trang thật.")
    else:
        names = sorted(path.stem for path in SHARED.glob("*.txt"))
        documents = [_document(number, name) for number, name in enumerate(names)]
        with tempfile.TemporaryDirectory(dir=os.environ.get("VANTHU_BENCH_FOLDER")) as scratch:
            _print_speed(documents, Path(scratch))
            _print_quality(documents, names, Path(scratch))
    if os.environ.get("VANTHU_BENCH_MILLION"):
        with tempfile.TemporaryDirectory(dir=os.environ.get("VANTHU_BENCH_FOLDER")) as scratch:
            print_million(Path(scratch), _queries)


def _document(number: int, name: str) -> IndexedDocument:
    text = nfc((SHARED / f"{name}.txt").read_text("utf-8"))
    parts = text.split()
    pages = tuple((" ".join(parts[start : start + SYLLABLES]),) for start in range(0, len(parts), SYLLABLES))
    return described(SHARED / f"{name}.txt", f"{number:064}", pages)


def _print_speed(documents: Sequence[IndexedDocument], scratch: Path) -> None:
    """Print how fast each engine indexes and answers the same queries."""
    pages = [words(" ".join(page)) for document in documents for page in document.pages]
    accented = [exact for exact, _ in pages]
    engines: dict[str, Searcher | None] = {
        OURS: _search_peers.own("whoosh", documents, emptied(scratch / "whoosh")),
        THEIRS: _search_peers.plain_whoosh(accented, emptied(scratch / "plain")),
        "SQLite FTS5": _search_peers.fts5(accented, emptied(scratch / "fts5")),
        RAW_TANTIVY: _search_peers.raw_tantivy(pages, emptied(scratch / "raw")),
    }
    if engines[RAW_TANTIVY] is not None:
        engines[OUR_TANTIVY] = _search_peers.own("tantivy", documents, emptied(scratch / "tantivy"))
    made = {name: engine for name, engine in engines.items() if engine is not None}
    queries = _queries(accented)
    times = _timed({name: engine.ask for name, engine in made.items()}, queries)
    print(f"{len(pages)} trang, {QUERIES} câu mỗi loại; mili giây trung vị / p95.\n")
    print(f"| máy tìm | lập, trang/s | byte/trang | {' | '.join(KINDS)} |")
    print(f"|---|---:|---:|{'---:|' * len(KINDS)}")
    for name, engine in made.items():
        cells = [f"{_middle(times[name][kind]):.2f} / {_p95(times[name][kind]):.2f}" for kind in KINDS]
        told = f"{engine.pages_per_second:.0f} | {engine.bytes_per_page:.0f}"
        print(f"| {name} | {told} | {' | '.join(cells)} |")
    print(f"\nLần so với {THEIRS} (nhỏ hơn 1 là nhanh hơn), trung vị / p95:")
    _print_ratios(times[OURS], times[THEIRS])
    if OUR_TANTIVY in made:
        print(f"\nLần của {OUR_TANTIVY} so với {RAW_TANTIVY}:")
        _print_ratios(times[OUR_TANTIVY], times[RAW_TANTIVY])


def _print_ratios(ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> None:
    for kind in KINDS:
        middle, late = _middle(ours[kind]) / _middle(theirs[kind]), _p95(ours[kind]) / _p95(theirs[kind])
        print(f"- {kind}: {middle:.3f} / {late:.3f}")


def _queries(pages: Sequence[list[str]], seed: int = 3) -> dict[str, list[Node]]:
    """Return queries of each kind from the words of the pages themselves."""
    chance = random.Random(seed)
    long = [page for page in pages if len(page) > 20]

    def piece(size: int) -> Words:
        page = chance.choice(long)
        start = chance.randrange(len(page) - size)
        exact = tuple(page[start : start + size])
        return Words(exact, tuple(words(" ".join(exact))[1]))

    def mixed() -> Node:
        return Or((And((piece(2), piece(1), Not(piece(1)))), And((piece(1), piece(1)))))

    made: dict[str, Callable[[], Node]] = {
        "cụm 2": lambda: piece(2),
        "cụm 3": lambda: piece(3),
        "cụm 5": lambda: piece(5),
        "AND 3": lambda: And((piece(1), piece(1), piece(1))),
        "hỗn hợp": mixed,
    }
    return {kind: [make() for _ in range(QUERIES)] for kind, make in made.items()}


def _timed(engines: dict[str, Callable[[Node], int]], queries: dict[str, list[Node]]) -> Latencies:
    """Return the milliseconds of every query on every engine, each asked once before."""
    times: Latencies = {name: {kind: [] for kind in queries} for name in engines}
    for kind, asked in queries.items():
        for node in asked:
            for name, ask in engines.items():
                ask(node)
                start = time.perf_counter()
                ask(node)
                times[name][kind].append((time.perf_counter() - start) * 1000)
    return times


def _print_quality(documents: Sequence[IndexedDocument], names: Sequence[str], scratch: Path) -> None:
    """Print at which place documents are found that a person knows, with what a machine tells of them and without."""
    asked = list(items(SHARED, names))
    bare = [IndexedDocument(one.sha256, type(one.fields)(access="nội bộ"), one.pages) for one in documents]
    readers = {"vanthu, có mô tả": _read(documents, scratch / "q1"), "vanthu, chưa mô tả": _read(bare, scratch / "q2")}
    ranks: dict[str, Callable[[Item], int]] = {
        name: (lambda item, reader=reader: _rank(reader, item)) for name, reader in readers.items()
    }
    ranks["BM25 trên âm tiết"] = _plain_bm25(documents)
    kinds = list(dict.fromkeys(item.kind for item in asked))
    print(f"\nTìm lại văn bản đã biết, MRR, {len(asked)} câu trên {len(documents)} văn bản.\n")
    print(f"| câu tìm | gõ | số câu | {' | '.join(ranks)} |\n|---|---|---:|{'---:|' * len(ranks)}")
    for kind in kinds:
        for how in HOW:
            some = [item for item in asked if (item.kind, item.how) == (kind, how)]
            cells = [f"{mean_reciprocal_rank(some, rank):.3f}" for rank in ranks.values()]
            print(f"| {kind} | {how} | {len(some)} | {' | '.join(cells)} |")


def _read(documents: Sequence[IndexedDocument], folder: Path) -> Reader:
    _search_peers.own("whoosh", documents, emptied(folder))
    return engine_named("whoosh").open_reader(folder)


def _rank(reader: Reader, item: Item) -> int:
    found = reader.matches(parse(item.text))
    order = np.lexsort((found.keys, -np.round(found.scores, 3)))
    ranked = list(dict.fromkeys((found.keys[order] >> PAGE_BITS).tolist()))
    return ranked.index(item.document) + 1 if item.document in ranked else 0


def _plain_bm25(documents: Sequence[IndexedDocument]) -> Callable[[Item], int]:
    """Return the rank by BM25 of any of the words, as they are typed but for case and form C."""
    places: dict[str, dict[int, int]] = {}
    owners, lengths = [], []
    for number, document in enumerate(documents, start=1):
        for page in document.pages:
            exact = words(page[0])[0]
            for word in exact:
                counts = places.setdefault(word, {})
                counts[len(owners)] = counts.get(len(owners), 0) + 1
            owners.append(number)
            lengths.append(len(exact))
    norm = 1.2 * (0.25 + 0.75 * np.array(lengths) / np.mean(lengths))
    owner = np.array(owners)
    postings = {
        word: (np.fromiter(counts, np.int64), np.fromiter(counts.values(), np.float64))
        for word, counts in places.items()
    }
    nothing = np.zeros(0, np.int64), np.zeros(0)

    def rank(item: Item) -> int:
        scores = np.zeros(len(owners))
        for word in words(nfc(item.text))[0]:
            pages, counts = postings.get(word, nothing)
            scores[pages] += 2.2 * rarity(len(pages), len(owners)) * counts / (counts + norm[pages])
        order = np.argsort(-scores, kind="stable")
        ranked = list(dict.fromkeys(owner[order[scores[order] > 0]].tolist()))
        return ranked.index(item.document) + 1 if item.document in ranked else 0

    return rank


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def _p95(values: Sequence[float]) -> float:
    return float(np.percentile(values, 95))
