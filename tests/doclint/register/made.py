"""Rows of a register of an office that does not exist."""

from __future__ import annotations

import datetime
import random

from doclint.register.entry import CLASSES, FORMS, SCOPES, Entry, Meeting

UNITS = ("VP", "KT", "=1+1", "a*b", "<5", "Tư pháp", "vp", "")
TYPES = ("CV", "KH", "BC", "QĐ", "")


def entries(seed: int, count: int, years: tuple[int, ...] = (2025, 2026)) -> list[Entry]:
    """Return so many documents, at random."""
    source = random.Random(seed)
    return [
        Entry(
            str(id),
            "UBND-VP",
            _day(source, years),
            f"=việc {id}",
            id=id,
            type=source.choice(TYPES),
            regime=source.choice(("state", "state", "state", "party", "legal-normative")),
            unit=source.choice(UNITS),
            cls=source.choice(tuple(cls for cls in CLASSES if cls or seed % 2)),
        )
        for id in range(1, count + 1)
    ]


def meetings(seed: int, count: int, years: tuple[int, ...] = (2025, 2026)) -> list[Meeting]:
    """Return so many conferences, at random."""
    source = random.Random(seed)
    return [
        Meeting(
            _day(source, years),
            f"hội nghị {id}",
            source.choice(tuple(FORMS)),
            source.choice(tuple(SCOPES)),
            id=id,
            held=source.random() < 0.9,
        )
        for id in range(1, count + 1)
    ]


def _day(source: random.Random, years: tuple[int, ...]) -> datetime.date:
    return datetime.date(source.choice(years), 1, 1) + datetime.timedelta(days=source.randrange(365))
