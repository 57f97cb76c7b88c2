"""Signing in with a password, with a brake on guessing: by account and by address, kept over a restart."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass

from digitize.accounts.passwords import Passwords
from digitize.accounts.store import Account, Accounts
from vanthu.database import transaction

WINDOW_SECONDS = 15 * 60
MOST_BY_ACCOUNT = 8
MOST_BY_ADDRESS = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """A password that did not let in; ``wait`` seconds until the next may be tried, 0 when at once."""

    wait: float


def sign_in(
    accounts: Accounts, passwords: Passwords, name: str, password: str, address: str, now: float
) -> Account | Refused:
    """Return the account that ``name`` and ``password`` open. Every other answer takes the same time."""
    keys = (_key("account", name.casefold()), MOST_BY_ACCOUNT), (_key("address", _network(address)), MOST_BY_ADDRESS)
    # Counted before it is looked at, so that many at once are no way round; taken back when it was right.
    wait = _counted(accounts, keys, now)
    if wait:
        return Refused(wait)
    account = accounts.find(name)
    usable = account is not None and not account.disabled
    if not passwords.right(password, account.hash if account and usable else None):
        return Refused(0)
    assert account is not None and account.hash is not None
    with transaction(accounts.database):
        accounts.database.execute("DELETE FROM failures WHERE key = ?", (keys[0][0],))
        accounts.database.execute(
            "DELETE FROM failures WHERE rowid = (SELECT max(rowid) FROM failures WHERE key = ?)", (keys[1][0],)
        )
    if passwords.outdated(account.hash):
        accounts.rehash(account.name, passwords.hashed(password))
    return account


def _counted(accounts: Accounts, keys: tuple[tuple[str, int], ...], now: float) -> float:
    """Count an attempt, or return how long the next has to wait."""
    database = accounts.database
    with transaction(database):
        # A clock that was set back must not shut anybody out for long.
        database.execute("DELETE FROM failures WHERE at <= ? OR at > ?", (now - WINDOW_SECONDS, now + 60))
        waits = [0.0]
        for key, most in keys:
            row = database.execute(
                "SELECT at FROM failures WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?", (key, most - 1)
            ).fetchone()
            if row is not None:
                waits.append(row[0] + WINDOW_SECONDS - now)
        if max(waits) <= 0:
            database.executemany("INSERT INTO failures VALUES (?, ?)", [(key, now) for key, _ in keys])
    return max(waits)


def _network(address: str) -> str:
    """Return what one visitor can be told by: with IPv6 he has a whole network of addresses."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode("utf-8", "replace")).hexdigest()
