"""What a recogniser with CTC says of a line: the likeliest letters with their frames, and how likely other text is.

Posteriors are natural logarithms, frames × symbols; symbol 0 is the blank (Graves et al. 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Posteriors = NDArray[numpy.float32]

_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the likeliest reading: its symbol, its first and last frame, the logarithm of its highest peak."""

    symbol: int
    first: int
    last: int
    peak: float


def likeliest(posteriors: Posteriors) -> list[Letter]:
    """Return the letters of the best path: the likeliest symbol of each frame, repeats joined, blanks left out."""
    letters: list[Letter] = []
    before = 0
    for frame, (symbol, peak) in enumerate(
        zip(posteriors.argmax(axis=1).tolist(), posteriors.max(axis=1).tolist(), strict=True)
    ):
        if symbol and symbol == before:
            last = letters[-1]
            letters[-1] = Letter(symbol, last.first, frame, max(last.peak, peak))
        elif symbol:
            letters.append(Letter(symbol, frame, frame, peak))
        before = symbol
    return letters


def log_likelihoods(posteriors: Posteriors, labels: Sequence[Sequence[int]]) -> list[float]:
    """Return for each row of symbols the logarithm of how likely it is as the whole reading of the frames."""
    import numpy

    longest = max(map(len, labels))
    rows = numpy.arange(len(labels))
    states = numpy.zeros((len(labels), 2 * longest + 1), int)  # blank, symbol, blank, … , blank
    for row, label in enumerate(labels):
        states[row, 1 : 2 * len(label) : 2] = label
    leap = numpy.full(states.shape, _IMPOSSIBLE)  # over the blank between two symbols that differ
    leap[:, 3::2][states[:, 3::2] != states[:, 1:-2:2]] = 0
    emitted = posteriors[:, states]
    score = numpy.full(states.shape, _IMPOSSIBLE)
    score[:, :2] = emitted[0, :, :2]
    for frame in emitted[1:]:
        step = score.copy()
        step[:, 1:] = numpy.logaddexp(step[:, 1:], score[:, :-1])
        step[:, 2:] = numpy.logaddexp(step[:, 2:], score[:, :-2] + leap[:, 2:])
        score = step + frame
    ends = 2 * numpy.array([len(label) for label in labels])
    last = numpy.where(ends > 0, score[rows, ends - 1], _IMPOSSIBLE)
    return [float(value) for value in numpy.logaddexp(score[rows, ends], last)]
