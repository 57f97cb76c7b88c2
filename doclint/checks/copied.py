"""Passages that stand in a superior document too, word for word or with small changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document
from doclint.finding import Match

PLACEHOLDERS = frozenset({"source", "unit", "likeness", "also"})


@dataclass(frozen=True, slots=True)
class Options:
    """``min_syllables``: how long a passage is at least that is reported."""

    min_syllables: int = 15


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each passage with where it stands in its source; nothing where there is nothing to compare with."""
    if context.lookup is None:
        return
    day = context.anatomy.header.date or datetime.date.today()
    for found in context.lookup.superior.found:
        expired = " (đã hết hiệu lực)" if found.entry.status(day) == "repealed" else ""
        if found.syllables >= options.min_syllables:
            others = ", ".join(entry.citation for entry in found.also)
            yield Match(
                found.copy.draft,
                {
                    "source": f"{found.entry.citation}{expired}",
                    "unit": f"{found.unit} " if found.unit else "",
                    "likeness": f"{_GRADES[found.copy.grade]} ({int(found.copy.similarity * 100)}%)",
                    "also": f"; cũng có trong {others}" if others else "",
                },
            )


_GRADES = {"verbatim": "nguyên văn", "edited": "có sửa ít chữ", "abridged": "có rút gọn"}
