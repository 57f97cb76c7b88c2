"""Change accounts, by command or on a page: every change stands in the journal before it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digitize.accounts.roles import Role
from digitize.accounts.store import Accounts
from vanthu.database import transaction


@dataclass(frozen=True, slots=True)
class Managing:
    """The open accounts, and what writes down that an account (its name) is changed, and how.

    Methods raise VanthuError for what cannot be, and when it cannot be written down: then nothing is changed.
    """

    accounts: Accounts
    write_down: Callable[[str, str], None]

    def add(self, name: str, role: Role, kept: str | None) -> None:
        """Enter an account; without ``kept``, the hash of a password, only the sign-on of the office lets it in."""
        with transaction(self.accounts.database):
            self.accounts.add(name, role, kept)
            self.write_down(name, f"add {role}")

    def set_hash(self, name: str, kept: str) -> None:
        """Give an account another password."""
        with transaction(self.accounts.database):
            self.accounts.set_hash(name, kept)
            self.write_down(self._known(name), "passwd")

    def set_role(self, name: str, role: Role) -> None:
        """Give an account another role."""
        with transaction(self.accounts.database):
            self.accounts.set_role(name, role)
            self.write_down(self._known(name), f"role {role}")

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shut an account or open it again."""
        with transaction(self.accounts.database):
            self.accounts.set_disabled(name, disabled)
            self.write_down(self._known(name), "disable" if disabled else "enable")

    def _known(self, name: str) -> str:
        return self.accounts.known(name).name
