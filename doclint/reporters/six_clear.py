"""The table of tasks for a clerk: who, with whom, what, by when, with what result; what is missing is shown in red."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from doclint.reporters.terminal import indented
from doclint.reporters.words import printable
from doclint.six_clear import Row, missing

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def put_six_clear(rows: Sequence[Row], console: Console) -> None:
    """Print the tasks of a document as a table, or as a list where the window is too narrow for one."""
    from rich.text import Text

    console.print()
    indented(console, 0, Text("Bảng 6 rõ", style="bold underline"))
    if not rows:
        indented(console, 0, Text("Không thấy giao việc cho ai.", style="dim"))
        return
    put = _table if console.width >= _TABLE else _list
    put(rows, console)
    indented(console, 0, Text(totals(rows), style="bold"))


def _table(rows: Sequence[Row], console: Console) -> None:
    from rich.table import Table

    table = Table(width=console.width, show_lines=True)
    for name, ratio in _COLUMNS:
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(*_cells(row))
    console.print(table)


def _list(rows: Sequence[Row], console: Console) -> None:
    from rich.text import Text

    for row in rows:
        unit, what, *facts = _cells(row)
        indented(console, 0, Text.assemble(unit, " " if unit.plain else "", what))
        for (name, _), fact in zip(_COLUMNS[2:], facts, strict=True):
            indented(console, 2, Text.assemble((f"{name}: ", "dim"), fact))


def _cells(row: Row) -> tuple[Text, ...]:
    from rich.text import Text

    lacking = missing(row)
    what = Text(printable(row.what))
    if row.standing:
        what.append(" (việc thường xuyên)", style="dim")
    cells = [Text(printable(row.unit)), what]
    for name in ("lead", "partners", "due", "product", "resources", "authority"):
        words = getattr(row, name)
        if words is None:
            # Nobody has to join, and a standing duty lacks nothing.
            cells.append(Text("—", style="dim" if name == "partners" or row.standing else "bold red"))
        else:
            cells.append(Text(printable(words), style="red" if name in lacking else ""))
    return tuple(cells)


def totals(rows: Sequence[Row]) -> str:
    """Return one line: how many tasks there are, and how many lack what."""
    work = [row for row in rows if not row.standing]
    vague = sum(row.vague for row in work)
    counts = (
        (sum(row.lead is None for row in work), "thiếu người chủ trì"),
        (sum(row.due is None for row in work), "thiếu thời hạn"),
        (vague, "thời hạn mơ hồ"),
        (sum(row.product is None for row in work), "thiếu sản phẩm"),
        (sum(row.resources is None for row in work), "chưa nói nguồn lực"),
        (sum(row.authority is None for row in work), "chưa nói thẩm quyền"),
    )
    said = ", ".join(f"{count} {what}" for count, what in counts if count) or "đủ 6 rõ"
    standing = f"; {len(rows) - len(work)} việc thường xuyên" if len(work) < len(rows) else ""
    return f"{len(work)} việc: {said}{standing}."


_COLUMNS = (
    ("Mục", 4),
    ("Việc", 18),
    ("Chủ trì", 9),
    ("Phối hợp", 8),
    ("Thời hạn", 8),
    ("Sản phẩm", 9),
    ("Nguồn lực", 7),
    ("Thẩm quyền", 8),
)
_TABLE = 110
"""Columns of a window in which a table of eight can be read."""
