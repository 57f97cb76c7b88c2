"""What of a draft is not asked after: its form, what it cites with the source named, and everybody's phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from doclint.anatomy.parts import Anatomy
from doclint.document import Document, Span
from doclint.reuse.tokens import Tokens, tokenise
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.patterns import spaced
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


def set_aside(document: Document, anatomy: Anatomy, tokens: Tokens, phrases: Sequence[str] = ()) -> tuple[Aside, ...]:
    """Return what is set aside inside the operative paragraphs and, around them, head, bases, recipients, signature."""
    inside = (
        *(Aside("quotation", quotation.span) for quotation in anatomy.quotations if quotation.cited),
        *(Aside("citation", span) for span in _titles(anatomy)),
        *(
            Aside("formula", span)
            for span in (*_formulae(document, tokens), *_fields(document), *_templates(document, phrases))
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
    text, end = document.text, 0
    if not any(blank in text for blank in _BLANKS):
        return
    for blank in _BLANK.finditer(text):
        if blank.start() >= end:
            start = text.rfind("\n", 0, blank.start()) + 1
            end = text.find("\n", blank.end())
            end = len(text) if end < 0 else end
            yield Span(start, end)


def _formulae(document: Document, tokens: Tokens) -> Iterator[Span]:
    """Yield where formulae stand, of two that overlap the first."""
    folded, end = document.folded, 0
    in_one_line = " ".join(folded.split())
    by_word: dict[int, list[str]] = {}
    for formula in _all_formulae():
        if all(words in in_one_line for words in formula.needed):
            for word in formula.first_words:
                by_word.setdefault(word, []).append(formula.pattern)
    for start, word in zip(tokens.starts.tolist(), tokens.ids.tolist(), strict=True):
        if start >= end and word in by_word:
            matches = (_compiled(pattern).match(folded, start) for pattern in by_word[word])
            if match := next(filter(None, matches), None):
                end = match.end()
                yield Span(start, end)


@dataclass(frozen=True, slots=True)
class _Formula:
    """A phrase of everybody's: the tokens that it may begin with, and what stands in it however it is varied."""

    first_words: tuple[int, ...]
    needed: tuple[str, ...]
    pattern: str


@cache
def _all_formulae() -> tuple[_Formula, ...]:
    lines = [line.partition(": ") for line in data_lines(Path(__file__).with_name("formulae.txt"))]
    known = sorted({word for words, _, _ in lines for word in words.split()})
    ids = dict(zip(known, tokenise(" ".join(known)).ids.tolist(), strict=True))
    return tuple(
        _Formula(tuple(ids[word] for word in words.split()), _needed(pattern), pattern) for words, _, pattern in lines
    )


def _needed(pattern: str) -> tuple[str, ...]:
    """Return what of ``pattern`` stands outside its sets and groups and is not optional."""
    flat = re.sub(r"\\.|\[[^]]*\]", _GAP, pattern)
    while (outer := re.sub(r"\([^()]*\)", _GAP, flat)) != flat:
        flat = outer
    pieces = re.sub(r".(?:[?*]|\{[^}]*\})", _GAP, flat).replace("+", _GAP).split(_GAP)
    # The longest is the one that most drafts lack.
    return tuple(sorted(filter(None, map(str.strip, pieces)), key=len, reverse=True))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a formula: few of them are needed for one draft, and each takes time."""
    return re.compile(spaced(pattern))


_GAP = "\0"
_BLANKS = ("…", "....", "____")
_BLANK = re.compile("|".join(map(re.escape, _BLANKS)))
