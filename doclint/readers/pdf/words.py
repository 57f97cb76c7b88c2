"""Characters of a page → words: in one direction, each character once, marks on their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from doclint.readers.pdf.sheet import UNKNOWN, Glyph
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
    seen: set[tuple[str, int, int]] = set()
    for glyph in glyphs:
        char, x0, top, x1, bottom, _, _ = glyph
        if char.isspace() or char == "\u00ad":
            if word is not None:
                word.spaced = True
                word = None
            continue
        height = bottom - top
        if word is not None and unicodedata.combining(char[0]) and x0 <= word.x1 + 0.5 * height:
            last = word.glyphs[-1]
            word.glyphs[-1] = last._replace(char=nfc(last.char + char))
            continue
        if _printed_twice(seen, glyph, height):
            continue
        glyph = _readable(glyph)
        if not glyph.char:
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


def _printed_twice(seen: set[tuple[str, int, int]], glyph: Glyph, height: float) -> bool:
    """Tell whether the same character stands in the same place already: print made bold by printing twice."""
    grid = max(0.12 * height, 0.2)
    column, row = int(glyph.x0 / grid), int(glyph.top / grid)
    for near_column in (column - 1, column, column + 1):
        for near_row in (row - 1, row, row + 1):
            if (glyph.char, near_column, near_row) in seen:
                return True
    seen.add((glyph.char, column, row))
    return False


def _readable(glyph: Glyph) -> Glyph:
    """Return the character in form C; ligatures apart, bullets of symbol fonts as bullets."""
    char = glyph.char
    if char.isascii() and char.isprintable():
        return glyph
    if "\ufb00" <= char[0] <= "\ufb06":
        char = unicodedata.normalize("NFKC", char)
    else:
        char = nfc(char).translate(_SYMBOLS)
        char = "".join(one if one.isprintable() or "\ue000" <= one <= "\uf8ff" else UNKNOWN for one in char)
    return glyph._replace(char=char)


_BLANK = 0.15
"""Gap, in heights of a line, from which on two characters are two words."""
_SYMBOLS = {
    0xF02D: "-", 0xF0B7: "•", 0xF0A7: "▪", 0xF06F: "o", 0xF0D8: "➢", 0xF0FC: "✓", 0xF076: "❖", 0xF0E0: "→",
    0xF02B: "+", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B0: "°", 0xF0B1: "±", 0xF0B4: "×",
    0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None, 0x200E: None, 0x200F: None,
}  # fmt: skip
"""Where the symbol fonts of Word put their bullets; and marks without width."""
