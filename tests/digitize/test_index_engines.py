"""The same queries on both engines: which pages, in which order; and what happens to an index that breaks."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.archive import Archive
from digitize.index import generation, opened
from digitize.index.build import rebuild_index, update_index
from digitize.index.engines.choose import ENGINES, engine_named
from digitize.index.engines.engine import PAGE_BITS, IndexDamaged, Reader
from digitize.index.entries import IndexedDocument, pages_of
from digitize.index.fields import DocumentFields
from digitize.index.opened import open_index
from digitize.index.parser import parse
from digitize.index.query import And, Node, Not, Or, Words
from digitize.index.search import Request, search
from digitize.ledger import Ledger
from tests.digitize.index_specimens import Paper, make_archive, store
from vanthu.errors import VanthuError

engines = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=[] if find_spec(name) else pytest.mark.skip(reason=f"cần {name}")) for name in ENGINES],
)

PAGES = {
    "khẩn": "Về việc xử lý khẩn cấp hồ sơ tồn đọng tại Bộ Y tế.\nTheo Quyết định số 534/QĐ-TTg ngày 31/3/2026.",
    "khan": "Ve viec xu ly khan cap ho so ton dong, de nghi cac so, nganh.",
    "khăn": "Cấp phát khăn mặt cho nhân viên, tổng 1.250.000 đồng. Ở nước ta, tòa án cần máy in.",
    "đường": "Đường sắt Bến Thành – Suối Tiên, hoà giải ở cơ sở; Kết luận 226-KL/TW về tổ chức.",
    "lặp": "khăn khăn khăn khăn khăn",
    "dài": "Công văn hỏa tốc. " + "một hai ba bốn năm sáu " * 200 + "khẩn",
    "sai": "Thông tư số 2O24/TT, kĩ thuật, c0ng chức, quí I, lí lịch; a b a b c",
}


def build(folder: Path, engine: str, documents: list[IndexedDocument]) -> Reader:
    made = engine_named(engine)
    made.create(folder)
    with made.writing(folder) as writer:
        for number, document in enumerate(documents, start=1):
            for page in pages_of(document, number):
                writer.add(page)
    return made.open_reader(folder)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], list[str]]:
    documents = [
        IndexedDocument(name, DocumentFields(access="nội bộ"), ((nfc_text,),)) for name, nfc_text in PAGES.items()
    ]
    readers = {
        engine: build(tmp_path_factory.mktemp(engine), engine, documents) for engine in ENGINES if find_spec(engine)
    }
    names = list(PAGES)

    def asked(engine: str, query: str) -> list[str]:
        count, best = readers[engine].best(parse(query), 100)
        assert count == len(best)
        return [names[(key >> PAGE_BITS) - 1] for key, _ in best]

    return asked


@engines
@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("khan cap", {"khẩn", "khan", "khăn"}),
        ("khẩn cấp", {"khẩn", "khan", "khăn"}),
        ('"khan cap"', {"khẩn", "khan"}),
        ("“khẩn cấp”", {"khẩn", "khan"}),
        ('"xử lý khẩn cấp hồ sơ"', {"khẩn", "khan"}),
        ("534", {"khẩn"}),
        ("534/QĐ-TTg", {"khẩn"}),
        ("534/qd-ttg", {"khẩn"}),
        ("qd-ttg", {"khẩn"}),
        ("226-KL/TW", {"đường"}),
        ("TTg-QĐ", set()),
        ("31/3/2026", {"khẩn"}),
        ("1.250.000", {"khăn"}),
        ("Y tế", {"khẩn"}),
        ("bộ y te", {"khẩn"}),
        ("Ở", {"khăn", "đường"}),
        ("tổ chức", {"đường"}),
        ("to chuc", {"đường"}),
        ("toà án", {"khăn"}),
        ("hòa giải", {"đường"}),
        ("hoả tốc", {"dài"}),
        ("ĐƯỜNG SẮT", {"đường"}),
        (unicodedata.normalize("NFD", "đường sắt"), {"đường"}),
        (unicodedata.normalize("NFD", '"tồn đọng"'), {"khẩn", "khan"}),
        ("không có từ này", set()),
        ("2024/TT", {"sai"}),
        ("kỹ thuật", {"sai"}),
        ("công chức", {"sai"}),
        ("quý I", {"sai"}),
        ("lý lịch", {"sai"}),
        ('"a b c"', {"sai"}),
        ('"b a b a"', set()),
        ('"a b a b"', {"sai"}),
        ("khan NOT cap", {"lặp", "dài"}),
        ("NOT khan", {"đường", "sai"}),
        ("sat OR toa", {"đường", "khăn"}),
        ("khan (sat OR may)", {"khăn"}),
        ("khan NOT (cap OR sau)", {"lặp"}),
        ("ngh*", {"khan"}),
        ("thu*", {"sai"}),
        ("quy*", {"khẩn", "sai"}),
        ("zzz*", set()),
        ("nam:2024", set()),
        ("tiepcan:nội-bộ sat", {"đường"}),
        ("tincay:0..99", set()),
    ],
)
def test_golden_queries(query: str, pages: set[str], engine: str, ask: Callable[[str, str], list[str]]) -> None:
    assert set(ask(engine, query)) == pages


@engines
def test_accents_that_agree_rank_first(engine: str, ask: Callable[[str, str], list[str]]) -> None:
    assert ask(engine, "khẩn cấp")[0] == "khẩn"
    assert ask(engine, "khan cap")[0] == "khan"
    assert ask(engine, '"khan cap"')[0] == "khan"
    assert ask(engine, "khăn")[:2] == ["lặp", "khăn"]
    # Long and with the word once, before short and full of it with another accent.
    assert ask(engine, "khẩn")[:2] == ["khẩn", "dài"]


_WORDS = ["a", "á", "ba", "bà", "cà", "dò", "đo", "e", "ê", "534", "qđ"]
_LEAVES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(
    lambda words: parse('"' + " ".join(words) + '"')
)
_NODES = st.recursive(
    _LEAVES | st.sampled_from([parse("nam:2001..2003"), parse("loai:KH"), parse("trichyeu:ba")]),
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts)))
        | inner.map(Not)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[IndexedDocument], dict[str, Reader]]:
    """Two hundred documents of few words, and an index of them by each engine."""
    chance = random.Random(5)
    documents = []
    for number in range(200):
        pages = tuple(
            (" ".join(chance.choices(_WORDS, k=chance.randrange(1, 60))), "ba cà")[: 1 + (chance.random() < 0.1)]
            for _ in range(chance.randrange(1, 4))
        )
        fields = DocumentFields(
            number=str(534 if number % 50 == 7 else number), symbol="QĐ", date=f"{2000 + number % 5}-01",
            type="Kế hoạch" if number % 3 else "", subject=" ".join(chance.choices(_WORDS, k=4)), access="nội bộ",
        )  # fmt: skip
        documents.append(IndexedDocument(f"{number:064}", fields, pages))
    folders = {engine: tmp_path_factory.mktemp(engine) for engine in ENGINES if find_spec(engine)}
    return documents, {engine: build(folder, engine, documents) for engine, folder in folders.items()}


@settings(max_examples=150, deadline=None)
@given(node=_NODES)
def test_engines_find_what_a_plain_reading_of_the_pages_finds(
    node: Node, twins: tuple[list[IndexedDocument], dict[str, Reader]]
) -> None:
    documents, readers = twins
    expected = {
        page.document << PAGE_BITS | page.number
        for number, document in enumerate(documents, start=1)
        for page in pages_of(document, number)
        if _answers(node, page, document.fields)
    }
    answers = [reader.matches(node) for reader in readers.values()]
    if "tantivy" in readers:
        with as_if_large():
            answers.append(readers["tantivy"].matches(node))
    for found in answers:
        assert set(found.keys.tolist()) == expected
    scores = [found.scores[np.argsort(found.keys)] for found in answers]
    for other in scores[1:]:
        assert np.allclose(scores[0], other, rtol=1e-4, atol=1e-4)


@contextmanager
def as_if_large() -> Iterator[None]:
    """Let Tantivy search as it does where words are on many pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("digitize.index.engines.tantivy._FREQUENT", 0)
        yield


