"""Bring a pack up to date with files: take what is new, replace what has changed, leave what is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from doclint.reuse.packs.entry import Entry
from doclint.reuse.packs.intake import Refused, prepare_all
from doclint.reuse.packs.meta import Table
from doclint.reuse.packs.pack import sha256_of
from doclint.reuse.packs.store import Prepared, Store, writing
from doclint.reuse.sharding import MAX_BATCH

SECONDS = 30.0
"""How long work may wait before it is written down: what a cut in power can cost."""


@dataclass
class Outcome:
    """What became of the files: origins, in their order."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    twins: list[str] = field(default_factory=list)
    """Files with the same bytes as another one that the pack holds."""
    refused: list[Refused] = field(default_factory=list)
    partial: list[Refused] = field(default_factory=list)
    """Documents that are taken but for some pages."""
    unknown_level: list[str] = field(default_factory=list)
    """Documents that are taken, but of no use before their level is known."""


def bring(
    folder: Path,
    origins: Sequence[str],
    table: Table,
    *,
    create: bool,
    workers: int,
    advance: Callable[[], object] = lambda: None,
) -> Outcome:
    """Bring the pack in ``folder`` up to date with the files ``origins``; ``advance`` is called after each of them.

    What was taken is written every half minute: a build that is killed goes on from there. Raises VanthuError as
    ``writing`` does.
    """
    outcome = Outcome()
    with writing(folder, create=create) as store:
        batch = _Batch(store, outcome, table)
        wanted = []
        for origin in origins:
            if batch.knows(origin):
                outcome.known.append(origin)
                advance()
            else:
                wanted.append(origin)
        for result in prepare_all(wanted, workers):
            if isinstance(result, Refused):
                outcome.refused.append(result)
            else:
                batch.take(result)
            advance()
        batch.write()
        store.merge()
    return outcome


class _Batch:
    """Documents that are read but not yet written, and what the pack holds."""

    def __init__(self, store: Store, outcome: Outcome, table: Table) -> None:
        self._store, self._outcome, self._table = store, outcome, table
        self._held: dict[str, tuple[int, Entry]] = {one.origin: (id, one) for id, one in store.entries().items()}
        self._digests = {one.sha256: origin for origin, (_, one) in self._held.items()}
        self._waiting: list[Prepared] = []
        self._replaced: list[int] = []
        self._tokens = 0
        self._since = time.monotonic()

    def knows(self, origin: str) -> bool:
        """Tell whether the pack holds the file as it is, with all that the table says of it."""
        if origin not in self._held:
            return False
        entry = self._held[origin][1]
        try:
            return self._table.applied(entry) == entry and sha256_of(Path(origin)) == entry.sha256
        except OSError:
            return False

    def take(self, prepared: Prepared) -> None:
        """Take a document in, unless the pack holds the same bytes under another name."""
        entry = self._table.applied(prepared.entry)
        origin, held = entry.origin, self._held.get(entry.origin)
        if self._digests.get(entry.sha256, origin) != origin:
            self._outcome.twins.append(origin)
            return
        if held is not None:
            self._replaced.append(held[0])
        (self._outcome.added if held is None else self._outcome.replaced).append(origin)
        if prepared.unread:
            self._outcome.partial.append(Refused(origin, prepared.unread))
        if not entry.level:
            self._outcome.unknown_level.append(origin)
        self._digests[entry.sha256] = origin
        if self._tokens + len(prepared.ids) > MAX_BATCH or time.monotonic() - self._since > SECONDS:
            self.write()
        self._waiting.append(replace(prepared, entry=entry))
        self._tokens += len(prepared.ids)

    def write(self) -> None:
        """Write down what is waiting."""
        if self._waiting or self._replaced:
            self._store.add(self._waiting, self._replaced)
        self._waiting, self._replaced, self._tokens, self._since = [], [], 0, time.monotonic()
