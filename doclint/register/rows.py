"""Documents and conferences as rows of SQLite: dates as text, the class under its own name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from doclint.register.entry import Entry, Meeting


def stored(row: Entry | Meeting) -> dict[str, object]:
    """Return the values by column, but for the id."""
    values = {_COLUMN.get(field.name, field.name): getattr(row, field.name) for field in fields(row)}
    del values["id"]
    return {**values, "date": row.date.isoformat()}


def entry_of(row: Sequence[Any]) -> Entry:
    """Return the document of a row."""
    number, symbol, date, *others = row
    return Entry(number, symbol, datetime.date.fromisoformat(date), *others)


def meeting_of(row: Sequence[Any]) -> Meeting:
    """Return the conference of a row."""
    date, *others, held = row
    return Meeting(datetime.date.fromisoformat(date), *(*others, bool(held)))


def without_id(columns: str) -> str:
    """Return the columns but for the id, which SQLite gives."""
    return ", ".join(name for name in columns.split(", ") if name != "id")


_COLUMN = {"cls": "class"}
ENTRY = ", ".join(_COLUMN.get(field.name, field.name) for field in fields(Entry))
MEETING = ", ".join(field.name for field in fields(Meeting))