def _answers(node: Node, page: object, fields: DocumentFields) -> bool:
    from digitize.index.entries import IndexedPage
    from digitize.index.query import Key, Range

    assert isinstance(page, IndexedPage)
    match node:
        case Words():
            streams = [page.texts[node.field]] if node.field in page.texts else []
            streams = list(page.streams) if not node.field else streams
            wanted = f" {' '.join(node.folded)} "
            return any(wanted in f" {' '.join(folded)} " for _, folded in streams)
        case Key():
            return node.value in page.keys.get(node.field, ())
        case Range():
            return node.low <= page.day <= node.high
        case Not():
            return not _answers(node.part, page, fields)
        case And():
            return all(_answers(part, page, fields) for part in node.parts)
        case Or():
            return any(_answers(part, page, fields) for part in node.parts)
    raise AssertionError


# The whole index: builds, updates, damage.

PAPERS = [Paper("a.pdf", ["một cũ", "hai trang"]), Paper("b.pdf", ["ba còn"]), Paper("c.pdf", ["bốn bỏ"])]


def counts(archive: Archive, *queries: str) -> list[int]:
    with Ledger(archive.ledger) as ledger:
        return [search(archive, ledger, Request(query)).pages for query in queries]


@pytest.fixture(autouse=True)
def forget_open_indexes() -> Iterator[None]:
    yield
    opened._OPEN.clear()


