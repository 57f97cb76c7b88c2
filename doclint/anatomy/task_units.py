"""Work that a heading names and that nobody is given: «2. Thay 22 nắp hố ga / Hoàn thành trước ngày …»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from doclint.anatomy.actions import begins_with_action
from doclint.anatomy.attributes import marker_end
from doclint.anatomy.bodies import leading_bodies
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Outline, Task
from doclint.anatomy.task_facts import product_in
from doclint.document import Document, Span
from doclint.vietnamese.patterns import spaced


def work_of_nobody(document: Document, outline: Outline, index: int, tasks: Sequence[Task]) -> Task | None:
    """Return the work of a heading with sentences under it that say when or with what result, but name nobody.

    A heading that begins with no known verb names work where the units beside it are work that somebody is given.
    """
    node = outline.nodes[index]
    below = [other for other in outline.nodes[index + 1 :] if other.head in node.span]
    head = document.at(node.head)
    start = marker_end(head)
    if not below or any(other.kind != "text" for other in below) or start == 0:
        return None
    rest = Span(below[0].head.start, node.span.end)
    text = document.at(rest)
    due = find_deadline(text, rest.start)
    if due.kind not in ("date", "period", "recurring") or not _SAYS.match(text):
        return None
    if any(leading_bodies(clause) for clause in re.split(r"[.;\n]\s*", text)) or _NAMES.search(text):
        return None
    if not begins_with_action(head[start:]) and not _work_beside(outline, index, tasks):
        return None
    span = Span(node.head.start + start, node.head.start + len(head.rstrip(" .;:\n")))
    return Task(
        span=span,
        lead=(),
        named_lead=False,
        partners=(),
        deadline=due,
        standing=False,
        node=index,
        product=product_in(text, rest.start),
    )


def _work_beside(outline: Outline, index: int, tasks: Sequence[Task]) -> bool:
    parent = outline.nodes[index].parent
    beside = [node.span for n, node in enumerate(outline.nodes) if node.parent == parent and n != index and node.label]
    return any(
        task.lead and (task.product or task.deadline.span) and any(task.span in span for span in beside)
        for task in tasks
    )


# Sentences on the work of the heading alone: when it is done, what comes of it.
_SAYS = re.compile(
    spaced(
        r"(?:[-–+] )?(?:(?:thời (?:gian|hạn)|tiến độ|hạn|sản phẩm|kết quả|đầu ra)[^:.;]{0,30}:|"
        r"(?:hoàn thành|hoàn tất|xong|kết thúc|trước|chậm nhất|trong|sản phẩm|kết quả)(?!\w))"
    ),
    re.IGNORECASE,
)
_NAMES = re.compile(spaced(r"chủ trì|phân công|giao cho|phối hợp|thực hiện:|người (?:làm|phụ trách)"), re.IGNORECASE)
