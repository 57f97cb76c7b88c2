"""A draft and one source → the passages that the draft has from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from doclint.reuse.copies import Copy, describe, trimmed
from doclint.reuse.draft import Draft
from doclint.reuse.passages import Passage, find_passages
from doclint.reuse.shard import SIZE, spread
from doclint.reuse.source import Source
from doclint.reuse.tokens import Hashes, shingles


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a draft has from one source; ``operative`` counts the syllables compared, ``copied`` those found there."""

    copies: tuple[Copy, ...]
    operative: int
    copied: int

    @property
    def share(self) -> float:
        """Share of what the draft says of its own that stands in the source too."""
        return self.copied / self.operative if self.operative else 0.0


def compare(draft: Draft, source: Source) -> Comparison:
    """Compare the operative text of ``draft`` with all of ``source``."""
    theirs = source.side
    shared = find_passages(draft.ids, theirs.tokens.ids, common_seeds(draft.shingles, theirs.tokens.ids), draft.telling)
    found = [trimmed(passage, draft.side) for passage in shared]
    copies = tuple(describe(passage, draft.side, theirs) for passage in found)
    return Comparison(copies, int(draft.telling.sum()), int((draft.telling & covered(draft, found)).sum()))


def covered(draft: Draft, passages: Sequence[Passage]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell for each token of ``draft`` whether it stands in one of ``passages``."""
    inside = np.zeros(len(draft.ids), dtype=bool)
    for passage in passages:
        inside[slice(*passage.draft)] = True
    return inside


def common_seeds(draft: Hashes, source: Hashes) -> list[tuple[int, int]]:
    """Return where a shingle of ``draft`` stands among the tokens of ``source``: the first token of both."""
    theirs = shingles(source, SIZE)
    order = np.argsort(theirs, kind="stable")
    low, high = (np.searchsorted(theirs[order], draft, side=side) for side in ("left", "right"))
    often = high - low > _MOST
    x, at = spread(low, np.where(often, low, high))
    return list(zip(x.tolist(), order[at].tolist(), strict=True))


_MOST = 20
"""Times that a shingle may stand in the source: what stands there more often says nothing of a place."""
