"""Work whose lead is given to more than one body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.parts import Actor, Task
from doclint.anatomy.task_orders import work_of
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"bodies", "count"})

Found = tuple[Span, list[str]]


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report where several bodies lead one task, or several named bodies share one and none leads."""
    found = [one for span in operative(context.anatomy) for one in _led_together(document, span)]
    for task in context.anatomy.tasks:
        found += (*_labelled(document, task), *_led_by_nobody(document, task))
    reported: list[Span] = []
    for span, bodies in found:
        if not any(span.overlaps(other) for other in reported):
            reported.append(span)
            yield Match(span, {"bodies": ", ".join(bodies), "count": str(max(2, len(bodies)))})


def _led_together(document: Document, paragraph: Span) -> Iterator[Found]:
    """Yield «A và B (cùng, đồng) chủ trì», «A chủ trì, B chủ trì …», but not those who chair a meeting."""
    text = document.at(paragraph)
    if "chủ" not in text.lower():
        return
    bodies = list(find_bodies(text))
    for lead in _LEADS.finditer(text):
        begin = max((stop.end() for stop in _STOP.finditer(text, 0, lead.start())), default=0)
        if _MEETING.search(text, begin, lead.start()) or _CHAIRS.match(text, lead.end()):
            continue
        row = _row_before(text, bodies, lead.start())
        first = row[0].span.start if row else begin
        if lead["both"] is None:
            # «phối hợp với A, B chủ trì» ends one clause and begins another.
            while row and not _BEGINS.search(text[:first]):
                row = row[1:]
                first = row[0].span.start if row else begin
            if len(row) == 1:
                row = _led_before(text, bodies, row[0]) or row
            if len(row) < 2 or any(actor.group for actor in row):
                continue
        elif len(row) < 2:
            # The word says that there are several, though the grammar of names does not know them all.
            row, first = [actor for actor in bodies if begin <= actor.span.start < lead.start()], begin
            if not text[begin : lead.start()].strip():
                continue
        first = min(first, row[0].span.start) if row else first
        yield Span(paragraph.start + first, paragraph.start + lead.end()), [actor.name for actor in row]


def _led_before(text: str, bodies: list[Actor], actor: Actor) -> list[Actor]:
    """Return the body that was told to lead just before ``actor`` is, and ``actor``: «A chủ trì, B chủ trì …»."""
    before = _LEADS_TOO.search(text[: actor.span.start])
    other = next((one for one in bodies if before is not None and one.span.end == before.start()), None)
    return [other, actor] if other is not None else []


def _labelled(document: Document, task: Task) -> Iterator[Found]:
    """Yield the bodies after «Cơ quan chủ trì: …», or in such a column; who only carries it out is no lead."""
    if not task.named_lead or len(task.lead) < 2 or task.lead[0].span in task.span:
        return
    first = task.lead[0].span
    line = document.text[document.text.rfind("\n", 0, first.start) + 1 : first.start]
    label = line if ":" in line else _heading_of_column(document, first)
    if "chu tri" in " ".join(fold(label).split()) and not any(actor.group for actor in task.lead):
        yield Span(first.start, task.lead[-1].span.end), [actor.name for actor in task.lead]


def _heading_of_column(document: Document, cell: Span) -> str:
    own = next((block.cell for block in document.blocks if block.cell is not None and cell.overlaps(block.span)), None)
    if own is None:
        return ""
    table, row, column = own
    heads = (block for block in document.blocks if block.cell is not None and block.cell[0] == table)
    return " ".join(
        document.at(block.span)
        for block in heads
        if block.cell and block.cell[1] < min(row, 3) and block.cell[2] == column
    )


def _led_by_nobody(document: Document, task: Task) -> Iterator[Found]:
    """Yield the subject of «A, B soạn thảo đề án …»: one thing to be made by named bodies, none of which leads."""
    text = document.at(task.span)
    own = [actor for actor in task.lead if actor.span in task.span]
    if len(own) < 2 or any(actor.group for actor in own) or re.search(r"chủ\s+trì", text, re.IGNORECASE):
        return
    between = document.text[own[0].span.end : own[1].span.start]
    after = text[own[-1].span.end - task.span.start :]
    if "cùng" not in between and _ONE_THING.match(work_of(after)) and not _OWN_PART.search(after):
        yield Span(own[0].span.start, own[-1].span.end), [actor.name for actor in own]


def _row_before(text: str, bodies: list[Actor], position: int) -> list[Actor]:
    row: list[Actor] = []
    for actor in reversed([actor for actor in bodies if actor.span.end <= position]):
        if not _JOINT.fullmatch(text[actor.span.end : position]):
            break
        row.insert(0, actor)
        position = actor.span.start
    return row


_LEADS = re.compile(
    spaced(r"(?P<both>(?<!\w)(?:đồng|cùng|cùng nhau|cùng được giao) )?(?<!\w)chủ trì(?!\w)"), re.IGNORECASE
)
_LEADS_TOO = re.compile(spaced(r" chủ trì(?:,| và|, và) $"))
_STOP = re.compile(r"[.;:,]\s|\n|^\S{1,6}[.)]\s")
# Persons and bodies may chair a meeting together.
_MEETING = re.compile(
    spaced(r"(?<!\w)(?:hội nghị|cuộc họp|buổi|phiên|hội thảo|tọa đàm|lễ|giao ban|đồng chí|ông|bà)(?!\w)"), re.IGNORECASE
)
_CHAIRS = re.compile(
    spaced(r" (?:các )?(?:hội nghị|cuộc họp|buổi|phiên|hội thảo|tọa đàm|lễ|giao ban|họp)(?!\w)"), re.IGNORECASE
)
_BEGINS = re.compile(
    spaced(r"(?:^|[.;:,] |[-–+)] |\d[.)] |(?<!\w)(?:giao|yêu cầu|đề nghị|phân công|do|cho|cả|và) )$"), re.IGNORECASE
)
_JOINT = re.compile(
    spaced(r"\s*(?:,|;|và|, và|cùng|cùng với)?\s*(?:được giao|có trách nhiệm|là cơ quan)?\s*"), re.IGNORECASE
)
# What can only be made once. Plans and lists each body may make for itself.
_ONE_THING = re.compile(
    spaced(
        r"[\s,:]*(?:có trách nhiệm |được giao |khẩn trương |triển khai |tham mưu (?:[^.;,]{3,60}? )?)?"
        r"(?:các nhiệm vụ về )?(?:xây dựng|đầu tư|nâng cấp|soạn thảo|soạn|biên soạn|lắp đặt|thiết kế|"
        r"ban hành|thẩm định|trình)(?!\w)"
        r"(?! (?:các )?(?:kế hoạch|phương án|báo cáo|danh sách|danh mục|dự toán|lịch|chương trình))"
    ),
    re.IGNORECASE,
)
_OWN_PART = re.compile(
    spaced(r"(?<!\w)(?:mình|từng|mỗi|theo (?:lĩnh vực|phân công|thẩm quyền|địa bàn)|phạm vi|phụ trách)(?!\w)")
)
