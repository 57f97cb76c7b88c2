"""Dò chép văn bản cấp trên: đoạn cấy vào dự thảo của ta tìm ra được bao nhiêu, cạnh so từng câu và MinHash.

Đoạn cấy lấy từ văn bản trung ương thật; đo theo ký tự như PAN (Potthast và cộng sự, 2010). `VANTHU_BENCH_SEED=dev` chạy
bộ để chỉnh tham số, mặc định là bộ `test` để công bố; hai bộ lấy đoạn từ hai nửa văn bản khác nhau.
`VANTHU_BENCH_CASES` là số dự thảo mỗi ô.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import _peers
from benchmarks._plagdet import Match, Score, score
from benchmarks._planting import FIGURES, KINDS, LENGTHS, Case, Planter, hosts
from doclint.anatomy import dissect
from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.readers import UnreadableDocument, read
from doclint.reuse.draft import prepared
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.entry import entry_of
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.library import library
from doclint.reuse.packs.meta import Table
from doclint.reuse.search import Found, find_reuse

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("VANTHU_SHARED", ROOT.parent / "shared")) / "data" / "superior"
SEED = os.environ.get("VANTHU_BENCH_SEED", "test")
CASES = int(os.environ.get("VANTHU_BENCH_CASES", "40"))
"""Drafts for each kind and length; each has two passages."""
OURS = "doclint"
MEASURES = ("tìm ra", "R", "P", "gran.", "plagdet")
NAMES = {"verbatim": "nguyên văn", "light": "sửa nhẹ", "noise-2": "OCR sai 2 %", "noise-10": "OCR sai 10 %",
         "abridged": "rút gọn", "amount": "số lượng, số tiền", "percent": "phần trăm", "date": "ngày",
         "period": "thời hạn"}  # fmt: skip


@dataclass(frozen=True)
class Detection(Match):
    """What our program reports; ``changes`` are figures of the draft that are others in the source."""

    changes: tuple[Span, ...] = ()


@dataclass
class Run:
    """What a program found in each draft of a group of cases, and how long it took for each."""

    pairs: list[tuple[Sequence[Match], Sequence[Match]]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


Program = Callable[[Document], Sequence[Match]]
Runs = dict[str, dict[tuple[str, int], Run]]
"""Program → (kind, syllables) → what it found."""


def main() -> None:
    sources = superior_documents()
    if not sources:
        print(f"Không có văn bản ở {SHARED}: bỏ qua.")
        return
    print(f"Bộ `{SEED}`, {len(sources)} văn bản trung ương tiếng Việt, {CASES} dự thảo × 2 đoạn cho mỗi ô.\n")
    with ExitStack() as stack:
        _measure(sources, stack)


def _measure(sources: dict[str, Document], stack: ExitStack) -> None:
    programs, built = _programs(sources, stack)
    planter = Planter(sources, SEED)
    made = {syllables: planter.cases(syllables, CASES) for syllables in LENGTHS}
    groups = {(kind, syllables): made[syllables][kind] for kind in KINDS for syllables in LENGTHS}
    runs = {name: {key: _run(program, cases) for key, cases in groups.items()} for name, program in programs.items()}
    _print_cells(runs)
    _print_kinds(runs)
    _print_times(runs, built, sources, next(iter(groups.values())))
    _print_figures(programs[OURS], planter)
    _print_clean(programs)


@contextmanager
def ours(sources: Mapping[str, Document]) -> Iterator[Callable[[Document, Anatomy], list[Detection]]]:
    """Put ``sources`` in a pack; yield what looks a draft up in it."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in sources.items():
            Path(folder, f"{name}.txt").write_text(source.text, encoding="utf-8")
        bring(Path(folder) / "goi", found_in([Path(folder)])[0], Table({}), create=True, workers=os.cpu_count() or 1)
        with library([f"{folder}/goi"]) as opened:

            def search(draft: Document, anatomy: Anatomy) -> list[Detection]:
                # What is planted may be younger than the draft, which is no matter here.
                about = replace(entry_of(draft, anatomy.header), date=None)
                reuse = find_reuse(prepared(draft, anatomy), about, opened, "any")
                return [_detection(found) for found in reuse.found]

            yield search


def _detection(found: Found) -> Detection:
    changed = tuple(change.draft.span for change in found.copy.changes)
    return Detection(found.copy.draft, Path(found.entry.origin).stem, found.copy.source, changed)


def superior_documents() -> dict[str, Document]:
    """Return the Vietnamese ones of the shared documents: the translations into English are not read."""
    found: dict[str, Document] = {}
    for path in sorted(SHARED.glob("*.txt")):
        try:
            found[path.stem] = read(path)
        except UnreadableDocument:
            continue
    return found


