"""What else could be asked where a draft has its text from. Each peer indexes the sources once, then takes drafts."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec

from benchmarks._plagdet import Match
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold

Peer = Callable[[Document], list[Match]]


def whole_documents(sources: Mapping[str, Document]) -> Peer:
    """Ask datasketch which sources are like the draft as a whole: it says nothing of where."""
    from datasketch import MinHash, MinHashLSH

    def signature(document: Document) -> MinHash:
        words = document.folded.split()
        found = MinHash(num_perm=128)
        found.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        return found

    index = MinHashLSH(threshold=0.2, num_perm=128)
    for name, document in sources.items():
        index.insert(name, signature(document))

    def search(draft: Document) -> list[Match]:
        everything = Span(0, len(draft.text))
        return [Match(everything, name, Span(0, len(sources[name].text))) for name in index.query(signature(draft))]

    return search


def sentences(sources: Mapping[str, Document]) -> Peer:
    """Do what a clerk's script does: compare each sentence with each, by edit distance, and take the best."""
    import numpy as np
    from rapidfuzz import fuzz, process

    owners = [(name, span) for name, document in sources.items() for span in _sentences(document.text)]
    texts = [fold(sources[name].at(span)) for name, span in owners]

    def search(draft: Document) -> list[Match]:
        spans = _sentences(draft.text)
        asked = [fold(draft.at(span)) for span in spans]
        likeness = process.cdist(asked, texts, scorer=fuzz.ratio, score_cutoff=85, dtype=np.uint8)
        best = likeness.argmax(axis=1) if asked else []
        return _joined(
            [Match(spans[n], *owners[at]) for n, at in enumerate(best) if likeness[n, at]],
        )

    return search


def _sentences(text: str) -> list[Span]:
    """Return the sentences and clauses of ten syllables or more: shorter ones, as the motto, are everywhere."""
    ends = [*(match.end() for match in re.finditer(r"[.;:!?](?=\s)|\n", text)), len(text)]
    spans = [Span(first, last) for first, last in zip([0, *ends], ends, strict=False)]
    return [span for span in spans if len(text[span.start : span.end].split()) >= 10]


def _joined(matches: list[Match]) -> list[Match]:
    """Return the matches with those made one that follow each other in draft and source."""
    joined: list[Match] = []
    for match in matches:
        last = joined[-1] if joined else None
        near = last is not None and 0 <= match.draft.start - last.draft.end <= 60
        if last is not None and near and last.source == match.source:
            gap = match.origin.start - last.origin.end
            if 0 <= gap <= 60:
                draft, origin = (last.draft.start, match.draft.end), (last.origin.start, match.origin.end)
                joined[-1] = Match(Span(*draft), match.source, Span(*origin))
                continue
        joined.append(match)
    return joined


def difflib_seconds(draft: Document, source: Document) -> float:
    """Return how long difflib takes for the syllables of one draft and one source."""
    start = time.perf_counter()
    SequenceMatcher(None, draft.folded.split(), source.folded.split(), autojunk=False).get_matching_blocks()
    return time.perf_counter() - start


def minhash_seconds(texts: Sequence[str]) -> float | None:
    """Return how long datasketch takes to index one of ``texts``, None where it is not installed."""
    if not find_spec("datasketch"):
        return None
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.2, num_perm=128)
    start = time.perf_counter()
    for number, text in enumerate(texts):
        words = fold(text).split()
        signature = MinHash(num_perm=128)
        signature.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
        index.insert(str(number), signature)
    return (time.perf_counter() - start) / len(texts)


SPANLESS = "MinHash cả văn bản (datasketch)"
"""The peer that names sources, no passages."""
PEERS: dict[str, tuple[str, Callable[[Mapping[str, Document]], Peer]]] = {
    "so câu (rapidfuzz ≥ 85)": ("rapidfuzz", sentences),
    SPANLESS: ("datasketch", whole_documents),
}
"""Name → the package it needs and what indexes the sources."""


def installed() -> dict[str, Callable[[Mapping[str, Document]], Peer]]:
    """Return the peers whose package is there."""
    return {name: build for name, (package, build) in PEERS.items() if find_spec(package)}
