"""Sessions: what a browser keeps after a person has signed in, and how long it counts."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from digitize.accounts.store import Account, Accounts
from vanthu.database import transaction

IDLE_SECONDS = 60 * 60
LONGEST_SECONDS = 12 * 60 * 60
_SEEN_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions in an open file of accounts; of a token only its digest is kept."""

    accounts: Accounts

    def begin(self, name: str, now: float) -> str:
        """Return the token of a new session; those that have run out are forgotten."""
        token = secrets.token_urlsafe(32)
        with transaction(self.accounts.database):
            self.accounts.database.execute(
                "DELETE FROM sessions WHERE seen < ? OR began < ?", (now - IDLE_SECONDS, now - LONGEST_SECONDS)
            )
            self.accounts.database.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(token), name, now, now))
        return token

    def whose(self, token: str, now: float) -> Account | None:
        """Return whose session it is, as the account stands now; None when it has run out or never was."""
        row = self.accounts.database.execute(
            "SELECT name, began, seen FROM sessions WHERE digest = ?", (_digest(token),)
        ).fetchone()
        if row is None:
            return None
        name, began, seen = row
        if now - seen > IDLE_SECONDS or now - began > LONGEST_SECONDS:
            self.end(token)
            return None
        account = self.accounts.find(name)
        if account is None or account.disabled:
            return None
        if now - seen > _SEEN_SECONDS:  # not with every image of a page
            self.accounts.database.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, _digest(token)))
        return account

    def end(self, token: str) -> None:
        """Forget a session."""
        self.accounts.database.execute("DELETE FROM sessions WHERE digest = ?", (_digest(token),))


def _digest(token: str) -> str:
    # The token is 256 random bits: there is nothing to guess, so nothing to slow down.
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
