"""Show how far a batch is: two bars on a terminal, nothing elsewhere; what must be said is said everywhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digitize.standing import duration

if TYPE_CHECKING:
    from rich.progress import Progress


class Meter:
    """Counts of a batch, told as they grow."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._documents = bars.add_task("Đang xem tệp", total=None, pace="")
        self._pages = bars.add_task("Trang", total=0, visible=False, pace="")
        self._opened, self._found = 0, 0

    def say(self, text: str) -> None:
        """Print a line on the error stream, above the bars where there are any."""
        if self._bars.disable:
            print(text, file=sys.stderr, flush=True)
        else:
            self._bars.console.print(text, markup=False, highlight=False)

    def file_seen(self) -> None:
        """Say that the intake has looked at one more file."""
        self._bars.advance(self._documents)

    def expect(self, documents: int) -> None:
        """Say how many documents there are to digitize."""
        self._bars.reset(self._documents, total=documents, description="Tài liệu")
        self._bars.update(self._pages, visible=True)
        self._bars.reset(self._pages)

    def pages_found(self, pages: int, waiting: int) -> None:
        """Say that a document has been opened and has so many pages; ``waiting`` are the documents not yet opened."""
        self._opened += 1
        self._found += pages
        # Those that wait are taken to be as long as those that were opened.
        self._bars.update(self._pages, total=self._found + round(self._found / self._opened * waiting))

    def pages_ended(self, pages: int) -> None:
        """Say that pages have been read, or never will be."""
        self._bars.advance(self._pages, pages)
        task = self._bars.tasks[self._pages]
        if task.speed and task.remaining is not None:
            left = duration(task.remaining / task.speed)
            self._bars.update(self._pages, pace=f"{task.speed:.1f} trang/giây, còn khoảng {left}".replace(".", ","))

    def document_ended(self) -> None:
        """Say that a document is done, or never will be."""
        self._bars.advance(self._documents)


@contextmanager
def meter() -> Iterator[Meter]:
    """Yield a meter; it draws on the error stream when that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:
        yield Meter(bars)
