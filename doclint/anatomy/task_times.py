"""When work is due whose own sentence does not say: the paragraph, the headings above, the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from doclint.anatomy.attributes import find_attributes
from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.parts import Anatomy, Node, Task
from doclint.anatomy.types import PLANS
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold, lowered
from doclint.vietnamese.patterns import spaced

EXACT = ("date", "period", "recurring", "event")
"""Kinds of deadlines that can be kept."""


def dated_as_a_whole(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether one time holds for all work of a document.

    It stands in the title («tháng 6 năm 2026»), in a part of its own («II. THỜI GIAN»), in a sentence on all tasks, or
    it is the day of the event that is prepared.
    """
    subject = anatomy.header.subject
    title = _uncited(document, anatomy, subject) if subject is not None else ""
    plan = anatomy.type in PLANS  # the title of a notice has the time of the meeting
    if plan and _times().search(lowered(title)):
        return True
    if any(attribute.kind == "deadline" and attribute.scope.parent < 0 and attribute.scope.kind == "text"
           for attribute in find_attributes(document, anatomy.body)):  # fmt: skip
        return True
    event = plan and _EVENTS.search(fold(title)[:_FRONT]) is not None
    for node in anatomy.body.nodes:
        label = document.at(node.head).split(":")[0]
        on_time = node.depth <= 1 and _ON_TIME.match(fold(label)) is not None
        if on_time and re.search(r"\d", document.at(node.span)[len(label) :]):
            return True
        for sentence in re.split(r"[.;]\s", _uncited(document, anatomy, node.head)):
            whole = event or _ALL_WORK.match(fold(sentence)) is not None
            if whole and find_deadline(sentence).kind in ("date", "period"):
                return True
    return False


def dated_around(document: Document, anatomy: Anatomy, task: Task) -> bool:
    """Tell whether the paragraph of a task, what stands under it, or a heading above says when."""
    node = anatomy.body.nodes[task.node]
    if find_deadline(_uncited(document, anatomy, node.span)).kind in EXACT:
        return True
    # «1. Tháng 3/2026: Phòng Kinh tế …» gives it before the colon.
    above = [document.at(node.head).split(":")[0] if ":" in document.at(node.head) else ""]
    above += [_uncited(document, anatomy, heading.head) for heading in anatomy.body.ancestors(task.node)]
    if any(_times().search(lowered(heading)) for heading in above):
        return True
    return any(_CLOSES.match(document.at(line.head)) is not None
               and find_deadline(document.at(line.head)).kind in EXACT
               for line in _beside(anatomy, node))  # fmt: skip


def dated_from(document: Document, anatomy: Anatomy, task: Task) -> bool:
    """Tell whether a paragraph of a letter that does not end before ``task`` names a time that holds for it.

    What a letter asks for is due on the day that it names, but not on that of an item that is for somebody else.
    """
    names = {actor.name for actor in task.lead}
    others = {one.node for one in anatomy.tasks if one.lead and not names & {actor.name for actor in one.lead}}
    others -= {one.node for one in anatomy.tasks if any(actor.group for actor in one.lead)}
    return any(
        find_deadline(_uncited(document, anatomy, node.head)).kind in EXACT
        for index, node in enumerate(anatomy.body.nodes)
        if node.head.end > task.span.start and (node.kind == "text" or index not in others)
    )


def _beside(anatomy: Anatomy, node: Node) -> Iterator[Node]:
    """Yield the paragraphs without a number that stand after ``node`` in the same unit."""
    for other in anatomy.body.nodes:
        if other.parent == node.parent and other.kind in ("text", "dash") and other.head.start > node.head.start:
            yield other


def _uncited(document: Document, anatomy: Anatomy, span: Span) -> str:
    """Return the text of ``span`` without the documents that are cited in it: their dates are no deadlines."""
    text = document.at(span)
    for citation in reversed(anatomy.citations):
        if citation.span.overlaps(span):
            first, last = max(citation.span.start, span.start), min(citation.span.end, span.end)
            text = text[: first - span.start] + text[last - span.start :]
    return text


@cache
def _times() -> re.Pattern[str]:
    """A time as headings give it: «THÁNG 4/2026», «từ 01/3 đến 31/3»."""
    return re.compile(
        spaced(
            r"(?<!\w)(?:ngày|tháng|quý|tuần|tuần thứ|trước|từ) (?:\d{1,2}|[ivx]{1,3})(?!\w)|\d{1,2}/\d{1,2}(?:/|\W|$)"
        )
    )


_EVENTS = re.compile(
    r"\b(?:le (?:hoi|ky|phat|trao|ra|khai|don|cong|tong|khanh|gio|dang|mung|chao|tuyen)|"
    r"hoi thi|hoi thao|hoi khoe|hoi nghi|hoi cho|hoi dien|ngay hoi|dai hoi|dien tap|ky thi|tuan le|"
    r"khai giang|bau cu|cuoc thi|ky niem|tham quan|tet|toa dam|phat dong|chien dich|tuyen sinh|ky hop|trien lam|"
    r"thang hanh dong|thang cao diem)\b"
)
_FRONT = 40
_ON_TIME = re.compile(r"\s*(?:[ivx]+|\d{1,2}|[a-z])[.)]\s*(?:ve )?(?:thoi gian|tien do|lo trinh|lich trinh|thoi han)\b")
# «Các nhiệm vụ nêu trên hoàn thành trước ngày …», but no date on which they are reported.
_ALL_WORK = re.compile(
    r"^(?!.*\b(?:bao cao|du toan)\b).*\b(?:(?:cac|nhung)\s+(?:noi dung|nhiem vu|cong viec|phan viec|viec|hang muc)"
    r"\s+(?:\w+\s+){0,4}?(?:tren|nay)|(?:toan bo|tat ca|moi)\s+(?:cac\s+)?(?:noi dung|nhiem vu|cong viec|phan viec|"
    r"viec|hang muc)|(?:ke hoach|chuong trinh|phuong an)\s+(?:nay\s+)?(?:duoc\s+)?"
    r"(?:thuc hien|trien khai|hoan thanh|dien ra|keo dai))\b",
    re.DOTALL,
)
_CLOSES = re.compile(
    spaced(r"(?:- )?(?:Hoàn thành|Hoàn tất|Xong|Kết thúc|Thời gian|Thời hạn|Tất cả|Các |Trước|Chậm nhất|Hạn)")
)
