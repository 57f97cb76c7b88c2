"""A query for the documents that have most in common with one: its neighbouring words that few others have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from digitize.index.analysis import words
from digitize.index.engines.engine import Reader
from digitize.index.query import Node, Or, Words
from doclint.vietnamese.normalise import nfc

_PAGES, _PAIRS = 5, 30


def like_document(reader: Reader, texts: Sequence[str]) -> Node | None:
    """Return a query for what is like a document with the pages ``texts``, None when it says too little."""
    counts: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for text in texts[:_PAGES]:
        pairs = pairwise(zip(*words(nfc(text)), strict=True))
        counts.update(pair for pair in pairs if not any(folded.isdecimal() for _, folded in pair))
    folded = sorted({word for pair in counts for _, word in pair})
    pages = dict(zip(folded, reader.frequency("folded", folded), strict=True))
    # Words that are here alone join nothing; of the others the rare ones tell most.
    weights = {
        pair: count / min(pages[pair[0][1]], pages[pair[1][1]])
        for pair, count in counts.items()
        if min(pages[pair[0][1]], pages[pair[1][1]]) > 1
    }
    best = sorted(weights, key=lambda pair: (-weights[pair], pair))[:_PAIRS]
    nodes = tuple(Words((a, b), (c, d)) for (a, c), (b, d) in best)
    return Or(nodes) if len(nodes) > 1 else (nodes[0] if nodes else None)
