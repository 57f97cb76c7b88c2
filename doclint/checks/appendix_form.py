"""How appendices are numbered and titled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Appendix
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each appendix of several that has no Roman numeral, and each that has no title."""
    appendices = context.anatomy.appendices
    if recognised(document):
        return
    # The heading of an appendix may be repeated on its next page.
    names = {appendix.label or _title(document, appendix) for appendix in appendices}
    if len(appendices) >= 2 and len(names - {""}) == len(appendices):
        for wrong in (appendix for appendix in appendices if not re.fullmatch("[IVX]+", appendix.label)):
            yield _match(document, wrong.span, "có từ hai phụ lục trở lên thì đánh số bằng chữ số La Mã")
    if not context.complete:
        return
    for appendix in appendices:
        if not _has_title(document.at(appendix.span)):
            yield _match(document, appendix.span, "phụ lục chưa có tiêu đề")


def _has_title(appendix: str) -> bool:
    """Tell whether a title follows the heading, be it after the words in brackets on what the appendix goes with."""
    lines = [line.strip() for line in appendix.split("\n")[1:] if line.strip()][:6]
    # A heading with more words than its number is a title itself.
    if len(appendix.split("\n")[0].split()) > 4 or any(line.isupper() for line in lines):
        return True
    return bool(lines) and not re.match(r"\((?:[Kk]èm\s+theo|[Bb]an\s+hành)|\d{1,2}[.)]\s|[-+•]\s|S?TT\b", lines[0])


def _title(document: Document, appendix: Appendix) -> str:
    return document.at(appendix.title) if appendix.title is not None and document.at(appendix.title).isupper() else ""


def _match(document: Document, appendix: Span, problem: str) -> Match:
    line = document.at(appendix).split("\n")[0].rstrip()
    return Match(Span(appendix.start, appendix.start + len(line)), {"words": line, "problem": problem})
