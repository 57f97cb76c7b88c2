"""An implementing document that adds nothing of its own level: nobody named, no day, no figure, no result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from doclint.anatomy.deadlines import find_deadline
from doclint.anatomy.gazetteer import key
from doclint.anatomy.parts import Anatomy, Citation
from doclint.checks import Context, forwarding
from doclint.checks.recipients_related import institution
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.reuse.aside import operative
from doclint.reuse.figures import figures
from doclint.reuse.side import Side
from doclint.six_clear import cited_words

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
    if anatomy.type == "CV" and not _only_carries_out(document, anatomy, options, context):
        return
    side = Side(document.text)
    paragraphs = operative(anatomy)
    syllables = sum(last - first for first, last in (side.tokens.between(one.start, one.end) for one in paragraphs))
    reuse = context.lookup.superior if context.lookup is not None else None
    copied = [span for found in reuse.found for span in found.copy.same] if reuse is not None else []
    sentences = [one for paragraph in paragraphs for one in _sentences(document, paragraph)]
    telling = [one for one in sentences if not _tells_nothing(document, one)]
    own = (
        span for span in _own(document, anatomy, side, telling) if not _inside(span, [*copied, *cited_words(anatomy)])
    )
    if syllables >= options.min_syllables and next(own, None) is None:
        share = f"; {reuse.share:.0%} nội dung chép từ văn bản cấp trên" if reuse is not None and reuse.found else ""
        yield Match(anchor, {"source": f"{implemented.word} số {implemented.number}", "copied": share})


def _only_carries_out(document: Document, anatomy: Anatomy, options: Options, context: Context) -> bool:
    """Tell whether a letter is there to have a document carried out; what only passes it on is another fault."""
    subject = anatomy.header.subject
    if subject is None or not _CARRIES_OUT.match(re.sub(r"^v/v:? ", "", _folded(document, subject))):
        return False
    text = " ".join(_folded(document, node.head) for node in anatomy.body.nodes)
    return (
        _EXHORTS.search(text) is not None
        and next(forwarding.check(document, forwarding.Options(), context), None) is None
    )


def _implemented(anatomy: Anatomy) -> Citation | None:
    """Return the document that is implemented: the first one cited in the subject, the bases or the opening lines."""
    header = anatomy.header
    opening = [node.head for node in anatomy.body.nodes[:_OPENING]]
    places = [span for span in (header.subject, *anatomy.bases, *opening) if span is not None]
    cited = (citation for citation in anatomy.citations if citation.number)
    return next((one for one in cited if any(one.span.overlaps(place) for place in places)), None)


def _tells_nothing(document: Document, sentence: Span) -> bool:
    """Tell whether a sentence opens, describes, restates what is implemented, or exhorts: its figures are no tasks."""
    text = _folded(document, sentence)
    if _RESTATES.search(text) or _WATCHES.search(text):
        return True
    if find_deadline(document.at(sentence)).kind in ("date", "period", "recurring"):
        return False
    return _DESCRIBES.search(text) is not None or (_EXHORTS.search(text) is not None and not re.search(r"\d", text))


def _own(document: Document, anatomy: Anatomy, side: Side, sentences: Sequence[Span]) -> Iterator[Span]:
    """Yield what names somebody, a time, an amount or a result; what only cites is told apart by the caller."""
    header = anatomy.header
    selves = {key(printed.name) for printed in (header.issuer, header.superior) if printed is not None}
    selves |= {key(document.at(one.issuer)) for one in anatomy.citations if one.issuer is not None}
    for body in anatomy.named:
        name = institution(body.name)
        known = any(one.startswith(name) or name.startswith(one) for one in selves if one)
        if not body.group and not known and _inside(body.span, sentences):
            yield body.span
    for sentence in sentences:
        for figure in figures(side, sentence.start, sentence.end):
            yield figure.span
    for task in anatomy.tasks:
        if task.deadline.kind in ("date", "period", "recurring", "event") and task.deadline.span is not None:
            yield task.deadline.span
        facts = (span for span in (task.product, task.resources, task.authority) if span is not None)
        yield from (span for span in facts if _inside(span, sentences) and not _BY_RULE.search(_folded(document, span)))


def _sentences(document: Document, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for end in re.finditer(r"[.;](?=\s)|$", document.at(paragraph)):
        if document.text[start : paragraph.start + end.end()].strip():
            yield Span(start, paragraph.start + end.end())
        start = paragraph.start + end.end()


def _folded(document: Document, span: Span) -> str:
    return " ".join(document.folded[span.start : span.end].split())


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


_OPENING = 3
_NUMBERED = r"^(?:[ivx]+\.|\d+\.|[a-z]\)|[-+]|\s)*\s*"
_PAPER = r"(?:ke hoach|chi thi|cong van|quyet dinh|nghi quyet|ket luan|chuong trinh|thong bao|huong dan|de an)"
_RESTATES = re.compile(
    rf"{_NUMBERED}(?:(?:theo|tai|thuc hien|trien khai|can cu) )?(?:noi dung )?{_PAPER}\b[^.]*?"
    r"\b(?:neu|xac dinh|de ra|quy dinh|dat ra|chi ro|phai bao dam|phai co|nhan manh)\b"
    rf"|{_NUMBERED}theo {_PAPER} (?:cua|so|tren|nay)|\bban hanh {_PAPER}[^.]*\bnhu sau|^tren day la {_PAPER}"
)
_DESCRIBES = re.compile(
    rf"{_NUMBERED}(?:tren dia ban|hien nay|hien,? |toan (?:xa|tinh|truong|phuong)|thoi gian qua|nam qua)"
)
_WATCHES = re.compile(r"theo doi,? (?:va )?(?:kiem tra, )?don doc|kho khan,? vuong mac|neu co vuong mac")
"""To watch over others' work is nobody's work where the others have none."""
_EXHORTS = re.compile(
    rf"\bquan triet\b|\bnghiem tuc\b|theo chuc nang|can cu chuc nang|chu dong (?:to chuc )?(?:trien khai|thuc hien)|"
    rf"\b(?:thuc hien|trien khai)(?: tot| day du| nghiem| co hieu qua)?(?: cac)? (?:noi dung|nhiem vu)|"
    rf"bam sat {_PAPER}|coi (?:day|\w+) (?:la )?.{{0,30}}nhiem vu|neu cao|tiep tuc thuc hien"
)
_CARRIES_OUT = re.compile(r"(?:to chuc )?(?:trien khai|thuc hien|quan triet)\b")
_BY_RULE = re.compile(r"theo (?:dung )?quy dinh|theo ke hoach|theo phan cap")
