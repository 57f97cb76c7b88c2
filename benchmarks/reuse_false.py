"""Dò chép: báo nhầm. Mỗi văn bản trung ương được tra như một dự thảo trong tất cả văn bản còn lại.

Luật, nghị định, thông tư dùng chung nhiều lời văn, nên đây là chỗ dễ báo nhầm nhất. Văn bản chia hai nửa theo mã băm
của tên: cách nhận công thức được chỉnh trên nửa `dev`, gồm cả các văn bản đã đọc (`_false_read.txt`); số công bố đo
trên nửa kia. `_false_labels.csv` xếp loại một mẫu ngẫu nhiên các đoạn báo ở nửa ấy, sau khi đọc cả hai phía; đoạn được
gọi bằng mã băm, không chép lời. `VANTHU_BENCH_SEED=dev` chạy nửa để chỉnh, `VANTHU_BENCH_CASES` là số văn bản nhiều
nhất.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from benchmarks import _peers
from benchmarks.reuse_quality import SEED, SHARED, superior_documents
from doclint.anatomy import dissect
from doclint.document import Document
from doclint.reuse.draft import prepared
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.entry import entry_of
from doclint.reuse.packs.intake import found_in
from doclint.reuse.packs.library import Library, library
from doclint.reuse.packs.meta import Table
from doclint.reuse.search import Found, find_reuse
from doclint.vietnamese.normalise import fold

DOCUMENTS = int(os.environ.get("VANTHU_BENCH_CASES", "1000"))
PEER_DOCUMENTS = 10
CLASSES = {
    "provision": "cùng một quy định: chép thật",
    "phrase": "lời văn riêng của luật, chỉ vài văn bản cùng ngành dùng",
    "formula": "công thức hành chính ai cũng viết",
    "name": "tên gọi, thuật ngữ",
    "misaligned": "hai phía nói việc khác nhau",
}


@dataclass(frozen=True, slots=True)
class Reported:
    """A passage that is reported in a document which copies nothing knowingly."""

    draft: str
    source: str
    syllables: int
    similarity: float

    @property
    def name(self) -> str:
        """What it is called in the labels: the same words are the same passage."""
        words = " ".join(fold(f"{self.draft} | {self.source}").split())
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def main() -> None:
    sources = superior_documents()
    if not sources:
        print(f"Không có văn bản ở {SHARED}: bỏ qua.")
        return
    drafts = _half(list(sources))[:DOCUMENTS]
    reported = [one for name in leave_one_out(sources, drafts) for one in name]
    per_thousand = 1000 * len(reported) / sum(len(sources[name].text.split()) for name in drafts)
    print(f"Nửa `{SEED}`: {len(drafts)} văn bản, mỗi bản tra trong {len(sources) - 1} bản còn lại:")
    print(f"{len(reported)} đoạn báo, {len(reported) / len(drafts):.1f} đoạn mỗi văn bản,", end=" ")
    print(f"{per_thousand:.2f} đoạn mỗi nghìn âm tiết.\n")
    _print_lengths(reported)
    _print_classes(reported)
    if find_spec("rapidfuzz"):
        few = drafts[:PEER_DOCUMENTS]
        counts = [
            len(_peers.sentences({key: sources[key] for key in sources if key != name})(sources[name])) for name in few
        ]
        ours = sum(map(len, leave_one_out(sources, few)))
        print(f"\n{len(few)} văn bản đầu: doclint báo {ours} đoạn, so từng câu bằng rapidfuzz báo {sum(counts)}.")


def _half(names: list[str]) -> list[str]:
    """Return the documents of the half that is asked for, shuffled; what was read in tuning is in that of `dev`."""
    read = set(Path(__file__).with_name("_false_read.txt").read_text(encoding="utf-8").splitlines())
    mixed = random.Random("leave-one-out").sample(names, len(names))
    in_dev = [name in read or bool(hashlib.sha256(name.encode()).digest()[0] % 2) for name in mixed]
    return [name for name, dev in zip(mixed, in_dev, strict=True) if dev == (SEED == "dev")]


def leave_one_out(sources: dict[str, Document], drafts: list[str]) -> Iterator[list[Reported]]:
    """Yield what is reported of each of ``drafts`` when all other ``sources`` may be where it comes from."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in sources.items():
            Path(folder, f"{name}.txt").write_text(source.text, encoding="utf-8")
        bring(Path(folder) / "goi", found_in([Path(folder)])[0], Table({}), create=True, workers=os.cpu_count() or 1)
        with library([f"{folder}/goi"]) as opened:
            pack = opened.packs[0]
            ids = {Path(entry.origin).stem: id for id, entry in pack.entries()}
            for name in drafts:
                draft = sources[name]
                others = Library((replace(pack, removed=frozenset({ids[name]})),), chosen=True)
                anatomy = dissect(draft)
                about = replace(entry_of(draft, anatomy.header), date=None)
                found = find_reuse(prepared(draft, anatomy), about, others, "any").found
                yield [_reported(draft, one) for one in found]


def _reported(draft: Document, found: Found) -> Reported:
    return Reported(
        draft.at(found.copy.draft), found.source.at(found.copy.source), found.syllables, found.copy.similarity
    )


def _print_lengths(reported: list[Reported]) -> None:
    borders = ((0, 15), (15, 30), (30, 60), (60, 10**9))
    print("| âm tiết riêng của đoạn | đoạn | giống nguồn, trung bình |\n|---|---:|---:|")
    for low, high in borders:
        inside = [one for one in reported if low <= one.syllables < high]
        if inside:
            name = f"từ {low}" if high == borders[-1][1] else f"{low}–{high - 1}"
            print(f"| {name} | {len(inside)} | {sum(one.similarity for one in inside) / len(inside):.0%} |")


def _print_classes(reported: list[Reported]) -> None:
    with Path(__file__).with_name("_false_labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["passage"]: row["class"] for row in csv.DictReader(file)}
    counts = Counter(labels[name] for name in {one.name for one in reported} & labels.keys())
    total = sum(counts.values())
    print(f"\nXếp loại {total} đoạn trong số ấy; khoảng tin cậy 95 % theo Wilson:\n")
    print("| loại | đoạn | phần | khoảng tin cậy |\n|---|---:|---:|---:|")
    for kind, name in CLASSES.items():
        low, high = _wilson(counts[kind], max(1, total))
        print(f"| {name} | {counts[kind]} | {counts[kind] / max(1, total):.1%} | {low:.1%}–{high:.1%} |")


def _wilson(count: int, total: int) -> tuple[float, float]:
    """Return the bounds of a share that ``count`` of ``total`` in a random sample speak for, 95 times in 100."""
    z = 1.96
    share, weight = count / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z * (share * (1 - share) / total + weight / (4 * total)) ** 0.5 / (1 + weight)
    return max(0.0, middle - half), middle + half
