"""The six things that must be clear of every task, as a table: a row a task, an empty cell for what is missing.

Kết luận 226-KL/TW: rõ người, rõ việc, rõ thời gian, rõ trách nhiệm, rõ sản phẩm, rõ thẩm quyền.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from doclint.anatomy.bodies import in_sentence
from doclint.anatomy.parts import Actor, Anatomy, Task
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced


@dataclass(frozen=True, slots=True)
class Row:
    """What a document says of one task, in its own words; None where it says nothing."""

    span: Span
    unit: str
    """The place of the task as an office writes it: ``II.5.b``, «Phụ lục I»; empty where nothing is numbered."""
    lead: str | None
    named_lead: bool
    """The lead is called so (chủ trì)."""
    partners: str | None
    what: str
    due: str | None
    vague: bool
    """``due`` is no time that can be kept: «kịp thời»."""
    product: str | None
    resources: str | None
    authority: str | None
    standing: bool
    """A standing duty, ban or principle: it has no end, so nothing is missing of it."""


def six_clear(document: Document, anatomy: Anatomy) -> tuple[Row, ...]:
    """Return a row for each task, in the order of the text."""
    cited = cited_words(anatomy)
    return tuple(_row(document, anatomy, task, cited) for task in anatomy.tasks)


def cited_words(anatomy: Anatomy) -> tuple[Span, ...]:
    """Return where other documents are named, with who issued them and what they are about."""
    parts = ((citation.span, citation.issuer, citation.subject) for citation in anatomy.citations)
    return tuple(span for spans in parts for span in spans if span is not None)


def missing(row: Row) -> tuple[str, ...]:
    """Return the fields that a piece of work must have and this one lacks; words that are no time count as none."""
    if row.standing:
        return ()
    due = None if row.vague else row.due
    facts = (("lead", row.lead), ("due", due), ("product", row.product))
    return tuple(name for name, fact in facts if fact is None)


def assigned_elsewhere(document: Document) -> bool:
    """Tell whether the text says that an appendix assigns the tasks: then its own items need not."""
    return _ASSIGNING_APPENDIX.search(document.text) is not None


def given_together(document: Document) -> bool:
    """Tell whether one body is given all that a plan lists: «chủ trì thực hiện các nội dung trên»."""
    return _GIVEN_TOGETHER.search(document.text) is not None


def concludes(document: Document, anatomy: Anatomy) -> bool:
    """Tell whether a notice tells what a meeting concluded."""
    subject = anatomy.header.subject
    return subject is not None and "ket luan" in " ".join(fold(document.at(subject)).split())


def _row(document: Document, anatomy: Anatomy, task: Task, cited: Sequence[Span]) -> Row:
    due = _due(document, task)
    product = _fact(document, task, task.product, cited)
    return Row(
        span=task.span,
        unit=_unit(document, anatomy, task),
        lead=_names(task.lead),
        named_lead=task.named_lead,
        partners=_names(task.partners),
        what=_what(document, task),
        due=due,
        vague=due is not None and task.deadline.kind == "vague",
        product=product or _reported(document, task),
        resources=_fact(document, task, task.resources, cited),
        authority=_fact(document, task, task.authority, cited),
        standing=task.standing,
    )


def _unit(document: Document, anatomy: Anatomy, task: Task) -> str:
    path = anatomy.body.path(anatomy.body.at(task.span.start)) if task.node >= 0 else ""
    if path or task.node >= 0:
        return path
    appendix = next((one for one in anatomy.appendices if task.span in one.span), None)
    if appendix is not None:
        return f"Phụ lục {appendix.label}".rstrip()
    cell = next((block.cell for block in document.blocks if block.cell and task.span.overlaps(block.span)), None)
    return f"Bảng, dòng {cell[1]}" if cell is not None else ""


def _names(actors: Sequence[Actor]) -> str | None:
    return ", ".join(_printed(in_sentence(actor.name)) for actor in actors) or None


def _what(document: Document, task: Task) -> str:
    """Return how the task begins, without whom it is given to, who stands in a cell of its own."""
    text = document.at(task.span)
    own = [actor for actor in task.lead if actor.span in task.span]
    if own and _ASKS.fullmatch(text[: own[0].span.start - task.span.start]):
        rest = text[own[-1].span.end - task.span.start :]
        text = rest if _OWN_WORDS.match(rest) else text
    text = _opening(_printed(text).lstrip(" ,:;-–"))
    return text[:1].upper() + text[1:]


def _opening(text: str) -> str:
    """Return the first clause of a text, cut between words where it is long."""
    stop = re.compile(r"[;.](?=\s|$)").search(text, _SHORT)
    text = _LINK.sub("", text[: stop.start()] if stop is not None else text).rstrip(" .;,/")
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]}…"


def _due(document: Document, task: Task) -> str | None:
    span = task.deadline.span
    if span is None or (task.standing and span in task.span and task.deadline.kind not in ("date", "period")):
        return None
    if task.deadline.kind == "event":
        # «ngay sau khi» means nothing without what is waited for.
        rest = _TO_THE_STOP.match(document.text, span.end)
        span = Span(span.start, rest.end()) if rest is not None else span
    closing = _CLOSING.match(document.text, span.end)
    if closing is not None and document.at(span).count("(") > document.at(span).count(")"):
        span = Span(span.start, closing.end())
    return _printed(document.at(span)).rstrip(" .;,(")


def _fact(document: Document, task: Task, span: Span | None, cited: Sequence[Span]) -> str | None:
    """Return what is said of a task, but neither words of a document that is cited nor of what is forbidden.

    A standing duty tells what all papers must be like, so in its own text nothing is a result.
    """
    if span is None or any(span.overlaps(other) for other in cited):
        return None
    if span in task.span:
        sentence = max(document.text.rfind(stop, task.span.start, span.start) for stop in (". ", "; ", "\n"))
        before = document.text[max(sentence, task.span.start) : span.start]
        if task.standing or _FORBIDS.search(fold(before)):
            return None
    return _printed(document.at(span))


def _reported(document: Document, task: Task) -> str | None:
    """Return the report that a task itself is: «Báo cáo kết quả …»; the verb says what is handed over."""
    if task.standing:
        return None
    match = _REPORTS.search(document.at(task.span))
    return _printed(match[0]) if match is not None else None


def _printed(text: str) -> str:
    return " ".join(text.split())


_ASSIGNING_APPENDIX = re.compile(
    spaced(
        r"(?:[Pp]hụ lục|[Bb]iểu|[Bb]ảng)(?: \w+)? (?:\w+ ){0,2}?"
        r"(?:phân công|giao|danh mục) (?:cụ thể )?(?:các )?nhiệm vụ"
    )
)
# One body has it all: «Phòng … chủ trì, phối hợp với … thực hiện các nội dung trên», «là cơ quan thường trực».
_GIVEN_TOGETHER = re.compile(
    spaced(
        r"(?:chủ trì|chịu trách nhiệm|có trách nhiệm|là đầu mối|được giao)(?:,? phối hợp [^.;]{3,120}?)?,? "
        r"(?:(?:tham mưu|tổ chức|triển khai),? )*thực hiện (?:(?:các|những|toàn bộ) )*"
        r"(?:nội dung|nhiệm vụ|công việc|kế hoạch|chương trình|phương án|đề án)(?!\w)"
        r"|là (?:cơ quan|bộ phận|đơn vị) (?:thường trực|đầu mối)"
    ),
    re.IGNORECASE,
)
_ASKS = re.compile(
    spaced(r"(?:(?:[Gg]iao|[Yy]êu cầu|[Đđ]ề nghị|[Pp]hân công) (?:cho )?|.{0,60}?(?:giao|yêu cầu|đề nghị) )?")
)
# What belongs to the name, not to the work: «…, đặc biệt là cấp xã, …», «… được giao chủ trì …».
_OWN_WORDS = re.compile(r"\s*[:]?\s*(?!đặc\s+biệt|được\s)\w")
_LINK = re.compile(r"[;,]\s*(?:đồng\s+thời|và|trong\s+đó)?$")
_SHORT, _LONG = 40, 160
# «(trước ngày 07 tháng 6) và hằng năm (trước ngày 07 tháng 12)».
_CLOSING = re.compile(r"\)(?:\s+và\s+[^.;,()]{0,30}\([^()]{0,40}\))?")
_TO_THE_STOP = re.compile(r"[^.;,()\n]{0,80}")
_FORBIDS = re.compile(r"(?<!\w)(?:khong|han che|tuyet doi khong|cham dut)(?!\w)(?! qua| it hon| dung)")
_REPORTS = re.compile(
    spaced(
        r"(?<!các\s)[Bb]áo cáo (?:[^.;,()]{3,60}?(?: \([^()]{0,40}\))? )?(?:kết quả|tình hình|số liệu)"
        r"[^.;,()]{0,80}?"
        r"(?= (?:về|gửi|lồng ghép|cho|với|trước|vào|định kỳ|h[ằà]ng|qua|trong|đến)(?!\w)|\s*(?:[.;,()]|$))"
    )
)
