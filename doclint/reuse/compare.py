"""A draft and one source → the passages that the draft has from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from doclint.reuse.copies import Copy, describe, trimmed
from doclint.reuse.draft import Draft
from doclint.reuse.passages import Passage, find_passages
from doclint.reuse.seeds import common_seeds
from doclint.reuse.source import Source


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
    seeds = common_seeds(draft.sought, theirs.tokens.ids)
    # Of one source nobody can tell what is everybody's.
    shared = find_passages(draft.ids, theirs.tokens.ids, seeds, draft.telling, np.ones(len(draft.shingles), dtype=bool))
    said = filter(None, map(draft.said, shared))
    found = [trimmed(passage, draft.side) for passage in said]
    copies = tuple(describe(passage, draft.side, theirs) for passage in found)
    return Comparison(copies, int(draft.own.sum()), int((draft.own & covered(draft, found)).sum()))


def covered(draft: Draft, passages: Sequence[Passage]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell for each token of ``draft`` whether it stands in one of ``passages``."""
    inside = np.zeros(len(draft.ids), dtype=bool)
    for passage in passages:
        inside[slice(*passage.draft)] = True
    return inside
