"""The likeliest of several ways to read each word of a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.lm.model import UNKNOWN, Model

SCALE = 0.6
"""What a nat of the model weighs against a nat of cost: its counts are of other documents."""
_BEAM = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to read a word: the numbers of its units for the model, its text and what choosing it costs in nats."""

    units: tuple[int, ...]
    text: str
    cost: float


def best(choices: Sequence[Sequence[Choice]], model: Model) -> list[Choice]:
    """Return the likeliest way to read a paragraph: Viterbi over the last two units, with a beam."""
    paths: dict[tuple[int, int], tuple[float, _Path | None]] = {(UNKNOWN, UNKNOWN): (0.0, None)}
    for ways in choices:
        longer: dict[tuple[int, int], tuple[float, _Path | None]] = {}
        certain = len(paths) == 1 == len(ways)  # then there is nothing to weigh
        for (before, last), (score, path) in paths.items():
            for way in ways:
                total, state = score - way.cost, (before, last)
                for unit in way.units:
                    if not certain:
                        total += SCALE * model.log_probability(*state, unit)
                    state = (state[1], unit)
                if state not in longer or total > longer[state][0]:
                    longer[state] = total, _Path(way, path)
        paths = dict(sorted(longer.items(), key=lambda item: -item[1][0])[:_BEAM])
    chosen: list[Choice] = []
    path = max(paths.values(), key=lambda scored: scored[0])[1]
    while path:
        chosen.append(path.choice)
        path = path.earlier
    return chosen[::-1]


@dataclass(frozen=True, slots=True)
class _Path:
    """The words chosen so far, the last of them first."""

    choice: Choice
    earlier: _Path | None
