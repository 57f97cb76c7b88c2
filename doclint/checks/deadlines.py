"""Tasks without a deadline, or with words in place of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from doclint.anatomy.attributes import marker_end
from doclint.anatomy.bodies import in_sentence
from doclint.anatomy.parts import Anatomy, Node, Task
from doclint.anatomy.task_orders import asks_for_a_manner, orders_work_that_ends, work_of
from doclint.anatomy.task_times import EXACT, dated_around, dated_as_a_whole, dated_from
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.six_clear import assigned_elsewhere, concludes, given_together
from doclint.vietnamese.dates import dates
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
            or not _is_said_to(document, anatomy, task)
        ):
            continue
        seen.add(span)
        yield Match(span, {"lead": _lead(task), "words": document.at(span)})


def _opens_clause(document: Document, task: Span, span: Span) -> bool:
    """Tell whether the words begin a clause of a list: then it is a task, though the list began with a duty."""
    return task.start == span.start or document.text[task.start : span.start].rstrip()[-1:] == ";"


def _is_said_to(document: Document, anatomy: Anatomy, task: Task) -> bool:
    """Tell whether somebody is told: a sentence of a letter without number or word of order tells what happened."""
    if anatomy.type not in _LETTERS or task.node < 0 or anatomy.body.nodes[task.node].kind != "text":
        return True
    head = anatomy.body.nodes[task.node].head
    return task.named_lead or _ORDERS.search(document.text, head.start, task.span.end) is not None


def _missing(document: Document, anatomy: Anatomy) -> Iterator[Match]:
    if not anatomy.tasks or _is_dated(document, anatomy):
        return
    elsewhere = assigned_elsewhere(document)
    dated_rows = any(task.node < 0 and task.deadline.kind in EXACT for task in anatomy.tasks)
    # The clauses of one item are one finding, and none where one of them has a day.
    seen = {_item(task) for task in anatomy.tasks if task.node >= 0 and task.deadline.kind not in ("none", "vague")}
    for task in anatomy.tasks:
        item = _item(task)
        handed_on = anatomy.type in _LETTERS and _hands_on(document, task)
        if task.deadline.kind != "none" or (task.standing and not handed_on) or (task.node >= 0 and item in seen):
            continue
        # Where an appendix is said to assign the tasks, only its own rows can be judged, if it is in the file at all.
        if task.node < 0:
            told = dated_rows
        else:
            told = (
                not elsewhere
                and (handed_on or _is_order(document, anatomy, task))
                and not _names_a_day(document, anatomy, task)
                and not dated_around(document, anatomy, task)
                and not (anatomy.type in _LETTERS and dated_from(document, anatomy, task))
            )
        if told:
            seen.add(item)
            yield Match(_opening(document, task.span), {"lead": _lead(task), "words": ""})


def _names_a_day(document: Document, anatomy: Anatomy, task: Task) -> bool:
    """Tell whether the task names a day that is not of a document it cites: «tổ chức diễn tập tại bản … ngày …»."""
    days = (task.span.start + day.start for day in dates(document.at(task.span)))
    cited = [range(one.span.start, one.span.end + _NEAR) for one in anatomy.citations]
    return any(not any(day in span for span in cited) for day in days)


def _is_dated(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether one time holds for all; of a letter its paragraphs tell."""
    if anatomy.type in _LETTERS:
        return anatomy.type == "CĐ" and _AT_ONCE.search(document.text) is not None
    return dated_as_a_whole(document, anatomy)


def _hands_on(document: Document, task: Task) -> bool:
    """Tell whether one body is ordered to carry a paper out: «giao Sở … nghiên cứu, triển khai thực hiện …»."""
    if task.node < 0 or len(task.lead) != 1 or task.lead[0].group or task.lead[0].span not in task.span:
        return False
    name = task.lead[0].span
    before = document.text[max(0, name.start - _NEAR) : name.start]
    work = document.text[name.end : task.span.end]
    return _GIVEN.search(before) is not None and _CARRIES_OUT.match(work) is not None and not _FAVOUR.search(before)


