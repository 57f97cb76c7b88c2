"""Paragraphs of the body: size, alignment, indent of the first line, space between them, pitch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.checks.body_layout import (
    _CAPTION,
    _CM,
    Options,
    Paragraph,
    alignment_fault,
    check,
    gap,
    gap_faults,
    indent_fault,
    pitch_fault,
)
from doclint.document import Block, Document
from doclint.fixes.draft import Change, Draft, Left, nearest, prevailing
from doclint.fixes.properties import (
    ensured,
    mark_properties,
    paragraph_properties,
    run_properties,
    set_size,
    set_toggle,
    set_value,
)
from doclint.looks import number_words, opening, print_of, runs_in, weight
from doclint.readers.word.names import Element, W
from doclint.vietnamese.normalise import fold


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Set what has a fault that is reported; one that few paragraphs have is left as it is, it may be on purpose.

    Headings and legal bases are set along with the paragraphs that the rule counts: else they would stand out.
    """
    reported = {match.values["wanted"] for match in check(draft.document, options, Context(draft.anatomy))}
    paragraphs = list(_set_alike(draft.document, draft.anatomy))
    for wanted in sorted(reported):
        for words, way in _WAYS.items():
            if wanted.startswith(words):
                yield from way(draft, paragraphs, options)


def _set_alike(document: Document, anatomy: Anatomy) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text proper, its headings and bases; not tables, centred lines, captions."""
    heads = [node.head for node in anatomy.body.nodes] + ([anatomy.closing] if anatomy.closing else [])
    starts = {span.start for span in (*heads, *anatomy.bases)}
    for block in document.blocks:
        if block.span.start in starts and block.part == "body" and block.cell is None and block.format is not None:
            text = document.at(block.span)
            # A line of a form, to be filled in, has few letters.
            if not _CAPTION.match(fold(text)) and 2 * weight(document, block.span) > len(text):
                yield Paragraph(block, block.format)


def _set_sizes(draft: Draft, paragraphs: Sequence[Paragraph], options: Options) -> Iterator[Change | Left]:
    document = draft.document
    sizes = [print_of(document, [one.block.span]).size for one in paragraphs]
    right = [size for size in sizes if size is not None and nearest(size, options.sizes) == size]
    for one, size in zip(paragraphs, sizes, strict=True):
        if size is None or nearest(size, options.sizes) == size:
            continue
        wanted = prevailing(right, nearest(size, options.sizes))
        for run in runs_in(document, one.block.span):
            if run.font.size is not None and nearest(run.font.size, options.sizes) != run.font.size:
                for element in draft.runs(run.span):
                    set_size(run_properties(element), wanted)
        set_size(mark_properties(draft.paragraph(one.block)), wanted)
        yield _change(document, one.block, f"cỡ chữ {number_words(size)} → {number_words(wanted)}")


def _align(draft: Draft, paragraphs: Sequence[Paragraph], options: Options) -> Iterator[Change | Left]:
    for one in paragraphs:
        if one.format.alignment in _ON_PURPOSE or not (words := alignment_fault(draft.document, one)):
            continue
        if "\n" in draft.document.at(one.block.span):
            why = "đoạn có ngắt dòng Shift+Enter, canh đều thì chữ bị giãn: tách thành đoạn riêng trong Word"
            yield Left(opening(draft.document, one.block.span), why)
            continue
        set_value(paragraph_properties(draft.paragraph(one.block)), "jc", "both")
        yield _change(draft.document, one.block, f"{words} → canh đều hai lề")


def _indent_first(draft: Draft, paragraphs: Sequence[Paragraph], options: Options) -> Iterator[Change | Left]:
    paragraphs = [one for one in paragraphs if one.format.alignment not in _ON_PURPOSE]
    wrong = [(one, words) for one in paragraphs if (words := indent_fault(draft.document, one, options))]
    lengths = (round((one.format.first_line_indent or 0.0) * _CM, 2) for one in paragraphs)
    wanted = prevailing((length for length in lengths if length in options.indents), max(options.indents))
    for one, words in wrong:
        indent = ensured(paragraph_properties(draft.paragraph(one.block)), "ind")
        for other in ("hanging", "hangingChars", "firstLineChars"):
            indent.attrib.pop(W + other, None)
        indent.set(W + "firstLine", _twips(wanted / _CM))
        yield _change(draft.document, one.block, f"{words} → lùi đầu dòng {number_words(wanted)} cm")


def _space(draft: Draft, paragraphs: Sequence[Paragraph], options: Options) -> Iterator[Change | Left]:
    gaps = dict(gap_faults(draft.document, paragraphs))
    names = draft.package.names.values()
    contextual = any(b":contextualSpacing" in draft.package.archive.read(name) for name in names if _SETS.search(name))
    for above, below in pairwise(paragraphs):
        words = gap(gaps.get(below.block.span, options.spacing), options)
        if not words:
            continue
        properties = paragraph_properties(draft.paragraph(above.block))
        spacing = _spacing(properties)
        for other in ("afterLines", "afterAutospacing"):
            spacing.attrib.pop(W + other, None)
        spacing.set(W + "after", _twips(options.spacing))
        if contextual:
            # Styles of lists leave no space between paragraphs of the same style.
            set_toggle(properties, "contextualSpacing", on=False)
        yield _change(draft.document, below.block, f"{words} → {number_words(options.spacing)} pt")


def _set_pitch(draft: Draft, paragraphs: Sequence[Paragraph], options: Options) -> Iterator[Change | Left]:
    for one in paragraphs:
        if not (words := pitch_fault(one, options)):
            continue
        wanted = nearest(one.format.line_spacing or max(options.pitches), options.pitches)
        spacing = _spacing(paragraph_properties(draft.paragraph(one.block)))
        spacing.set(W + "line", str(round(wanted * 240)))
        spacing.set(W + "lineRule", "auto")
        yield _change(draft.document, one.block, f"{words} → {number_words(wanted)} dòng")


def _spacing(properties: Element) -> Element:
    return ensured(properties, "spacing")


def _change(document: Document, block: Block, what: str) -> Change:
    return Change(opening(document, block.span), what)


def _twips(points: float) -> str:
    return str(round(points * 20))


_ON_PURPOSE = ("center", "right")
_SETS = re.compile(r"word/(?:styles|document)\d*\.xml$", re.IGNORECASE)
_WAYS = {
    "cỡ chữ": _set_sizes,
    "canh đều": _align,
    "lùi đầu dòng": _indent_first,
    "cách đoạn": _space,
    "cách dòng": _set_pitch,
}
"""How to mend each kind of fault, by how the words for what is wanted begin."""
