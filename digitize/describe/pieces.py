"""The printed pieces of a page: its lines, cut where a wide gap parts the columns of a head or of a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from digitize.describe.likeness import begins_like, letters
from digitize.describe.values import Box, Place, ReadPage
from digitize.words import Word


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand side by side on a page (counted from 1)."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words, parted by blanks."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        """The rectangle round the words."""
        return box_of(self.words)

    @property
    def middle(self) -> float:
        """The middle of the piece across the page."""
        return (self.words[0].x0 + max(word.x1 for word in self.words)) / 2

    @property
    def top(self) -> float:
        """The top of a usual word of it: accents of capitals and specks do not count."""
        return median(word.y0 for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of a usual word."""
        return median(word.y1 for word in self.words)

    @property
    def capitals(self) -> bool:
        """Whether it is set in capitals, but for a letter or two that was misread."""
        cased = [char for char in self.text if char.isalpha()]
        return len(cased) >= 2 and sum(char.isupper() for char in cased) >= 0.8 * len(cased)


def box_of(words: Sequence[Word]) -> Box:
    """Return the rectangle round some words."""
    return (
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
    )


def place_of(page: int, words: Sequence[Word]) -> Place:
    """Return the place of some words of a page."""
    return Place(page, box_of(words))


def trust(words: Sequence[Word]) -> float:
    """Return how well the worst of some words was read, 0–1."""
    return min((word.confidence for word in words), default=0.0) / 100


def pieces(page: ReadPage) -> list[Piece]:
    """Return the pieces of a page in the order of reading; of two columns side by side the left one first."""
    found = [Piece(page.number, tuple(part)) for row in _rows(page.words) for part in _parts(_without_specks(row))]
    return list(_columns_apart(sorted(found, key=lambda piece: piece.top), page.width))


def _rows(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words of each printed row, from left to right.

    Words come in the order of reading, which a words file keeps; a row ends where the next word stands to the left or
    on another level.
    """
    row: list[Word] = []
    for word in words:
        if row and (word.x0 < row[-1].x0 or not _level(row[-1], word)):
            yield row
            row = []
        row.append(word)
    if row:
        yield row


def _level(one: Word, other: Word) -> bool:
    """Tell whether two words share more than half of the height of the lower one."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def _without_specks(row: list[Word]) -> list[Word]:
    """Return a row without what was read into dirt, lines and seals: no letter or digit, and badly read."""
    kept = [word for word in row if word.confidence >= _SPECK or any(char.isalnum() for char in word.text)]
    return [word for word in kept if _says_something(word)]


def _says_something(word: Word) -> bool:
    return word.confidence >= _JUNK or len(letters(word.text)) >= 2


def _parts(row: list[Word]) -> Iterator[list[Word]]:
    part: list[Word] = []
    for number, word in enumerate(row):
        if part and (_apart(part, word) or _formula_begins(row, number)):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _apart(part: list[Word], word: Word) -> bool:
    """Tell whether a gap parts columns: a number or a day that is left blank makes one too, but parts nothing."""
    height = median(one.y1 - one.y0 for one in (*part, word))
    if word.x0 - part[-1].x1 <= _GAP * height:
        return False
    before = " ".join(one.text for one in part)
    return not (_BLANK_BEFORE.search(before) and _BLANK_AFTER.match(word.text))


def _formula_begins(row: list[Word], number: int) -> bool:
    """Tell whether the right column begins here, though its gap is narrow: the name of the State, the motto."""
    if number == 0 or row[number].x0 - row[number - 1].x1 < row[number].y1 - row[number].y0 - 8:
        return False
    rest = letters(" ".join(word.text for word in row[number : number + 8]))
    return any(begins_like(rest, formula, 2) for formula in _FORMULAE)


def _columns_apart(found: list[Piece], width: int) -> Iterator[Piece]:
    """Yield the pieces from the top, where some stand side by side first those on the left, then those on the right."""
    left: list[Piece] = []
    right: list[Piece] = []
    for number, piece in enumerate(found):
        beside = any(_beside(piece, other) for other in found[max(0, number - 3) : number + 4] if other is not piece)
        if beside or (left and right and _within_column(piece, width)):
            (left if piece.middle < _middle_of(piece, found[max(0, number - 3) : number + 4], width) else right).append(
                piece
            )
            continue
        yield from (*left, *right, piece)
        left, right = [], []
    yield from (*left, *right)


def _beside(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.4 * min(one.bottom - one.top, other.bottom - other.top)


def _middle_of(piece: Piece, near: Sequence[Piece], width: int) -> float:
    """Return the line between the columns: half way between those that stand beside each other, else of the paper."""
    beside = [other for other in near if other is not piece and _beside(piece, other)]
    return sum(other.middle for other in (piece, *beside[:1])) / 2 if beside else width / 2


def _within_column(piece: Piece, width: int) -> bool:
    """Tell whether a piece keeps to one half of the paper."""
    left, _, right, _ = piece.box
    return right < 0.56 * width or left > 0.44 * width


_GAP = 1.2  # of the height of the words
_SPECK = 60
_JUNK = 20
_FORMULAE = tuple(letters(text) for text in ("Cộng hòa xã hội chủ nghĩa", "Độc lập - Tự do", "Đảng Cộng sản Việt Nam"))
_BLANK_BEFORE = re.compile(r"(?:^S\w{1,2}\s*[:.;]?\s*\d*|ngày|tháng|năm)[.…_]*$", re.IGNORECASE)
_BLANK_AFTER = re.compile(r"[/.…_-]|\d|tháng|năm|[A-ZĐ]{2,}-", re.IGNORECASE)