@engines
def test_updates_replace_and_remove(engine: str, tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    assert counts(archive, "cũ", "còn", "bỏ", "trang") == [1, 1, 1, 1]
    with Ledger(archive.ledger) as ledger:
        store(archive, ledger, Paper("a.pdf", ["một mới", "hai trang", "ba trang"]))
        ledger.finish(PAPERS[2].sha256, "quarantined")
        store(archive, ledger, Paper("d.pdf", ["thêm"]))
        update_index(archive, ledger)
        assert ledger.outdated_in_index() == []
    assert generation.engine_in_use(archive.index) == engine
    assert counts(archive, "cũ", "mới", "còn", "bỏ", "trang", "thêm") == [0, 1, 1, 0, 2, 1]


@engines
def test_many_small_updates_equal_one_build(engine: str, tmp_path: Path) -> None:
    papers = [Paper(f"{n}.pdf", [f"chung số {n}", f"trang hai {n % 3}"]) for n in range(12)]
    archive = make_archive(tmp_path / "kho", papers[:1], engine)
    with Ledger(archive.ledger) as ledger:
        for paper in papers[1:]:
            store(archive, ledger, paper)
            update_index(archive, ledger)
        for paper in papers[::2]:
            store(archive, ledger, Paper(paper.name, [*paper.pages, "trang ba"]))
        update_index(archive, ledger)
        queries = ("chung", '"chung số"', "trang", "hai 1", "ba")
        updated = [_found(archive, ledger, query) for query in queries]
        rebuild_index(archive, ledger)
        assert [_found(archive, ledger, query) for query in queries] == updated


def _found(archive: Archive, ledger: Ledger, query: str) -> tuple[int, int, set[str]]:
    answer = search(archive, ledger, Request(query, limit=100))
    return answer.pages, answer.documents, {hit.sha256 for hit in answer.hits}


@engines
def test_a_failed_update_changes_nothing(engine: str, tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    with Ledger(archive.ledger) as ledger:
        store(archive, ledger, Paper("a.pdf", ["mới"]))
        (archive.document(PAPERS[0].sha256) / "text.txt").unlink()
        with pytest.raises(VanthuError, match="mất tệp văn bản"):
            update_index(archive, ledger)
        assert ledger.outdated_in_index() == [(PAPERS[0].sha256, True)]
    assert counts(archive, "cũ", "mới") == [1, 0]


@engines
def test_a_build_that_was_stopped_goes_on(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from digitize.index import build as building

    monkeypatch.setattr(building, "_PAGES_PER_COMMIT", 1)
    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    lost = archive.document(sorted(paper.sha256 for paper in PAPERS)[-1]) / "text.txt"
    text = lost.read_bytes()
    lost.unlink()
    with Ledger(archive.ledger) as ledger:
        with pytest.raises(VanthuError, match="mất tệp"):
            rebuild_index(archive, ledger)
        assert counts(archive, "cũ", "còn", "bỏ") == [1, 1, 1]  # the old one is used
        lost.write_bytes(text)
        told: list[int] = []
        update_index(archive, ledger, progress=told.append)
        assert sum(told) == 1
    assert counts(archive, "cũ", "còn", "bỏ") == [1, 1, 1]
    assert [path.name for path in sorted(archive.index.iterdir())] == ["000002", "current"]


@engines
def test_a_commit_that_was_cut_off_is_told_and_the_index_made_anew(engine: str, tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    used = generation.current(archive.index)
    assert used is not None
    used.unseal()
    with (used.folder / "documents.sqlite").open("ab") as file:
        file.write(b"x")
    with Ledger(archive.ledger) as ledger:
        update_index(archive, ledger)
    assert counts(archive, "cũ", "còn", "bỏ") == [1, 1, 1]


def test_a_missing_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"chưa có chỉ mục.*digitize reindex"):
        open_index(tmp_path)


# Whoosh leaves the file open when what is in it cannot be read.
leaks = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@leaks
@engines
@pytest.mark.parametrize("seed", range(4))
def test_flipped_bytes_are_found_before_they_answer(engine: str, seed: int, tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    before = counts(archive, "cũ", "trang")
    opened._OPEN.clear()
    chance = random.Random(seed)
    used = generation.current(archive.index)
    assert used is not None
    largest = sorted(used.files.iterdir(), key=lambda path: path.stat().st_size)[-1 - seed % 2]
    content = bytearray(largest.read_bytes())
    for _ in range(3):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    largest.write_bytes(content)
    with pytest.raises(IndexDamaged, match=largest.name):
        counts(archive, "cũ")
    with pytest.raises(IndexDamaged, match=largest.name):
        generation.verified(archive.index)
    with Ledger(archive.ledger) as ledger:
        rebuild_index(archive, ledger)
    assert generation.engine_in_use(archive.index) == engine
    assert counts(archive, "cũ", "trang") == before


@engines
def test_a_flip_that_keeps_size_and_time_is_found_when_verified(engine: str, tmp_path: Path) -> None:
    import os

    archive = make_archive(tmp_path / "kho", PAPERS, engine)
    assert generation.verified(archive.index) > 2
    used = generation.current(archive.index)
    assert used is not None
    harmed = max(used.files.iterdir(), key=lambda path: path.stat().st_size)
    times, content = harmed.stat(), bytearray(harmed.read_bytes())
    content[len(content) // 2] ^= 1
    harmed.write_bytes(content)
    os.utime(harmed, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(IndexDamaged, match="không còn như lúc ghi"):
        generation.verified(archive.index)


@leaks
@pytest.mark.parametrize(
    "harm", ["toc lost", "toc cut", "segment lost", "folder lost", "pointer lost", "manifest lost", "documents lost"]
)
def test_lost_files_are_told(harm: str, tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS)
    used = generation.current(archive.index)
    assert used is not None
    (toc,), (segment,) = used.files.glob("*.toc"), used.files.glob("*.seg")
    if harm == "toc lost":
        toc.unlink()
    elif harm == "toc cut":
        toc.write_bytes(toc.read_bytes()[:20])
    elif harm == "segment lost":
        segment.unlink()
    elif harm == "folder lost":
        used.folder.rename(tmp_path / "đi")
    elif harm == "pointer lost":
        (archive.index / "current").unlink()
    elif harm == "manifest lost":
        used.manifest.unlink()
    else:
        (used.folder / "documents.sqlite").unlink()
    with pytest.raises(IndexDamaged):
        counts(archive, "cũ")
    with Ledger(archive.ledger) as ledger:
        assert len(ledger.done()) == 3  # documents are stored whatever becomes of the index
        rebuild_index(archive, ledger)
    assert counts(archive, "cũ", "trang") == [1, 1]


@pytest.mark.skipif(not find_spec("tantivy"), reason="cần tantivy")
def test_another_engine_takes_over_with_the_same_answers(tmp_path: Path) -> None:
    archive = make_archive(tmp_path / "kho", PAPERS)
    before = counts(archive, "cũ", "trang", '"hai trang"')
    with Ledger(archive.ledger) as ledger:
        update_index(archive, ledger, "tantivy")
        assert generation.engine_in_use(archive.index) == "tantivy"
        assert counts(archive, "cũ", "trang", '"hai trang"') == before
        update_index(archive, ledger)
        assert generation.engine_in_use(archive.index) == "tantivy"


@leaks
def test_whoosh_itself_reads_what_our_codec_writes(tmp_path: Path) -> None:
    """A query of Whoosh's own finds the pages too: the index is one of Whoosh, not a format of ours beside it."""
    from whoosh.index import open_dir
    from whoosh.query import Term

    archive = make_archive(tmp_path / "kho", PAPERS)
    used = generation.current(archive.index)
    assert used is not None
    with open_dir(str(used.files)).searcher() as searcher:
        assert len(list(searcher.docs_for_query(Term("folded", "trang")))) == 1
