"""A language model as it lies on disk, mapped into memory: workers share one copy."""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import sys
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from digitize.lm.layout import COUNT_OF, HEAD, MAGIC, SECTIONS
from vanthu.errors import VanthuError, os_reason

UNKNOWN = 0
"""The number of every word that the model does not have."""
# How much a triple, a pair and a word by itself say; what was never seen stays possible.
_TRIPLE, _PAIR, _SINGLE, _NEVER = 0.55, 0.33, 0.12, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Counts of words by number; ``digest`` is the SHA-256 of the file's content in hexadecimal.

    ``letters`` says of each word whether it is a syllable.
    """

    name: str
    digest: str
    units: int
    numbers: dict[str, int]
    by_letters: dict[str, tuple[str, ...]]
    letters: bytes
    common: memoryview
    singles: memoryview
    pair_rows: memoryview
    pair_words: memoryview
    pair_counts: memoryview
    triple_rows: memoryview
    triple_words: memoryview
    triple_counts: memoryview

    @property
    def key(self) -> str:
        """What a ledger keeps of the model."""
        return f"{self.name}:{self.digest[:16]}"

    def number(self, word: str) -> int:
        """Return the number of a word in form C and small letters."""
        return self.numbers.get(word, UNKNOWN)

    def alike(self, letters: str) -> tuple[str, ...]:
        """Return the words that are ``letters`` without their marks, the most common first."""
        return self.by_letters.get(letters, ())

    def is_syllable(self, number: int) -> bool:
        """Tell a word that the model has from a mark of punctuation, a number and what it does not have."""
        return bool(self.letters[number])

    def times(self, first: int, second: int) -> int:
        """Return how often a pair was counted."""
        pair = _pair(self, first, second)
        return COUNT_OF[self.pair_counts[pair]] if pair >= 0 else 0

    def log_probability(self, before: int, first: int, word: int) -> float:
        """Return the natural logarithm of how likely ``word`` is after ``before`` and ``first``."""
        chance = _SINGLE * (self.singles[word] + _NEVER) / (self.units + _NEVER * len(self.singles))
        pair = _pair(self, first, word)
        if pair >= 0:
            chance += _PAIR * COUNT_OF[self.pair_counts[pair]] / self.singles[first]
        start = _pair(self, before, first)
        if start >= 0:
            rows, words = self.triple_rows, self.triple_words
            place = bisect_left(words, word, rows[start], rows[start + 1])
            if place < rows[start + 1] and words[place] == word:
                chance += _TRIPLE * COUNT_OF[self.triple_counts[place]] / COUNT_OF[self.pair_counts[start]]
        return math.log(chance)


@lru_cache(maxsize=16_384)  # three of four are asked for again
def _pair(model: Model, first: int, second: int) -> int:
    """Return the place of a pair, -1 when it was not counted."""
    end = model.pair_rows[first + 1]
    place = bisect_left(model.pair_words, second, model.pair_rows[first], end)
    return place if place < end and model.pair_words[place] == second else -1


def load(path: Path) -> Model:
    """Return the model in a file, checked by its digest. Raises VanthuError when it is none or damaged."""
    if sys.byteorder != "little":
        raise VanthuError("mô hình ngôn ngữ chỉ dùng được trên máy little-endian", path=path)
    try:
        with path.open("rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:  # an empty file cannot be mapped
        reason = os_reason(error) if isinstance(error, OSError) else "tệp rỗng"
        raise VanthuError(f"không mở được mô hình ngôn ngữ ({reason})", path=path) from error
    hint = "lập lại bằng digitize lm build"
    if view[: len(MAGIC)] != MAGIC:
        raise VanthuError("không phải mô hình ngôn ngữ của digitize", path=path, hint=hint)
    # Whoever passes this check was written by ``build``: what is inside needs no checks of its own.
    digest = hashlib.sha256(view[HEAD - 4 :])
    if len(view) < HEAD or digest.digest() != bytes(view[len(MAGIC) : HEAD - 4]):
        raise VanthuError("mô hình ngôn ngữ hỏng", path=path, hint=hint)
    start = HEAD + int.from_bytes(view[HEAD - 4 : HEAD], "little")
    head = json.loads(bytes(view[HEAD:start]))
    parts = {}
    for section, kind in SECTIONS.items():
        place, length = head["sections"][section]
        parts[section] = view[start + place : start + place + length].cast(kind)
    words, folded = (str(parts.pop(section), "utf-8").split("\n") for section in ("words", "folded"))
    by_letters: dict[str, tuple[str, ...]] = {}
    for word, letters in zip(words, folded, strict=True):
        by_letters[letters] = (*by_letters.get(letters, ()), word)
    numbers = {word: number for number, word in enumerate(words)}
    return Model(
        head["name"], digest.hexdigest(), head["units"], numbers, by_letters, bytes(map(str.isalpha, words)), **parts
    )
