"""The documents that a person may see. One that he may not is, for him, not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath

from starlette.requests import Request

from digitize.access import levels
from digitize.web.context import Context
from digitize.web.facts import PageFacts
from digitize.web.faults import NO_DOCUMENT
from digitize.web.identity import person
from vanthu.files import shown


@dataclass(frozen=True, slots=True)
class Seen:
    """A document that a person may see: the name of its file, its level of access, how many pages it has."""

    sha256: str
    name: str
    level: str
    pages: int


def seen(request: Request, context: Context, sha256: str) -> Seen:
    """Return a document for who asks. Raises NO_DOCUMENT when it is not there, held back, or not for him."""
    with sight(request, context) as seen_by_him:
        found = seen_by_him(sha256)
    if found is None:
        raise NO_DOCUMENT
    return found


@contextmanager
def sight(request: Request, context: Context) -> Iterator[Callable[[str], Seen | None]]:
    """Yield what returns a document for who asks, None where ``seen`` raises: many need one opening of the archive."""
    access = person(request).access
    quarantine = context.quarantine()
    with context.ledger() as ledger, levels(context.archive, quarantine) as level_of:

        def seen_by_him(sha256: str) -> Seen | None:
            if not _SHA256.fullmatch(sha256) or quarantine.status(sha256) in ("held", "refused"):
                return None
            state = ledger.state_of(sha256)
            if state is None or state[0] == "quarantined" or not context.archive.pdf(sha256).is_file():
                return None
            level = level_of(sha256)
            if access is not None and level not in access:
                return None
            (pages,) = ledger.database.execute("SELECT pages FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
            return Seen(sha256, shown(PurePath(ledger.path_of(sha256)).name), level, pages)

        yield seen_by_him


def one_page(context: Context, sha256: str, number: int) -> PageFacts:
    """Return what is known of a page, counted from 1. Raises NO_DOCUMENT when there is none."""
    pages = context.facts.of(sha256)
    if not 1 <= number <= len(pages):
        raise NO_DOCUMENT
    page: PageFacts = pages[number - 1]
    return page


_SHA256 = re.compile(r"[0-9a-f]{64}")
