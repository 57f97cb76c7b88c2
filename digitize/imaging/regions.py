"""Where a page is set side by side: rows of pieces of lines, and the regions in which a gutter parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from digitize.words import Line
from doclint.vietnamese.normalise import fold

_GAP = 1.8  # heights of a line between words of one line: more is a gutter
_GUTTER = 0.8  # heights that a gutter is wide at least
_SCRAP = 3  # letters and digits that a piece has at least which closes a gutter
_APART = 2.6  # heights from the end of a line to the next in the same column
_ENDS = re.compile(r"\W*kinh gui\b")
"""What stands below a head, whichever column it seems to go on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line without a gutter in it; ``place`` is where it stood among all that was given."""

    words: Line
    x0: int
    y0: int
    x1: int
    y1: int
    place: int


Row = list[Piece]
"""Pieces side by side, from left to right."""


@dataclass(frozen=True, slots=True)
class Region:
    """Rows that have one gutter, or one row across the page (``gutter`` None)."""

    rows: tuple[Row, ...]
    gutter: tuple[float, float] | None = None


def pieces_of(printed: Sequence[Line]) -> list[Piece]:
    """Return the pieces of lines, cut where words stand far apart."""
    pieces: list[Piece] = []
    for line in printed:
        ordered = sorted(line, key=lambda word: word.x0)
        height = max(1, median(word.y1 - word.y0 for word in ordered))
        spaces = [right.x0 - left.x1 for left, right in pairwise(ordered)]
        # Among many words a gutter shows by being wider than the spaces, which are all wide in a justified line.
        widest = min(_GAP, max(_GAP / 2, 3 * median(spaces) / height)) if len(spaces) >= 4 else _GAP
        run = [ordered[0]]
        for word in ordered[1:]:
            if word.x0 - max(one.x1 for one in run) > widest * height:
                pieces.append(_piece(tuple(run), len(pieces)))
                run = []
            run.append(word)
        pieces.append(_piece(tuple(run), len(pieces)))
    return pieces


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Return pieces in rows from top to bottom: those that stand at one height, save what is above one another."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda piece: (piece.y0 + piece.y1, piece.x0)):
        row = rows[-1] if rows else []
        if row and all(_beside(piece, other) for other in row):
            row.append(piece)
            row.sort(key=lambda piece: piece.x0)
        else:
            rows.append([piece])
    return rows


def is_scrap(piece: Piece) -> bool:
    """Tell whether a piece is what is read of a seal, a rule, a hand."""
    return sum(letter.isalnum() for word in piece.words for letter in word.text) < _SCRAP


def regions_of(rows: Sequence[Row]) -> list[Region]:
    """Return rows in regions from top to bottom."""
    height = median([piece.y1 - piece.y0 for row in rows for piece in row] or [1]) or 1
    regions: list[Region] = []
    place = 0
    while place < len(rows):
        gutter = _widest(rows[place])
        if gutter is None:
            regions.append(Region((rows[place],)))
            place += 1
            continue
        found = [rows[place]]
        while regions and _above(regions[-1], found[0], gutter, height):
            found.insert(0, regions.pop().rows[0])
            gutter = _narrowed(gutter, found[0])
        place += 1
        while place < len(rows):
            narrower = _narrowed(gutter, rows[place])
            if narrower[1] - narrower[0] < _GUTTER * height or not _follows(found, rows[place], narrower, height):
                break
            gutter = narrower
            found.append(rows[place])
            place += 1
        regions.append(Region(tuple(found), gutter))
    return regions


def _piece(words: Line, place: int) -> Piece:
    return Piece(
        words,
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        place,
    )


def _beside(one: Piece, other: Piece) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    apart = max(one.x0, other.x0) - min(one.x1, other.x1)
    return shared > 0.4 * min(one.y1 - one.y0, other.y1 - other.y0) and apart > 0


def _widest(row: Row) -> tuple[float, float] | None:
    """Return the widest gutter of a row."""
    gaps = [(left.x1, right.x0) for left, right in pairwise(row)]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(gutter: tuple[float, float], row: Row) -> tuple[float, float]:
    """Return what a row leaves of a gutter."""
    left, right = gutter
    for piece in row:
        if is_scrap(piece):
            continue
        middle = (piece.x0 + piece.x1) / 2
        if piece.x0 < right and piece.x1 > left:
            if piece.x0 <= left and piece.x1 >= right:
                return left, left
            left, right = (max(left, piece.x1), right) if middle < (left + right) / 2 else (left, min(right, piece.x0))
    return left, right


def _above(region: Region, row: Row, gutter: tuple[float, float], height: float) -> bool:
    """Tell whether what stands above a row is the top of its right column; running text would begin further left."""
    if region.gutter is not None or len(region.rows[0]) != 1:
        return False
    piece = region.rows[0][0]
    gap = min(other.y0 for other in row) - piece.y1
    return piece.x0 >= (gutter[0] + gutter[1]) / 2 and gap < _APART * height


def _follows(rows: Sequence[Row], row: Row, gutter: tuple[float, float], height: float) -> bool:
    """Tell whether a row goes on with each column it has something in."""
    if any(_ENDS.match(fold(" ".join(word.text for word in piece.words))) for piece in row):
        return False
    middle = (gutter[0] + gutter[1]) / 2
    for left in (True, False):
        own = [piece for piece in row if ((piece.x0 + piece.x1) / 2 < middle) is left]
        above = [piece.y1 for one in rows for piece in one if ((piece.x0 + piece.x1) / 2 < middle) is left]
        # A signature has room for the hand and the seal above the name.
        far = _APART if left or len(row) > 1 else 4 * _APART
        if own and above and min(piece.y0 for piece in own) - max(above) > far * height:
            return False
    return True
