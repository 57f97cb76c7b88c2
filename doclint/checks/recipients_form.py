"""How the list of recipients is written: heading, dashes, semicolons, the line of the file copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.anatomy.parts import Recipient
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report all faults of the list as one, from its first to its last; a list not read in whole is left alone."""
    listed = context.anatomy.recipients
    if listed is None or not context.complete or recognised(document):
        return
    found = [
        _heading(document, listed.heading),
        _dash(document, listed.items),
        _separator(document, listed.items),
        _last(document, listed.items),
    ]
    faults = [fault for fault in found if fault is not None]
    if faults:
        words = [" ".join(document.at(span).split()) for span, _ in faults]
        # The first line stands before the problem already.
        told = [problem if line == words[0] else f"«{line}»: {problem}"
                for line, (_, problem) in zip(words, faults, strict=True)]  # fmt: skip
        span = Span(min(one.start for one, _ in faults), max(one.end for one, _ in faults))
        yield Match(span, {"words": words[0], "problem": "; ".join(told)})


def _heading(document: Document, heading: Span) -> tuple[Span, str] | None:
    words = " ".join(document.at(heading).split())
    if words.rstrip(": ") != "Nơi nhận":
        return heading, "phải viết là «Nơi nhận:»"
    return None if words.endswith(":") else (heading, "sau chữ «Nơi nhận» phải có dấu hai chấm")


def _dash(document: Document, items: Sequence[Recipient]) -> tuple[Span, str] | None:
    problem = "mỗi nơi nhận một dòng, đầu dòng có gạch đầu dòng"
    if items and not _begins_with_sign(document, items[0].span.start):
        return _line(document, items[0].span), problem
    for item in items:
        text = document.at(item.span)
        kept = _BARE_FILE_COPY.search(text) or _BARE_ITEM.search(f"{text}{_marks(document, item)}\n")
        if kept is not None:
            start = item.span.start + kept.start("line")
            return Span(start, item.span.start + kept.end("line")), problem
    return None


def _separator(document: Document, items: Sequence[Recipient]) -> tuple[Span, str] | None:
    for item in items[:-1]:
        if item.archive:
            break
        # Lines of the other column may have been read as going on with an item.
        if ";" not in _marks(document, item) and not re.search(r";\s*\n", document.at(item.span)):
            return _with_marks(document, item), "cuối dòng phải là dấu chấm phẩy"
    return None


def _last(document: Document, items: Sequence[Recipient]) -> tuple[Span, str] | None:
    kept = next((number for number, item in enumerate(items) if item.archive or _bare(document, item)), None)
    if kept is None:
        return None  # the line that has to end the list is still to come, which another rule says
    after = items[kept + 1 :]
    if after:
        # More than a few lines are no recipients, but what stands under the list.
        few = len(after) <= 3 and all(len(item.span) <= 120 for item in after)
        return (_with_marks(document, items[kept]), "dòng «Lưu» phải là dòng cuối cùng") if few else None
    last = items[-1]
    ended = document.text[last.span.start : last.span.end] + _marks(document, last)
    if _FULL_STOP.search(ended):
        return None
    return _bare(document, last) or _with_marks(document, last), "dòng cuối cùng phải kết thúc bằng dấu chấm"


def _bare(document: Document, item: Recipient) -> Span | None:
    """Return the line of the file copy that was read as going on with ``item``, having no dash."""
    kept = _BARE_FILE_COPY.search(document.at(item.span))
    return Span(item.span.start + kept.start("line"), item.span.start + kept.end("line")) if kept is not None else None


def _begins_with_sign(document: Document, start: int) -> bool:
    return re.search(r"[-–—+•*·]\s*$", document.text[max(0, start - 12) : start]) is not None


def _marks(document: Document, item: Recipient) -> str:
    """Return the marks right after an item, on its line."""
    found = _AFTER.match(document.text, item.span.end)
    return found[0] if found is not None else ""


def _with_marks(document: Document, item: Recipient) -> Span:
    line = _line(document, item.span)
    if line.end < item.span.end:
        return line
    return Span(line.start, item.span.end + len(_marks(document, item).rstrip()))


def _line(document: Document, span: Span) -> Span:
    """Return the first line of ``span``."""
    return Span(span.start, span.start + len(document.at(span).split("\n")[0].rstrip()))


_AFTER = re.compile(r"[ \u00a0]*[;.,*]*")
_BARE_FILE_COPY = re.compile(r"\n\s*(?P<line>[Ll]ưu\s*(?::|VT|[Vv]ăn (?:thư|phòng))[^\n]*)")
# Between two semicolons stands a recipient, dash or no dash; after a tab, the other column.
_BARE_ITEM = re.compile(r";[ ]*(?:\t[^\n]*)?\n[ \t]*(?P<line>\w[^\n;]*;)(?=\s*\n)")
# «- Lưu: VT, VP. Ph.(40)» and «- Lưu: VT, VP.(Hạnh.06)» end before the symbol of the drafter.
_FULL_STOP = re.compile(r"\.\s*$|\.[\s(]")
