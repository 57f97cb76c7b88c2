"""Packs for a person: which there are, what they hold, and their documents."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from doclint.anatomy.types import type_name
from doclint.reporters.words import printable
from doclint.reuse.packs.entry import Entry
from doclint.reuse.packs.pack import Pack
from vanthu.errors import dotted
from vanthu.files import near

if TYPE_CHECKING:
    from rich.console import Console


def summary(packs: Sequence[Pack], console: Console) -> None:
    """Print the packs, one a line."""
    from rich.table import Table

    if not packs:
        console.print("Chưa có gói nào. Dựng gói: doclint corpus build THƯ-MỤC --pack TÊN", highlight=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in (("Gói", "left"), ("Văn bản", "right"), ("Dung lượng", "right"), ("Nơi lưu", "left")):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for pack in packs:
        table.add_row(pack.name, dotted(sum(1 for _ in pack.entries())), _size(pack), near(pack.folder))
    console.print(table)
    console.print("\nXem kỹ một gói: doclint corpus info GÓI", highlight=False)


def documents(pack: Pack, console: Console) -> None:
    """Print the documents of a pack, one a line, with what is known of each."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("Mã", "Số, ký hiệu", "Ngày", "Cấp", "Hiệu lực", "Trích yếu", "Tệp"):
        table.add_column(heading, overflow="fold")
    for id, entry in pack.entries():
        day = f"{entry.date:%d/%m/%Y}" if entry.date is not None else ""
        cells = (str(id), entry.number, day, LEVELS[entry.level], _status(entry), entry.subject, near(entry.origin))
        table.add_row(*map(printable, cells))
    console.print(table)


def details(pack: Pack, console: Console) -> None:
    """Print how many documents of each level, type, year and status a pack holds, and how large it is."""
    held = [entry for _, entry in pack.entries()]
    console.print(f"Gói {pack.name}: {dotted(len(held))} văn bản, {_size(pack)}, {near(pack.folder)}")
    for heading, name in _GROUPS:
        counts = Counter(map(name, held))
        listed = ", ".join(f"{value} {dotted(count)}" for value, count in sorted(counts.items(), key=_by_count))
        console.print(f"  {heading}: {listed or 'không có'}", soft_wrap=True)


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _status(entry: Entry) -> str:
    words = {"in-force": "còn", "repealed": "hết", "not-yet": "chưa có"}[entry.status(datetime.date.today())]
    return f"{words} (thay bằng {entry.replaced_by})" if entry.replaced_by else words


def _size(pack: Pack) -> str:
    size = sum(file.stat().st_size for file in pack.folder.rglob("*") if file.is_file())
    return f"{size / 2**20:.1f} MiB".replace(".", ",")


LEVELS = {
    "central": "trung ương",
    "province": "tỉnh",
    "department": "sở",
    "commune": "xã",
    "unit": "đơn vị",
    "": "chưa rõ",
}
_GROUPS: tuple[tuple[str, Callable[[Entry], str]], ...] = (
    ("Cấp", lambda entry: LEVELS[entry.level]),
    ("Loại", lambda entry: type_name(entry.type) or "chưa rõ"),
    ("Năm", lambda entry: str(entry.date.year) if entry.date is not None else "chưa rõ"),
    ("Hiệu lực", _status),
)
