"""All the tasks that a document gives: in its body, in tables, in what is annexed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doclint.anatomy.outline import parse_outline
from doclint.anatomy.parts import Anatomy, Header, Task
from doclint.anatomy.task_tables import tasks_of_tables
from doclint.anatomy.tasks import find_tasks
from doclint.anatomy.types import DIRECTIVES, PLANS, type_of_title
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold


def given_tasks(anatomy: Anatomy) -> tuple[Task, ...]:
    """Find the tasks of the document taken apart as ``anatomy``, in their order."""
    document, header = anatomy.document, anatomy.header
    issuer = header.issuer.name if header.issuer is not None else ""
    learned = [short.short for short in anatomy.abbreviations if _BODY.match(short.long)]
    tasks = find_tasks(
        document,
        anatomy.body,
        issuer,
        anatomy.addressees if header.type in DIRECTIVES else (),
        learned,
        plan=header.type in PLANS,
        concluding=_concludes(document, header),
    )
    annexed = _annexed_tasks(document, anatomy.annexed, issuer, learned)
    return tuple(sorted((*tasks, *tasks_of_tables(document), *annexed), key=lambda task: task.span))


def _annexed_tasks(
    document: Document, appendices: Sequence[Span], issuer: str, learned: Sequence[str]
) -> Iterator[Task]:
    """Yield the tasks of the regulation or plan that a decision issues, which follows its signature."""
    types = [type_of_title(text) if (text := document.at(line)).isupper() else "" for line in appendices]
    title = next((number for number, kind in enumerate(types) if kind), None)
    if title is None:
        return
    outline = parse_outline(document, appendices[title + 1 :])
    for task in find_tasks(document, outline, issuer, (), learned, plan=types[title] in PLANS):
        yield replace(task, node=-1)


def _concludes(document: Document, header: Header) -> bool:
    """Tell whether a notice tells what a meeting concluded: its items give work as those of a plan do."""
    subject = header.subject
    return header.type == "TB" and subject is not None and "ket luan" in " ".join(fold(document.at(subject)).split())


_BODY = re.compile(r"(?:đơn vị|cơ quan|ban|trung tâm|sở|phòng|ủy ban|hội đồng|tổ|bên|chủ đầu tư)\b", re.IGNORECASE)
