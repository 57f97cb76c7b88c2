"""What a person asks for on the search page, and the links that ask a little differently."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from digitize.index.grouping import Sort

PER_PAGE = 10
"""Documents on a page of results."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: what was typed, the order, the document inside which it stays ("" for all), the page of results."""

    text: str = ""
    sort: Sort = "relevance"
    within: str = ""
    number: int = 1

    @property
    def offset(self) -> int:
        """How many documents stand on the pages before."""
        return (self.number - 1) * PER_PAGE

    def link(self, base: str, **changes: Any) -> str:
        """Return where a search like this is; any change but that of the page leads to its first page."""
        other = replace(self, **{"number": 1, **changes})
        sort = other.sort if other.sort != "relevance" else ""
        number = str(other.number) if other.number > 1 else ""
        named = {"q": other.text, "xep": sort, "trong": other.within, "trang": number}
        told = urlencode({name: value for name, value in named.items() if value})
        return f"{base}/" + (f"?{told}" if told else "")

    def export(self, base: str) -> str:
        """Return where the whole answer is as a table."""
        within = {"within": self.within} if self.within else {}
        return f"{base}/api/search.csv?{urlencode({'q': self.text, 'sort': self.sort, **within})}"


def with_clause(text: str, clause: str) -> str:
    """Return a query that asks for ``clause`` as well; one that asks for it already asks for it no more."""
    if has_clause(text, clause):
        return " ".join(f" {text} ".replace(f" {clause} ", " ", 1).split())
    return f"({text}) {clause}" if _has_open_or(text) else f"{text} {clause}".strip()


def has_clause(text: str, clause: str) -> bool:
    """Tell whether a query has ``clause`` in it word for word, as ``with_clause`` puts it there."""
    return f" {clause} " in f" {text} "


def _has_open_or(text: str) -> bool:
    """Tell whether an OR stands outside of brackets and quotes: it binds less than what stands side by side."""
    outside = re.sub(r'"[^"]*"?', "", text)
    while (inner := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = inner
    return "OR" in outside.split()