def _is_order(document: Document, anatomy: Anatomy, task: Task) -> bool:
    """Tell whether a task is surely an order of this document for work that ends.

    Not what somebody did, is asked for as a favour, or does if something happens; nor work of nobody: that it has no
    owner is said already.
    """
    text = document.at(task.span)
    own = [actor for actor in task.lead if actor.span in task.span]
    after = own[-1].span.end - task.span.start if own else 0
    node = anatomy.body.nodes[task.node]
    before = document.text[node.head.start : (own[0].span.start if own else task.span.start)]
    if _FAVOUR.search(before) or _IF.search(before[-_NEAR:]) or _IF.match(text) or _NO_ORDER.match(text, after):
        return False
    if not task.lead and not given_together(document):
        return False
    said = task.named_lead or bool(_ORDERS.search(before)) or (not own and bool(_ORDERS.match(text)))
    if anatomy.type in _LETTERS:
        said = said or (node.kind != "text" and _is_told_above(document, anatomy, node))
    elif anatomy.type == "TB" and not concludes(document, anatomy):
        pass
    elif anatomy.type == "PA":
        said = said or any(_is_beside(anatomy, task, other) for other in anatomy.tasks)
    else:
        said = said or node.depth > 0 or node.kind != "text"
        if _WISH.search(before) or _WISH.match(text):
            return False
    if not said:
        return False
    work = text[after:] if own else _ASKS.sub("", text)
    if task.named_lead and anatomy.type in _LETTERS and _CARRIES_OUT.match(work):
        return True
    if task.named_lead and not work_of(work).strip() and node.parent >= 0:
        # «3. Biên soạn tờ gấp / Phòng … chủ trì, phối hợp với …»: the heading is the work.
        head = document.at(anatomy.body.nodes[node.parent].head)
        work = head[marker_end(head) :]
    if orders_work_that_ends(work):
        return True
    # «2. Tái cấu trúc 20 quy trình / Cơ quan chủ trì: …» has a leader, so it is work whatever its verb is.
    labelled = task.named_lead and bool(task.lead) and not own
    return labelled and not asks_for_a_manner(work) and any(_is_beside(anatomy, task, other) for other in anatomy.tasks)


def _is_told_above(document: Document, anatomy: Anatomy, node: Node) -> bool:
    """Tell whether a sentence before a list gives orders: «Ủy ban nhân dân xã yêu cầu:»."""
    return any(
        text.rstrip().endswith(":") and _ORDERS.search(text) is not None
        for text in (document.at(other.head) for other in anatomy.body.nodes if other.head.start < node.head.start)
    )


def _is_beside(anatomy: Anatomy, task: Task, other: Task) -> bool:
    """Tell whether ``other`` is another item of the same list, and has a day."""
    own, its = (anatomy.body.at(one.span.start) for one in (task, other))
    if other.deadline.kind != "date" or own == its or min(own, its) < 0:
        return False
    return anatomy.body.nodes[own].parent == anatomy.body.nodes[its].parent


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
_NEAR = 120
_AT_ONCE = re.compile(spaced(r"(?<!\w)(?:ngay|khẩn trương|lập tức)(?!\w)"), re.IGNORECASE)
_ORDERS = re.compile(spaced(r"(?<!\w)(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công)(?!\w)"))
_ASKS = re.compile(spaced(r"\s*(?:Giao|Yêu cầu|Đề nghị|Phân công) "))
_WISH = re.compile(spaced(r"[Đđ]ề nghị(?!\w)"))
_FAVOUR = re.compile(spaced(r"(?<!\w)(?:kính (?:đề nghị|trình|mong|đề xuất)|rất mong|trân trọng)(?!\w)"), re.IGNORECASE)
_IF = re.compile(
    spaced(r"(?:^|[.;:] |\d\. )(?:trường hợp|nếu|khi|trong quá trình|quá trình|trong khi)(?!\w)[^.;]*$"), re.IGNORECASE
)
_GIVEN = re.compile(spaced(r"(?<!\w)giao $"), re.IGNORECASE)
# Who is told to lead the carrying out of a paper that was sent on must be told by when.
_CARRIES_OUT = re.compile(
    spaced(r"(?:(?!theo dõi|đôn đốc|giám sát|hướng dẫn|việc |để )[^.;]){0,240}?(?<!\w)(?:triển khai|thực hiện)(?!\w)")
)
_NO_ORDER = re.compile(
    spaced(
        r"\s*:|\s+(?:đã |vừa |mới )?(?:có|ban hành|gửi) (?:Công văn|Kế hoạch|Văn bản|Thông báo|Báo cáo|Tờ trình|"
        r"Chỉ thị|Quyết định|Kết luận)(?: kết luận)? số|\s+(?:đã|vừa|là|gồm)(?!\w)"
        r"|\s+(?:sử dụng|bố trí|dùng) (?:nhân lực|kinh phí|nguồn lực|cán bộ|dự toán)[^.;]{0,40}"
        r"(?:hiện có|sẵn có|được giao)"
    )
)
