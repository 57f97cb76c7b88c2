"""The SQLite file of the register: many may read while one writes, and what was told to be written is on the disk."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from doclint.register.entry import Change, Class, Entry, Meeting, alike
from doclint.register.migrations import migrate
from doclint.register.rows import ENTRY, MEETING, entry_of, meeting_of, stored, without_id
from vanthu.database import open_database, sole_writer, transaction
from vanthu.errors import VanthuError, os_reason
from vanthu.home import home_folder
from vanthu.system_user import system_user

FILE = "so-van-ban.sqlite"
Outcome = Literal["added", "known", "completed", "classed", "clash"]


@dataclass(frozen=True)
class Register:
    """An open register."""

    database: sqlite3.Connection

    def entries(self, years: Sequence[int] = ()) -> list[Entry]:
        """Return the documents of ``years``, or all, in the order they were entered."""
        return [entry_of(row) for row in self._rows("documents", ENTRY, years)]

    def meetings(self, years: Sequence[int] = ()) -> list[Meeting]:
        """Return the conferences of ``years``, or all, those called off too."""
        return [meeting_of(row) for row in self._rows("meetings", MEETING, years)]

    def changes(self, table: str, row: int) -> list[Change]:
        """Return what was changed in a row, the oldest first."""
        listed = ", ".join(f'"{field.name}"' for field in fields(Change))
        found = self.database.execute(
            f'SELECT {listed} FROM changes WHERE "table" = ? AND "row" = ? ORDER BY id', (table, row)
        )
        return [Change(*values) for values in found]

    def with_digest(self, sha256: str) -> Entry | None:
        """Return the document whose file has these bytes."""
        row = self.database.execute(f"SELECT {ENTRY} FROM documents WHERE sha256 = ?", (sha256,)).fetchone()
        return entry_of(row) if row is not None else None

    def add(self, entry: Entry, meetings: Sequence[Meeting] = ()) -> tuple[Outcome, Entry]:
        """Enter a document and the conferences that it calls; tell what became of it, and how it now stands.

        ``clash``: another file, or another row of a table, has the same number, symbol, year and issuer; nothing is
        written. ``completed``: the register had the row of a table, which now has its file.
        """
        with transaction(self.database):
            held = self._held(entry)
            if held is None:
                new = replace(entry, id=self._insert(entry))
                for meeting in meetings:
                    self._add_meeting(replace(meeting, document=new.id))
                return "added", new
            if entry.sha256 and not held.sha256:
                return "completed", self._complete(held, entry, meetings)
            if entry.sha256 == held.sha256 or not entry.sha256:
                return ("known" if _same_row(entry, held) else "clash"), held
            return "clash", held

    def add_all(self, entries: Sequence[Entry], source: str) -> list[tuple[Outcome, Entry]]:
        """Enter the rows of the table ``source``, none when two have one number or one is in the register otherwise.

        A document that has no class yet takes the one of the table.
        """
        told: list[tuple[Outcome, Entry]] = []
        with suppress(_Clashes), transaction(self.database):
            for entry in entries:
                outcome, held = self.add(entry)
                if outcome == "known" and entry.cls and not held.cls:
                    self.set_class(held, entry.cls, f"theo bảng {source}")
                    outcome = "classed"
                told.append((outcome, held))
            if any(outcome == "clash" for outcome, _ in told):
                raise _Clashes
        return told

    def add_meeting(self, meeting: Meeting) -> tuple[bool, Meeting]:
        """Enter a conference unless it is there already; tell whether it is new, and how it stands."""
        with transaction(self.database):
            return self._add_meeting(meeting)

    def add_meetings(self, meetings: Sequence[Meeting]) -> list[tuple[bool, Meeting]]:
        """Enter the rows of a table, all or none."""
        with transaction(self.database):
            return [self._add_meeting(meeting) for meeting in meetings]

    def set_class(self, entry: Entry, cls: Class, reason: str) -> None:
        """Give a document another class, and keep who did it, when and why."""
        with transaction(self.database):
            self._change("documents", entry.id, "class", entry.cls, cls, reason)

    def set_meeting(self, meeting: Meeting, values: Mapping[str, str], reason: str) -> None:
        """Change the form, scope, date or ``held`` (0 or 1) of a conference, and keep who did it, when and why."""
        with transaction(self.database):
            held = stored(meeting)
            for field, value in values.items():
                before = str(int(meeting.held)) if field == "held" else str(held[field])
                if before != value:
                    self._change("meetings", meeting.id, field, before, value, reason)

    def _rows(self, table: str, columns: str, years: Sequence[int]) -> Iterator[Any]:
        where = f"WHERE year IN ({', '.join('?' * len(years))})" if years else ""
        return self.database.execute(f"SELECT {columns} FROM {table} {where} ORDER BY id", tuple(years))

    def _held(self, entry: Entry) -> Entry | None:
        """Return the document that ``entry`` would be entered twice as."""
        same = self.with_digest(entry.sha256) if entry.sha256 else None
        if same is not None:
            return same
        found = self.database.execute(f"SELECT {ENTRY} FROM documents WHERE identity = ?", (entry.identity,))
        return next((held for held in map(entry_of, found) if held.same_issuer(entry)), None)

    def _insert(self, entry: Entry) -> int:
        values = (*stored(entry).values(), entry.date.year, entry.identity)
        id = self.database.execute(
            f"INSERT INTO documents ({without_id(ENTRY)}, year, identity) VALUES ({_places(values)})", values
        ).lastrowid
        assert id is not None
        return id

    def _complete(self, held: Entry, entry: Entry, meetings: Sequence[Meeting]) -> Entry:
        """Give a row of a table what its file says; what a person wrote in the table stays."""
        told = {field.name: getattr(held, field.name) or getattr(entry, field.name) for field in fields(Entry)}
        full = Entry(**{**told, "regime": entry.regime})
        values = {name: value for name, value in stored(full).items() if name not in ("class", "sha256")}
        columns = ", ".join(f"{name} = ?" for name in values)
        self.database.execute(f"UPDATE documents SET {columns} WHERE id = ?", (*values.values(), held.id))
        self._change("documents", held.id, "sha256", "", entry.sha256, f"thêm tệp {entry.file}")
        if full.cls != held.cls:
            self._change("documents", held.id, "class", held.cls, full.cls, full.reason)
        for meeting in meetings:
            self._add_meeting(replace(meeting, document=held.id))
        return full

    def _add_meeting(self, meeting: Meeting) -> tuple[bool, Meeting]:
        found = self.database.execute(f"SELECT {MEETING} FROM meetings WHERE date = ?", (meeting.date.isoformat(),))
        twin = next((held for held in map(meeting_of, found) if held.same(meeting)), None)
        if twin is not None:
            return False, twin
        values = (*stored(meeting).values(), meeting.date.year)
        id = self.database.execute(
            f"INSERT INTO meetings ({without_id(MEETING)}, year) VALUES ({_places(values)})", values
        ).lastrowid
        assert id is not None
        return True, replace(meeting, id=id)

    def _change(
        self, table: Literal["documents", "meetings"], row: int, field: str, old: str, new: str, why: str
    ) -> None:
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        change = Change(now, system_user(), table, row, field, old, new, why)
        self.database.execute(f"INSERT INTO changes VALUES (NULL, {_places(astuple(change))})", astuple(change))
        self.database.execute(f"UPDATE {table} SET {field} = ? WHERE id = ?", (new, row))
        if field == "date":
            self.database.execute(f"UPDATE {table} SET year = ? WHERE id = ?", (int(new[:4]), row))


class _Clashes(Exception):
    """Some rows of a table cannot be entered, so none is."""


def register_file() -> Path:
    """Return the file of this user's register; it need not be there yet."""
    return home_folder() / FILE


