"""Text in an encoding older than Unicode: TCVN3, VNI or VPS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.legacy import Encoding, detect, encoding_of_font

PLACEHOLDERS = frozenset({"encoding"})


@dataclass(frozen=True, slots=True)
class Options:
    """Nothing to set."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first words that a reader converted, and the first that still stand in an old encoding."""
    note = next((found for text in document.notes if (found := _CONVERTED.search(text))), None)
    if note is not None:
        yield Match(_first_converted(document), {"encoding": note[1]})
    for block in document.blocks:
        # A document mostly in Unicode is not converted: what was pasted into it stays.
        encoding = _left_over(document.at(block.span))
        if encoding is not None:
            yield Match(_words(document, block.span), {"encoding": encoding})
            return


def _first_converted(document: Document) -> Span:
    """Return the first words in a font of an old encoding; the first with marks where the fonts do not tell."""
    spans = [run.span for run in document.runs if encoding_of_font(run.font.name) is not None]
    for span in (*spans, Span(0, len(document.text))):
        if not document.at(span).isascii():
            return _words(document, span)
    return _words(document, Span(0, len(document.text)))


def _left_over(text: str) -> Encoding | None:
    return detect(text) if len(text) >= _SHORTEST and _NO_UNICODE.fullmatch(text) else None


def _words(document: Document, span: Span) -> Span:
    """Return the line from the first word with a mark in ``span``, up to four words of it."""
    text = document.at(span)
    marked = re.search(r"\w*[^\x00-\x7f]", text)
    words = _FOUR.match(text, marked.start() if marked is not None else len(text) - len(text.lstrip()))
    return Span(span.start + words.start(), span.start + words.end()) if words is not None else span


_CONVERTED = re.compile("chuyển sang Unicode từ bảng mã cũ (.+)")
"""The note of doclint.readers.fonts.converted."""
_SHORTEST = 50
_NO_UNICODE = re.compile("[^\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]+")
_FOUR = re.compile(r"[^\s]+(?:[ \u00a0][^\s]+){0,3}")
