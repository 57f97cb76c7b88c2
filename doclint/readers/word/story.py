"""The paragraphs of a part in reading order, as they stand when every change is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from doclint.readers.limits import MAX_NESTED_TABLES, MAX_PARAGRAPHS, SPLIT, UnreadableDocument
from doclint.readers.word.fields import Fields, unclosed_fields
from doclint.readers.word.inline import HOLDERS, MARKS, SILENT, boxes_in, inline
from doclint.readers.word.names import (
    ALTERNATE,
    CELL,
    COMMENT_END,
    COMMENT_START,
    DELETED,
    MOVED_FROM,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    ROW,
    RUN,
    RUN_PROPERTIES,
    SECTION,
    TABLE,
    VAL,
    Element,
    W,
    child_value,
    chosen,
    integer,
    is_on,
)
from vanthu.errors import dotted

Cell = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class PlacedRun:
    """A run with the number of its paragraph in the part and its own number in that paragraph, both from 0."""

    element: Element
    paragraph: int
    number: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as read: of several ``w:p`` where the marks between them are deleted.

    ``number`` is that of the ``w:p`` whose properties hold, the last one. ``content`` has runs and, between them, the
    ends of comment ranges and the marks of comments and notes.
    """

    number: int
    properties: Element | None
    content: tuple[PlacedRun | Element, ...]
    cell: Cell | None
    table_style: str | None
    fields: Fields

    @property
    def section(self) -> Element | None:
        """The section that ends with this paragraph."""
        return self.properties.find(SECTION) if self.properties is not None else None


@dataclass
class Story:
    """What is read of one part, ``name`` (``document``, ``header1``…): filled by ``read_story``."""

    name: str
    kind: str
    path: Path
    unclosed: frozenset[Element]
    numbers: dict[Element, int]
    """Every ``w:p`` of the part, also those that are not read, and its number in the order of the file."""
    tables: Iterator[int]
    paragraphs: list[Paragraph] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    """What cannot be read, by its Vietnamese name."""
    loose: list[Element] = field(default_factory=list)
    """Ends of comment ranges that stand between paragraphs, waiting for the next one."""


def read_story(
    root: Element, containers: list[Element], name: str, kind: str, tables: Iterator[int], path: Path
) -> Story:
    """Read ``containers``, elements of the part ``root``, in order. ``tables`` numbers the tables of the document."""
    numbers = {paragraph: number for number, paragraph in enumerate(islice(root.iter(PARAGRAPH), MAX_PARAGRAPHS + 1))}
    if len(numbers) > MAX_PARAGRAPHS:
        raise UnreadableDocument(f"văn bản có quá {dotted(MAX_PARAGRAPHS)} đoạn", SPLIT, path=path)
    story = Story(name, kind, path, unclosed_fields(root), numbers, tables)
    for container in containers:
        _read_blocks(story, container, None, None, Fields(), 0)
    return story


def _read_blocks(
    story: Story, container: Element, cell: Cell | None, style: str | None, fields: Fields, depth: int
) -> None:
    """Read paragraphs and tables of a body, cell, text box, header or note."""
    joined: list[Element] = []
    for block in _blocks(story, container):
        if block.tag == PARAGRAPH:
            joined.append(block)
            if ends_of(block):
                _read_paragraph(story, joined, cell, style, fields, depth)
                joined = []
        elif block.tag == TABLE:
            # Nothing after it to join with.
            if joined:
                _read_paragraph(story, joined, cell, style, fields, depth)
                joined = []
            _read_table(story, block, fields, depth + 1)
        else:
            story.loose.append(block)
    if joined:
        _read_paragraph(story, joined, cell, style, fields, depth)


def _blocks(story: Story, container: Element) -> Iterator[Element]:
    """Yield the blocks of ``container``, those in content controls and other wrappers too."""
    for child in container:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == ALTERNATE:
            if (branch := chosen(child)) is not None:
                yield from _blocks(story, branch)
        elif tag == _EMBEDDED_FILE:
            story.unread[ALT_CHUNKS] += 1
        elif tag not in SILENT and len(child):
            yield from _blocks(story, child)


def ends_of(paragraph: Element) -> bool:
    """Tell whether the mark at the end of ``paragraph`` is there: not deleted, moved away or hidden."""
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    mark = properties.find(RUN_PROPERTIES) if properties is not None else None
    if mark is None or properties.find(SECTION) is not None:
        return True
    return all(child.tag not in _MARK_GONE or not is_on(child) for child in mark)


def _read_paragraph(
    story: Story, joined: list[Element], cell: Cell | None, style: str | None, fields: Fields, depth: int
) -> None:
    content: list[PlacedRun | Element] = list(story.loose)
    story.loose.clear()
    boxes: list[Element] = []
    for paragraph in joined:
        number, runs = story.numbers[paragraph], 0
        for element in inline(paragraph):
            if element.tag != RUN:
                content.append(element)
                continue
            if len(element):
                content.append(PlacedRun(element, number, runs))
            runs += 1
            for child in element:
                if child.tag in HOLDERS:
                    boxes += boxes_in(child, story.unread)
                elif child.tag in MARKS:
                    content.append(child)
    last = joined[-1]
    properties = last.find(PARAGRAPH_PROPERTIES)
    story.paragraphs.append(Paragraph(story.numbers[last], properties, tuple(content), cell, style, fields))
    for box in boxes:
        if depth >= MAX_NESTED_TABLES:
            _refuse_depth(story)
        _read_blocks(story, box, cell, style, Fields(), depth + 1)


def _read_table(story: Story, table: Element, fields: Fields, depth: int) -> None:
    if depth > MAX_NESTED_TABLES:
        _refuse_depth(story)
    number = next(story.tables)
    style = child_value(table.find(W + "tblPr"), W + "tblStyle") or ""
    tops: dict[int, int] = {}
    rows = (row for row in _within(table, ROW) if row.find(f"{W}trPr/{DELETED}") is None)
    for row_number, row in enumerate(rows):
        column = integer(child_value(row.find(W + "trPr"), W + "gridBefore"), 0) or 0
        for cell in _within(row, CELL):
            properties = cell.find(W + "tcPr")
            merged = properties.find(W + "vMerge") if properties is not None else None
            if merged is None or merged.get(VAL) == "restart":
                tops[column] = row_number
            if properties is None or properties.find(W + "cellDel") is None:
                # What stands in the lower part of a merged cell belongs to the whole of it.
                top = tops.setdefault(column, row_number)
                _read_blocks(story, cell, (number, top, column), style, fields, depth)
            column += max(1, integer(child_value(properties, W + "gridSpan"), 1) or 1)


def _within(container: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in content controls and other wrappers too."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag == ALTERNATE:
            if (branch := chosen(child)) is not None:
                yield from _within(branch, wanted)
        elif child.tag not in SILENT and len(child):
            yield from _within(child, wanted)


def _refuse_depth(story: Story) -> None:
    raise UnreadableDocument(
        f"bảng hoặc khung chữ lồng nhau quá {MAX_NESTED_TABLES} tầng",
        "mở bằng Word, bỏ bớt bảng lồng nhau rồi lưu lại",
        path=story.path,
    )


ALT_CHUNKS = "tệp chèn nguyên (altChunk)"
"""What the report calls another file that is put in whole."""

_BLOCKS = frozenset((PARAGRAPH, TABLE, COMMENT_START, COMMENT_END))
_EMBEDDED_FILE = W + "altChunk"
_MARK_GONE = frozenset((DELETED, MOVED_FROM, W + "vanish", W + "specVanish"))
