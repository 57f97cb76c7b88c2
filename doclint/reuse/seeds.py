"""Where a draft and one source share shingles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.shard import SIZE, spread
from doclint.reuse.tokens import Hashes, Offsets, shingles


@dataclass(frozen=True, slots=True)
class Sought:
    """The shingles of a draft, to be found in one source after the other: sorted, with the first token of each.

    ``marked`` are the last bits of them: a look there spares most shingles of a source the search.
    """

    hashes: Hashes
    index: Offsets
    marked: NDArray[np.bool_]


def sought(shingles: Hashes) -> Sought:
    """Make the shingles of a draft ready to be found."""
    order = np.argsort(shingles, kind="stable")
    marked = np.zeros(1 << _LOOK, dtype=bool)
    marked[shingles & _LAST] = True
    return Sought(shingles[order], order, marked)


def common_seeds(draft: Sought, source: Hashes) -> list[tuple[int, int]]:
    """Return where shingles of a draft stand among the tokens of ``source``: the first token of both."""
    theirs = shingles(source, SIZE)
    perhaps = np.flatnonzero(draft.marked[theirs & _LAST])
    low, high = (np.searchsorted(draft.hashes, theirs[perhaps], side=side) for side in ("left", "right"))
    times = np.bincount(low[high > low], minlength=len(draft.hashes) + 1)
    few = (high > low) & (times[low] <= _MOST)
    met, low, high = perhaps[few], low[few], high[few]
    number, at = spread(low, high)
    return list(zip(draft.index[at].tolist(), met[number].tolist(), strict=True))


_MOST = 20
"""Times that a shingle may stand in the source: what stands there more often says nothing of a place."""
_LOOK = 16
_LAST = np.uint64((1 << _LOOK) - 1)
