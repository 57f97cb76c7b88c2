"""Paragraphs of the body that are not set as prescribed: size, alignment, indent, spacing, pitch."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Block, Document, ParagraphFormat, Span
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, is_loose_appendix, number_words, opening, print_of, weight
from doclint.vietnamese.normalise import fold

PLACEHOLDERS = frozenset({"fault", "wanted", "count", "total"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Options:
    """``sizes`` in points, least and greatest; ``indents`` in cm; ``spacing`` in points; ``pitches`` in lines."""

    sizes: tuple[float, ...]
    indents: tuple[float, ...]
    spacing: float
    pitches: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body and how it is set."""

    block: Block
    format: ParagraphFormat


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each kind of fault once, at the first paragraph that has it.

    Another size or alignment spoils the one paragraph that has it. Indent, spacing and pitch are a matter of the whole:
    headings and lists are set apart by them on purpose, so they count when most paragraphs are wrong.
    """
    if is_loose_appendix(document):
        return
    paragraphs = list(_paragraphs(document, context.anatomy))
    long = [one for one in paragraphs if len(one.block.span) >= _FULL_LINES]
    yield from _reported(document, paragraphs, lambda one: _size(document, one, options), "cỡ chữ 13-14", some=True)
    yield from _reported(document, long, lambda one: alignment_fault(document, one), "canh đều hai lề", some=True)
    # A page shows neither what makes the gaps between its lines nor, for certain, where a paragraph begins.
    if document.format == "pdf":
        return
    wanted = "lùi đầu dòng 1 cm hoặc 1,27 cm"
    yield from _reported(document, paragraphs, lambda one: indent_fault(document, one, options), wanted)
    gaps = dict(gap_faults(document, paragraphs))
    spaced = [one for one in paragraphs if one.block.span in gaps]
    wanted = f"cách đoạn tối thiểu {number_words(options.spacing)} pt"
    yield from _reported(document, spaced, lambda one: gap(gaps[one.block.span], options), wanted)
    yield from _reported(document, paragraphs, lambda one: pitch_fault(one, options), "cách dòng từ đơn đến 1,5 dòng")


def _paragraphs(document: Document, anatomy: Anatomy) -> Iterator[Paragraph]:
    """Yield the paragraphs of the text proper; not what stands in tables, centred lines, headings, captions."""
    heads = [node.head for node in anatomy.body.nodes] + ([anatomy.closing] if anatomy.closing else [])
    starts = {head.start for head in heads}
    for block in document.blocks:
        text = document.at(block.span)
        if (
            block.span.start in starts
            and block.part == "body"
            and block.cell is None
            and block.format is not None
            and block.format.alignment not in ("center", "right")
            and not text.isupper()
            and not _CAPTION.match(fold(text))
            # A line of a form, to be filled in.
            and 2 * weight(document, block.span) > len(text)
        ):
            yield Paragraph(block, block.format)


def _reported(
    document: Document,
    paragraphs: Sequence[Paragraph],
    fault: Callable[[Paragraph], str],
    wanted: str,
    some: bool = False,
) -> Iterator[Match]:
    """Yield one match for the paragraphs with a fault: if they are ``some`` of all, or only if they are the most."""
    wrong = [(one, words) for one in paragraphs if (words := fault(one))]
    if wrong and (some or (len(wrong) >= _FEWEST and 2 * len(wrong) > len(paragraphs))):
        first, words = wrong[0]
        values = {"fault": words, "wanted": wanted, "count": str(len(wrong)), "total": str(len(paragraphs))}
        yield Match(opening(document, first.block.span), values)


def _size(document: Document, paragraph: Paragraph, options: Options) -> str:
    size = print_of(document, [paragraph.block.span]).size
    # A page that was printed smaller shows sizes that nobody chose.
    if size is None or (document.format == "pdf" and size * 2 % 1) or weight(document, paragraph.block.span) < _WORDS:
        return ""
    least, greatest = options.sizes
    return "" if least <= size <= greatest else f"cỡ chữ {number_words(size)}"


def alignment_fault(document: Document, paragraph: Paragraph) -> str:
    """Say how the paragraph is set when it is not justified, empty when it is or nobody can tell."""
    alignment = paragraph.format.alignment
    if document.format == "pdf":
        return "canh trái" if alignment == "left" and len(paragraph.block.span) >= 3 * _FULL_LINES else ""
    # Word aligns to the left what no style says anything of.
    return "" if alignment == "justify" else "canh trái"


def indent_fault(document: Document, paragraph: Paragraph, options: Options) -> str:
    """Say what is wrong with the indent of the first line, empty when nothing is."""
    span, first = paragraph.block.span, paragraph.format.first_line_indent or 0.0
    line = document.text.rfind("\n", 0, span.start) + 1
    if document.text[line : span.start] or (paragraph.format.left_indent or 0.0) > 0:
        return ""
    if first <= 0 and _MARKER.match(document.at(span)):
        return ""
    length = first * _CM
    if any(abs(length - wanted) <= _TOLERANCE for wanted in options.indents):
        return ""
    return f"lùi đầu dòng {number_words(length)} cm" if first > 0 else "không lùi đầu dòng"


def gap_faults(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Span, float]]:
    """Yield the space in points above each paragraph that follows another at once; empty lines part them also."""
    for above, below in pairwise(paragraphs):
        if document.text[above.block.span.end : below.block.span.start].count("\n") == 1:
            yield below.block.span, (above.format.space_after or 0.0) + (below.format.space_before or 0.0)


def gap(space: float, options: Options) -> str:
    """Say how little stands between two paragraphs (in points), empty when it is enough."""
    return f"cách đoạn {number_words(space)} pt" if space < options.spacing - 0.1 else ""


def pitch_fault(paragraph: Paragraph, options: Options) -> str:
    """Say what is wrong with the pitch of lines, empty when nothing is."""
    least, greatest = options.pitches
    lines, points = paragraph.format.line_spacing, paragraph.format.line_pitch
    if lines is not None:
        return "" if least - 0.02 <= lines <= greatest + 0.02 else f"cách dòng {number_words(lines)} dòng"
    if points is not None and points > greatest * _LINE:
        return f"cách dòng {number_words(points)} pt"
    return ""


_CM = 2.54 / 72
_TOLERANCE = 0.1
_FULL_LINES = 100
"""Characters that do not fit on one line, so that its alignment is seen."""
_WORDS = 12
_FEWEST = 3
_LINE = 1.15 * 14.0
"""Points of a single line of Times New Roman, 14 points high."""
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d+)*|[a-zđ]|[IVXL]+)[.)]|[-+•*–▪]|Điều\s")
_CAPTION = re.compile(r"\(|ghi chu|nguon\s*:|don vi tinh|bang \d|bieu |hinh \d|dvt")
