"""The accounts of an archive, in a file of their own beside the ledger."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digitize.accounts.roles import Role
from vanthu.database import open_database, transaction
from vanthu.errors import VanthuError

FILE = "accounts.sqlite"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in; without a ``hash`` only the sign-on of the office lets him in. ``at`` is epoch seconds."""

    name: str
    role: Role
    hash: str | None
    disabled: bool
    at: float


@dataclass(frozen=True, slots=True)
class Accounts:
    """The open file. Each method is one transaction; what changes an account ends its sessions."""

    database: sqlite3.Connection

    def find(self, name: str) -> Account | None:
        """Return the account called ``name``, in whatever case it is written."""
        row = self.database.execute(f"SELECT {_COLUMNS} FROM accounts WHERE name = ?", (name,)).fetchone()
        return _account(row) if row else None

    def all(self) -> list[Account]:
        """Return all accounts by name."""
        return [_account(row) for row in self.database.execute(f"SELECT {_COLUMNS} FROM accounts ORDER BY name")]

    def add(self, name: str, role: Role, hash: str | None) -> None:
        """Enter a new account. Raises VanthuError for a name that is taken or cannot be one."""
        with transaction(self.database):
            free_name(self, name)
            self.database.execute("INSERT INTO accounts VALUES (?, ?, ?, 0, ?)", (name, role, hash, time.time()))

    def set_hash(self, name: str, hash: str) -> None:
        """Give an account another password."""
        with transaction(self.database):
            self._change(self.known(name), "hash", hash)

    def rehash(self, name: str, hash: str) -> None:
        """Keep the same password in another way: nobody is signed out."""
        self.database.execute("UPDATE accounts SET hash = ? WHERE name = ?", (hash, name))

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role. Raises VanthuError for the last administrator."""
        with transaction(self.database):
            account = self.known(name)
            if role != "admin":
                self._not_the_last(account)
            self._change(account, "role", role)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut an account or open it again. Raises VanthuError for the last administrator."""
        with transaction(self.database):
            account = self.known(name)
            if disabled:
                self._not_the_last(account)
            self._change(account, "disabled", int(disabled))

    def has_admin(self) -> bool:
        """Tell whether somebody can look after the accounts."""
        return any(account.role == "admin" and not account.disabled for account in self.all())

    def known(self, name: str) -> Account:
        """Return the account called ``name``. Raises VanthuError when there is none."""
        if account := self.find(name):
            return account
        raise VanthuError(f"không có tài khoản «{name}»", hint="xem digitize users list")

    def _change(self, account: Account, column: str, value: object) -> None:
        self.database.execute(f"UPDATE accounts SET {column} = ? WHERE name = ?", (value, account.name))
        self.database.execute("DELETE FROM sessions WHERE name = ?", (account.name,))

    def _not_the_last(self, account: Account) -> None:
        others = (one for one in self.all() if one.name != account.name)
        if account.role == "admin" and not any(one.role == "admin" and not one.disabled for one in others):
            raise VanthuError(
                f"«{account.name}» là người quản trị cuối cùng", hint="thêm người khác: digitize users add --role admin"
            )


def free_name(accounts: Accounts, name: str) -> None:
    """Raise VanthuError for a name that is taken, or that cannot be one of an account."""
    if not _NAME.fullmatch(name):
        raise VanthuError(
            f"tên tài khoản «{name}» không dùng được", hint="chữ không dấu, số, . _ @ -, từ 2 đến 64 ký tự"
        )
    if accounts.find(name):
        raise VanthuError(
            f"đã có tài khoản «{name}»", hint="chọn tên khác, hoặc đổi mật khẩu, vai trò của tài khoản ấy"
        )


def exist(root: Path) -> bool:
    """Tell whether the archive at ``root`` has a file of accounts."""
    return (root / FILE).is_file()


@contextmanager
def open_accounts(root: Path) -> Iterator[Accounts]:
    """Open the accounts of the archive at ``root``, made for the owner's eyes only when they are not there.

    Raises VanthuError when they are damaged, or of another version, and when the disk refuses.
    """
    path = root / FILE
    try:
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise VanthuError("không ghi được sổ tài khoản", path=path, hint="xem lại quyền ghi vào kho") from error
    restore = "chép lại accounts.sqlite từ bản sao lưu của kho, hoặc xóa đi rồi thêm lại tài khoản"
    with open_database(path, "sổ tài khoản", restore, lambda database: _migrate(database, path)) as database:
        yield Accounts(database)


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    version = database.execute("PRAGMA user_version").fetchone()[0]
    if version == 0:
        with transaction(database):
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version == 0:  # another process may have been first
                for statement in _SCHEMA:
                    database.execute(statement)
                version = VERSION
                database.execute(f"PRAGMA user_version = {VERSION}")
    if version != VERSION:
        raise VanthuError("sổ tài khoản do bản digitize khác tạo ra", path=path, hint="dùng bản digitize mới nhất")


def _account(row: tuple[str, Role, str | None, int, float]) -> Account:
    name, role, hash, disabled, at = row
    return Account(name, role, hash, bool(disabled), at)


_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{1,63}")
_COLUMNS = "name, role, hash, disabled, at"
# Of a session the digest of what the browser keeps; of a failure the digest of whose it was: a person who types his
# password where his name belongs must not find it here.
_SCHEMA = (
    "CREATE TABLE accounts (name TEXT PRIMARY KEY COLLATE NOCASE,"
    " role TEXT NOT NULL CHECK (role IN ('reader', 'staff', 'archivist', 'admin')),"
    " hash TEXT, disabled INTEGER NOT NULL, at REAL NOT NULL) STRICT",
    "CREATE TABLE sessions (digest TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE REFERENCES accounts,"
    " began REAL NOT NULL, seen REAL NOT NULL) STRICT",
    "CREATE INDEX sessions_of ON sessions (name)",
    "CREATE TABLE failures (key TEXT NOT NULL, at REAL NOT NULL) STRICT",
    "CREATE INDEX failures_of ON failures (key, at)",
)
