"""Bộ quy tắc: trên dự thảo có nhãn, mỗi quy tắc báo đúng, sót, nhầm bao nhiêu; và nhanh chậm thế nào.

Nhãn do người viết mẫu ghi khi chưa chạy máy (`corpora/judged`, `corpora/manifest.yaml`). lintscore = T·(T/(T+F))²,
T là số báo đúng, F là số báo nhầm (proselint). `VANTHU_BENCH_SEED=dev` chạy bộ để sửa máy; mặc định là bộ `test` để
công bố.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import yaml

from doclint.api import check, check_document
from doclint.document import Document, Span
from doclint.readers import read
from doclint.readers.text import read_text
from doclint.reuse.packs.library import library
from doclint.rulebook import Rule, load

CORPORA = Path(__file__).resolve().parents[1] / "corpora"
SEED = os.environ.get("VANTHU_BENCH_SEED", "test")
LONG = CORPORA / "drafts" / "ke-hoach-sao-chep.docx"
MANY = 200
WHOLE = {
    *("thanh-phan-bat-buoc", "thieu-luu", "thieu-nguon-luc", "bao-cao-thieu-dinh-luong", "ten-loai-trich-yeu"),
    *("khong-co-noi-dung-moi", "chi-chuyen-tiep", "don-doc-hinh-thuc", "thieu-phu-luc", "ngay-vien-dan-khong-khop"),
}
"""Faults of a whole draft, as that something is not there: where they are told is no matter."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft and what somebody found wrong with it: rules, each with where it says so, None for the whole draft."""

    name: str
    document: Document
    expected: tuple[tuple[str, tuple[Span, ...] | None], ...]
    clean: bool


@dataclass
class Tally:
    """What one rule did: told rightly, told wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


def main() -> None:
    drafts = list(judged_drafts())
    tallies = {id: Tally() for id in load().rules}
    noisy: Counter[str] = Counter()
    for draft in drafts:
        _judge(draft, tallies, noisy)
    clean = sum(draft.clean for draft in drafts)
    print(f"Bộ `{SEED}`: {len(drafts)} dự thảo, {clean} sạch; {len(noisy)} bản sạch có báo từ mức cảnh báo trở lên.\n")
    _print_rules(tallies)
    for name, count in noisy.most_common():
        print(f"\n- {name}: {count}", end="")
    print()
    _print_speed()


def judged_drafts() -> Iterator[Judged]:
    """Yield the labelled drafts of the set that is asked for; those of the manifest are for development."""
    for path in sorted((CORPORA / "judged").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        if data["set"] == SEED:
            yield _judged(path.stem, read_text(data["text"]), data)
    if SEED == "dev":
        for entry in yaml.safe_load((CORPORA / "manifest.yaml").read_text(encoding="utf-8"))["files"]:
            if entry["kind"] == "draft":
                yield _judged(Path(entry["path"]).name, read(CORPORA / entry["path"]), entry)


def _judged(name: str, document: Document, data: dict[str, object]) -> Judged:
    labels = data.get("expect") or []
    assert isinstance(labels, list)
    expected = tuple(
        (one["rule"], _spans(document, one["excerpt"]) if "excerpt" in one and one["rule"] not in WHOLE else None)
        for one in labels
    )
    return Judged(name, document, expected, bool(data.get("clean")))


def _spans(document: Document, excerpt: str) -> tuple[Span, ...]:
    """Return where the words of ``excerpt`` stand, whatever the blanks between them."""
    pattern = re.compile(r"\s+".join(map(re.escape, excerpt.split())))
    return tuple(Span(*match.span()) for match in pattern.finditer(document.text))


def _judge(draft: Judged, tallies: dict[str, Tally], noisy: Counter[str]) -> None:
    with library() as opened:
        report = check_document(draft.document, Path(draft.name), library=opened)
    left = list(draft.expected)
    for finding in report.findings:
        met = [one for one in draft.expected if one[0] == finding.rule and _stands(one[1], finding.span)]
        if met:
            # One fault told twice is told once; two labels may be one finding.
            tallies[finding.rule].right += any(one in left for one in met)
            left = [one for one in left if one not in met]
        elif finding.level != "info":
            tallies[finding.rule].wrong += 1
            if draft.clean:
                noisy[draft.name] += 1
    for rule, _ in left:
        if rule in tallies:
            tallies[rule].missed += 1


def _stands(places: tuple[Span, ...] | None, span: Span) -> bool:
    return places is None or any(place.overlaps(span) for place in places)


def _print_rules(tallies: dict[str, Tally]) -> None:
    print(
        "| mã | quy tắc | đúng | nhầm | sót | precision | recall | lintscore |\n|---|---|---:|---:|---:|---:|---:|---:|"
    )
    whole = Tally()
    for id, tally in tallies.items():
        if tally.right or tally.wrong or tally.missed:
            print(_row(load().rules[id], tally))
        whole.right, whole.wrong = whole.right + tally.right, whole.wrong + tally.wrong
        whole.missed += tally.missed
    print(_row(None, whole))


def _row(rule: Rule | None, tally: Tally) -> str:
    told, there = tally.right + tally.wrong, tally.right + tally.missed
    precision = f"{tally.right / told:.0%}" if told else "–"
    recall = f"{tally.right / there:.0%}" if there else "–"
    score = tally.right * (tally.right / told) ** 2 if told else 0.0
    name = f"{rule.code} | {rule.id}" if rule is not None else " | **tất cả**"
    cells = (name, tally.right, tally.wrong, tally.missed, precision, recall, f"{score:.1f}")
    return f"| {' | '.join(map(str, cells))} |"


def _print_speed() -> None:
    peer = _milliseconds(lambda: [paragraph.text for paragraph in docx.Document(str(LONG)).paragraphs])
    ours = _milliseconds(lambda: check(LONG))
    print(f"\n{LONG.name}: soát cả bộ {ours:.0f} ms, không dò chép; python-docx chỉ lấy chữ {peer:.0f} ms", end="")
    print(f" ({ours / peer:.1f} lần).")
    command = [sys.executable, "-m", "doclint.cli", "check", str(LONG)]
    whole = _milliseconds(lambda: subprocess.run(command, capture_output=True, check=False), 5)
    bare = _milliseconds(lambda: subprocess.run([sys.executable, "-c", "import docx"], check=True), 5)
    print(f"Từ lúc gõ lệnh: {whole / 1000:.2f} s; Python nạp python-docx {bare / 1000:.2f} s ({whole / bare:.1f} lần).")
    with tempfile.TemporaryDirectory() as folder:
        names = [str(Path(folder, f"{number}.docx")) for number in range(MANY)]
        for name in names:
            Path(name).write_bytes(LONG.read_bytes())
        start = time.perf_counter()
        subprocess.run([*command[:4], "--jobs", "2", *names], capture_output=True, check=False)
        seconds = time.perf_counter() - start
    print(f"{MANY} tệp, --jobs 2: {MANY / seconds:.1f} tệp mỗi giây; python-docx, một nhân: {1000 / peer:.0f}.")


def _milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """Return the median milliseconds of ``work`` after a first time."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)
