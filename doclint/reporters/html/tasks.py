"""A row of the table of six clear things → its cells in words, each with what is to be seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from doclint.six_clear import Row, missing

Look = Literal["", "missing", "vague", "quiet"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of a task; ``look`` is how the page marks it."""

    text: str
    look: Look = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task: where it stands, what is to be done, and its facts in the order of ``COLUMNS``."""

    unit: str
    what: str
    standing: bool
    cells: tuple[Cell, ...]


def task_row(row: Row) -> TaskRow:
    """Return ``row`` with its empty cells marked by words, not by colour alone."""
    return TaskRow(row.unit, row.what, row.standing, tuple(_cell(row, name) for name in COLUMNS))


def _cell(row: Row, name: str) -> Cell:
    words = getattr(row, name)
    if words is not None:
        return Cell(f"{words} (mơ hồ)", "vague") if name in missing(row) else Cell(words)
    # Nobody has to join, and a standing duty lacks nothing.
    if name == "partners" or row.standing:
        return Cell("—", "quiet")
    return Cell("thiếu" if name in missing(row) else "chưa nói", "missing")


COLUMNS = {
    "lead": "Chủ trì",
    "partners": "Phối hợp",
    "due": "Thời hạn",
    "product": "Sản phẩm",
    "resources": "Nguồn lực",
    "authority": "Thẩm quyền",
}
"""Fields of a row by their headings."""
