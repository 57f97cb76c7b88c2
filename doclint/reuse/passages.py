"""Places where two texts share shingles → passages that correspond, token by token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from doclint.reuse.shard import SIZE
from doclint.reuse.tokens import Hashes

Pairs = tuple[tuple[int, int], ...]
"""Tokens of the draft beside those of the source that they are the same as, accents aside; both rise."""

MIN_SEEDS = 3
"""Shingles that stand in one line before two texts are compared there."""
MIN_TOKENS = 15
"""Syllables of a copied sentence: shorter ones are phrases that everybody uses."""
MIN_TELLING = 9
"""Syllables of a passage that are the same on both sides and not everybody's."""
MAX_GAP = 12
"""Syllables between two stretches of one passage."""
MAX_CUT = 60
"""The same on the side of the source: an abridged copy leaves sentences out."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What corresponds: ``pairs`` of tokens, the first and the last of which bound it on both sides."""

    pairs: Pairs

    @property
    def draft(self) -> tuple[int, int]:
        """Range of tokens of the draft."""
        return self.pairs[0][0], self.pairs[-1][0] + 1

    @property
    def source(self) -> tuple[int, int]:
        """Range of tokens of the source."""
        return self.pairs[0][1], self.pairs[-1][1] + 1


def find_passages(
    draft: Hashes,
    source: Hashes,
    seeds: Sequence[tuple[int, int]],
    telling: NDArray[np.bool_],
    leading: NDArray[np.bool_],
) -> list[Passage]:
    """Return the passages of one source that ``seeds``, shingles of draft and source, lead to, in order of the draft.

    No two of them overlap in the draft. Tokens of the draft that are not ``telling`` may stand in a passage, but do not
    make one. Seeds none of which is ``leading`` lead nowhere: most of those of two laws are everybody's words.
    """
    found: list[Passage] = []
    for chain in _chains(sorted(set(seeds))):
        if not any(leading[x] for x, _ in chain):
            continue
        pairs = _extended(draft, source, _filled(draft, source, _monotone(chain)))
        found += (Passage(part) for part in solid(pairs, telling))
    return _apart(found)


def solid(pairs: Pairs, telling: NDArray[np.bool_]) -> Iterator[Pairs]:
    """Yield the parts of ``pairs`` that are long enough and whole enough: what is not is cut at its largest gap."""
    down = pairs[-1][1] - pairs[0][1] + 1
    same = sum(bool(telling[x]) for x, _ in pairs)
    if same < MIN_TELLING:
        return
    if same >= _WHOLE * telling[pairs[0][0] : pairs[-1][0] + 1].sum() and len(pairs) >= _LEFT * down:
        yield pairs
        return
    gaps = [max(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(pairs)]
    cut = gaps.index(max(gaps)) + 1
    yield from solid(pairs[:cut], telling)
    yield from solid(pairs[cut:], telling)


def _chains(seeds: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Yield the seeds that go on with each other on both sides, those of each chain in order."""
    open_chains: list[list[tuple[int, int]]] = []
    done: list[list[tuple[int, int]]] = []
    for x, y in seeds:
        best: list[tuple[int, int]] | None = None
        for chain in open_chains:
            last_x, last_y = chain[-1]
            across, down = x - last_x, y - last_y
            goes_on = 0 < across <= SIZE + MAX_GAP and 0 < down <= SIZE + MAX_CUT
            if goes_on and (best is None or abs(down - across) < abs((y - best[-1][1]) - (x - best[-1][0]))):
                best = chain
        if best is not None:
            best.append((x, y))
        else:
            open_chains.append([(x, y)])
        if ended := [chain for chain in open_chains if x - chain[-1][0] > SIZE + MAX_GAP]:
            done += ended
            open_chains = [chain for chain in open_chains if x - chain[-1][0] <= SIZE + MAX_GAP]
    yield from (chain for chain in (*done, *open_chains) if len(chain) >= MIN_SEEDS)


def _monotone(chain: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the tokens that the shingles of a chain pair, rising on both sides."""
    pairs: list[tuple[int, int]] = []
    for x, y in chain:
        for step in range(SIZE):
            if not pairs or (x + step > pairs[-1][0] and y + step > pairs[-1][1]):
                pairs.append((x + step, y + step))
    return pairs


def _filled(draft: Hashes, source: Hashes, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ``pairs`` with those that stand in the gaps between them."""
    whole = [pairs[0]]
    for x, y in pairs[1:]:
        last_x, last_y = whole[-1]
        if x - last_x > 1 and y - last_y > 1:
            whole += _equal(draft, source, (last_x + 1, x), (last_y + 1, y))
        whole.append((x, y))
    return whole


def _equal(draft: Hashes, source: Hashes, across: tuple[int, int], down: tuple[int, int]) -> list[tuple[int, int]]:
    left, right = draft[slice(*across)].tolist(), source[slice(*down)].tolist()
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return [(across[0] + block.a + step, down[0] + block.b + step) for block in blocks for step in range(block.size)]


def _extended(draft: Hashes, source: Hashes, pairs: Sequence[tuple[int, int]]) -> Pairs:
    """Return ``pairs`` with those before and after them, over a few tokens that differ."""
    (x, y), ends = pairs[0], (len(draft) - 1, len(source) - 1)
    backwards = [(ends[0] - x, ends[1] - y) for x, y in _walk(draft[::-1], source[::-1], ends[0] - x, ends[1] - y)]
    return (*reversed(backwards), *pairs, *_walk(draft, source, *pairs[-1]))


def _walk(draft: Hashes, source: Hashes, x: int, y: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs after (x, y), as long as another is near: two in a row make up for tokens that differ."""
    while True:
        step = next((step for step in _STEPS if _same(draft, source, x + step[0], y + step[1], step)), None)
        if step is None:
            return
        x, y = x + step[0], y + step[1]
        yield x, y


def _same(draft: Hashes, source: Hashes, x: int, y: int, step: tuple[int, int]) -> bool:
    needed = 1 if step == (1, 1) else 2
    if x + needed > len(draft) or y + needed > len(source):
        return False
    return all(draft[x + place] == source[y + place] for place in range(needed))


def _apart(passages: Sequence[Passage]) -> list[Passage]:
    """Return the longest passages of which no two overlap in the draft, in order."""
    chosen: list[Passage] = []
    for passage in sorted(passages, key=lambda passage: -len(passage.pairs)):
        first, last = passage.draft
        if all(last <= other.draft[0] or first >= other.draft[1] for other in chosen):
            chosen.append(passage)
    return sorted(chosen, key=lambda passage: passage.draft)


_WHOLE, _LEFT = 0.7, 0.4
"""Share of a passage that is the same as on the other side, of the draft's and of the source's syllables."""
_STEPS = tuple(sorted(((dx, dy) for dx in range(1, 5) for dy in range(1, 5)), key=lambda step: (max(step), sum(step))))
