"""Margins that are too narrow or too wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Section
from doclint.finding import Match
from doclint.looks import WORD, number_words, opening

PLACEHOLDERS = frozenset({"margins"})
# What the text of a PDF leaves free is no measure of its margins: a short page leaves more, a wide table less.
FORMATS = WORD


@dataclass(frozen=True, slots=True)
class Options:
    """``limits``: least and greatest margin by side (top, bottom, left, right); ``tolerance``; all in millimetres."""

    limits: Mapping[str, tuple[float, ...]]
    tolerance: float


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first upright A4 section with each set of wrong margins; another size of paper is its own fault."""
    told: set[str] = set()
    for section in document.sections:
        if not document.at(section.span).strip() or not is_upright_a4(section):
            continue
        wrong = "; ".join(_wrong(section, options))
        if wrong and wrong not in told:
            told.add(wrong)
            yield Match(opening(document, section.span), {"margins": wrong})


def _wrong(section: Section, options: Options) -> Iterator[str]:
    for side, points in margins_of(section).items():
        least, greatest = options.limits[side]
        # A negative margin is one that a tall header may not push down.
        length = abs(points) * MM if points is not None else None
        if length is not None and not least - options.tolerance <= length <= greatest + options.tolerance:
            wanted = f"{number_words(least)}-{number_words(greatest)}"
            yield f"lề {NAMES[side]} {number_words(round(length, 1))} mm (quy định {wanted} mm)"


def margins_of(section: Section) -> dict[str, float | None]:
    """Return the margins of a section by side, in points."""
    return {"top": section.top, "bottom": section.bottom, "left": section.left, "right": section.right}


def is_upright_a4(section: Section) -> bool:
    """Tell whether the paper is A4 upright: only then are the margins those of the decree."""
    return abs(section.width * MM - 210) < 3 and abs(section.height * MM - 297) < 3


MM = 25.4 / 72
NAMES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
