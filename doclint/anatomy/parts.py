"""What the parser finds: frozen values, each with its span in the document's text."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from doclint.document import Document, Span

Regime = Literal["state", "party", "legal-normative"]
MarkKind = Literal["secrecy", "urgency", "circulation"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the first page: ``MẬT`` (secrecy), ``HỎA TỐC`` (urgency), ``LƯU HÀNH NỘI BỘ`` (circulation)."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name printed on one line or more; between its lines may stand those of the other column.

    ``name`` is the text of the spans, joined by blanks.
    """

    spans: tuple[Span, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """Number and symbol of a document: ``534/QĐ-TTg`` has digits ``534`` and symbol ``QĐ-TTg``; digits may be blank."""

    span: Span
    digits: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a document; a field is the span of what is printed, None where it is missing."""

    nation: Span | None = None
    """Quốc hiệu, or the name of the Party."""
    motto: Span | None = None
    superior: PrintedName | None = None
    issuer: PrintedName | None = None
    number: Number | None = None
    place_date: Span | None = None
    place: Span | None = None
    date: datetime.date | None = None
    type: str = ""
    """Abbreviation of the document type (``KH``), ``CV`` for công văn, empty when unknown."""
    title: Span | None = None
    """The type as printed, KẾ HOẠCH."""
    subject: Span | None = None
    party: bool = False
    marks: tuple[Mark, ...] = ()
    level: str = ""
    """Level of the issuing body: central, province, department, commune or unit; empty when its name shows none."""


@dataclass(frozen=True, slots=True)
class Node:
    """A numbered unit of the body: ``II.``, ``3.``, ``a)``, ``-``, or a paragraph without a number.

    ``head`` is its own paragraph, ``span`` also covers what stands under it; ``parent`` is an index, -1 at the top.
    """

    kind: str
    label: str
    head: Span
    span: Span
    depth: int
    parent: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of the body in the order of the text."""

    nodes: tuple[Node, ...] = ()

    def path(self, index: int) -> str:
        """Return the place of a node as an office writes it: ``II.5.b``."""
        labels: list[str] = []
        while index >= 0:
            node = self.nodes[index]
            if node.label and node.kind != "dash":
                labels.append(node.label)
            index = node.parent
        return ".".join(reversed(labels))

    def at(self, offset: int) -> int:
        """Return the index of the innermost node that covers ``offset``, -1 when none does."""
        found = -1
        for index, node in enumerate(self.nodes):
            if node.span.start <= offset < node.span.end:
                found = index
        return found

    def ancestors(self, index: int) -> list[Node]:
        """Return the nodes above ``index``, the nearest first."""
        above = []
        index = self.nodes[index].parent
        while index >= 0:
            above.append(self.nodes[index])
            index = self.nodes[index].parent
        return above


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named in the text; ``number`` (with symbol) and ``word`` (its type) are as printed."""

    span: Span
    word: str
    type: str
    number: str
    number_span: Span
    date: datetime.date | None
    issuer: Span | None = None
    subject: Span | None = None
    first: bool = True
    """The first time the document is named in this text."""


DeadlineKind = Literal["date", "period", "recurring", "event", "reference", "vague", "none"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a task is due; ``span`` is the words that say so, None for kind ``none``."""

    kind: DeadlineKind
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A body, or a group of bodies, that is given a task."""

    span: Span
    name: str
    group: str = ""
    """Empty for one named body; else the kind of group (``departments``, ``communes``…)."""


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is told to do. ``lead`` has more than one entry only where the text gives the lead to several."""

    span: Span
    lead: tuple[Actor, ...]
    named_lead: bool
    """The lead is called so (chủ trì); otherwise it is only whom the task is given to."""
    partners: tuple[Actor, ...]
    deadline: Deadline
    standing: bool
    """A standing duty, ban or principle: it has no end, so no deadline can be asked of it."""
    node: int
    """Index of its node in the outline of the body, -1 for a row of a table and in an annexed text."""
    product: Span | None = None
    resources: Span | None = None
    authority: Span | None = None
    """Who decides on the result: «trình Chủ tịch UBND tỉnh quyết định»."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A line of the list of recipients, or an addressee; ``purpose`` stands in brackets: ``b/c``, ``để biết``."""

    span: Span
    name: str
    purpose: str
    group: str
    archive: bool = False
    """The line of the file copy, Lưu: VT."""


@dataclass(frozen=True, slots=True)
class FileCopy:
    """The line «Lưu: VT, NV (V-05b).»: the units that keep a copy, the symbol of the drafter, the number of copies."""

    span: Span
    units: tuple[str, ...]
    drafter: str
    copies: int | None


@dataclass(frozen=True, slots=True)
class Recipients:
    """Nơi nhận: its heading and lines; ``file_copy`` is also the last of ``items``."""

    heading: Span
    items: tuple[Recipient, ...]
    file_copy: FileCopy | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of authority as printed (``TM. ỦY BAN NHÂN DÂN``, ``PHÓ CHỦ TỊCH``) and the name.

    ``prefix`` is the prefix of the first line that has one; ``authority`` covers all lines.
    """

    authority: Span
    prefix: str
    name: Span | None
    lines: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """Text between quotation marks, without them; ``cited`` tells that a document is named just before or after it."""

    span: Span
    cited: bool


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form that the document itself introduces: «thủ tục hành chính (TTHC)»."""

    span: Span
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """An appendix in the file: its ``label`` (``I``, ``01``, empty for the only one) and its paragraphs."""

    span: Span
    label: str
    title: Span | None


@dataclass(frozen=True, slots=True)
class AppendixReference:
    """Where the text points to an appendix of its own."""

    span: Span
    label: str


@dataclass(frozen=True)
class Anatomy:
    """A document taken apart."""

    document: Document = field(repr=False)
    regime: Regime
    header: Header
    bases: tuple[Span, ...]
    addressees: tuple[Recipient, ...]
    body: Outline
    citations: tuple[Citation, ...]
    closing: Span | None
    recipients: Recipients | None
    signature: Signature | None
    annexed: tuple[Span, ...]
    """The lines after the signature: appendices, and the text that a decision issues."""
    appendices: tuple[Appendix, ...]
    appendix_references: tuple[AppendixReference, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    named: tuple[Actor, ...] = ()
    """Every body, group or person named in the legal bases, the body and what is annexed."""

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """The tasks that it gives. Their grammar is loaded when somebody asks: who only compares texts does not."""
        from doclint.anatomy.given_tasks import given_tasks

        return given_tasks(self)

    @property
    def type(self) -> str:
        """Abbreviation of the document type, empty when unknown."""
        return self.header.type
