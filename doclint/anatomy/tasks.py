"""Tasks: who is told to do what, with whom, by when, with what result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from doclint.anatomy.actions import begins_with_action
from doclint.anatomy.attributes import Attribute, find_attributes, marker_end
from doclint.anatomy.bodies import find_bodies, leading_bodies, shifted
from doclint.anatomy.deadlines import deadline_of_value, find_deadline, times_in
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Actor, Deadline, Outline, Recipient, Task
from doclint.anatomy.task_clauses import (
    clauses,
    is_imperative,
    is_request,
    is_standing,
    roles,
    steps,
)
from doclint.anatomy.task_facts import authority_in, product_in, resources_in
from doclint.anatomy.task_owners import owners_above
from doclint.anatomy.task_places import outside
from doclint.anatomy.task_tables import table_spans
from doclint.anatomy.task_units import work_of_nobody
from doclint.document import Document, Span


def find_tasks(
    document: Document,
    outline: Outline,
    issuer: str,
    addressees: tuple[Recipient, ...],
    learned: Sequence[str],
    *,
    plan: bool,
    concluding: bool = False,
) -> tuple[Task, ...]:
    """Find the tasks of a text: the body, or what is annexed to it. Tables are read elsewhere.

    A body that is named in a heading owns the items under it, and the addressees of a letter own what it asks for
    without naming anybody. What the ``issuer`` does itself is no task, nor are purposes, principles and money. A line
    «Thời gian: …» or «Đơn vị chủ trì: …» belongs to the unit it stands in. In a ``plan`` an item that begins with a
    verb is a task though nobody is named; ``concluding``, what a meeting concluded, it is so at the top too, where a
    plan has headings. ``learned`` are the document's own short forms for bodies.
    """
    attributes = find_attributes(document, outline)
    alone = {attribute.node for attribute in attributes if attribute.alone}
    common = _common_deadline(document, outline, attributes)
    asked = tuple(Actor(addressee.span, addressee.name, addressee.group) for addressee in addressees)
    tasks = [
        task
        for attribute in attributes
        if attribute.kind == "lead" and (task := _of_lead_line(document, attribute, attributes, common)) is not None
    ]
    led = {task.span for task in tasks}
    tables = table_spans(document)
    for index, node in enumerate(outline.nodes):
        text = document.at(node.head)
        start = marker_end(text)
        if (
            len(text) > _LONGEST
            or index in alone
            or _is_heading(outline, index, text)
            or any(node.head in table for table in tables)
            or (concluding and node.kind == "text" and _CHAIRED.search(text))
        ):
            continue
        where = outside(document, outline, index)
        if where == "always" or Span(node.head.start + start, node.head.end) in led:
            continue
        told = is_request(text[start:]) or (node.kind != "text" and begins_with_action(text[start:]))
        owners = owners_above(document, outline, index) or (asked if told else ())
        gives = (plan and node.depth > 0) or (
            concluding and node.kind != "text" and text.rstrip()[-1:] in (".", ";", "/")
        )
        anybody = gives and is_imperative(text[start:])
        found = _of_paragraph(document, outline, index, owners, attributes, common, learned, anybody=anybody)
        tasks += (task for task in found if not where or (task.lead and task.deadline.kind in _EXACT))
    for index, node in enumerate(outline.nodes if plan or concluding else ()):
        if (node.depth > 0 or concluding) and not outside(document, outline, index):
            work = work_of_nobody(document, outline, index, tasks)
            if work is not None and not owners_above(document, outline, index):
                # «Hoàn thành trước ngày …» under it is no task of its own.
                tasks = [task for task in tasks if task.lead or task.span not in node.span] + [work]
    return tuple(task for task in tasks if not _is_own(task.lead, issuer))


def _of_lead_line(
    document: Document, lead: Attribute, attributes: Sequence[Attribute], common: Deadline
) -> Task | None:
    """Return the task of the unit that «Cơ quan chủ trì: …» speaks of, None when it only says who chairs a meeting."""
    if lead.alone and lead.value in lead.scope.head:
        return None
    text = document.at(lead.value)
    head = document.at(lead.scope.head)
    start = marker_end(head)
    inner = next((other.value.start for other in attributes if other.scope == lead.scope and not other.alone), None)
    end = (
        lead.scope.head.end
        if inner is None
        else lead.scope.head.start + _label_start(head, inner - lead.scope.head.start)
    )
    what = document.text[lead.scope.head.start + start : end].rstrip(" ;.,:\n")
    span = Span(lead.scope.head.start + start, lead.scope.head.start + start + len(what))
    # «Phòng A; Trưởng phòng chịu trách nhiệm …» names the person who answers for the body, not a second lead.
    text = _ANSWERS.sub("", text)
    actors = leading_bodies(text) or [Actor(Span(0, len(text)), " ".join(text.split()))]
    facts = _facts(attributes, lead.scope.head, lead.value)
    partners = (
        tuple(find_bodies(document.at(facts["partners"]), facts["partners"].start)) if "partners" in facts else ()
    )
    due = _stated(document, facts.get("deadline"))
    return Task(
        span=span if what else lead.scope.head,
        lead=tuple(shifted(actors, lead.value.start)),
        named_lead=True,
        partners=partners,
        deadline=due if due.kind != "none" else common,
        standing=False,
        node=lead.node,
        product=facts.get("product"),
        resources=facts.get("resources"),
        authority=facts.get("authority"),
    )


def _of_paragraph(
    document: Document,
    outline: Outline,
    index: int,
    owners: tuple[Actor, ...],
    attributes: Sequence[Attribute],
    common: Deadline,
    learned: Sequence[str],
    *,
    anybody: bool,
) -> Iterator[Task]:
    node = outline.nodes[index]
    text = document.at(node.head)
    times = times_in(text)
    whole = times.between(0, len(text), node.head.start)
    facts = _facts(attributes, node.head, node.head)
    inherited = _stated(document, facts.get("deadline"))
    inherited = inherited if inherited.kind != "none" else common
    for begin, end, actors in clauses(text, marker_end(text), learned):
        if text[begin:end].rstrip().endswith(":") and index + 1 < len(outline.nodes):
            continue  # it only introduces what follows
        parts = steps(text, times, begin, end)
        lead, named, partners = roles(text[begin:end], node.head.start + begin, actors)
        if not (lead or owners or anybody):
            continue
        duty = False
        for part, (first, last) in enumerate(parts):
            step = text[first:last].rstrip(" ;.,/\n")
            offset = node.head.start + first
            own = times.between(first, first + len(step), node.head.start)
            # Where each step has its day, none borrows that of another.
            exact = (
                found for found in (own, *((whole,) if len(parts) == 1 else ()), inherited) if found.kind in _EXACT
            )
            stated = (found for found in (inherited, own) if found.kind != "none")
            deadline = next(exact, None) or next(stated, own)
            # «Tăng cường …; kịp thời báo cáo …» stays a standing duty.
            duty = is_standing(step, actors if part == 0 else []) or (duty and deadline.kind not in _EXACT)
            yield Task(
                span=Span(offset, offset + len(step)),
                lead=lead or owners,
                named_lead=named,
                partners=partners,
                deadline=deadline,
                standing=duty,
                node=index,
                product=facts.get("product") or product_in(step, offset),
                resources=facts.get("resources") or resources_in(step, offset),
                authority=facts.get("authority") or authority_in(step, offset),
            )


def _facts(attributes: Sequence[Attribute], head: Span, inside: Span) -> dict[str, Span]:
    """Return the labelled facts that hold for a paragraph, those of the innermost unit first."""
    holding = [attribute for attribute in attributes if head in attribute.scope.span or inside in attribute.scope.span]
    facts: dict[str, Span] = {}
    for attribute in sorted(holding, key=lambda attribute: len(attribute.scope.span)):
        facts.setdefault(attribute.kind, attribute.value)
    return facts


def _stated(document: Document, value: Span | None) -> Deadline:
    return deadline_of_value(document.at(value), value.start) if value is not None else Deadline("none")


def _label_start(head: str, value: int) -> int:
    """Return where the sentence with the label begins, given where its value does."""
    stops = [match.end() for match in re.finditer(r"[;.]\s+", head[:value])]
    return stops[-1] if stops else value


def _is_heading(outline: Outline, index: int, text: str) -> bool:
    """A heading says what stands under it: it has children, is short, and does not end like a sentence."""
    node = outline.nodes[index]
    if node.kind in ("part", "chapter", "section", "subsection", "roman"):
        return True
    has_children = index + 1 < len(outline.nodes) and outline.nodes[index + 1].parent == index
    if not has_children or node.kind in ("text", "dash"):
        return False
    return text.rstrip()[-1] not in ".;/"


def _common_deadline(document: Document, outline: Outline, attributes: Sequence[Attribute]) -> Deadline:
    """Return what binds all tasks: the day of the event that a plan prepares, the date of a text without numbers."""
    if all(node.kind == "text" for node in outline.nodes):
        found = (find_deadline(document.at(node.head), node.head.start) for node in outline.nodes)
        return next((deadline for deadline in found if deadline.kind in _EXACT), Deadline("none"))
    placed = {attribute.scope.span for attribute in attributes if attribute.kind == "place"}
    for attribute in attributes:
        if attribute.kind == "deadline" and attribute.scope.span in placed:
            deadline = _stated(document, attribute.value)
            if deadline.kind in _EXACT:
                return Deadline("event", deadline.span)
    return Deadline("none")


def _is_own(lead: tuple[Actor, ...], issuer: str) -> bool:
    """Tell whether the one who acts is the body that issues the document: «Ủy ban nhân dân xã ban hành Kế hoạch …»."""
    return len(lead) == 1 and bool(issuer) and key(issuer).startswith(key(lead[0].name))


_ANSWERS = re.compile(r"\s*[;,]\s*[^;,]{3,60}?chịu\s+trách\s+nhiệm.*", re.DOTALL)
# «Ngày 20 tháng 8, Phó Chủ tịch … chủ trì cuộc họp» tells of the meeting that concluded.
_CHAIRED = re.compile(r"chủ\s+trì\s+(?:các\s+)?(?:cuộc|hội\s+nghị|buổi|phiên|họp|giao\s+ban|hội\s+ý)")
_LONGEST = 20_000
"""Characters of a paragraph that is looked into: a sentence has hundreds, a text without breaks is none."""
_EXACT = ("date", "period", "recurring", "event")
