"""A draft made ready to be looked up: what of it is asked after, and what is set aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.reuse.aside import Aside, operative, set_aside
from doclint.reuse.passages import MIN_TOKENS, Passage
from doclint.reuse.seeds import Sought, sought
from doclint.reuse.shard import SIZE
from doclint.reuse.side import Side
from doclint.reuse.tokens import Hashes, Tokens, shingles


@dataclass(frozen=True)
class Draft:
    """The operative text of a draft. ``ids`` are its tokens; those not asked after have numbers found nowhere else."""

    side: Side
    paragraphs: tuple[Span, ...]
    aside: tuple[Aside, ...]
    ids: Hashes
    own: NDArray[np.bool_]
    """Tokens of what the draft says: asked after, and no phrase that everybody writes."""
    telling: NDArray[np.bool_]
    """Those of them that make a copy: names of bodies do not."""

    sentences: NDArray[np.int64]
    """The number of the sentence of each token."""

    def said(self, passage: Passage) -> Passage | None:
        """Return what of ``passage`` says something, None when it is too little."""
        if self._says(passage):
            return passage
        short = self._cut(passage)
        return short if short is not None and short != passage and self._says(short) else None

    def _says(self, passage: Passage) -> bool:
        """Tell whether ``passage`` says something: it is long, or most of the sentences that it stands in.

        A phrase inside a sentence of one's own is no copy; nor is a sentence of less than ``_LEAST`` syllables, as it
        stands in the draft or in the source, or one of which the source has twice as many words.
        """
        (first, last), (begin, end) = passage.draft, passage.source
        inside = int(self.telling[first:last].sum())
        if inside >= _LONG:
            return True
        low, high = np.searchsorted(self.sentences, (self.sentences[first], self.sentences[last - 1] + 1))
        most = inside >= _MOST_OF * self.telling[low:high].sum() and len(passage.pairs) >= _HALF_OF * (end - begin)
        return most and max(high - low, end - begin) >= _LEAST

    def _cut(self, passage: Passage) -> Passage | None:
        """Return ``passage`` without the few words that it has of the sentences it begins and ends in.

        What follows a copy in the draft and in the source often has a word or two in common by chance.
        """
        inside = np.array([x for x, _ in passage.pairs], dtype=np.int64)
        sentence = self.sentences[inside]
        kept = np.ones(len(inside), dtype=bool)
        for end in (int(sentence[0]), int(sentence[-1])):
            low, high = np.searchsorted(self.sentences, (end, end + 1))
            if np.count_nonzero(sentence == end) < _HALF_OF * (high - low):
                kept &= sentence != end
        pairs = tuple(pair for pair, keep in zip(passage.pairs, kept, strict=True) if keep)
        if not pairs or max(pairs[-1][side] - pairs[0][side] + 1 for side in (0, 1)) < MIN_TOKENS - _LOST:
            return None
        return Passage(pairs)

    @cached_property
    def shingles(self) -> Hashes:
        """The shingles of ``ids``."""
        return shingles(self.ids, SIZE)

    @cached_property
    def sought(self) -> Sought:
        """The shingles, to be found in sources."""
        return sought(self.shingles)

    @cached_property
    def looked_up(self) -> NDArray[np.bool_]:
        """Tell for each of the shingles whether all of it is telling: others do not lead to a source."""
        whole = np.ones(len(self.shingles), dtype=bool)
        for place in range(SIZE):
            whole &= self.telling[place : place + len(whole)]
        return whole


def prepared(document: Document, anatomy: Anatomy, phrases: Sequence[str] = ()) -> Draft:
    """Make ``document`` ready to be looked up; ``phrases`` are sentences of the office's templates."""
    side = Side(document.text)
    aside = set_aside(document, anatomy, side.tokens, phrases)
    paragraphs = operative(anatomy)
    asked = _asked(side.tokens, paragraphs, [one.span for one in aside if one.kind != "formula"])
    own = _asked(side.tokens, paragraphs, [one.span for one in aside])
    telling = own & ~_asked(side.tokens, [actor.span for actor in anatomy.named], [])
    ids = np.where(asked, side.tokens.ids, np.arange(len(asked), dtype=np.uint64))
    ends = np.array([match.start() for match in _SENTENCE_END.finditer(document.text)], dtype=np.int64)
    return Draft(side, paragraphs, aside, ids, own, telling, np.searchsorted(ends, side.tokens.starts))


def _asked(tokens: Tokens, paragraphs: Sequence[Span], aside: Sequence[Span]) -> NDArray[np.bool_]:
    """Tell for each token whether it stands in ``paragraphs`` and not ``aside``."""
    asked = np.zeros(len(tokens), dtype=bool)
    for spans, whether in ((paragraphs, True), (aside, False)):
        bounds = np.array([(span.start, span.end) for span in spans], dtype=np.int64).reshape(-1, 2)
        firsts = np.searchsorted(tokens.starts, bounds[:, 0]).tolist()
        lasts = np.searchsorted(tokens.ends, bounds[:, 1], side="right").tolist()
        for first, last in zip(firsts, lasts, strict=True):
            asked[first:last] = whether
    return asked


_LONG = 30
"""Syllables of a passage that is a copy whatever stands around it."""
_MOST_OF, _HALF_OF = 0.7, 0.5
_LEAST, _LOST = MIN_TOKENS - 1, 2
"""Syllables of a sentence that says something: one of ``MIN_TOKENS`` may be lost at its end. Of what a passage is cut
down to, two may be: where it begins and where it ends."""
_SENTENCE_END = re.compile(r"[;:!?\n.](?<![.](?=\d))")
"""One set first: it is found twice as fast as two patterns side by side."""
