"""What Whoosh keeps of a page. This module imports Whoosh: import it only where an index is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, NUMERIC, TEXT, Schema

from digitize.index.analysis import terms


class Words(Analyzer):  # type: ignore[misc]
    """Our own words with their accents, or without when ``folded``."""

    def __init__(self, folded: bool) -> None:
        self.folded = folded

    def __call__(self, value: str, mode: str = "", **_: Any) -> Iterator[Token]:
        """Yield the words of ``value``; Whoosh wants one token object, changed for each."""
        token = Token(positions=True, mode=mode)
        for position, term in enumerate(terms(value)):
            token.text = term.folded if self.folded else term.exact
            token.pos = position
            token.boost = 1.0
            token.stopped = False
            yield token


def page_schema() -> Schema:
    """Return the schema of one entry a page; the text itself stays in the document's text.txt."""
    return Schema(
        sha256=ID(stored=True),
        page=NUMERIC(stored=True),
        exact=TEXT(analyzer=Words(folded=False)),
        folded=TEXT(analyzer=Words(folded=True)),
    )
