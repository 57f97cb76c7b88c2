"""Marks of secrecy on a document: it must not be worked on here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.marks import mark_kind
from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"mark"})


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to set."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each mark once, where it stands first: in the head, the margins of the page, or as «Độ mật: Tối mật»."""
    told: set[str] = set()
    for span in sorted((*_marks(document, context), *_statements(document, context))):
        mark = " ".join(document.at(span).upper().split())
        if mark not in told:
            told.add(mark)
            yield Match(span, {"mark": mark})


def _marks(document: Document, context: Context) -> Iterator[Span]:
    yield from (mark.span for mark in context.anatomy.header.marks if mark.kind == "secrecy")
    for block in document.blocks:
        if block.part in _MARGINS and mark_kind(document.at(block.span)) == "secrecy":
            yield block.span


def _statements(document: Document, context: Context) -> Iterator[Span]:
    """Yield the levels named in the head; further down, words about levels are what the document treats of."""
    nodes = context.anatomy.body.nodes
    head = nodes[0].head.start if nodes else 0
    yield from (Span(*match.span("level")) for match in _STATED.finditer(document.text, 0, head))


_MARGINS = ("header", "footer", "watermark", "margin")
_STATED = re.compile(
    r"^\s*độ\s+mật\s*:\s*(?P<level>(?:(?:tuyệt|tối)\s+)?mật)[^\S\n]*\.?$", re.IGNORECASE | re.MULTILINE
)
