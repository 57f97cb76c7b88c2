"""Show how far a batch is: two bars on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class Meter:
    """Counts of a batch, told as they grow."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._documents = bars.add_task("Đang xem tệp", total=None)
        self._pages = bars.add_task("Trang", total=0, visible=False)

    def file_seen(self) -> None:
        """Say that the intake has looked at one more file."""
        self._bars.advance(self._documents)

    def expect(self, documents: int) -> None:
        """Say how many documents there are to digitize."""
        self._bars.reset(self._documents, total=documents, description="Tài liệu")
        self._bars.update(self._pages, visible=True)

    def pages_found(self, pages: int) -> None:
        """Say that a document has been opened and has so many pages."""
        self._bars.update(self._pages, total=(self._bars.tasks[self._pages].total or 0) + pages)

    def page_ended(self) -> None:
        """Say that a page has been read, or never will be."""
        self._bars.advance(self._pages)

    def document_ended(self) -> None:
        """Say that a document is done, or never will be."""
        self._bars.advance(self._documents)


@contextmanager
def meter() -> Iterator[Meter]:
    """Yield a meter; it draws on the error stream when that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:
        yield Meter(bars)
