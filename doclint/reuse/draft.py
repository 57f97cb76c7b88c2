"""A draft made ready to be looked up: what of it is asked after, and what is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.reuse.aside import Aside, operative, set_aside
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
    telling: NDArray[np.bool_]
    """Tokens that make a copy: asked after, and no phrase that everybody writes."""

    @cached_property
    def shingles(self) -> Hashes:
        """The shingles to look up."""
        return shingles(self.ids, SIZE)


def prepared(document: Document, anatomy: Anatomy) -> Draft:
    """Make ``document`` ready to be looked up."""
    side = Side(document.text)
    aside = set_aside(document, anatomy)
    paragraphs = operative(anatomy)
    asked = _asked(side.tokens, paragraphs, [one.span for one in aside if one.kind != "formula"])
    telling = _asked(side.tokens, paragraphs, [one.span for one in aside])
    ids = np.where(asked, side.tokens.ids, np.arange(len(asked), dtype=np.uint64))
    return Draft(side, paragraphs, aside, ids, telling)


def _asked(tokens: Tokens, paragraphs: Sequence[Span], aside: Sequence[Span]) -> NDArray[np.bool_]:
    """Tell for each token whether it stands in ``paragraphs`` and not ``aside``."""
    asked = np.zeros(len(tokens), dtype=bool)
    for span in paragraphs:
        asked[slice(*tokens.between(span.start, span.end))] = True
    for span in aside:
        asked[slice(*tokens.between(span.start, span.end))] = False
    return asked
