"""What waits in the review queue."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.describe.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many fields wait for a person, in how many documents."""

    fields: int
    documents: int


def waiting(catalogue: Catalogue) -> Waiting:
    """Count what waits for a person."""
    fields, documents = catalogue.database.execute(
        "SELECT count(*), count(DISTINCT sha256) FROM fields WHERE author = 'machine' AND status = 'review'"
    ).fetchone()
    return Waiting(fields, documents)
