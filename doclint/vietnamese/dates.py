"""Dates as Vietnamese offices write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text: offsets in characters, and the day it names (None when the calendar has no such day)."""

    start: int
    end: int
    day: datetime.date | None


def dates(text: str) -> Iterator[WrittenDate]:
    """Yield the full dates of ``text``: ``31/3/2026``, ``05-02-2026``, ``ngày 05 tháng 3 năm 2020``."""
    for match in DATE.finditer(text):
        day, month, year = (int(match[group]) for group in (("d1", "m1", "y1") if match["d1"] else ("d2", "m2", "y2")))
        try:
            named = datetime.date(year, month, day)
        except ValueError:
            named = None
        yield WrittenDate(match.start(), match.end(), named)


DATE = re.compile(
    r"(?<![\d/])(?P<d1>\d{1,2})\s?[/.-]\s?(?P<m1>\d{1,2})\s?[/.-]\s?(?P<y1>\d{4})(?![\d/])"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>\d{4})(?!\d)"
)
