"""Change letters of the text where they stand, in the run that has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from doclint.document import DocxPlace, RunRange, Span
from doclint.fixes.draft import Change, Draft, Left
from doclint.readers.word.names import ALTERNATE, TEXT, Element, W
from doclint.reporters.word.splitting import counted


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of ``span``, which is not empty; ``what`` tells it, ``shown`` is where."""

    span: Span
    text: str
    what: str
    shown: Span


def typed(draft: Draft, edits: Iterable[Edit | Left]) -> Iterator[Change | Left]:
    """Make the edits, which do not overlap; yield what was done, and what could not be and why."""
    done: list[Edit] = []
    stretches: dict[Element, list[tuple[int, int, str]]] = {}
    for edit in edits:
        if isinstance(edit, Left):
            yield edit
            continue
        found = _stretches(draft, edit)
        if isinstance(found, str):
            yield Left(edit.shown, found)
            continue
        for number, (element, start, end) in enumerate(found):
            # The first keeps the new text, so that it looks as the first letter did.
            stretches.setdefault(element, []).append((start, end, "" if number else edit.text))
        done.append(edit)
        yield Change(edit.shown, edit.what)
    for element, changes in stretches.items():
        _rewrite(element, changes)
    pieces, position = [], 0
    for edit in sorted(done, key=lambda edit: edit.span):
        pieces += [draft.expected[position : edit.span.start], edit.text]
        position = edit.span.end
    draft.expected = "".join((*pieces, draft.expected[position:]))


def put_after(draft: Draft, position: int, sign: str, what: str, shown: Span, *, instead: bool = False) -> Edit:
    """Return the edit that puts ``sign`` behind the character before ``position``, or in the place of that one."""
    span = Span(position - 1, position)
    return Edit(span, sign if instead else draft.document.at(span) + sign, what, shown)


def _stretches(draft: Draft, edit: Edit) -> list[tuple[Element, int, int]] | str:
    """Return the ``w:t`` behind an edit with the characters of each, or why they must not be changed."""
    if any("từ bảng mã cũ" in note for note in draft.document.notes):
        return "văn bản gõ bằng bảng mã cũ, phải chuyển sang Unicode trước"
    place = draft.document.place(edit.span)
    assert isinstance(place, DocxPlace)
    found: list[tuple[Element, int, int]] = []
    for one in place.runs:
        run = draft.run(place.part, one)
        if next(run.iterancestors(ALTERNATE), None) is not None:
            return "chữ trong khung, Word giữ hai bản, nên tự sửa trong Word"
        if any(control.find(f"{W}sdtPr/{W}dataBinding") is not None for control in run.iterancestors(W + "sdt")):
            return "ô này lấy chữ từ thuộc tính của tệp, nên sửa ở đó"
        own = _of_run(run, one)
        if own is None:
            return "chỗ này có dấu ngắt hoặc ký hiệu của Word, nên tự sửa trong Word"
        found += own
    return found


def _of_run(run: Element, one: RunRange) -> list[tuple[Element, int, int]] | None:
    found, position = [], 0
    for child in run:
        length = counted(child)
        start, end = max(one.start - position, 0), min(one.end - position, length)
        position += length
        if start < end:
            if child.tag != TEXT:
                return None
            found.append((child, start, end))
    return found or None


def _rewrite(element: Element, changes: list[tuple[int, int, str]]) -> None:
    before = text = element.text or ""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    element.text = text
    if text != text.strip() and before == before.strip():
        element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
