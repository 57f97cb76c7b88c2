"""The capitals of the three markings as strokes, so that no font is needed to know their shape."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey

Point = tuple[float, float]


@cache
def drawn(text: str, cap: float, width: float = 1.0) -> Grey:
    """Return ``text`` of letters ``cap`` pixels high as ink, 0 to 255, cut to its edges. Unknown letters are KeyError.

    ``width`` below 1 makes them narrow.
    """
    import cv2
    import numpy

    fine = 16 / cap  # drawn larger and reduced: small letters have no sharp edges
    unit = cap * fine * 4
    length = sum(_LETTERS[letter][0] + _SPACE for letter in text)
    board = numpy.zeros((round(unit * 2.1), round(unit * (length + 0.4))), numpy.uint8)
    x = 0.2
    for letter in text:
        advance, strokes = _LETTERS[letter]
        for stroke in strokes:
            points = [(round((x + px) * unit), round((py + 0.55) * unit)) for px, py in stroke]
            cv2.polylines(board, [numpy.array(points, numpy.int32)], False, 255, max(1, round(_WEIGHT * unit)))
        x += advance + _SPACE
    rows, columns = (numpy.flatnonzero(board.any(axis=axis)) for axis in (1, 0))
    board = board[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    scale = cap / unit
    size = (max(1, round(board.shape[1] * scale * width)), max(1, round(board.shape[0] * scale)))
    return cv2.resize(board, size, interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


_SPACE = 0.3
_WEIGHT = 0.2  # of a stroke
_HAT: tuple[Point, ...] = ((0.25, -0.22), (0.45, -0.4), (0.65, -0.22))
_DOT: tuple[Point, ...] = ((0.45, 1.27), (0.45, 1.27))
_A: tuple[tuple[Point, ...], ...] = (((0.0, 1.0), (0.45, 0.0), (0.9, 1.0)), ((0.17, 0.66), (0.73, 0.66)))
_E: tuple[tuple[Point, ...], ...] = (((0.6, 0.0), (0.0, 0.0), (0.0, 1.0), (0.6, 1.0)), ((0.0, 0.48), (0.5, 0.48)))
_RING: tuple[Point, ...] = (
    (0.45, 0.0), (0.2, 0.08), (0.03, 0.3), (0.0, 0.5), (0.03, 0.7), (0.2, 0.92), (0.45, 1.0),
    (0.7, 0.92), (0.87, 0.7), (0.9, 0.5), (0.87, 0.3), (0.7, 0.08), (0.45, 0.0),
)  # fmt: skip
# Width and strokes, in heights of a capital, from the top left.
_LETTERS: dict[str, tuple[float, tuple[tuple[Point, ...], ...]]] = {
    "M": (0.95, (((0.0, 1.0), (0.0, 0.0), (0.47, 0.75), (0.95, 0.0), (0.95, 1.0)),)),
    "Ậ": (0.9, (*_A, _HAT, _DOT)),
    "T": (0.8, (((0.0, 0.0), (0.8, 0.0)), ((0.4, 0.0), (0.4, 1.0)))),
    "Ố": (0.9, (_RING, _HAT, ((0.75, -0.3), (0.9, -0.48)))),
    "I": (0.1, (((0.05, 0.0), (0.05, 1.0)),)),
    "U": (0.8, (((0.0, 0.0), (0.0, 0.7), (0.12, 0.92), (0.4, 1.0), (0.68, 0.92), (0.8, 0.7), (0.8, 0.0)),)),
    "Y": (0.85, (((0.0, 0.0), (0.42, 0.5), (0.85, 0.0)), ((0.42, 0.5), (0.42, 1.0)))),
    "Ệ": (0.65, (*_E, ((0.12, -0.22), (0.32, -0.4), (0.52, -0.22)), ((0.32, 1.27), (0.32, 1.27)))),
    " ": (0.1, ()),
}
