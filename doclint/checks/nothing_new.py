"""An implementing document that adds nothing of its own level: nobody named, no day, no figure, no result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy, Citation
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.reuse.figures import figures
from doclint.reuse.side import Side

PLACEHOLDERS = frozenset({"source", "copied"})


@dataclass(frozen=True, slots=True)
class Options:
    """``min_syllables``: how much a document says at least before it is judged."""

    min_syllables: int = 40


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the subject of a document that cites what it implements and of which nothing is its own.

    Its own is a body that is named, a deadline, a figure, a product or means, unless the superior document says the
    same in the same words; a group («các cơ quan, đơn vị») names nobody.
    """
    anatomy = context.anatomy
    implemented = _implemented(anatomy)
    anchor = anatomy.header.subject or anatomy.header.title
    if implemented is None or anchor is None or not context.complete:
        return
    side = Side(document.text)
    paragraphs = operative(anatomy)
    syllables = sum(last - first for first, last in (side.tokens.between(one.start, one.end) for one in paragraphs))
    reuse = context.lookup.superior if context.lookup is not None else None
    copied = [span for found in reuse.found for span in found.copy.same] if reuse is not None else []
    named = [citation.span for citation in anatomy.citations]
    own = (span for span in _own(document, anatomy, side, paragraphs) if not _inside(span, [*copied, *named]))
    if syllables >= options.min_syllables and next(own, None) is None:
        share = f"; {reuse.share:.0%} nội dung chép từ văn bản cấp trên" if reuse is not None and reuse.found else ""
        yield Match(anchor, {"source": f"{implemented.word} số {implemented.number}", "copied": share})


def _implemented(anatomy: Anatomy) -> Citation | None:
    """Return the document that is implemented: the first one cited in the subject, the bases or the opening lines."""
    header = anatomy.header
    opening = [node.head for node in anatomy.body.nodes[:_OPENING]]
    places = [span for span in (header.subject, *anatomy.bases, *opening) if span is not None]
    cited = (citation for citation in anatomy.citations if citation.number)
    return next((one for one in cited if any(one.span.overlaps(place) for place in places)), None)


def _own(document: Document, anatomy: Anatomy, side: Side, paragraphs: Sequence[Span]) -> Iterator[Span]:
    """Yield what names somebody, a time, an amount or a result; what only cites is told apart by the caller."""
    header = anatomy.header
    selves = {key(printed.name) for printed in (header.issuer, header.superior) if printed is not None}
    issuers = {key(document.at(one.issuer)) for one in anatomy.citations if one.issuer is not None}
    tasks = [one for one in paragraphs if not _WATCHES.search(key(document.at(one)))]
    for body in anatomy.named:
        if not body.group and key(body.name) not in selves | issuers and _inside(body.span, tasks):
            yield body.span
    for paragraph in paragraphs:
        for figure in figures(side, paragraph.start, paragraph.end):
            yield figure.span
    for task in anatomy.tasks:
        if task.deadline.kind in ("date", "period", "recurring", "event") and task.deadline.span is not None:
            yield task.deadline.span
        yield from (span for span in (task.product, task.resources, task.authority) if span is not None)


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


_OPENING = 3
_WATCHES = re.compile(r"theo doi,? (?:va )?(?:kiem tra, )?don doc|co kho khan, vuong mac|neu co vuong mac")
"""To watch over others' work is nobody's work where the others have none."""
