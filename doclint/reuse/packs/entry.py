"""What a pack knows of a document besides its text."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.bodies import level_of
from doclint.anatomy.gazetteer import Level, key
from doclint.anatomy.parts import Header
from doclint.anatomy.types import type_name
from doclint.document import Document

LEVELS: tuple[Level, ...] = ("central", "province", "department", "commune", "unit")
"""From the highest down."""
UNKNOWN_LEVEL = len(LEVELS)

Status = Literal["in-force", "repealed", "not-yet"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a pack; a text is empty and a date None where it is not known. ``origin`` is its file."""

    origin: str
    sha256: str
    number: str = ""
    date: datetime.date | None = None
    issuer: str = ""
    subject: str = ""
    type: str = ""
    """Abbreviation of the document type."""
    level: str = ""
    in_force_from: datetime.date | None = None
    in_force_to: datetime.date | None = None
    """The last day that it was in force, None while it is."""
    replaced_by: str = ""
    """Number of the document that took its place."""

    def status(self, day: datetime.date) -> Status:
        """Tell whether the document is in force on ``day``; where no date says otherwise it is."""
        if self.in_force_to is not None and self.in_force_to < day:
            return "repealed"
        return "not-yet" if self.in_force_from is not None and self.in_force_from > day else "in-force"

    @property
    def citation(self) -> str:
        """The document as a text cites it: «Kế hoạch số 215/KH-UBND ngày 25/9/2026»; without a number, its subject."""
        word = type_name(self.type).capitalize() or "Văn bản"
        if not self.number:
            return f"{word} «{self.subject}»" if self.subject else f"văn bản trong tệp {self.origin.rpartition('/')[2]}"
        day = f" ngày {self.date.day}/{self.date.month}/{self.date.year}" if self.date is not None else ""
        return f"{word} số {self.number}{day}"


def entry_of(document: Document, header: Header, origin: str = "", sha256: str = "") -> Entry:
    """Return what the head of ``document`` says of it; a body whose name shows no level has that of the one above."""
    number, issuer, superior = header.number, header.issuer, header.superior
    subject = " ".join(document.at(header.subject).split()) if header.subject is not None else ""
    return Entry(
        origin,
        sha256,
        number=f"{number.digits}/{number.symbol}" if number is not None and number.digits else "",
        date=header.date,
        issuer=issuer.name if issuer is not None else "",
        subject=re.sub(r"^V/v\s+", "", subject, flags=re.IGNORECASE),
        type=header.type,
        level=header.level or (level_of(superior.name) if superior is not None else ""),
    )


def level_rank(level: str) -> int:
    """Return the place of ``level`` among ``LEVELS``, or the number of an unknown one."""
    return next((rank for rank, name in enumerate(LEVELS) if name == level), UNKNOWN_LEVEL)


def issuer_hash(issuer: str) -> int:
    """Return a number for the issuer that all spellings of its name share; 0 when it is unknown."""
    return int.from_bytes(hashlib.sha256(key(issuer).encode()).digest()[:8], "big") if issuer else 0
