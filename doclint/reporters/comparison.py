"""A draft beside one source, for a clerk: how much of it is a copy, which passages, and what was changed in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.document import Document
from doclint.readers.unchecked import pages_and_reasons
from doclint.reporters.terminal import indented, printable
from doclint.reuse.compare import Comparison, Copy, Edit
from doclint.reuse.passages import MIN_TOKENS
from vanthu.files import shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def render(
    comparison: Comparison, draft: Document, source: Document, names: tuple[Path, Path], console: Console
) -> None:
    """Print what ``draft`` has from ``source``; ``names`` are their files, in that order."""
    from rich.text import Text

    console.print(Text(f"Dự thảo: {shown(names[0])}", style="bold"), soft_wrap=True)
    console.print(Text(f"Nguồn:   {shown(names[1])}", style="bold"), soft_wrap=True)
    for name, document in zip(("dự thảo", "nguồn"), (draft, source), strict=True):
        if document.unchecked:
            unread = f"CHƯA SO ĐƯỢC hết {name}: {pages_and_reasons(document.unchecked)}"
            console.print(Text(printable(unread), style="bold red"), soft_wrap=True)
    indented(console, 0, Text.assemble(("Kết quả: ", "bold"), _summary(comparison)))
    for kind, count in sorted(Counter(aside.kind for aside in comparison.aside).items()):
        indented(console, 2, Text(f"Không so: {_ASIDE[kind]} ({count} chỗ)", style="dim"))
    for number, copy in enumerate(comparison.copies, 1):
        console.print()
        _copy(number, copy, draft, source, console)


def _summary(comparison: Comparison) -> str:
    if not comparison.copies:
        return f"không có đoạn nào từ {MIN_TOKENS} âm tiết trở lên giống văn bản nguồn"
    changed = sum(len(copy.changes) for copy in comparison.copies)
    figures = f", {changed} số liệu khác nguồn" if changed else ""
    return (
        f"{len(comparison.copies)} đoạn có trong văn bản nguồn, chiếm {comparison.share:.0%} phần nội dung"
        f" ({comparison.copied} trong {comparison.operative} âm tiết){figures}"
    )


def _copy(number: int, copy: Copy, draft: Document, source: Document, console: Console) -> None:
    from rich.text import Text

    grade = f"{_GRADES[copy.grade]}, giống {int(copy.similarity * 100)}%"
    indented(console, 0, Text.assemble((f"{number}. ", "bold"), (grade, "bold")))
    where = f", mục {copy.where}" if copy.where else ""
    places = f"{draft.place(copy.draft).label} của dự thảo ← {source.place(copy.source).label}{where} của nguồn"
    indented(console, 2, Text(places, style="dim"))
    indented(console, 2, _words(copy.edits))
    for change in copy.changes:
        ours, theirs = (printable(text.at(one.span)) for text, one in ((draft, change.draft), (source, change.source)))
        indented(console, 2, Text(f"! Số liệu khác nguồn: dự thảo «{ours}», nguồn «{theirs}»", style="bold red"))


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


def _shortened(words: str) -> str:
    return words if len(words) <= 400 else f"{words[:180]} … {words[-180:]}"


_GRADES = {"verbatim": "Nguyên văn", "edited": "Sửa ít", "abridged": "Rút gọn"}
_ASIDE = {
    "form": "phần thể thức: đầu văn bản, lời kết, nơi nhận, chữ ký",
    "bases": "căn cứ ban hành",
    "quotation": "câu trích dẫn có nêu nguồn",
    "citation": "tên văn bản được viện dẫn",
    "formula": "câu mẫu thường dùng",
}
