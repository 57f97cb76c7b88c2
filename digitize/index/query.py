"""Read what a person searches for: words that must all be on the page, and "phrases" in quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digitize.index.analysis import Term, terms
from doclint.vietnamese.normalise import nfc
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class Query:
    """Clauses that must all match; a clause of several words is a phrase."""

    clauses: tuple[tuple[Term, ...], ...]


def parse(text: str) -> Query:
    """Return the query that ``text`` asks. Raises VanthuError when it has no word in it."""
    clauses = []
    for match in _CLAUSE.finditer(nfc(text)):
        # A code outside quotes is a phrase of its parts: 534/QĐ-TTg.
        words = tuple(terms(match["phrase"] or match["word"] or ""))
        if words:
            clauses.append(words)
    if not clauses:
        raise VanthuError("câu tìm không có chữ hay số nào", hint='ví dụ: digitize search "khẩn cấp" --archive KHO')
    return Query(tuple(clauses))


# A quote that is not closed reaches to the end.
_CLAUSE = re.compile(r"""["“”](?P<phrase>[^"“”]*)(?:["“”]|$)|(?P<word>[^\s"“”]+)""")
