"""Fonts: words in another font than the prescribed one."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.typefaces import Options, is_right
from doclint.document import Block, Span
from doclint.fixes.draft import Change, Draft
from doclint.fixes.properties import mark_properties, run_properties, set_font
from doclint.looks import opening, stretches


def fix(draft: Draft, options: Options) -> Iterator[Change]:
    """Set the font of every run of letters or digits in text and notes; fonts of signs and old encodings stay."""
    for block in draft.document.blocks:
        if block.part not in ("body", "footnote"):
            continue
        wrong = list(_wrong(draft, block, options))
        for name, span in wrong:
            for run in draft.runs(span):
                set_font(run_properties(run), options.font)
            yield Change(opening(draft.document, span), f"phông {name} → {options.font}")
        if wrong and wrong[-1][1].end == block.span.end:
            set_font(mark_properties(draft.paragraph(block)), options.font)


def _wrong(draft: Draft, block: Block, options: Options) -> Iterator[tuple[str, Span]]:
    for name, span in stretches(draft.document, block.span, lambda font: font.name):
        printed = name is not None and any(map(str.isalnum, draft.document.at(span)))
        if printed and name is not None and not is_right(draft.document, name, options):
            yield name, span
