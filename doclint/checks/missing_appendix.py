"""Appendices that the text points to and the file does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from doclint.anatomy.parts import Anatomy, AppendixReference
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.patterns import spaced

PLACEHOLDERS = frozenset({"appendix"})


@dataclass(frozen=True, slots=True)
class Options:
    """None."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first pointer to an appendix of the document itself that is not in the file."""
    anatomy = context.anatomy
    if not context.complete:
        return
    for span, reference in _pointers(document, anatomy):
        if not _is_there(document, anatomy, reference):
            yield Match(span, {"appendix": " ".join(document.at(reference.span).split())})
            return


def _pointers(document: Document, anatomy: Anatomy) -> Iterator[tuple[Span, AppendixReference]]:
    """Yield the words that point to an appendix of the document itself."""
    for reference in anatomy.appendix_references:
        own = _own(document, reference) or _beyond(document, anatomy, reference)
        if own is not None and not _of_file().search(_sentence(document, reference.span)):
            yield own, reference
    for node in anatomy.body.nodes:
        for match in _said().finditer(document.text, node.head.start, node.head.end):
            span = Span(*match.span("named" if match["named"] else "bare"))
            if match["named"] or not _elsewhere().search(_sentence(document, span)):
                yield span, AppendixReference(span, match["first"] or match["label"] or "")


def _own(document: Document, reference: AppendixReference) -> Span | None:
    """Return the pointer with the words that say the appendix is the document's own; None where they do not."""
    match = _kept().match(document.text, reference.span.start)
    return Span(*match.span()) if match is not None else None


def _beyond(document: Document, anatomy: Anatomy, reference: AppendixReference) -> Span | None:
    """Return a pointer «nêu tại Phụ lục 3» where the file has numbered appendices and the sentence cites nothing."""
    if not reference.label or len(anatomy.appendices) < 2 or reference.span.start > anatomy.appendices[0].span.start:
        return None
    return None if _elsewhere().search(_sentence(document, reference.span)) else reference.span


def _sentence(document: Document, span: Span) -> str:
    start = max(document.text.rfind(mark, 0, span.start) for mark in (". ", ";", "\n"))
    ends = _sentence_end().search(document.text, span.end)
    return document.folded[start + 1 : ends.start() if ends is not None else len(document.text)]


def _is_there(document: Document, anatomy: Anatomy, reference: AppendixReference) -> bool:
    """Tell whether the appendix is in the file: by its label, or as what else follows the signature."""
    labels = {_number(appendix.label) for appendix in anatomy.appendices}
    if reference.label and any(
        _number(head["label"]) == _number(reference.label) for head in _alone().finditer(document.text)
    ):
        return True
    if reference.label and all(labels):
        return bool(anatomy.annexed) and (not labels or _number(reference.label) in labels)
    # Heads that the parser does not know, and annexes of another name, are given the benefit of the doubt.
    return bool(anatomy.annexed) or _head().search(document.text, reference.span.end) is not None


def _number(label: str) -> int:
    """Return the number of a label, 0 for none: ``II``, ``2`` and ``02`` are one."""
    if label.isdigit():
        return int(label)
    values = [{"I": 1, "V": 5, "X": 10}.get(letter, 0) for letter in label]
    return sum(-value if value < follows else value for value, follows in zip(values, [*values[1:], 0], strict=False))


@cache
def _kept() -> re.Pattern[str]:
    """«Phụ lục kèm theo Kế hoạch này», «(Phụ lục I)», but not «Phụ lục I kèm theo Nghị định số…»."""
    label = r"(?: (?:số )?(?:[IVX]+|\d{1,2})\b)?"
    other = r"(?! (?:của )?(?:[^.;,()]{0,30} )?(?:số|ngày) \d)"
    return re.compile(
        spaced(
            rf"(?:kèm theo )?phụ lục{label}"
            rf"(?: (?:ban hành )?(?:kèm theo|đính kèm)(?: [^.;,()]{{2,20}} này)?{other}"
            r"| (?:của )?[^.;,()]{2,20} này|(?=\)))"
        ),
        re.IGNORECASE,
    )


@cache
def _said() -> re.Pattern[str]:
    """«Phụ lục lỗi phần mềm kèm theo Biên bản này», «chi tiết xem Phụ lục 2.»."""
    return re.compile(
        spaced(
            r"(?P<named>Phụ lục(?: (?:số )?(?P<first>[IVX]+|\d{1,2})\b)?(?: (?:[^.;,()]|[.,](?=\d)){2,60}?)?"
            r" (?:ban hành kèm theo|kèm theo|gửi kèm|đính kèm)(?: theo)? [^.;,()]{2,25} này)"
            r"|(?:[Cc]hi tiết|xem|[Cc]ụ thể|[Dd]anh sách)(?: (?:cụ thể|tại|ở|theo|trong|xem|có|như|nêu)){0,3} "
            r"(?P<bare>Phụ lục(?: (?P<label>[IVX]+|\d{1,2}))?)(?=\s*(?:[.;)]|$))"
        )
    )


@cache
def _of_file() -> re.Pattern[str]:
    """Appendices of a file that somebody shall make up."""
    return re.compile(spaced(r"\bho so\b.{0,60}\bgom\b"))


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.;](?=\s|/)|\n")


@cache
def _elsewhere() -> re.Pattern[str]:
    """Another document, whose appendix it may be."""
    return re.compile(
        spaced(
            r"\d{4}/|\d+/[a-z]|\b(?:nghi dinh|thong tu|luat|quy chuan|tieu chuan|hop dong|so \d)"
            r"|\b(?:quyet dinh|ke hoach|de an|huong dan|quy che|cong van|nghi quyet)(?! nay)"
        )
    )


@cache
def _head() -> re.Pattern[str]:
    return re.compile(r"^\s*(?:PHỤ\s+LỤC|Phụ\s+lục)\b", re.MULTILINE)


@cache
def _alone() -> re.Pattern[str]:
    """The head of a numbered appendix on a line of its own, where the parser did not see the document end."""
    return re.compile(r"^\s*(?i:phụ\s+lục)\s+(?:số\s+)?(?P<label>[IVX]+|\d{1,2})\s*[.:]?\s*$", re.MULTILINE)
