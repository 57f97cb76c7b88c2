"""A page → its printed lines, kept small: a long document is read whole before its running headers are known."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from doclint.document import Font
from doclint.readers.pdf.columns import Line, lines_of, reading_order
from doclint.readers.pdf.sheet import Glyph, Rectangle, Sheet
from doclint.readers.pdf.tables import Table, find_tables, share_out
from doclint.readers.pdf.words import Word, framed, turned, turned_back, words


@dataclass(slots=True)
class PrintedLine:
    """A line of a page: its text, four coordinates for each character, and the fonts with the offsets where they begin.

    ``x0`` to ``bottom`` are in the frame in which the line runs to the right, the boxes on the page as it is shown.
    """

    page: int
    text: str
    boxes: array[float]
    fonts: tuple[tuple[int, Font], ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    """Font size of most of its characters."""
    column: int = 0
    cell: tuple[int, int, int] | None = None
    part: str = "body"

    @property
    def height(self) -> float:
        """From the upper edge of its highest character to the lower edge of its lowest."""
        return self.bottom - self.top


@dataclass(slots=True)
class Page:
    """A page that has been read, sizes in points as it is shown; ``frame`` is its size as its text runs."""

    number: int
    width: float
    height: float
    frame: tuple[float, float]
    lines: list[PrintedLine]
    pictures: list[Rectangle]
    rules: list[Rectangle]
    drawn: int
    hidden: int
    """Characters of the lines that stand under or behind a picture."""
    table: OpenTable | None = None
    refused: str = ""
    """Which limit the page passes, so that it was not read."""


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The last table up to the end of a page: its number, the row that would be next, and its columns' left edges.

    ``reaches`` tells that it ends at the foot of the page, so may go on on the next.
    """

    number: int
    row: int
    edges: tuple[float, ...]
    reaches: bool


def read_page(sheet: Sheet, above: Page | None) -> Page:
    """Return the lines of ``sheet`` in reading order. ``above`` is the page before it: a table may go on from there."""
    glyphs = sheet.glyphs + sheet.hidden
    turns = Counter(glyph.turn for glyph in glyphs if glyph.turn >= 0)
    main = turns.most_common(1)[0][0] if turns else 0
    upright = main in (0, 2)
    frame = (sheet.width, sheet.height) if upright else (sheet.height, sheet.width)
    rules = [turned(rule, main, sheet.width, sheet.height) for rule in sheet.rules]
    tables = find_tables(rules)
    in_frame = words(framed(glyph, sheet.width, sheet.height) for glyph in glyphs if glyph.turn == main)
    numbers, last = _table_numbers(tables, frame, in_frame, above.table if above is not None else None)
    lines = [
        _printed(line, sheet, main)
        for line in _ordered(in_frame, tables, numbers, frame[0])
    ]  # fmt: skip
    for turn in sorted(turns.keys() - {main}):
        aside = words(framed(glyph, sheet.width, sheet.height) for glyph in glyphs if glyph.turn == turn)
        lines += [replace(_printed(line, sheet, turn), part="margin") for line in lines_of(aside)]
    oblique = words(glyph for glyph in glyphs if glyph.turn < 0)
    lines += [replace(_printed(line, sheet, 0), part="watermark") for line in _slanted(oblique)]
    return Page(
        sheet.number,
        sheet.width,
        sheet.height,
        frame,
        lines,
        sheet.pictures,
        rules,
        sheet.drawn,
        len(sheet.hidden),
        last,
        sheet.refused,
    )


def _ordered(
    page: Sequence[Word], tables: Sequence[Table], numbers: Sequence[tuple[int, int]], width: float
) -> Iterator[Line]:
    """Yield the lines of a page, those of its tables cell by cell. ``numbers``: each table's number and first row."""
    named = {id(table): number for table, number in zip(tables, numbers, strict=True)}
    for table, groups in share_out(page, tables):
        if table is None:
            yield from reading_order(groups[0], width) if groups[0] else ()
            continue
        number, first = named[id(table)]
        for (_, row, column), inside in zip(table.cells, groups, strict=True):
            for line in lines_of(inside):
                yield replace(line, cell=(number, first + row, column))


def _table_numbers(
    tables: Sequence[Table], frame: tuple[float, float], page: Sequence[Word], last: OpenTable | None
) -> tuple[list[tuple[int, int]], OpenTable | None]:
    """Number the tables of a page on from ``last``, each with its first row; the first may go on with that one."""
    numbers: list[tuple[int, int]] = []
    for position, table in enumerate(tables):
        goes_on = (
            position == 0
            and last is not None
            and last.reaches
            and table.box[1] < 0.2 * frame[1]
            and len(table.edges) == len(last.edges)
            and all(abs(edge - before) < 4 for edge, before in zip(table.edges, last.edges, strict=True))
        )
        if goes_on and last is not None:
            number, first = last.number, last.row
        else:
            number, first = (last.number + 1 if last is not None else 0), 0
        numbers.append((number, first))
        rows = 1 + max(row for _, row, _ in table.cells)
        foot = sum(word.top > table.box[3] for word in page)
        reaches = table.box[3] > 0.75 * frame[1] and foot < 4
        last = OpenTable(number, first + rows, table.edges, reaches)
    if not tables and last is not None and page:
        last = replace(last, reaches=False)
    return numbers, last


def _slanted(oblique: Sequence[Word]) -> Iterator[Line]:
    """Yield the words of a watermark as one line: they climb the page, so no two have one height."""
    glyphs = [glyph for word in oblique for glyph in word.glyphs]
    if glyphs:
        yield Line(tuple(glyphs))


def _printed(line: Line, sheet: Sheet, turn: int) -> PrintedLine:
    pieces: list[str] = []
    boxes = array("f")
    fonts: list[tuple[int, Font]] = []
    offset = 0
    for glyph in line.glyphs:
        box = glyph[1:5] if turn == 0 else turned_back(glyph[1:5], turn, sheet.width, sheet.height)
        for _ in glyph.char:
            boxes.extend(box)
        if glyph.font is not None and (not fonts or fonts[-1][1] is not glyph.font):
            fonts.append((offset, glyph.font))
        pieces.append(glyph.char)
        offset += len(glyph.char)
    tops, bottoms = zip(*((glyph.top, glyph.bottom) for glyph in line.glyphs), strict=True)
    return PrintedLine(
        sheet.number, "".join(pieces), boxes, tuple(fonts), line.x0, min(tops), line.x1, max(bottoms),
        _size(line.glyphs), line.column, line.cell,
    )  # fmt: skip


def _size(glyphs: Sequence[Glyph]) -> float:
    sizes = Counter(glyph.font.size or 0.0 for glyph in glyphs if glyph.font is not None)
    return sizes.most_common(1)[0][0] if sizes else 0.0
