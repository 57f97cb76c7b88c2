"""Files of issued documents → the register and the pack of what the office has issued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from doclint.batch import Batch
from doclint.register.entry import Entry
from doclint.register.intake import Refused, Taken, take
from doclint.register.store import Register
from doclint.reuse.packs.build import bring
from doclint.reuse.packs.library import pack_folder
from doclint.reuse.packs.meta import Table
from doclint.reuse.packs.pack import sha256_of
from vanthu.errors import os_reason

PACK = "da-ban-hanh"
"""The pack that drafts are compared with to find what the office has issued already (TL06)."""


@dataclass
class Added:
    """What became of the files, in their order."""

    added: list[Taken] = field(default_factory=list)
    completed: list[Taken] = field(default_factory=list)
    """Their rows had come with a table; now they have a file."""
    known: list[Path] = field(default_factory=list)
    clashes: list[tuple[Path, Entry]] = field(default_factory=list)
    """Files whose number, symbol, year and issuer another file in the register has."""
    refused: list[Refused] = field(default_factory=list)
    unread: list[Taken] = field(default_factory=list)
    """Documents that are entered, but for some pages were not checked."""

    @property
    def complete(self) -> bool:
        """Tell whether every file is in the register and was read in whole."""
        return not (self.clashes or self.refused or self.unread)


def add_files(register: Register, paths: Sequence[Path], jobs: int, advance: Callable[[], object]) -> Added:
    """Check the files, ``jobs`` at a time, and enter each as soon as it is checked; ``advance`` is called after each.

    What is entered is on the disk: a run that is killed goes on from there. Raises VanthuError as ``Batch`` does.
    """
    told = Added()
    digests: dict[Path, str] = {}
    for path in paths:
        try:
            digests[path] = sha256_of(path)
        except OSError as error:
            told.refused.append(Refused(path, f"không đọc được tệp ({os_reason(error)})"))
            advance()
    fresh = []
    for path, digest in digests.items():
        if register.with_digest(digest) is None:
            fresh.append(path)
        else:
            told.known.append(path)
            advance()
    for report in Batch.planned(fresh, (), (), "issued", (), None).run(jobs):
        _enter(register, take(report, digests[report.path]), told)
        advance()
    return told


def bring_to_pack(told: Added, jobs: int) -> None:
    """Bring the pack of issued documents up to date with the files that are in the register."""
    # Known ones too: the run that entered them may have been killed before it came here.
    files = [taken.path for taken in (*told.added, *told.completed)] + told.known
    if files:
        origins = [str(path.absolute()) for path in files]
        bring(pack_folder(PACK), origins, Table({}), create=True, workers=jobs)


def _enter(register: Register, taken: Taken | Refused, told: Added) -> None:
    if isinstance(taken, Refused):
        told.refused.append(taken)
        return
    outcome, held = register.add(taken.entry, taken.meetings)
    if outcome == "clash":
        told.clashes.append((taken.path, held))
        return
    if outcome == "known":
        told.known.append(taken.path)
        return
    (told.added if outcome == "added" else told.completed).append(taken)
    if taken.unread:
        told.unread.append(taken)