def _programs(sources: Mapping[str, Document], stack: ExitStack) -> tuple[dict[str, Program], dict[str, float]]:
    """Return the programs that are there, by name, and the seconds each took to index the sources."""
    programs: dict[str, Program] = {}
    built: dict[str, float] = {}
    start = time.perf_counter()
    search = stack.enter_context(ours(sources))
    built[OURS] = time.perf_counter() - start
    programs[OURS] = lambda draft: search(draft, dissect(draft))
    for name, build in _peers.installed().items():
        start = time.perf_counter()
        programs[name] = build(sources)
        built[name] = time.perf_counter() - start
    missing = [name for name in _peers.PEERS if name not in programs]
    if missing:
        print(f"Chưa cài nên không đo: {', '.join(missing)}.\n")
    return programs, built


def _run(program: Program, cases: Iterable[Case]) -> Run:
    run = Run()
    for case in cases:
        start = time.perf_counter()
        detected = program(case.draft)
        run.seconds.append(time.perf_counter() - start)
        run.pairs.append((case.planted, detected))
    return run


def _print_cells(runs: Runs) -> None:
    print(
        "`tìm ra`: đoạn có từ nửa ký tự trở lên được chỉ đúng nguồn; R, P: recall, precision, trung bình theo đoạn.\n"
    )
    head = [f"{name}: {column}" for name in runs for column in MEASURES[: _columns(name)]]
    print(f"| cách sửa | âm tiết | {' | '.join(head)} |\n|---|---:|{'---:|' * len(head)}")
    for kind, syllables in runs[OURS]:
        cells = [cell for name, run in runs.items() for cell in _cells(name, score(run[kind, syllables].pairs))]
        print(f"| {NAMES[kind]} | {syllables} | {' | '.join(cells)} |")


def _columns(name: str) -> int:
    """Return how many of ``MEASURES`` say something of a program."""
    return 1 if name == _peers.SPANLESS else len(MEASURES)


def _cells(name: str, measured: Score) -> list[str]:
    shares = [_percent(value) for value in (measured.found, measured.recall, measured.precision)]
    return [*shares, f"{measured.granularity:.2f}", f"{measured.plagdet:.2f}"][: _columns(name)]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"


def _print_kinds(runs: Runs) -> None:
    print("\nMọi độ dài; R và P theo ký tự (micro) đứng sau dấu `/`.\n")
    print(f"| cách sửa | chương trình | {' | '.join(MEASURES)} |\n|---|---|{'---:|' * len(MEASURES)}")
    for kind in KINDS:
        for name, cell_of in runs.items():
            found = score(pair for key, run in cell_of.items() if key[0] == kind for pair in run.pairs)
            cells = [*_cells(name, found), *["–"] * (len(MEASURES) - _columns(name))]
            if name != _peers.SPANLESS:
                cells[1] += f" / {_percent(found.micro_recall)}"
                cells[2] += f" / {_percent(found.micro_precision)}"
            print(f"| {NAMES[kind]} | {name} | {' | '.join(cells)} |")


def _print_times(runs: Runs, built: dict[str, float], sources: Mapping[str, Document], cases: Sequence[Case]) -> None:
    print("\n| chương trình | lập chỉ mục, s | mỗi dự thảo, ms: trung vị | lâu nhất |\n|---|---:|---:|---:|")
    for name, cell_of in runs.items():
        taken = [1000 * seconds for run in cell_of.values() for seconds in run.seconds]
        print(f"| {name} | {built[name]:.1f} | {statistics.median(taken):.0f} | {max(taken):.0f} |")
    some = sorted(sources.values(), key=lambda source: len(source.text))[:: len(sources) // 4][1:4]
    each = statistics.fmean(_peers.difflib_seconds(cases[0].draft, source) for source in some)
    print(f"| difflib từng cặp (suy từ {len(some)} cặp) | 0 | {1000 * each * len(sources):.0f} | – |")


def _print_figures(program: Program, planter: Planter) -> None:
    print("\n| số liệu bị đổi | trường hợp | đoạn tìm ra | báo đúng số bị đổi | báo thừa | bản không đổi: báo thừa |")
    print("|---|---:|---:|---:|---:|---:|")
    for kind in FIGURES:
        passages = told = spare = invented = 0
        for case, twin in planter.figure_cases(kind, CASES):
            found, changes = _with_changes(program, case)
            right = [span for span in changes if case.altered is not None and span.overlaps(case.altered)]
            passages += found
            told += bool(right)
            spare += len(changes) - len(right)
            invented += len(_with_changes(program, twin)[1])
        print(f"| {NAMES[kind]} | {CASES} | {passages} | {told} | {spare} | {invented} |")


def _with_changes(program: Program, case: Case) -> tuple[bool, list[Span]]:
    """Return whether the passage of ``case`` is found and the figures told to be changed, anywhere in the draft."""
    detected = program(case.draft)
    changes = [span for match in detected if isinstance(match, Detection) for span in match.changes]
    return bool(score([(case.planted, detected)]).found), changes


def _print_clean(programs: dict[str, Program]) -> None:
    drafts = hosts()
    print(f"\n| {len(drafts)} dự thảo không cấy gì | đoạn báo | dự thảo có đoạn báo |\n|---|---:|---:|")
    for name, program in programs.items():
        counts = [len(program(draft)) for draft in drafts.values()]
        print(f"| {name} | {sum(counts)} | {sum(map(bool, counts))} |")
