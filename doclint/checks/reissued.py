"""A draft that says again what the same body has issued before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"issued", "share"})


@dataclass(frozen=True, slots=True)
class Options:
    """``min_share``: of what the draft says, how much stands in one document of the same body."""

    min_share: float = 0.8


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the document that the draft repeats most of, at the subject of the draft."""
    if context.lookup is None or not context.complete:
        return
    own = context.lookup.own
    syllables: Counter[tuple[str, int]] = Counter()
    for found in own.found:
        syllables[found.pack, found.id] += found.syllables
    for key, repeated in syllables.most_common(1):
        if own.operative >= _MIN_SYLLABLES and repeated >= options.min_share * own.operative:
            issued = next(found.entry for found in own.found if (found.pack, found.id) == key)
            yield Match(_anchor(context), {"issued": issued.citation, "share": f"{repeated / own.operative:.0%}"})


def _anchor(context: Context) -> Span:
    header, nodes = context.anatomy.header, context.anatomy.body.nodes
    return header.subject or header.title or nodes[0].head


_MIN_SYLLABLES = 40
"""Shorter documents are alike because their form is."""
