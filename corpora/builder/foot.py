"""Set recipients and signature: side by side in a table without lines, or parted by a tab stop."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.shared import Mm

from builder.ink import ALIGN, BODY, add_paragraph, add_run, add_table
from builder.source import Source


def add_foot(document: Any, source: Source, style: str) -> None:
    """Add what stands under the text; ``style`` is ``table`` or ``tabs``."""
    if source.left_signer:
        table = add_table(document, (80, 80))
        _signature(table.rows[0].cells[0], source.left_signature, source.left_signer)
        _signature(table.rows[0].cells[1], source.signature, source.signer)
        _recipients(add_table(document, (80, 80)).rows[0].cells[0], source)
    elif style == "tabs":
        _tabs(document, source)
    else:
        left, right = add_table(document, (78, 82)).rows[0].cells
        _recipients(left, source)
        _signature(right, source.signature, source.signer)


def _recipients(cell: Any, source: Source) -> None:
    if not source.recipients:
        return
    add_paragraph(cell, source.recipients_title, size=12, bold=True, italic=True, align=ALIGN.LEFT, before=8)
    for text in source.recipients:
        add_paragraph(cell, text, size=11, align=ALIGN.LEFT)


def _signature(cell: Any, titles: Sequence[str], name: str) -> None:
    for n, text in enumerate(titles):
        add_paragraph(cell, text, bold=True, before=0 if n else 8)
    add_paragraph(cell, name, bold=True, before=64)


def _tabs(document: Any, source: Source) -> None:
    left = [source.recipients_title, *source.recipients] if source.recipients else []
    gap = max(4, len(left) - len(source.signature) - 1)
    right = [*source.signature, *[""] * gap, source.signer]
    for n, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
        paragraph = add_paragraph(document, "", align=ALIGN.LEFT, before=0 if n else 8)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(120), TAB.CENTER)
        paragraph.paragraph_format.keep_with_next = True
        add_run(paragraph, one, size=11 if n else 12, bold=n == 0, italic=n == 0)
        if other:
            add_run(paragraph, f"\t{other}", size=BODY, bold=True)
