"""A copied passage → the draft and its source side by side, with what differs on each side."""

from __future__ import annotations

from dataclasses import dataclass

from doclint.document import Document
from doclint.reporters.comparison import likeness
from doclint.reuse.search import Found


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one side; ``differ`` tells whether the other side has others there, or none."""

    text: str
    differ: bool


@dataclass(frozen=True, slots=True)
class CopyView:
    """A copy: how alike, where on both sides, their words, the figures (draft, source) that were changed."""

    likeness: str
    place: str
    citation: str
    source_place: str
    draft: tuple[Words, ...]
    source: tuple[Words, ...]
    figures: tuple[tuple[str, str], ...]
    also: tuple[str, ...]
    """Other documents that have the passage."""


def copy_view(found: Found, document: Document) -> CopyView:
    """Return what is shown of one copy in ``document``."""
    copy, source = found.copy, found.source
    where = source.place(copy.source)
    return CopyView(
        likeness=likeness(copy),
        place=document.place(copy.draft).label,
        citation=found.entry.citation,
        source_place=f"{found.unit}, {where}" if found.unit else where,
        draft=tuple(Words(edit.draft, not edit.same) for edit in copy.edits if edit.draft),
        source=tuple(Words(edit.source, not edit.same) for edit in copy.edits if edit.source),
        figures=tuple((document.at(one.draft.span), source.at(one.source.span)) for one in copy.changes),
        also=tuple(entry.citation for entry in found.also),
    )
