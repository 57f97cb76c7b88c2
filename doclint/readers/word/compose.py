"""Paragraphs of all parts → one text with blocks, runs, lines back to the file, and the spans of comments."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from doclint.document import Block, Font, ParagraphFormat, Run, Span
from doclint.readers.word.names import COMMENT_END, COMMENT_START, ID, Element
from doclint.readers.word.numbering import Count, Item, Numbering
from doclint.readers.word.places import Line, Segment
from doclint.readers.word.properties import Properties, key, paragraph_properties
from doclint.readers.word.reading import Reading
from doclint.readers.word.styles import Styles, paragraph_format
from doclint.vietnamese.normalise import composed, nfc_with_offsets


@dataclass
class Composition:
    """The text so far, and what stands where in it: filled by ``add_paragraph``, one after the other."""

    styles: Styles
    numbering: Numbering
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    decomposed: list[int] = field(default_factory=list)
    comments: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where the text of each comment begins and ends, by id."""
    count: Count = field(default_factory=Count)
    _formats: dict[object, ParagraphFormat] = field(default_factory=dict)


def add_paragraph(composition: Composition, reading: Reading) -> None:
    """Add a paragraph with its list label, and a line end."""
    item = composition.numbering.item(reading.numbering, reading.style)
    label = composition.count.label(item) if item is not None else ""
    raw = "".join(reading.texts)
    if not raw or raw.isspace():
        # Word counts an empty list item, but there is nothing to check in it.
        label = ""
    text, offsets = nfc_with_offsets(raw)
    start = composition.length + len(label)
    line = Line(composition.length, start, start + len(text), reading.story.name, _segments(reading), offsets)
    composition.lines.append(line)
    composition.decomposed += [start + place for place in composed(text, offsets)]
    composition.pieces.append(f"{label}{text}\n")
    composition.length = line.end + 1
    _add_runs(composition, line, reading.fonts)
    shown = label + text
    if stripped := shown.strip():
        begin = line.label + len(shown) - len(shown.lstrip())
        looks = _format(composition, reading, item)
        span = Span(begin, begin + len(stripped))
        composition.blocks.append(Block(span, reading.story.kind, reading.paragraph.cell, looks))
    for mark, run in reading.marks:
        at = line.segments[run].start if run < len(line.segments) else len(raw)
        place_comment(composition, mark, line.at(at))


def place_comment(composition: Composition, mark: Element, position: int) -> None:
    """Let the range of a comment begin or end at ``position``."""
    id_ = mark.get(ID, "")
    start, end = composition.comments.get(id_, (position, position))
    if mark.tag == COMMENT_START:
        start = position
    elif mark.tag == COMMENT_END:
        end = position
    composition.comments[id_] = start, end


def comment_spans(composition: Composition, text: str) -> dict[str, Span]:
    """Return the span of each comment by its id: the text it is fixed to, or the block where none of that is left."""
    blocks = composition.blocks
    spans = {}
    for id_, (point, end) in composition.comments.items():
        start = point
        # Step by step: thousands of comments may each have the whole text.
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            spans[id_] = Span(start, end)
        elif blocks:
            after = bisect_left(blocks, point, key=lambda block: block.span.end)
            spans[id_] = blocks[min(after, len(blocks) - 1)].span
    return spans


def _segments(reading: Reading) -> tuple[Segment, ...]:
    segments, position = [], 0
    for number, (text, (paragraph, run, source)) in enumerate(zip(reading.texts, reading.sources, strict=True)):
        segments.append(Segment(position, len(text), paragraph, run, source, reading.legacy.get(number)))
        position += len(text)
    return tuple(segments)


def _add_runs(composition: Composition, line: Line, fonts: Sequence[Font]) -> None:
    """Add the fonts of a line; neighbours printed alike become one."""
    begin = line.start
    for number, (segment, font) in enumerate(zip(line.segments, fonts, strict=True)):
        if number + 1 < len(fonts) and fonts[number + 1] == font:
            continue
        # A letter whose mark stands in the next run is printed with the run where it begins.
        end = line.at(segment.start + segment.length)
        if end > begin:
            composition.runs.append(Run(Span(begin, end), font))
            begin = end


def _format(composition: Composition, reading: Reading, item: Item | None) -> ParagraphFormat:
    known = (
        reading.paragraph.table_style,
        reading.style.id,
        key(reading.paragraph.properties),
        (item.list_id, item.level) if item is not None else None,
        reading.numbering is not None,
    )
    if known not in composition._formats:
        composition._formats[known] = paragraph_format(_layers(composition.styles, reading, item))
    return composition._formats[known]


def _layers(styles: Styles, reading: Reading, item: Item | None) -> Iterator[Properties]:
    """Yield what sets a paragraph, the weakest first; a list comes right before what put it in the list (17.7.2)."""
    yield styles.paragraph_defaults
    if reading.paragraph.table_style is not None:
        for _, properties in styles.style(reading.paragraph.table_style, "table").layers:
            yield properties
    for own, properties in reading.style.layers:
        if own is not None and item is not None and reading.numbering is None:
            yield item.indents
        yield properties
    if reading.numbering is not None and item is not None:
        yield item.indents
    yield paragraph_properties(reading.paragraph.properties)
