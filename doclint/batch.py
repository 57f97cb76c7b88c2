"""Many files checked as one command: each by the settings of its folder, one after the other or several at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

from doclint.api import Report, check, choose
from doclint.baseline import read_baseline
from doclint.checks import Stage
from doclint.config import Settings, settings_for
from doclint.reuse.packs.library import Library, library
from doclint.rulebook import load
from vanthu.errors import VanthuError


@dataclass(frozen=True)
class Batch:
    """What is to be checked: files, the settings of their folders, the packs to look in, what was found before."""

    files: tuple[Path, ...]
    settings: Mapping[Path, Settings]
    stage: Stage = "draft"
    packs: tuple[str, ...] = ()
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def planned(
        cls,
        files: Sequence[Path],
        select: Sequence[str],
        ignore: Sequence[str],
        stage: str,
        packs: Sequence[str],
        baseline: Path | None,
    ) -> Batch:
        """Read what the batch needs. Raises VanthuError for wrong settings, rules or an earlier report that is none."""
        rulebook = load()
        settings = {
            folder: choose(settings_for(folder, rulebook), rulebook, select, ignore)
            for folder in dict.fromkeys(path.parent for path in files)
        }
        known = read_baseline(baseline) if baseline is not None else {}
        return cls(tuple(files), settings, cast(Stage, stage), tuple(packs), known)

    def run(self, jobs: int) -> Iterator[Report]:
        """Yield the report of each file, in order, ``jobs`` files at a time. Raises VanthuError for a missing pack."""
        if jobs < 2 or len(self.files) < 2:
            with library(self.packs) as opened:
                yield from (self.report(path, opened) for path in self.files)
            return
        from doclint.pool import Work, each  # multiprocessing takes its time, and one file does not need it

        with library(self.packs):
            pass  # what is missing is told once, and the default pack is there before several want to build it
        work = Work(_checked, _killed, setup=partial(_open, self), chunk=1)
        yield from each(work, [str(path) for path in self.files], jobs)

    def report(self, path: Path, opened: Library) -> Report:
        """Check one of the files."""
        known = self.known.get(path.name, frozenset())
        return check(path, settings=self.settings[path.parent], stage=self.stage, library=opened, known=known)


def _open(batch: Batch) -> None:
    """Keep the batch and its packs open in this process for all the files that it is given."""
    _KEPT.append((batch, _STACK.enter_context(library(batch.packs))))


def _checked(name: str) -> Report:
    batch, opened = _KEPT[-1]
    return batch.report(Path(name), opened)


def _killed(name: str) -> Report:
    error = VanthuError("tệp này làm chương trình dừng đột ngột", path=name, hint="gửi tệp cho nhóm phát triển")
    return Report(Path(name), error=error)


_STACK = ExitStack()
_KEPT: list[tuple[Batch, Library]] = []
"""What a process was set up with: rules that came with every file would be bound anew for each."""
