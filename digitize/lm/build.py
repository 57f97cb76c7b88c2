"""Make a language model of a folder of text. It holds counts: no sentence can be read from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitize.lm.counts import BITS, Counts, count
from digitize.lm.layout import COUNT_OF, HEAD, MAGIC, MAX_WORDS, SECTIONS
from digitize.lm.text import vietnamese_lines
from doclint.vietnamese.normalise import fold
from vanthu.errors import VanthuError, os_reason
from vanthu.files import write_atomic

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ENOUGH = 1_000  # units: with less, every correction is a guess
_SMALL = 0.15  # share of a word's occurrences; the rest begin sentences, are in headings or names of offices
_TIMES = {"word": 2, "pair": 1, "triple": 2}
_AT_MOST = {"pair": 800_000, "triple": 1_300_000}  # 11 MB in all


@dataclass(frozen=True, slots=True)
class Built:
    """What went into a model, and its size in bytes."""

    files: int
    units: int
    words: int
    size: int


def build(folders: Sequence[Path], output: Path) -> Built:
    """Write the model of every .txt file under ``folders`` to ``output``. Raises VanthuError.

    The same files give the same bytes.
    """
    files = [path for folder in folders for path in text_files(folder)]
    counts = count(vietnamese_lines(_lines(files)))
    if counts.units < _ENOUGH:
        raise VanthuError(
            f"chỉ có {counts.units} tiếng Việt trong {len(files)} tệp .txt, quá ít để lập mô hình ngôn ngữ",
            path=folders[0],
            hint="thêm thư mục có nhiều văn bản .txt (UTF-8)",
        )
    content, words = pack(counts, output.stem, len(files))
    try:
        write_atomic(output, content)
    except OSError as error:
        raise VanthuError(f"không ghi được mô hình ({os_reason(error)})", path=output) from error
    return Built(len(files), counts.units, words, len(content))


def text_files(folder: Path) -> list[Path]:
    """Return the .txt files under a folder, or the file itself, by path. Raises VanthuError when it is not there."""
    if not folder.exists():
        raise VanthuError("không có tệp hay thư mục này", path=folder)
    return [folder] if folder.is_file() else sorted(path for path in folder.rglob("*.txt") if path.is_file())


def pack(counts: Counts, name: str, files: int) -> tuple[bytes, int]:
    """Return the file of a model and how many words are in it."""
    kept = np.flatnonzero(counts.singles >= _TIMES["word"])
    kept = np.array(sorted(kept, key=lambda n: (-counts.singles[n], counts.words[n - 1]))[: MAX_WORDS - 1], np.int64)
    words = ["", *(counts.words[n - 1] for n in kept)]
    number = np.zeros(len(counts.singles) + 1, np.int64)
    number[kept] = np.arange(1, len(words))
    first, (pair_words,), pair_counts = _renumbered(counts.pairs, number, 2, "pair")
    heads, (seconds, thirds), triple_counts = _renumbered(counts.triples, number, 3, "triple")
    pair_keys = (first << BITS) | pair_words
    triple_pairs = (heads << BITS) | seconds
    places = np.searchsorted(pair_keys, triple_pairs)
    found = places < len(pair_keys)
    found[found] = pair_keys[places[found]] == triple_pairs[found]  # a pair may have been dropped
    arrays = {
        "words": "\n".join(words).encode(),
        "folded": "\n".join(fold(word) for word in words).encode(),
        "common": _raw(np.concatenate(([0], counts.small[kept] >= _SMALL * counts.singles[kept])), "common"),
        "singles": _raw(np.concatenate(([0], counts.singles[kept])), "singles"),
        "pair_rows": _raw(_rows(first, len(words)), "pair_rows"),
        "pair_words": _raw(pair_words, "pair_words"),
        "pair_counts": _raw(_bytes(pair_counts), "pair_counts"),
        "triple_rows": _raw(_rows(places[found], len(pair_keys)), "triple_rows"),
        "triple_words": _raw(thirds[found], "triple_words"),
        "triple_counts": _raw(_bytes(triple_counts[found]), "triple_counts"),
    }
    return _file(arrays, {"name": name, "files": files, "units": counts.units}), len(words) - 1


def _renumbered(
    counted: tuple[NDArray[np.int64], NDArray[np.int64]], number: NDArray[np.int64], size: int, kind: str
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]], NDArray[np.int64]]:
    """Return first words, the words after them and counts, in order, without those that are too rare."""
    keys, counts = counted
    columns = [number[(keys >> (BITS * place)) & ((1 << BITS) - 1)] for place in reversed(range(size))]
    wanted = counts >= _TIMES[kind]
    for column in columns:
        wanted &= column > 0
    columns, counts = [column[wanted] for column in columns], counts[wanted]
    if len(counts) > _AT_MOST[kind]:
        # All of one count go together, so that what is kept does not hang on the order.
        least = int(np.sort(counts)[-_AT_MOST[kind] - 1]) + 1
        columns, counts = [column[counts >= least] for column in columns], counts[counts >= least]
    order = np.lexsort(columns[::-1])
    columns = [column[order] for column in columns]
    return columns[0], columns[1:], counts[order]


def _rows(owners: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    return np.searchsorted(owners, np.arange(number + 1))


def _bytes(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.searchsorted(np.array(COUNT_OF), counts, side="right") - 1


def _raw(values: NDArray[np.int64], section: str) -> bytes:
    kind = {"B": "<u1", "H": "<u2", "I": "<u4"}[SECTIONS[section]]
    return values.clip(0, np.iinfo(kind).max).astype(kind).tobytes()


def _file(arrays: dict[str, bytes], about: dict[str, str | int]) -> bytes:
    places, body = {}, bytearray()
    for section, content in arrays.items():
        places[section] = [len(body), len(content)]
        body += content + b"\0" * (-len(content) % 8)
    head = json.dumps({**about, "sections": places}, ensure_ascii=False, sort_keys=True).encode()
    head += b" " * (-(HEAD + len(head)) % 8)
    rest = len(head).to_bytes(4, "little") + head + bytes(body)
    return MAGIC + hashlib.sha256(rest).digest() + rest


def _lines(files: Sequence[Path]) -> Iterator[str]:
    for path in files:
        try:
            with path.open(encoding="utf-8", errors="replace") as lines:
                yield from lines
        except OSError as error:
            raise VanthuError(f"không đọc được ({os_reason(error)})", path=path) from error
