"""Tables drawn with rules: where their cells are, and which words stand in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from doclint.readers.pdf.sheet import Rectangle
from doclint.readers.pdf.words import Word


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table, each with (row, column) from 0, in reading order; boxes in points."""

    box: Rectangle
    cells: tuple[tuple[Rectangle, int, int], ...]
    edges: tuple[float, ...]
    """Left edges of its columns: a table that goes on on the next page has the same."""


def find_tables(rules: Sequence[Rectangle]) -> list[Table]:
    """Return the tables that ``rules`` draw, those of at least two cells, from top to bottom."""
    if len(rules) < 4 or len(rules) > _MAX_RULES:
        return []
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = merge_edges([_edge(rule) for rule in rules], 3, 3, 3, 3)
    edges = [edge for edge in edges if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) > 3]
    if sum(edge["orientation"] == "v" for edge in edges) < 2:
        return []
    points = edges_to_intersections(edges, 3, 3)
    if len(points) > _MAX_POINTS:
        return []
    return [_table(cells) for cells in cells_to_tables(intersections_to_cells(points))]


def share_out(words: Sequence[Word], tables: Sequence[Table]) -> list[tuple[Table | None, list[list[Word]]]]:
    """Cut a page at its tables: (None, [words]) for what is around them, (table, words of each cell) for each."""
    owners: list[tuple[Table | None, list[list[Word]]]] = []
    left = list(words)
    for table in sorted(tables, key=lambda table: table.box[1]):
        above = [word for word in left if word.middle < table.box[1]]
        inside: list[list[Word]] = [[] for _ in table.cells]
        rest: list[Word] = []
        for word in left:
            if word.middle >= table.box[1]:
                cell = _cell(table, (word.x0 + word.x1) / 2, word.middle)
                (rest if cell is None else inside[cell]).append(word)
        owners += [(None, [above]), (table, inside)]
        left = rest
    return [*owners, (None, [left])]


def _cell(table: Table, x: float, y: float) -> int | None:
    for number, ((x0, top, x1, bottom), _, _) in enumerate(table.cells):
        if x0 <= x < x1 and top <= y < bottom:
            return number
    return None


def _table(boxes: Sequence[Rectangle]) -> Table:
    tops, lefts = sorted({box[1] for box in boxes}), sorted({box[0] for box in boxes})
    cells = sorted(((box, bisect_left(tops, box[1]), bisect_left(lefts, box[0])) for box in boxes), key=lambda c: c[1:])
    box = (lefts[0], tops[0], max(box[2] for box in boxes), max(box[3] for box in boxes))
    return Table(box, tuple(cells), tuple(lefts))


def _edge(rule: Rectangle) -> dict[str, Any]:
    x0, top, x1, bottom = rule
    flat = x1 - x0 >= bottom - top
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "orientation": "h" if flat else "v", "object_type": "line", "doctop": top, "y0": -bottom, "y1": -top,
    }  # fmt: skip


_MAX_RULES = 5_000
_MAX_POINTS = 4_000
"""Crossings of rules: finding cells among more takes minutes."""
