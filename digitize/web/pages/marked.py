"""A text and what is marked in it → pieces that a template can print."""

from __future__ import annotations

from collections.abc import Iterable

Piece = tuple[str, bool]


def pieces(text: str, marks: Iterable[tuple[int, int]]) -> list[Piece]:
    """Cut ``text`` at ``marks``, sorted offsets that do not overlap; tell of each piece whether it is marked."""
    cut: list[Piece] = []
    position = 0
    for start, end in marks:
        cut += [(text[position:start], False), (text[start:end], True)]
        position = end
    return [piece for piece in [*cut, (text[position:], False)] if piece[0]]
