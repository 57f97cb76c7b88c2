"""What of a draft is not asked after: its form, what it cites with the source named, and everybody's phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import one_of, spaced
from vanthu.data import data_lines

AsideKind = Literal["form", "bases", "quotation", "citation", "formula"]
"""A formula may stand in a copy, but does not make one."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of a draft that is not compared, and why."""

    kind: AsideKind
    span: Span


def operative(anatomy: Anatomy) -> tuple[Span, ...]:
    """Return the paragraphs that say something of their own: the body, and what follows the signature."""
    body = (node.head for node in anatomy.body.nodes)
    reasons = set(anatomy.bases) - set(_bases(anatomy))
    return tuple(sorted((*body, *reasons, *anatomy.annexed)))


def set_aside(document: Document, anatomy: Anatomy, phrases: Sequence[str] = ()) -> tuple[Aside, ...]:
    """Return what is set aside inside the operative paragraphs and, around them, head, bases, recipients, signature."""
    inside = (
        *(Aside("quotation", quotation.span) for quotation in anatomy.quotations if quotation.cited),
        *(Aside("citation", span) for span in _titles(anatomy)),
        *(
            Aside("formula", span)
            for span in (*_formulae(document), *_fields(document), *_templates(document, phrases))
        ),
    )
    around = (Aside("bases", span) for span in _bases(anatomy))
    return tuple(sorted((*_form(document, anatomy), *around, *inside), key=lambda aside: aside.span))


def _bases(anatomy: Anatomy) -> Iterator[Span]:
    """Yield the legal bases: «Căn cứ vào quy mô của chợ …» names no document, so it is a sentence like others."""
    return (span for span in anatomy.bases if any(span.overlaps(citation.span) for citation in anatomy.citations))


def _form(document: Document, anatomy: Anatomy) -> Iterator[Aside]:
    """Yield what stands before, between and after the operative paragraphs, bases apart."""
    taken = sorted((*operative(anatomy), *_bases(anatomy)))
    position = 0
    for span in (*taken, Span(len(document.text), len(document.text))):
        if document.text[position : span.start].strip():
            yield Aside("form", Span(position, span.start))
        position = max(position, span.end)


def _titles(anatomy: Anatomy) -> Iterator[Span]:
    """Yield each citation with the title of what it cites."""
    for citation in anatomy.citations:
        ends = [span.end for span in (citation.span, citation.issuer, citation.subject) if span is not None]
        yield Span(citation.span.start, max(ends))


def _templates(document: Document, phrases: Sequence[str]) -> Iterator[Span]:
    """Yield where the sentences of the office's own templates stand, whatever their accents and blanks."""
    words = [r"\s+".join(map(re.escape, fold(phrase).split())) for phrase in phrases if phrase.strip()]
    if words:
        for match in re.finditer(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", document.folded):
            yield Span(*match.span())


def _fields(document: Document) -> Iterator[Span]:
    """Yield lines of forms that are to be filled in: many documents annex the same form."""
    return (Span(*match.span()) for match in _FIELD.finditer(document.text))


def _formulae(document: Document) -> Iterator[Span]:
    end = 0
    for word in _first_words().finditer(document.folded):
        if word.start() < end:
            continue
        matches = (_pattern(line).match(document.folded, word.start()) for line in _by_first_word()[word[0]])
        if match := next(filter(None, matches), None):
            end = match.end()
            yield Span(match.start(), end)


@cache
def _first_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(_by_first_word())}(?!\w)")


@cache
def _pattern(line: str) -> re.Pattern[str]:
    """Return a formula as a pattern: few of them are needed for one draft, and each takes time to compile."""
    return re.compile(spaced(line))


@cache
def _by_first_word() -> Mapping[str, Sequence[str]]:
    phrases: dict[str, list[str]] = {}
    for line in data_lines(Path(__file__).with_name("formulae.txt")):
        words, _, pattern = line.partition(": ")
        for word in words.split():
            phrases.setdefault(word, []).append(pattern)
    return phrases


_FIELD = re.compile(r"(?m:^)[^\n]*(?:…|\.{4}|_{4})[^\n]*")
