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
    for reference in anatomy.appendix_references:
        own = _own(document, reference) or _beyond(document, anatomy, reference)
        if own is not None and not _is_there(document, anatomy, reference):
            yield Match(own, {"appendix": " ".join(document.at(reference.span).split())})
            return


def _own(document: Document, reference: AppendixReference) -> Span | None:
    """Return the pointer with the words that say the appendix is the document's own; None where they do not."""
    match = _kept().match(document.text, reference.span.start)
    return Span(*match.span()) if match is not None else None


def _beyond(document: Document, anatomy: Anatomy, reference: AppendixReference) -> Span | None:
    """Return a pointer «nêu tại Phụ lục 3» where the file has numbered appendices and the sentence cites nothing."""
    if not reference.label or len(anatomy.appendices) < 2 or reference.span.start > anatomy.appendices[0].span.start:
        return None
    start = max(document.text.rfind(mark, 0, reference.span.start) for mark in (". ", ";", "\n"))
    ends = _sentence_end().search(document.text, reference.span.end)
    sentence = document.folded[start + 1 : ends.start() if ends is not None else len(document.text)]
    return None if _elsewhere().search(sentence) else reference.span


def _is_there(document: Document, anatomy: Anatomy, reference: AppendixReference) -> bool:
    """Tell whether the appendix is in the file: by its label, or as what else follows the signature."""
    labels = {_number(appendix.label) for appendix in anatomy.appendices}
    if reference.label and all(labels):
        return bool(anatomy.annexed) and (not labels or _number(reference.label) in labels)
    # Heads that the parser does not know, and annexes of another name, are given the benefit of the doubt.
    after = document.text[reference.span.end :]
    return bool(anatomy.annexed) or _head().search(after) is not None


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
