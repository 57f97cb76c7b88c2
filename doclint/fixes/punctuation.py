"""Blanks before marks and blanks set twice. A mark that is missing or doubled may be a slip of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from doclint.checks.punctuation import Options, Sort, is_prose, sorts
from doclint.document import Document, Span
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.typing import Edit, typed


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Take out blanks that are too many; places that overlap wait for the next round."""
    return typed(draft, _edits(draft.document, options))


def _edits(document: Document, options: Options) -> Iterator[Edit | Left]:
    taken = -1
    for block in document.blocks:
        text = document.at(block.span)
        if not is_prose(block, text):
            continue
        for sort, match in sorted(_matches(text, options), key=lambda pair: pair[1].start()):
            shown = Span(block.span.start + match.start(), block.span.start + match.end())
            if sort not in _BLANKS:
                yield Left(shown, f"{sorts()[sort][0]}: xem lại câu rồi tự sửa")
                continue
            what, pattern = _BLANKS[sort]
            blanks = pattern.search(match[0])
            if blanks is not None and shown.start + blanks.start() > taken:
                taken = shown.start + blanks.end()
                yield Edit(Span(shown.start + blanks.start(), taken), "", what, shown)


def _matches(text: str, options: Options) -> Iterator[tuple[Sort, re.Match[str]]]:
    for sort in options.report:
        _, hint, pattern = sorts()[sort]
        if hint.search(text):
            for match in pattern.finditer(text):
                yield sort, match


_BLANKS: dict[Sort, tuple[str, re.Pattern[str]]] = {
    "blank-before": ("bỏ dấu cách trước dấu câu", re.compile(r"[ \u00a0]+(?=[,;.:)!?])")),
    # Of two blanks the second goes.
    "doubled-blank": ("hai dấu cách → một", re.compile(r"(?<= ) ")),
}
