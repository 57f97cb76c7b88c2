"""Number lines that are given in reading order: which belong to one block and to one paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digitize.engines.printed_lines import Box

Numbers = tuple[int, int, int]
"""Block, paragraph of the block and line of the paragraph, from 1."""

_APART = 1.1  # heights of a line between two lines: more begins a block
_SPACED = 0.2  # heights more than the line before was apart: begins a paragraph
_INDENT = 0.7  # heights that the first line of a paragraph is set in, or the last falls short of the right edge


def numbered(boxes: Sequence[Box]) -> Iterator[Numbers]:
    """Yield the numbers of each line."""
    block, paragraph, line = 0, 0, 0
    spaces: list[float] = []  # between the lines of the block, in heights
    for place, box in enumerate(boxes):
        above = boxes[place - 1] if place else None
        space = _space(above, box) if above else None
        if above is None or space is None or space > _APART:
            block, paragraph, line, spaces = block + 1, 1, 1, []
        elif _begins(above, box) or (spaces and space > min(spaces) + _SPACED):
            paragraph, line = paragraph + 1, 1
            spaces.append(space)
        else:
            line += 1
            spaces.append(space)
        yield block, paragraph, line


def _space(above: Box, box: Box) -> float | None:
    """Return how far below another line a line stands, in heights; None when it does not stand below it."""
    height = _height(above, box)
    beside = min(above[2], box[2]) <= max(above[0], box[0])
    space = (box[1] - above[3]) / height
    return None if beside or space < -_APART / 2 or (box[1] + box[3]) <= (above[1] + above[3]) else space


def _begins(above: Box, box: Box) -> bool:
    height = _height(above, box)
    taller = max(above[3] - above[1], box[3] - box[1]) > 1.5 * height
    return taller or box[0] - above[0] > _INDENT * height or box[2] - above[2] > 3 * _INDENT * height


def _height(above: Box, box: Box) -> int:
    return max(1, min(above[3] - above[1], box[3] - box[1]))
