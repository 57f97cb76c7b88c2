"""Margins: each that is too narrow or too wide to the limit it is nearest to."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.margins import MM, NAMES, Options, is_upright_a4, margins_of
from doclint.fixes.draft import Change, Draft, nearest
from doclint.fixes.properties import ensured
from doclint.looks import number_words, opening
from doclint.readers.word.names import W


def fix(draft: Draft, options: Options) -> Iterator[Change]:
    """Set the margins of every upright A4 section."""
    for section, element in zip(draft.document.sections, draft.sections(), strict=False):
        if not draft.document.at(section.span).strip() or not is_upright_a4(section):
            continue
        for side, points in margins_of(section).items():
            limits = options.limits[side]
            length = abs(points) * MM if points is not None else 0.0
            wanted = nearest(length, limits)
            if points is None or abs(length - wanted) <= options.tolerance:
                continue
            # A negative margin is one that a tall header may not push down.
            twips = round(wanted / MM * 20) * (-1 if points < 0 else 1)
            ensured(element, "pgMar").set(W + side, str(twips))
            what = f"lề {NAMES[side]} {number_words(round(length, 1))} mm → {number_words(wanted)} mm"
            yield Change(opening(draft.document, section.span), what)
