"""The parts of an administrative document: Document → Anatomy, every part with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from doclint.anatomy.bodies import find_bodies
from doclint.anatomy.citations import find_citations
from doclint.anatomy.header import parse_header
from doclint.anatomy.mentions import (
    find_abbreviations,
    find_appendices,
    find_appendix_references,
    find_quotations,
)
from doclint.anatomy.outline import parse_outline
from doclint.anatomy.parts import Anatomy, Citation, Header, Task
from doclint.anatomy.recipients import parse_addressees, parse_recipients
from doclint.anatomy.signature import parse_signature
from doclint.anatomy.task_tables import tasks_of_tables
from doclint.anatomy.tasks import find_tasks
from doclint.anatomy.types import DIRECTIVES, PLANS, regime_of, type_of_title
from doclint.anatomy.zones import split_zones
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold


def dissect(document: Document) -> Anatomy:
    """Find the parts of ``document``. A part that is not there is None or empty; nothing is guessed."""
    zones = split_zones(document)
    header = parse_header(document, zones.header)
    outline = parse_outline(document, zones.body)
    citations = tuple(citation for citation in find_citations(document) if not _is_own(citation, header))
    addressees = parse_addressees(document, zones.addressees)
    abbreviations = find_abbreviations(document)
    issuer = header.issuer.name if header.issuer is not None else ""
    learned = [short.short for short in abbreviations if _BODY.match(short.long)]
    tasks = find_tasks(
        document,
        outline,
        issuer,
        addressees if header.type in DIRECTIVES else (),
        learned,
        plan=header.type in PLANS,
        concluding=_concludes(document, header),
    )
    return Anatomy(
        regime=regime_of(header),
        header=header,
        bases=zones.bases,
        addressees=addressees,
        body=outline,
        citations=citations,
        tasks=tuple(
            sorted(
                (*tasks, *tasks_of_tables(document), *_annexed_tasks(document, zones.appendices, issuer, learned)),
                key=lambda task: task.span,
            )
        ),
        closing=zones.closing,
        recipients=parse_recipients(document, zones.recipients),
        signature=parse_signature(document, zones.signature),
        annexed=zones.appendices,
        appendices=find_appendices(document, zones.appendices),
        appendix_references=find_appendix_references(document, (*zones.bases, *zones.body)),
        quotations=find_quotations(document, citations),
        abbreviations=abbreviations,
        named=tuple(
            actor
            for paragraph in (*zones.bases, *zones.body, *zones.appendices)
            for actor in find_bodies(document.at(paragraph), paragraph.start)
        ),
    )


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


def _is_own(citation: Citation, header: Header) -> bool:
    """Tell whether a document's own number is meant: its appendices repeat it."""
    number = header.number
    return number is not None and bool(number.digits) and citation.number == f"{number.digits}/{number.symbol}"


_BODY = re.compile(r"(?:đơn vị|cơ quan|ban|trung tâm|sở|phòng|ủy ban|hội đồng|tổ|bên|chủ đầu tư)\b", re.IGNORECASE)
