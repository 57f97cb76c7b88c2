"""Words of a page → lines in reading order, with the two columns of header and signature block apart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from doclint.readers.pdf.sheet import Glyph
from doclint.readers.pdf.words import Word, joins
from doclint.vietnamese.normalise import fold


@dataclass(frozen=True)
class Line:
    """A printed line, or the part of one that stands in a column; glyphs in order, blanks between words included."""

    glyphs: tuple[Glyph, ...]
    column: int = 0
    """0 in the flow of the page; 1, 2… from left to right where the page is split in columns."""
    cell: tuple[int, int, int] | None = None

    @cached_property
    def x0(self) -> float:
        """Left edge."""
        return self.glyphs[0].x0

    @cached_property
    def x1(self) -> float:
        """Right edge."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(glyph.char for glyph in self.glyphs)


def reading_order(words: Sequence[Word], width: float) -> list[Line]:
    """Return the lines of words on a page ``width`` points wide, a column at a time where the page is split in two.

    The header and the signature block are read as columns, left one first; rows of more than two parts (a table
    without rules) stay rows, their cells after each other.
    """
    rows = [_split(row, width) for row in _rows(words)]
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


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return the lines of words that stand in one column, a table cell."""
    return [_line(row) for row in _rows(words)]


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Gather words whose middles stand at one height; what is raised (m², 1) is smaller and goes with its row."""
    rows: list[list[Word]] = []
    level = float("-inf")
    height = 0.0
    for word in sorted(words, key=lambda word: word.middle):
        if rows and word.middle - level <= 0.4 * max(height, word.height):
            rows[-1].append(word)
            if word.height > 1.2 * height:
                level, height = word.middle, word.height
        else:
            rows.append([word])
            level, height = word.middle, word.height
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _line(row: Sequence[Word]) -> Line:
    glyphs = list(row[0].glyphs)
    right = row[0].x1
    for before, word in itertools.pairwise(row):
        if not joins(before, word):
            last = glyphs[-1]
            glyphs.append(Glyph(" ", right, last.top, max(right, word.x0), last.bottom, last.font, last.turn))
        glyphs += word.glyphs
        right = max(right, word.x1)
    return Line(tuple(glyphs))


def _split(row: list[Word], width: float) -> list[Line]:
    """Cut a row where the gap between words is wider than justified text leaves."""
    limit = 2.2 * median(word.height for word in row)
    folded = [fold("".join(glyph.char for glyph in word.glyphs)) for word in row]
    gaps = [word.x0 - before.x1 for before, word in itertools.pairwise(row)]
    # A line of few words stretched to both margins: all its gaps are wide.
    stretched = len(gaps) > 1 and min(gaps) > 0.5 * max(gaps) and row[-1].x1 - row[0].x0 > 0.6 * width
    cuts = [0]
    for number in range(1, len(row)):
        wide = gaps[number - 1] > limit and not stretched
        blank = folded[number - 1] in _BEFORE_BLANK and folded[number].startswith(_AFTER_BLANK)
        if (wide and not blank) or (
            gaps[number - 1] > 0.2 * row[number].height and " ".join(folded[number:]).startswith(_RIGHT_COLUMN)
        ):
            cuts.append(number)
    return [_line(row[start:stop]) for start, stop in zip(cuts, [*cuts[1:], len(row)], strict=True)]


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


_RIGHT_COLUMN = ("cong hoa xa hoi chu nghia", "dang cong san viet nam", "doc lap - tu do")
# A number or day left blank until the document is signed leaves a gap that parts nothing.
_BEFORE_BLANK = ("so:", "so", "ngay", "thang", "nam")
_AFTER_BLANK = ("/", "-", "thang", "nam")
