"""Amounts, percentages, dates and terms of a copied passage that are others in its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"draft", "figure", "source", "unit"})


@dataclass(frozen=True, slots=True)
class Options:
    """``min_similarity``: share of syllables that are the same, under which a passage is no longer the source's."""

    min_similarity: float = 0.8


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each figure of the draft with the one that stands in its place in the source."""
    if context.lookup is None:
        return
    for found in context.lookup.superior.found:
        for change in found.copy.changes if found.copy.similarity >= options.min_similarity else ():
            unit = found.source.unit(change.source.span)
            yield Match(
                change.draft.span,
                {
                    "draft": " ".join(document.at(change.draft.span).split()),
                    "figure": " ".join(found.source.at(change.source.span).split()),
                    "source": found.entry.citation,
                    "unit": f"{unit} " if unit else "",
                },
            )
