"""Printed words of a page → lines in reading order, with the two columns of header and signature block apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from doclint.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character and its box, in points from the top left corner of the page."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, or the part of one that stands in a column; glyphs in order, blanks between words included."""

    glyphs: tuple[Glyph, ...]
    column: int = 0
    """0 in the flow of the page; 1, 2… from left to right where the page is split in columns."""
    page: int = 0

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(glyph.char for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """Height of the tallest glyph."""
        return max(glyph.bottom - glyph.top for glyph in self.glyphs)

    def on(self, page: int) -> Line:
        """Return the line with its page number."""
        return replace(self, page=page)


def reading_order(words: Sequence[Sequence[Glyph]], width: float) -> list[Line]:
    """Return the lines of a page ``width`` points wide, a column at a time where the page is split in two.

    The header and the signature block are read as columns, left one first; rows of more than two parts (a table) stay
    rows, their cells after each other.
    """
    rows = [_split(row) for row in _rows(words)]
    ordered: list[Line] = []
    position = 0
    while position < len(rows):
        stop, gutter = _region(rows, position, width)
        if gutter is None:
            row = rows[position]
            ordered += [replace(cell, column=number if len(row) > 1 else 0) for number, cell in enumerate(row, 1)]
            position += 1
            continue
        cells = [cell for row in rows[position:stop] for cell in row]
        ordered += [replace(cell, column=1) for cell in cells if cell.x0 < gutter]
        ordered += [replace(cell, column=2) for cell in cells if cell.x0 >= gutter]
        position = stop
    return ordered


def _rows(words: Sequence[Sequence[Glyph]]) -> list[list[Sequence[Glyph]]]:
    """Gather words whose middles stand at one height."""
    rows: list[list[Sequence[Glyph]]] = []
    level = float("-inf")
    height = 0.0
    for word in sorted(words, key=_middle):
        if rows and _middle(word) - level <= 0.4 * max(height, _height(word)):
            rows[-1].append(word)
        else:
            rows.append([word])
            level, height = _middle(word), _height(word)
    return [sorted(row, key=lambda word: word[0].x0) for row in rows]


def _split(row: list[Sequence[Glyph]]) -> list[Line]:
    """Cut a row where the gap between words is wider than justified text leaves."""
    limit = 2.2 * median(_height(word) for word in row)
    folded = [fold("".join(glyph.char for glyph in word)) for word in row]
    cells: list[list[Glyph]] = [list(row[0])]
    for number, word in enumerate(row[1:], 1):
        last = cells[-1][-1]
        wide = word[0].x0 - max(glyph.x1 for glyph in cells[-1]) > limit
        blank = folded[number - 1] in _BEFORE_BLANK and folded[number].startswith(_AFTER_BLANK)
        if (wide and not blank) or " ".join(folded[number:]).startswith(_RIGHT_COLUMN):
            cells.append(list(word))
        else:
            cells[-1] += [Glyph(" ", last.x1, last.top, word[0].x0, last.bottom), *word]
    return [Line(tuple(cell)) for cell in cells]


def _region(rows: list[list[Line]], start: int, width: float) -> tuple[int, float | None]:
    """Return where the two-column region that begins at ``start`` ends, and its gutter; None when there is none.

    Its rows have two parts, or keep clear of the gutter on one side. It ends with the right column, except that a list
    of recipients belongs to the region to its end.
    """
    left, right = 0.0, width
    stop, gutter = start, None
    recipients = fold(rows[start][0].text).startswith("noi nhan")
    if _side(rows[start], width) == "left" and not recipients:
        return start, None
    for number, row in enumerate(rows[start:], start):
        side = _side(row, width)
        if side == "":
            break
        row_left = row[0].x1 if side in ("left", "both") else 0.0
        row_right = row[-1].x0 if side in ("right", "both") else width
        if max(left, row_left) >= min(right, row_right):
            break
        left, right = max(left, row_left), min(right, row_right)
        if side in ("right", "both") or (recipients and gutter is not None):
            stop, gutter = number + 1, (left + right) / 2
    return stop, gutter


def _side(row: list[Line], width: float) -> str:
    if len(row) == 2:
        return "both"
    middle = (row[0].x0 + row[0].x1) / 2
    if len(row) == 1 and row[0].x1 < 0.62 * width and middle < 0.46 * width:
        return "left"
    if len(row) == 1 and row[0].x0 > 0.35 * width and middle > 0.58 * width:
        return "right"
    return ""


def _middle(word: Sequence[Glyph]) -> float:
    return (word[0].top + word[0].bottom) / 2


def _height(word: Sequence[Glyph]) -> float:
    return word[0].bottom - word[0].top


_RIGHT_COLUMN = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
# A number or day left blank until the document is signed leaves a gap that parts nothing.
_BEFORE_BLANK = ("so:", "so", "ngay", "thang", "nam")
_AFTER_BLANK = ("/", "-", "thang", "nam")
