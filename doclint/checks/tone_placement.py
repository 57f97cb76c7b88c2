"""Both styles of setting the tone mark, hòa and hoà, in one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.tones import new_tone_placement

PLACEHOLDERS = frozenset({"word", "rare", "common", "other"})


@dataclass(frozen=True, slots=True)
class Options:
    """``least``: how often the rarer style must stand in the text."""

    least: int = 1


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first word of the rarer style; names and quoted words, which keep their spelling, do not count."""
    quoted = [quotation.span for quotation in context.anatomy.quotations]
    old: list[Span] = []
    new: list[Span] = []
    for match in _OPEN.finditer(document.text):
        span = Span(*match.span())
        if not any(span in quotation for quotation in quoted):
            (new if new_tone_placement(match[0]) == match[0] else old).append(span)
    if min(len(old), len(new)) < options.least:
        return
    # Of equals the one that comes second is the odd one.
    rare, common = sorted((old, new), key=lambda spans: (len(spans), -spans[0].start))
    yield Match(
        rare[0],
        {
            "word": document.at(rare[0]),
            "rare": str(len(rare)),
            "common": str(len(common)),
            "other": document.at(common[0]),
        },
    )


_ONSET = r"(?<!\w)(?:[bcdđghklmnprstvx]|ch|gh|kh|ng|nh|ph|th|tr)?"
# In small letters, and the one word that every document has with a capital: Ủy ban.
_OPEN = re.compile(rf"{_ONSET}(?:[òóỏõọ][ae]|o[àáảãạèéẻẽẹ]|[ùúủũụ]y|(?<!q)u[ỳýỷỹỵ])(?!\w)|(?<!\w)(?:Ủy|Uỷ)(?= ban)")
