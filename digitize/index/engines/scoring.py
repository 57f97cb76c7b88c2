"""BM25 as Tantivy counts it, lengths rounded as it rounds them, so that both engines put pages in one order."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digitize.index.engines.engine import K1, B


def rarity(pages: int, all_pages: int) -> float:
    """Return how much a word counts that stands on ``pages`` of ``all_pages``."""
    return math.log1p((all_pages - pages + 0.5) / (pages + 0.5))


def norms(lengths: NDArray[np.int32], all_words: int) -> NDArray[np.float32]:
    """Return for each page what BM25 adds to a count for its length, from the lengths in words."""
    mean = all_words / max(1, len(lengths))
    table = _lengths()
    rounded = table[np.searchsorted(table, lengths, side="right") - 1]
    return (K1 * (1 - B + B * rounded / max(mean, 1e-9))).astype(np.float32)


@cache
def _lengths() -> NDArray[np.int64]:
    """Return the lengths that are told apart: all to 40, then eight to each doubling."""
    lengths, step = list(range(40)), 2
    start = 40
    while len(lengths) < 256:
        lengths += range(start, start + 8 * step, step)
        start, step = start + 8 * step, step * 2
    return np.array(lengths[:256], np.int64)