@contextmanager
def reading() -> Iterator[Register]:
    """Open the register for reading; one that is not there yet is empty. Raises VanthuError when it is damaged."""
    with _opened(register_file() if register_file().is_file() else None) as register:
        yield register


@contextmanager
def writing() -> Iterator[Register]:
    """Open the register for writing, made when it is not there.

    Raises VanthuError when another process writes to it, when it is damaged, and when the disk refuses.
    """
    path = register_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # SQLite's own lock lasts for a transaction; a command that enters many files wants it for all of them.
        busy = VanthuError("sổ đang được một lệnh khác ghi", path=path, hint="chờ lệnh đó xong")
        with sole_writer(path.with_suffix(".lock"), busy), _opened(path) as register:
            yield register
    except OSError as error:
        raise VanthuError(f"không ghi được sổ ({os_reason(error)})", path=path, hint="xem lại quyền ghi") from error


@contextmanager
def _opened(path: Path | None) -> Iterator[Register]:
    restore = "lấy bản sao lưu gần nhất đặt lại vào chỗ này"
    with open_database(path, "sổ", restore, lambda database: migrate(database, path)) as database:
        yield Register(database)


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _same_row(entry: Entry, held: Entry) -> bool:
    return entry.sha256 == held.sha256 != "" or (entry.date == held.date and alike(entry.subject, held.subject))
