"""The sign that ends the content: ./. in documents of the State."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"words"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the last words of the content when no ./. stands there; a text without a foot may be but a piece."""
    anatomy = context.anatomy
    foot = _foot(anatomy)
    if foot is None or not context.complete or recognised(document):
        return
    written = {block.span for block in document.blocks if block.part == "body" and block.cell is None}
    parts = [node.head for node in anatomy.body.nodes] + ([anatomy.closing] if anatomy.closing is not None else [])
    last = max((part for part in parts if part in written and part.end <= foot), default=None)
    if last is None or _SIGN.search(document.text, max(0, last.start - 400), foot):
        return
    text = document.at(last).rstrip()
    start = max(text.rfind(" ", 0, max(0, len(text) - 40)) + 1, text.rfind("\n") + 1)
    span = Span(last.start + start, last.start + len(text))
    yield Match(span, {"words": document.at(span)})


def _foot(anatomy: Anatomy) -> int | None:
    """Return where recipients and signature begin; None without a signature."""
    if anatomy.signature is None:
        return None
    signed = anatomy.signature.authority.start
    return min(anatomy.recipients.heading.start, signed) if anatomy.recipients is not None else signed


_SIGN = re.compile(r"\./|/\s?\.|\.\s/")
