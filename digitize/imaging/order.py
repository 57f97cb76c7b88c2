"""The order in which the lines of a page are read: columns one after the other, tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from digitize.imaging.regions import Piece, Region, Row, is_scrap, pieces_of, regions_of, rows_of
from digitize.words import Word, lines
from doclint.vietnamese.normalise import fold

_HEAD = re.compile(r"\b(cong hoa xa|chu nghia viet|doc lap|hanh phuc|dang cong san)\b")
"""What stands over the right column of the head of a document."""
_FOOT = re.compile(r"^\W*(noi nhan\b|(tm|kt|tl|tuq|q)\s?\.|thu truong|chu tich|giam doc|bo truong|nguoi )")
"""What begins the columns at the foot: recipients, the authority and the office of who signs."""
_LONG = 8  # rows: longer are columns of running text, if their lines fill them
_FULL = 0.75
_TO_AND_FRO = 4  # steps between two columns; one is needed, a table of two rows takes three

Block = list[list[Piece]]
"""Lines that are read together, each of pieces from left to right."""


def in_reading_order(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return words, given with the numbers of their lines, in the order in which they are read, numbered anew.

    The head of a document, recipients and signature, and columns of text are read column by column, the left one first;
    tables row by row, and what a row continues below in its own cell. Paragraphs within a column stay as they were.
    """
    return tuple(_numbered(_blocks(words)))


def out_of_order(words: tuple[Word, ...]) -> bool:
    """Tell whether the order in which words were given is plainly wrong, so that ``in_reading_order`` is better.

    It is where it goes to and fro between two columns; there and back once or twice is how a head in two rows is read.
    """
    for region in _regions(words):
        if region.gutter is None or not _by_columns(region):
            continue
        left, right = ({piece.place for piece in side if not is_scrap(piece)} for side in _sides(region))
        sides = [place in left for place in sorted(left | right)]
        if sum(one != other for one, other in pairwise(sides)) > _TO_AND_FRO:
            return True
    return False


def _regions(words: tuple[Word, ...]) -> list[Region]:
    return regions_of(rows_of(pieces_of(list(lines(words)))))


def _blocks(words: tuple[Word, ...]) -> list[Block]:
    blocks: list[Block] = []
    text: Block = []
    for region in _regions(words):
        if region.gutter is None:
            text += [list(row) for row in region.rows]
            continue
        blocks += [text] if text else []
        text = []
        blocks += _columns(region) if _by_columns(region) else [_table(region)]
    return blocks + ([text] if text else [])


def _by_columns(region: Region) -> bool:
    left, right = _sides(region)
    if not left or not right or max(len(row) for row in region.rows) > 3:
        return False
    said = [[fold(" ".join(word.text for word in piece.words)).lower() for piece in side] for side in (left, right)]
    if any(_HEAD.search(text) for text in said[1]) or any(_FOOT.search(text) for side in said for text in side[:2]):
        return True
    if len(region.rows) < _LONG:
        return False
    return all(_filled(side) >= _FULL for side in (left, right))


def _filled(side: list[Piece]) -> float:
    """Return which part of a column its lines fill."""
    width = max(piece.x1 for piece in side) - min(piece.x0 for piece in side)
    return sum(piece.x1 - piece.x0 for piece in side) / len(side) / max(1, width)


def _sides(region: Region) -> tuple[list[Piece], list[Piece]]:
    assert region.gutter is not None
    middle = sum(region.gutter) / 2
    pieces = [piece for row in region.rows for piece in row]
    return [p for p in pieces if p.x0 + p.x1 < 2 * middle], [p for p in pieces if p.x0 + p.x1 >= 2 * middle]


def _columns(region: Region) -> list[Block]:
    return [rows_of(side) for side in _sides(region)]


def _table(region: Region) -> Block:
    """Return the rows of a table; rows that have nothing in the first column continue the row above, cell by cell."""
    pieces = [piece for row in region.rows for piece in row]
    starts = _starts(pieces)
    entries: list[list[Row]] = []
    for row in region.rows:
        if entries and _column(row[0], starts) > 0 and len(row) < len(entries[-1][0]):
            entries[-1].append(row)
        else:
            entries.append([row])
    block: Block = []
    for entry in entries:
        if len(entry) == 1:
            block.append(entry[0])
            continue
        cells: dict[int, Row] = {}
        for piece in (piece for row in entry for piece in row):
            cells.setdefault(_column(piece, starts), []).append(piece)
        block += [[piece] for column in sorted(cells) for piece in cells[column]]
    return block


def _starts(pieces: list[Piece]) -> list[float]:
    """Return where the columns of a table begin: what overlaps from above to below is one column."""
    starts: list[float] = []
    end = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if piece.x0 > end:
            starts.append(piece.x0)
        end = max(end, piece.x1)
    return starts


def _column(piece: Piece, starts: list[float]) -> int:
    return max(0, sum(start <= piece.x0 for start in starts) - 1)


def _numbered(blocks: list[Block]) -> Iterator[Word]:
    for number, block in enumerate(blocks, start=1):
        paragraph, line, before = 0, 0, None
        for printed in block:
            first = printed[0].words[0]
            if (first.block, first.paragraph) != before:
                paragraph, line, before = paragraph + 1, 0, (first.block, first.paragraph)
            line += 1
            for piece in printed:
                yield from (replace(word, block=number, paragraph=paragraph, line=line) for word in piece.words)
