"""Legal bases that do not stand on lines of their own, or give a law the number that it goes without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"fault"})


@dataclass(frozen=True, slots=True)
class Options:
    """``openings``: the words that a basis begins with."""

    openings: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each basis inside the line of another one, and the first law with its number."""
    laws = []
    for basis in context.anatomy.bases:
        text = document.at(basis)
        for joined in _joined(options.openings).finditer(text):
            span = Span(basis.start + joined.start(1), basis.start + joined.end(1))
            yield Match(span, {"fault": "đứng chung dòng với căn cứ trước"})
        if (law := _law().match(text)) is not None:
            laws.append(Span(basis.start + law.start(1), basis.start + law.end(1)))
    if laws:
        # Most offices do it, and nobody is misled: said, but not held against the draft.
        yield Match(laws[0], {"fault": f"ghi số, ký hiệu của luật, pháp lệnh ({len(laws)} căn cứ)"}, "info")


@cache
def _joined(openings: tuple[str, ...]) -> re.Pattern[str]:
    """Match the beginning of a basis after the sign that ends another; a comma goes on with the same one."""
    words = "|".join(spaced(re.escape(opening).replace(r"\ ", " ")) for opening in openings)
    return re.compile(rf"[;.]\s*((?:{words})\s+[^\s;,.]+(?:\s+[^\s;,.]+){{0,3}})")


@cache
def _law() -> re.Pattern[str]:
    """Match the law that a basis begins with; one that amends it has no other name than its number."""
    number = r"số \d{1,4}/\d{4}/(?:QH|UBTVQH|PL-UBTVQH)\s?\d*"
    return re.compile(spaced(rf"(?:- )?Căn cứ ((?:Bộ luật|Luật|Pháp lệnh) (?!sửa đổi)[^;.\d]{{3,120}}? {number})"))
