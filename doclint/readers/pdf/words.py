"""Characters of a page → words: in one direction, each character once, marks on their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from doclint.readers.pdf.sheet import Glyph
from doclint.vietnamese.normalise import nfc


@dataclass(slots=True)
class Word:
    """Characters without a blank between them. ``spaced``: the file itself puts a blank after it."""

    glyphs: list[Glyph]
    x0: float
    x1: float
    top: float
    bottom: float
    spaced: bool = False

    @property
    def height(self) -> float:
        """Height of its first character."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Where its middle stands on the page."""
        return (self.top + self.bottom) / 2


def words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Return the words that ``glyphs`` make, in the order of the file; their boxes lie in the frame of their line."""
    found: list[Word] = []
    word: Word | None = None
    seen: dict[tuple[str, int, int], Glyph] = {}
    for glyph in glyphs:
        char, x0, top, x1, bottom, _, _ = glyph
        if not char or char.isspace():
            if word is not None:
                word.spaced = True
                word = None
            continue
        height = bottom - top
        if char >= "\u0300" and word is not None and unicodedata.combining(char[0]) and x0 <= word.x1 + 0.5 * height:
            last = word.glyphs[-1]
            word.glyphs[-1] = last._replace(char=nfc(last.char + char))
            continue
        if _printed_twice(seen, glyph, height):
            continue
        if (
            word is None
            or abs(bottom - word.bottom) > 0.1 * height
            or not -0.35 * height <= x0 - word.x1 <= _BLANK * height
            or abs(height - word.height) > 0.2 * height
        ):
            word = Word([glyph], x0, x1, top, bottom)
            found.append(word)
        else:
            word.glyphs.append(glyph)
            word.x1 = max(word.x1, x1)
    return found


def framed(glyph: Glyph, width: float, height: float) -> Glyph:
    """Turn the box of ``glyph`` so that its line runs to the right; the page is ``width`` by ``height`` points."""
    if not glyph.turn:
        return glyph
    x0, top, x1, bottom = turned((glyph.x0, glyph.top, glyph.x1, glyph.bottom), glyph.turn, width, height)
    return glyph._replace(x0=x0, top=top, x1=x1, bottom=bottom)


def turned(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Return ``box`` of a page in the frame in which lines of ``turn`` run to the right."""
    x0, top, x1, bottom = box
    if turn == 1:
        return height - bottom, x0, height - top, x1
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:
        return top, width - x1, bottom, width - x0
    return box


def turned_back(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    """Undo ``turned``."""
    x0, top, x1, bottom = box
    if turn == 1:
        return top, height - x1, bottom, height - x0
    if turn == 2:
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:
        return width - bottom, x0, width - top, x1
    return box


def joins(before: Word, word: Word) -> bool:
    """Tell whether ``word`` goes on with ``before`` on its row, no blank between."""
    return not before.spaced and word.x0 - before.x1 <= _BLANK * max(before.height, word.height)


def _printed_twice(seen: dict[tuple[str, int, int], Glyph], glyph: Glyph, height: float) -> bool:
    """Tell whether the same character stands in the same place already: print made bold by printing twice."""
    near = min(0.12 * height, 0.4 * (glyph.x1 - glyph.x0))
    char, x0, top = glyph[:3]
    for column in range(int((x0 - near) // _GRID), int((x0 + near) // _GRID) + 1):
        for row in range(int((top - near) // _GRID), int((top + near) // _GRID) + 1):
            other = seen.get((char, column, row))
            if other is not None and abs(other.x0 - x0) <= near and abs(other.top - top) <= near:
                return True
    seen[char, int(x0 // _GRID), int(top // _GRID)] = glyph
    return False


_GRID = 4.0
"""Points."""
_BLANK = 0.15
"""Gap, in heights of a line, from which on two characters are two words."""
