"""The measures of PAN for text reuse (Potthast, Stein, Barrón-Cedeño and Rosso 2010), over characters of both sides.

A detection counts for a planted passage when it names the same source and shares characters with it in draft and
source. Each draft counts as a text of its own, so the same place of a source in two drafts is two places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean

from doclint.document import Span


@dataclass(frozen=True)
class Match:
    """A stretch of a draft and the stretch ``origin`` of the source it comes from: planted or detected."""

    draft: Span
    source: str
    origin: Span


@dataclass(frozen=True, slots=True)
class Score:
    """``recall`` and ``precision`` count every passage alike (macro), the others every character (micro).

    ``found`` is the share of planted passages of which half of the draft's characters or more are detected from their
    source. What cannot be measured (no passage planted, none detected) is None.
    """

    recall: float | None
    precision: float | None
    micro_recall: float | None
    micro_precision: float | None
    granularity: float
    found: float | None

    @property
    def plagdet(self) -> float:
        """F1 of recall and precision, less where one passage is detected in pieces."""
        both = (self.recall or 0) + (self.precision or 0)
        return 2 * (self.recall or 0) * (self.precision or 0) / both / log2(1 + self.granularity) if both else 0.0


def score(drafts: Iterable[tuple[Sequence[Match], Sequence[Match]]]) -> Score:
    """Measure what was planted in each draft against what was detected there."""
    recalls: list[float] = []
    precisions: list[float] = []
    pieces: list[int] = []
    found: list[bool] = []
    planted_cells = detected_cells = planted_covered = detected_right = 0
    for planted, detected in drafts:
        true, got = [_cells(match) for match in planted], [_cells(match) for match in detected]
        hits = [[_detects(match, passage) for match in detected] for passage in planted]
        pieces += [sum(row) for row in hits if any(row)]
        covered = [
            cells & set().union(*(g for g, hit in zip(got, row, strict=True) if hit))
            for cells, row in zip(true, hits, strict=True)
        ]
        right = [
            cells & set().union(*(t for t, row in zip(true, hits, strict=True) if row[n]))
            for n, cells in enumerate(got)
        ]
        recalls += [len(part) / len(cells) for part, cells in zip(covered, true, strict=True)]
        precisions += [len(part) / len(cells) for part, cells in zip(right, got, strict=True)]
        found += [
            2 * sum(1 for place, _ in part if not place) >= len(passage.draft)
            for part, passage in zip(covered, planted, strict=True)
        ]
        planted_cells += len(set().union(*true))
        detected_cells += len(set().union(*got))
        planted_covered += len(set().union(*covered))
        detected_right += len(set().union(*right))
    return Score(
        fmean(recalls) if recalls else None,
        fmean(precisions) if precisions else None,
        planted_covered / planted_cells if planted_cells else None,
        detected_right / detected_cells if detected_cells else None,
        fmean(pieces) if pieces else 1.0,
        fmean(found) if found else None,
    )


def _detects(detected: Match, planted: Match) -> bool:
    return (
        detected.source == planted.source
        and detected.draft.overlaps(planted.draft)
        and detected.origin.overlaps(planted.origin)
    )


def _cells(match: Match) -> set[tuple[str, int]]:
    """Return the characters of a match: those of the draft have no name."""
    draft = {("", place) for place in range(match.draft.start, match.draft.end)}
    return draft | {(match.source, place) for place in range(match.origin.start, match.origin.end)}
