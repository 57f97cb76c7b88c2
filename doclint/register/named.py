"""What a person types to name a row, a day or a reason."""

from __future__ import annotations

import datetime

import click

from doclint.register.entry import Entry, Meeting, number_and_symbol
from doclint.register.intake import plain
from doclint.register.store import Register
from doclint.table import DATE_HINT, date_in
from vanthu.errors import VanthuError


def document_named(opened: Register, name: str) -> Entry:
    """Return the document that a person names by id or by number. Raises VanthuError for none and for several."""
    wanted = number_and_symbol(name)
    found = [
        entry
        for entry in opened.entries()
        if (str(entry.id) == name if name.isdecimal() else number_and_symbol(entry.code) == wanted)
    ]
    if not found:
        raise VanthuError(f"sổ không có văn bản «{name}»", hint="xem số và mã: doclint register list")
    if len(found) > 1:
        listed = ", ".join(f"mã {entry.id} ({entry.date.year})" for entry in found)
        raise VanthuError(f"sổ có {len(found)} văn bản số «{name}»: {listed}", hint="gọi bằng mã")
    return found[0]


def meeting_named(opened: Register, id: str) -> Meeting:
    """Return the conference with this id. Raises VanthuError for none."""
    found = next((meeting for meeting in opened.meetings() if str(meeting.id) == id), None)
    if found is None:
        raise VanthuError(f"sổ không có hội nghị mã «{id}»", hint="xem mã: doclint register list --meetings")
    return found


def day_named(value: str) -> datetime.date:
    """Return the day that a person types. Raises UsageError for what is none."""
    try:
        return date_in(value)
    except ValueError as error:
        raise click.UsageError(f"không hiểu ngày «{value}»: {DATE_HINT}") from error


def reason_given(reason: str) -> str:
    """Return the reason as one line. Raises UsageError for an empty one."""
    if not plain(reason):
        raise click.UsageError("--reason không được để trống")
    return plain(reason)
