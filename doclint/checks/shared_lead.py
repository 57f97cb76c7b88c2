"""Tasks whose lead is given to more than one body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.parts import Actor, Task
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"bodies", "count"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report where several bodies lead one task, or several named bodies share one and none leads."""
    reported: list[Span] = []
    for task in context.anatomy.tasks:
        for span, bodies in (*_led_together(document, task), *_led_by_nobody(document, task)):
            if not any(span.overlaps(other) for other in reported):
                reported.append(span)
                yield Match(span, {"bodies": ", ".join(bodies), "count": str(len(bodies))})


def _led_together(document: Document, task: Task) -> Iterator[tuple[Span, list[str]]]:
    """Yield «A và B (cùng, đồng) chủ trì»: bodies in a row with nothing but commas between them and the word."""
    text = document.at(task.span)
    bodies = list(find_bodies(text))
    for lead in re.finditer(r"(?:(?:đồng|cùng)\s+)?chủ\s+trì", text, re.IGNORECASE):
        row = _row_before(text, bodies, lead.start())
        if len(row) > 1:
            span = Span(task.span.start + row[0].span.start, task.span.start + lead.end())
            yield span, [actor.name for actor in row]
    if task.named_lead and len(task.lead) > 1 and task.lead[0].span not in task.span:
        yield Span(task.lead[0].span.start, task.lead[-1].span.end), [actor.name for actor in task.lead]


def _led_by_nobody(document: Document, task: Task) -> Iterator[tuple[Span, list[str]]]:
    """Yield the subject of «A, B, C triển khai …»: one piece of work for named bodies, none of which leads."""
    text = document.at(task.span)
    own = [actor for actor in task.lead if actor.span in task.span]
    if len(own) < 2 or any(actor.group for actor in own) or re.search(r"chủ\s+trì", text, re.IGNORECASE):
        return
    if all(_LOCAL.match(actor.name) for actor in own):
        return
    after = text[own[-1].span.end - task.span.start :]
    if not _EACH_FOR_ITSELF.match(after):
        yield Span(own[0].span.start, own[-1].span.end), [actor.name for actor in own]


def _row_before(text: str, bodies: list[Actor], position: int) -> list[Actor]:
    row: list[Actor] = []
    for actor in reversed([actor for actor in bodies if actor.span.end <= position]):
        if not _JOINT.fullmatch(text[actor.span.end : position]):
            break
        row.insert(0, actor)
        position = actor.span.start
    return row


_JOINT = re.compile(r"\s*(?:,|;|và|,\s*và|cùng|cùng\s+với)?\s*(?:được\s+giao|có\s+trách\s+nhiệm|là\s+cơ\s+quan)?\s*")
# Local bodies named side by side act each in its own territory.
_LOCAL = re.compile(r"(?:Chủ\s+tịch\s+)?(?:UBND|HĐND|Ủy\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân)\s")
# Work that each body does for its own part: opinions, reports, attendance, the execution clause of a decision.
_EACH_FOR_ITSELF = re.compile(
    r"[\s,:]*(?:theo\s+chức\s+năng[^.;:]{0,60}?,\s*)?(?:có\s+trách\s+nhiệm\s+)?(?:có\s+ý\s+kiến|cho\s+ý\s+kiến|góp\s+ý|báo\s+cáo|chỉ\s+đạo|nghiên\s+cứu,\s+triển\s+khai|nghiêm\s+túc|tổ\s+chức\s+thực\s+hiện|thực\s+hiện\s+theo|gửi|cử|cung\s+cấp|tham\s+dự|tham\s+gia|"
    r"chịu\s+trách\s+nhiệm|phối\s+hợp|chuẩn\s+bị|căn\s+cứ|quán\s+triệt|nghiêm\s+túc|tự\s|rà\s+soát|đăng\s+ký|lập\s+danh\s+sách|thống\s+kê|"
    r"theo\s+chức\s+năng[^.;:]{0,60}(?:báo\s+cáo|gửi|rà\s+soát)|tăng\s+cường|tiếp\s+tục|thực\s+hiện\s+nghiêm)",
    re.IGNORECASE,
)
