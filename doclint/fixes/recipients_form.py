"""The list of recipients: heading, dashes, semicolons, the dot at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.parts import Recipient, Recipients
from doclint.checks.recipients_form import (
    _BARE_FILE_COPY,
    _FULL_STOP,
    Options,
    _begins_with_sign,
    _dash,
    _last,
    _line,
    _marks,
    _separator,
    _with_marks,
)
from doclint.document import Document, Span
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.typing import Edit, put_after, typed


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Write the list as it is to be; names are not touched, nor is their order."""
    return typed(draft, _edits(draft))


def _edits(draft: Draft) -> Iterator[Edit | Left]:
    listed = draft.anatomy.recipients
    if listed is None:
        return
    document, items = draft.document, listed.items
    if not _is_list(document, listed):
        yield Left(listed.heading, "không chắc các dòng dưới chữ này là danh sách nơi nhận: tự sửa trong Word")
        return
    yield from _heading(draft, listed.heading)
    if _dash(document, items) is not None:
        yield from _dashes(document, items)
    if _separator(document, items) is not None:
        for item in items[:-1]:
            if item.archive:
                break
            if ";" not in _marks(document, item) and not re.search(r";\s*\n", document.at(item.span)):
                yield _signed(draft, item, ";")
    if (found := _last(document, items)) is not None:
        last = items[-1]
        if not last.archive and any(item.archive for item in items):
            yield Left(found[0], "dòng «Lưu» phải xuống cuối danh sách: tự chuyển trong Word")
        elif not _FULL_STOP.search(document.at(last.span) + _marks(document, last)):
            yield _signed(draft, last, ".")


def _is_list(document: Document, listed: Recipients) -> bool:
    """Tell whether the items follow each other and look like recipients: what only may be a list gets no marks."""
    ends = [listed.heading.end, *(item.span.end for item in listed.items)]
    between = [document.text[end : item.span.start] for end, item in zip(ends, listed.items, strict=False)]
    marked = sum(_begins_with_sign(document, item.span.start) for item in listed.items)
    filed = any(item.archive or _BARE_FILE_COPY.search(document.at(item.span)) for item in listed.items)
    known = filed or 2 * marked >= len(listed.items)
    short = all(document.at(item.span).count("\n") < _LINES for item in listed.items)
    starts = {listed.heading.start, *(item.span.start for item in listed.items)}
    cells = {block.cell for block in document.blocks if any(block.span.start <= one < block.span.end for one in starts)}
    return known and short and len(cells) == 1 and not any(any(map(str.isalnum, words)) for words in between)


def _heading(draft: Draft, heading: Span) -> Iterator[Edit | Left]:
    text = draft.document.at(heading)
    words = " ".join(text.split()).rstrip(": ")
    if words.lower() != "nơi nhận":
        yield Left(heading, "không rõ đây có phải chữ «Nơi nhận:» không: tự sửa trong Word")
        return
    stripped = text.rstrip()
    if words != "Nơi nhận":
        for place, char in enumerate(text):
            wanted = char.upper() if place == 0 else char.lower()
            if char != wanted:
                yield Edit(Span(heading.start + place, heading.start + place + 1), wanted, "→ «Nơi nhận»", heading)
    if not stripped.endswith(":") and words == "Nơi nhận":
        end = heading.start + len(stripped)
        yield put_after(draft, end, ":", "«Nơi nhận» → «Nơi nhận:»", heading)


def _dashes(document: Document, items: Sequence[Recipient]) -> Iterator[Edit]:
    for item in items:
        starts = [] if _begins_with_sign(document, item.span.start) else [item.span.start]
        if (kept := _BARE_FILE_COPY.search(document.at(item.span))) is not None:
            starts.append(item.span.start + kept.start("line"))
        for start in starts:
            shown = _line(document, Span(start, item.span.end))
            yield Edit(Span(start, start + 1), f"- {document.text[start]}", "thêm gạch đầu dòng", shown)


def _signed(draft: Draft, item: Recipient, sign: str) -> Edit:
    """Return the edit that puts ``sign`` behind an item, in the place of another sign where there is one."""
    document, shown = draft.document, _with_marks(draft.document, item)
    after = re.search(r"[;.,]", _marks(document, item))
    if after is not None:
        end = item.span.end + after.end()
        return put_after(draft, end, sign, f"cuối dòng: «{after[0]}» → «{sign}»", shown, instead=True)
    end = item.span.start + len(document.at(item.span).rstrip())
    return put_after(draft, end, sign, f"cuối dòng: thêm «{sign}»", shown)


_LINES = 3
"""Of one item."""
