"""What is printed on a page, before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from doclint.document import Font

Rectangle = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page."""

UNKNOWN = "\ufffd"
"""What is put for a glyph of which the file does not say what letter it is."""


class Glyph(NamedTuple):
    """A printed character and its box, in points from the top left corner of the page.

    ``turn`` is the direction of its line: 0 to the right, then by quarters against the clock; -1 is oblique.
    """

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    font: Font | None = None
    turn: int = 0


@dataclass
class Sheet:
    """What is printed on one page, sizes in points. ``hidden`` is the text OCR leaves under or behind a picture."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    hidden: list[Glyph] = field(default_factory=list)
    pictures: list[Rectangle] = field(default_factory=list)
    rules: list[Rectangle] = field(default_factory=list)
    drawn: int = 0
    """Filled shapes of the size of letters."""
    refused: str = ""
    """Which limit the page passes, so that it was not read."""


class TooMuch(Exception):
    """A page that holds more than a page can, whatever it is for; the argument says what, in Vietnamese."""
