"""The documents that a person may see. One that he may not is, for him, not there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from starlette.requests import Request

from digitize.access import level_of
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
    found = published(context, sha256)
    access = person(request).access
    if found is None or (access is not None and found.level not in access):
        raise NO_DOCUMENT
    return found


def published(context: Context, sha256: str) -> Seen | None:
    """Return a document whose files may be shown to some people, None when there is none."""
    if not _SHA256.fullmatch(sha256):
        return None
    quarantine = context.quarantine()
    if quarantine.status(sha256) in ("held", "refused"):
        return None
    with context.ledger() as ledger:
        state = ledger.state_of(sha256)
        if state is None or state[0] == "quarantined" or not context.archive.pdf(sha256).is_file():
            return None
        path = ledger.path_of(sha256)
        (pages,) = ledger.database.execute("SELECT pages FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
    return Seen(sha256, shown(PurePath(path).name), level_of(context.archive, quarantine, sha256), pages)


def one_page(context: Context, sha256: str, number: int) -> PageFacts:
    """Return what is known of a page, counted from 1. Raises NO_DOCUMENT when there is none."""
    pages = context.facts.of(sha256)
    if not 1 <= number <= len(pages):
        raise NO_DOCUMENT
    return pages[number - 1]


_SHA256 = re.compile(r"[0-9a-f]{64}")
