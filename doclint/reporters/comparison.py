"""A draft beside one source, for a clerk: how much of it is a copy, which passages, and what was changed in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.document import Document
from doclint.readers.unchecked import pages_and_reasons
from doclint.reporters.terminal import indented
from doclint.reporters.words import ASIDE, SUPPORTS, printable
from doclint.reuse.aside import Aside
from doclint.reuse.compare import Comparison
from doclint.reuse.copies import Copy, Edit
from doclint.reuse.draft import Draft
from doclint.reuse.passages import MIN_TOKENS
from doclint.reuse.search import Reuse
from doclint.reuse.source import Source
from vanthu.files import shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def render(
    comparison: Comparison, draft: tuple[Path, Document, Draft], source: tuple[Path, Document, Source], console: Console
) -> None:
    """Print what ``draft`` has from ``source``; each side is its file, what was read, and what was compared."""
    from rich.text import Text

    console.print(Text(f"Dự thảo: {shown(draft[0])}", style="bold"), soft_wrap=True)
    console.print(Text(f"Nguồn:   {shown(source[0])}", style="bold"), soft_wrap=True)
    for name, document in (("dự thảo", draft[1]), ("nguồn", source[1])):
        if document.unchecked:
            unread = f"CHƯA SO ĐƯỢC hết {name}: {pages_and_reasons(document.unchecked)}"
            console.print(Text(printable(unread), style="bold red"), soft_wrap=True)
    indented(console, 0, Text.assemble(("Kết quả: ", "bold"), _summary(comparison)))
    put_aside(draft[2].aside, console)
    for number, copy in enumerate(comparison.copies, 1):
        console.print()
        _copy(number, copy, draft[1], source[2], console)


def put_reuse(reuse: Reuse, draft: Document, console: Console) -> None:
    """Print how much of a checked draft is a copy, from where, and what is left; nothing when nothing is."""
    from rich.text import Text

    if not reuse.found:
        return
    sources = ", ".join(dict.fromkeys(found.entry.citation for found in reuse.found))
    share = f"{reuse.share:.0%} nội dung ({reuse.copied} trong {reuse.operative} âm tiết), từ {sources}"
    indented(console, 0, Text.assemble(("Chép lại: ", "bold"), printable(share)))
    left = f"{len(reuse.fresh)} chỗ" if reuse.fresh else "không có"
    indented(console, 0, Text.assemble(("Phần mới: ", "bold"), f"{left} → {SUPPORTS[reuse.supports]}"))
    for span in reuse.fresh[:_SHOWN]:
        place = f" ({draft.place(span).label})"
        indented(console, 2, Text.assemble(_shortened(printable(draft.at(span)), 100), (place, "dim")))
    if len(reuse.fresh) > _SHOWN:
        indented(console, 2, Text(f"… và {len(reuse.fresh) - _SHOWN} chỗ nữa", style="dim"))
    put_aside(reuse.aside, console)


def put_aside(aside: Sequence[Aside], console: Console) -> None:
    """Print what was not compared, and how often."""
    from rich.text import Text

    counts = sorted(Counter(one.kind for one in aside).items())
    listed = "; ".join(f"{ASIDE[kind]} ({count} chỗ)" for kind, count in counts)
    if listed:
        indented(console, 0, Text(f"Không so: {listed}", style="dim"))


def _summary(comparison: Comparison) -> str:
    if not comparison.copies:
        return f"không có đoạn nào từ {MIN_TOKENS} âm tiết trở lên giống văn bản nguồn"
    changed = sum(len(copy.changes) for copy in comparison.copies)
    figures = f", {changed} số liệu khác nguồn" if changed else ""
    return (
        f"{len(comparison.copies)} đoạn có trong văn bản nguồn, chiếm {comparison.share:.0%} phần nội dung"
        f" ({comparison.copied} trong {comparison.operative} âm tiết){figures}"
    )


def _copy(number: int, copy: Copy, draft: Document, source: Source, console: Console) -> None:
    from rich.text import Text

    indented(console, 0, Text.assemble((f"{number}. ", "bold"), (likeness(copy), "bold")))
    unit = source.unit(copy.source)
    where = f"{source.place(copy.source)} ({unit})" if unit else source.place(copy.source)
    indented(console, 2, Text(f"{draft.place(copy.draft).label} của dự thảo ← {where} của nguồn", style="dim"))
    indented(console, 2, _words(copy.edits))
    for change in copy.changes:
        ours, theirs = printable(draft.at(change.draft.span)), printable(source.at(change.source.span))
        indented(console, 2, Text(f"! Số liệu khác nguồn: dự thảo «{ours}», nguồn «{theirs}»", style="bold red"))


def likeness(copy: Copy) -> str:
    """Return how alike the two sides are: «Sửa ít, giống 93%»."""
    return f"{_GRADES[copy.grade]}, giống {int(copy.similarity * 100)}%"


def _words(edits: Sequence[Edit]) -> Text:
    """Return the words of the draft, what the source has instead struck out before them."""
    from rich.text import Text

    text = Text()
    for edit in edits:
        if edit.same:
            text.append(_shortened(printable(edit.draft)) + " ")
            continue
        if edit.source:
            text.append(f"[-{_shortened(printable(edit.source))}-] ", style="red strike")
        if edit.draft:
            text.append(f"{{+{_shortened(printable(edit.draft))}+}} ", style="green")
    return text


def _shortened(words: str, most: int = 400) -> str:
    half = most // 2 - 10
    return words if len(words) <= most else f"{words[:half]} … {words[-half:]}"


_SHOWN = 3
_GRADES = {"verbatim": "Nguyên văn", "edited": "Sửa ít", "abridged": "Rút gọn"}
