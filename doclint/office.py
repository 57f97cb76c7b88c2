"""The office that drafts, as its settings describe it."""

from __future__ import annotations

from dataclasses import dataclass

from doclint.anatomy.gazetteer import Level


@dataclass(frozen=True, slots=True)
class Office:
    """Who drafts: its ``name`` and ``level``, the bodies above it, what it always writes, whom it always writes to."""

    name: str = ""
    level: Level | None = None
    """Of drafts whose head shows none."""
    superiors: tuple[str, ...] = ()
    """Issuers whose documents are superior, whatever their level."""
    phrases: tuple[str, ...] = ()
    """Sentences of its templates, which are no copies."""
    recipients: tuple[str, ...] = ()
    """Bodies that it always writes to, with a reason that needs no telling."""
    force: str = ""
    """A table (CSV) of the force of documents, its own or corrected: see ``doclint.force``."""
