"""What every page works with: the archive, who may come in, the journal, the images."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address

from digitize.accounts.passwords import Passwords
from digitize.accounts.store import Accounts, open_accounts
from digitize.archive import Archive
from digitize.audit.journal import Journal
from digitize.describe.catalogue import Catalogue, open_catalogue
from digitize.ledger import Ledger
from digitize.secrets.quarantine import Quarantine
from digitize.web.cached import Cached
from digitize.web.facts import Facts
from digitize.web.images import PageImages
from digitize.web.places import Places
from digitize.web.queue import Ordered


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who may come in: one person at this machine, or, when ``required``, whoever has an account.

    ``header`` is where a proxy of the office tells who asks; it is believed from ``proxies`` alone.
    """

    required: bool = False
    header: str = ""
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()

    def is_proxy(self, address: str) -> bool:
        """Tell whether what comes from ``address`` comes through a proxy of the office."""
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        return any(parsed in network for network in self.proxies)


@dataclass(frozen=True, slots=True)
class Context:
    """All that the routes share. ``clock`` gives epoch seconds; ``secret`` is of this process."""

    archive: Archive
    sign_in: SignIn
    journal: Journal
    facts: Facts
    images: PageImages
    passwords: Passwords | None
    clock: Callable[[], float] = time.time
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    quarantines: Cached[Quarantine] = field(default_factory=lambda: Cached(1))
    places: Places = field(default_factory=Places)
    queues: Cached[Ordered] = field(default_factory=lambda: Cached(_QUEUES_KEPT))
    views: Cached[float] = field(default_factory=lambda: Cached(_VIEWS_KEPT))

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger for one request, in the thread that answers it."""
        with Ledger(self.archive.ledger) as ledger:
            yield ledger

    @contextmanager
    def catalogue(self) -> Iterator[Catalogue]:
        """Open the catalogue for one request."""
        with open_catalogue(self.archive.root) as catalogue:
            yield catalogue

    @contextmanager
    def accounts(self) -> Iterator[Accounts]:
        """Open the accounts for one request."""
        with open_accounts(self.archive.root) as accounts:
            yield accounts

    def quarantine(self) -> Quarantine:
        """Return what is held, read again when it has changed. Raises VanthuError when its log is damaged."""
        path = self.archive.root / "secrets.jsonl"
        try:
            stamp = path.stat()
        except FileNotFoundError:
            return Quarantine(self.archive)
        key = stamp.st_ino, stamp.st_size, stamp.st_mtime_ns
        return self.quarantines.get(key, lambda: Quarantine(self.archive))


def open_context(archive: Archive, sign_in: SignIn, clock: Callable[[], float] = time.time) -> Context:
    """Return what the pages of ``archive`` work with."""
    passwords = Passwords() if sign_in.required else None
    facts = Facts(archive)
    return Context(archive, sign_in, Journal(archive.root), facts, PageImages(archive, facts), passwords, clock)


_QUEUES_KEPT = 8
_VIEWS_KEPT = 20_000
