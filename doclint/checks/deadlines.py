"""Tasks without a deadline, or with words in place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.bodies import in_sentence
from doclint.anatomy.parts import Anatomy, Task
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import assigned_elsewhere
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"lead", "words"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``missing`` for tasks with no deadline at all, ``vague`` for words that are none."""

    report: Literal["missing", "vague"]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the beginning of each task without a deadline, or the words of each vague one, but no standing duty."""
    if options.report == "vague":
        yield from _vague(document, context.anatomy)
    else:
        yield from _missing(document, context.anatomy)


def _vague(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    seen: set[Span] = set()
    for task in anatomy.tasks:
        span = task.deadline.span
        if (
            task.deadline.kind != "vague"
            or span is None
            or span in seen
            or (task.standing and span in task.span and not _opens_clause(document, task.span, span))
        ):
            continue
        seen.add(span)
        yield Match(span, {"lead": _lead(task), "words": document.at(span)})


def _opens_clause(document: Document, task: Span, span: Span) -> bool:
    """Tell whether the words begin a clause of a list: then it is a task, though the list began with a duty."""
    return task.start == span.start or document.text[task.start : span.start].rstrip()[-1:] == ";"


def _missing(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    elsewhere = assigned_elsewhere(document)
    if anatomy.type in _LETTERS and any(
        task.deadline.kind in ("date", "period", "recurring") for task in anatomy.tasks
    ):
        return  # what a letter asks for is due on the one day that it names
    # The clauses of one item are one finding, and none where one of them has a day.
    seen = {_item(task) for task in anatomy.tasks if task.node >= 0 and task.deadline.kind not in ("none", "vague")}
    for task in anatomy.tasks:
        item = _item(task)
        if task.node >= 0 and item in seen:
            continue
        # Where an appendix is said to assign the tasks, only its own rows can be judged, if it is in the file at all.
        told = task.deadline.kind == "none" and not task.standing and _is_order(document, task)
        if told and (task.node < 0 or not elsewhere):
            seen.add(item)
            yield Match(_opening(document, task.span), {"lead": _lead(task), "words": ""})


def _is_order(document: Document, task: Task) -> bool:
    """Tell whether a task is to be done, not what somebody did or has, nor only the name of what concerns a body."""
    text = document.at(task.span)
    after = max((actor.span.end for actor in task.lead if actor.span in task.span), default=task.span.start)
    return _TOLD_OF.match(text) is None and _NO_ORDER.match(text, after - task.span.start) is None


def _item(task: Task) -> tuple[int, tuple[str, ...]]:
    return task.node, tuple(actor.name for actor in task.lead)


def _lead(task: Task) -> str:
    names = ", ".join(in_sentence(actor.name) for actor in task.lead)
    return f"giao {names}" if names else "chưa giao cho ai"


def _opening(document: Document, span: Span) -> Span:
    """Return the first sentence or clause of a task: enough to know it by."""
    text = document.at(span)
    for start, stops in ((40, r"[;.]\s"), (160, r",\s")):
        stop = re.compile(stops).search(text, start)
        if stop is not None and stop.start() <= 240:
            return Span(span.start, span.start + stop.start())
    return span


_LETTERS = ("CV", "CĐ")
_TOLD_OF = re.compile(r"Ngày\s+\d")
_NO_ORDER = re.compile(
    spaced(
        r"\s*:|\s+(?:đã |vừa |mới )?(?:có|ban hành|gửi) (?:Công văn|Kế hoạch|Văn bản|Thông báo|Báo cáo|Tờ trình|"
        r"Chỉ thị|Quyết định|Kết luận)(?: kết luận)? số|\s+(?:đã|vừa|là|gồm)(?!\w)"
        r"|\s+(?:sử dụng|bố trí|dùng) (?:nhân lực|kinh phí|nguồn lực|cán bộ|dự toán)[^.;]{0,40}"
        r"(?:hiện có|sẵn có|được giao)"
    )
)
