"""The head of a document: which pieces of its first page are what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from digitize.describe.day import Dateline, dateline
from digitize.describe.kind import Title, first_title
from digitize.describe.likeness import begins_like, letters
from digitize.describe.number import Numbering, numbering
from digitize.describe.pieces import Piece
from doclint.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head. ``column`` are the pieces of the left column above the number, the issuing bodies."""

    nation: Piece | None
    numbering: Numbering | None
    dateline: Dateline | None
    title: Title | None
    about: Piece | None
    """The line that begins with «V/v»."""
    addressed: Piece | None
    column: tuple[Piece, ...]
    above: tuple[Piece, ...]
    """All pieces above the first sentence of the text."""


def find_head(found: Sequence[Piece], width: int) -> Head:
    """Find the head among the pieces of the first page that has words; ``width`` of the page is in pixels."""
    stop = min((piece.top for piece in found if _BODY.match(fold(piece.text))), default=float("inf"))
    above = [piece for piece in found if piece.top < stop]
    nation = next((piece for piece in above if _is_nation(piece)), None)
    number = _numbering(above, width)
    days = [day for piece in above if (day := dateline(piece)) is not None]
    day = next(iter([*(day for day in days if day.place), *days]), None)
    about = next((piece for piece in above if _V_V.match(piece.text)), None)
    addressed = next((piece for piece in found if begins_like(letters(piece.text), "kinhgui", 1)), None)
    title = first_title([piece for piece in above if piece is not nation])
    limit = number.piece.top if number is not None else _top_of(about, title, day)
    column = tuple(piece for piece in above if piece.bottom <= limit + _SLACK and _is_left(piece, nation, width))
    return Head(nation, number, day, title, about, addressed, column, tuple(above))


def _numbering(above: Sequence[Piece], width: int) -> Numbering | None:
    """Return the number: a labelled one before a bare one, which must stand in the left half."""
    found = [one for one in map(numbering, above) if one is not None]
    bare = [one for one in found if not one.labelled and one.piece.middle < width / 2 and one.piece.top < _head(above)]
    return next(iter([*(one for one in found if one.labelled), *bare]), None)


def _head(above: Sequence[Piece]) -> float:
    nation = next((piece for piece in above if _is_nation(piece)), None)
    return (nation.bottom + 8 * (nation.bottom - nation.top)) if nation is not None else 0


def _top_of(about: Piece | None, title: Title | None, day: Dateline | None) -> float:
    tops = [piece.top for piece in (about, title.piece if title else None, day.piece if day else None) if piece]
    return min(tops, default=0.0)


def _is_nation(piece: Piece) -> bool:
    key = letters(piece.text)
    return any(begins_like(key, name, 3) for name in ("conghoaxahoichunghia", "dangcongsanvietnam"))


def _is_left(piece: Piece, nation: Piece | None, width: int) -> bool:
    """Tell whether a piece stands in the left column: left of the name of the State, else in the left half."""
    if nation is not None and nation.box[0] > width * 0.25:
        return piece.middle < nation.box[0]
    return piece.middle < width * 0.6


def leading(lines: Sequence[Piece]) -> float:
    """Return the usual distance of printed lines, from top to top, in pixels; 0 for a single line."""
    steps = [after.top - before.top for before, after in pairwise(lines)]
    return median([step for step in steps if step > 0] or [0.0])


_SLACK = 6
_V_V = re.compile(r"\W{0,2}V\s?[/|lI1⁄.]?\s?[vVyY]?\s?[:.]?\s|Về\s+việc\s")
# What a head never holds: the first basis, article or sentence. «Kính gửi» ends it too.
_BODY = re.compile(
    r"\W{0,2}(?:can cu\s|can cir|theo de nghi|xet de nghi|xet to trinh|kinh gui|k[il]nh g\wi|dieu [1li]\b"
    r"|chuong [i1l]\b|hom nay,?\s|i\.\s|phan (?:i|thu)\b|noi nhan)"
)
