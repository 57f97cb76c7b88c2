"""Characters of a text layer → words with boxes, in the order of the file, which is how programs write a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digitize.layers.chars import Box, Char, direction
from doclint.vietnamese.legacy import Encoding, decode, detect, encoding_of_font, is_capital_font
from doclint.vietnamese.normalise import nfc
from doclint.vietnamese.plausible import plausibility


@dataclass(slots=True)
class LayerWord:
    """A word in form C; its box in points from the top left; which line and block of the page it is in, from 1."""

    text: str
    box: Box
    font: str
    line: int
    block: int


def layer_words(chars: Sequence[Char]) -> tuple[list[LayerWord], Encoding | None]:
    """Return the words that ``chars`` make, and the old encoding that they were turned into Unicode from, if any."""
    turn = direction(chars)
    pen = _Pen()
    for char in chars:
        pen.take(replace(char, box=_turned(char.box, turn)) if turn else char)
    pen.end_word()
    for word in pen.words if turn else ():
        word.box = _turned(word.box, -turn % 4)
    return _in_unicode(pen.words)


def _turned(box: Box, turn: int) -> Box:
    """Turn a box by quarters against the clock around the corner of the page."""
    x0, top, x1, bottom = box
    return (box, (top, -x1, bottom, -x0), (-x1, -bottom, -x0, -top), (-bottom, x0, -top, x1))[turn]


@dataclass(slots=True)
class _Pen:
    """Puts characters together: pdfium's blanks part words, and its line ends unless print goes on there."""

    words: list[LayerWord] = field(default_factory=list)
    chars: list[Char] = field(default_factory=list)
    before: Char | None = None
    """The last character that prints, of whatever word."""
    line: int = 1
    block: int = 1
    top: float = 0.0
    bottom: float = 0.0
    """Where the line is."""
    ended: bool = False
    """A line end stands between ``before`` and what comes."""

    def take(self, char: Char) -> None:
        if char.text == "\n":
            self.ended = True
            return
        if char.text.isspace():
            self.end_word()
            return
        if self.ended and self.before is not None and not _goes_on(self.before, char):
            self.end_word()
        self.ended = False
        if not self.chars:
            self.begin_word(char)
        self.chars.append(char)
        self.before = char
        self.top, self.bottom = min(self.top, char.box[1]), max(self.bottom, char.box[3])

    def begin_word(self, char: Char) -> None:
        _, top, _, bottom = char.box
        if self.before is not None:
            if _on_line(self.before, char):
                return
            height = max(self.bottom - self.top, bottom - top)
            self.line += 1
            self.block += not 0 < bottom - self.bottom < _NEXT * height
        self.top, self.bottom = top, bottom

    def end_word(self) -> None:
        if self.chars:
            text = "".join(char.text for char in self.chars)
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            lefts, tops, rights, bottoms = zip(*(char.box for char in self.chars), strict=True)
            box = min(lefts), min(tops), max(rights), max(bottoms)
            self.words.append(LayerWord(text, box, self.chars[0].font, self.line, self.block))
        self.chars = []


def _goes_on(before: Char, char: Char) -> bool:
    """Tell whether a character is printed right after another, as where a file turns to another piece of a word."""
    gap, height = char.box[0] - before.box[2], _height(before, char)
    return _level(before, char) and -0.1 * height <= gap <= _JOINT * height


def _on_line(before: Char, char: Char) -> bool:
    """Tell whether a word that begins with ``char`` stands on the line of the one before, not in the next column."""
    gap, height = char.box[0] - before.box[2], _height(before, char)
    return _level(before, char) and -0.5 * height <= gap <= _COLUMN * height


def _level(before: Char, char: Char) -> bool:
    top, bottom = max(before.box[1], char.box[1]), min(before.box[3], char.box[3])
    lower = min(before.box[3] - before.box[1], char.box[3] - char.box[1])
    if bottom - top > 0.4 * lower:
        return True
    # Full stops stand on the line, quotation marks hang from its top.
    near = min(abs(before.box[3] - char.box[3]), abs(before.box[1] - char.box[1]))
    return near < 0.5 * _height(before, char)


def _height(before: Char, char: Char) -> float:
    return max(before.box[3] - before.box[1], char.box[3] - char.box[1])


def _in_unicode(words: list[LayerWord]) -> tuple[list[LayerWord], Encoding | None]:
    """Turn the words of old encodings into Unicode, by the name of their font or by what they become."""
    raw = " ".join(word.text for word in words)
    named = {word.font: encoding for word in words if (encoding := encoding_of_font(word.font))}
    # A program that knew the font has put Unicode behind its letters.
    if named and plausibility(nfc(raw)).possible > _MODERN:
        named = {}
    guessed = None if named else detect(raw)
    for word in words:
        encoding = named.get(word.font) or guessed
        text = decode(word.text, encoding, upper=is_capital_font(word.font))[0] if encoding else nfc(word.text)
        word.text = text.replace("\u00ad", "-")
    return words, guessed or next(iter(named.values()), None)


_JOINT, _COLUMN = 0.15, 4.0
"""Widest gap inside a word, and between words of a line, in heights of a character."""
_NEXT = 2.2
"""Farthest that the next line of a block is, in heights of a line."""
_MODERN = 0.9
"""Share of syllables spelled as Vietnamese ones from which on a text is taken as it is."""
