"""Which words may be corrected at all: never a number, a symbol, a code, a date, or what may be a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from digitize.lm.model import Model
from doclint.vietnamese.normalise import fold, lowered
from doclint.vietnamese.spelling import is_possible_syllable


class Leave(Enum):
    """How freely a word may be corrected."""

    NEVER = "never"
    STRICT = "strict"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed word: the syllable in it, empty when it is none, and what stands before and after that."""

    before: str
    syllable: str
    after: str


def piece(word: str) -> Piece:
    """Cut the marks of punctuation from a word in form C."""
    match = _PIECE.fullmatch(word)
    if match is None or not match[2].isalpha():  # m² is none
        return Piece(word, "", "")
    return Piece(match[1], match[2], match[3])


def leave(pieces: Sequence[Piece], place: int) -> Leave:
    """Tell how freely the word at ``place`` of a paragraph may be corrected.

    STRICT are words with a capital that do not begin a sentence, and words in capitals: they may be names.
    """
    word = pieces[place].syllable
    if len(word) < 2:  # a), ý, and letters that stand for something
        return Leave.NEVER
    if word.islower():
        return Leave.FREE
    if word.isupper():
        return Leave.NEVER if _named(pieces, place) or _placed(pieces, place) else Leave.STRICT
    if not (word[0].isupper() and word[1:].islower()):
        return Leave.NEVER
    alone = place + 1 < len(pieces) and pieces[place + 1].syllable.islower() and not pieces[place].after
    if alone and _begins_sentence(pieces, place):
        return Leave.FREE
    return Leave.NEVER if _named(pieces, place) or is_possible_syllable(word) else Leave.STRICT


def supported(number: int, neighbours: tuple[int, int], read: int, how: Leave, model: Model) -> bool:
    """Tell whether a word is known beside what was read before or after it.

    Without that, a word that is right and rare would give way to a common one. STRICT asks for a well known pair with
    a word that is more than a part of names, and that the word as it was ``read`` is unknown there.
    """
    before, after = neighbours
    pairs = model.times(before, number), model.times(number, after)
    if how is Leave.STRICT:
        if not model.common[number]:
            return False
        return max(pairs) >= _WELL_KNOWN and not model.times(before, read) and not model.times(read, after)
    return any(
        times >= (_KNOWN if model.is_syllable(beside) else _WELL_KNOWN)
        for times, beside in zip(pairs, neighbours, strict=True)
    )


def _begins_sentence(pieces: Sequence[Piece], place: int) -> bool:
    if place == 0 or pieces[place].before:
        return True
    last = pieces[place - 1]
    return (last.after or last.before).endswith((".", ":", ";", "?", "!", "-", "–", "+", ")"))


def _named(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether a family name stands up to three words before, in the same run of capitals, or here."""
    for other in reversed(pieces[max(place - 3, 0) : place + 1]):
        if not other.syllable[:1].isupper():
            return False
        if lowered(other.syllable) in _FAMILY_NAMES:
            return True
        if other.before:
            return False
    return False


def _placed(pieces: Sequence[Piece], place: int) -> bool:
    """Tell whether a word in capitals stands first or second after what places are called by: TỈNH SƠN KHÊ."""
    for other in reversed(pieces[max(place - 2, 0) : place]):
        if other.after or not other.syllable.isupper():
            return False
        if fold(other.syllable) in _PLACES:  # which may be misread themselves
            return True
    return False


_KNOWN, _WELL_KNOWN = 2, 20
_PIECE = re.compile(r"([^\w]*)([^\W\d_]+)([^\w]*)")
_PLACE_WORDS = "tinh huyen xa phuong quan pho tran thon buon ap khu"
_PLACES = frozenset(_PLACE_WORDS.split())
# Family names, and the middle names that give away a name whose family name was misread.
_NAME_WORDS = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào đoàn lâm mai trịnh trương hà cao "
    "tạ tô lưu châu tăng thái lò lường quàng cầm nông vi lương triệu văn thị y"
)
_FAMILY_NAMES = frozenset(_NAME_WORDS.split())
