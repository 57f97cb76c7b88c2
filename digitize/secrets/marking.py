"""Stop a page that carries a state secrecy marking before a word of it is stored; a sentence that mentions one passes.

The levels are those of the Law on Protection of State Secrets: Mật, Tối mật, Tuyệt mật. A marking stands by itself,
as a stamp in the head of a document or alone on a line; a wrong stop costs a person a look, a missed one breaks the
law.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from digitize.words import Line, Word, line_text, lines
from doclint.vietnamese.normalise import fold, nfc

MARKED = "có dấu chỉ độ mật"

Level = Literal["mat", "toi-mat", "tuyet-mat"]
LEVELS: tuple[Level, ...] = ("mat", "toi-mat", "tuyet-mat")
NAMES: dict[Level, str] = {"mat": "Mật", "toi-mat": "Tối mật", "tuyet-mat": "Tuyệt mật"}


def find_marking(words: tuple[Word, ...], page: int, page_height: int) -> Level | None:
    """Return the highest level marked on a page (counted from 1, ``page_height`` in pixels), None without a marking.

    A level that is not clear counts as the highest that it may be.
    """
    printed = tuple(lines(words))
    first = page == 1 or _opens_document(printed, page_height)
    return highest(_markings(printed, first, page_height))


def has_marking(words: tuple[Word, ...], page: int, page_height: int) -> bool:
    """Tell whether a page carries a secrecy marking."""
    return find_marking(words, page, page_height) is not None


def highest(levels: Iterable[Level | None]) -> Level | None:
    """Return the highest of some levels, None when there is none."""
    return max((level for level in levels if level), key=LEVELS.index, default=None)


def is_marking(text: str, *, lenient: bool = False) -> bool:
    """Tell whether ``text`` is nothing but a marking, as ``marking_level`` does."""
    return marking_level(text, lenient=lenient) is not None


def marking_level(text: str, *, lenient: bool = False) -> Level | None:
    """Return the level when ``text`` is nothing but a marking, whatever frames it and however OCR spelt it.

    ``lenient`` is for the head of a document and for stamps: any accent will do, "Mật" as well as "MẬT", and a letter
    of Tối or Tuyệt may be wrong.
    """
    text = nfc(text)
    letters = _letters(fold(text)).translate(_LOOKALIKES)
    if _ENVELOPE.fullmatch(letters):
        return "tuyet-mat"
    match = _MARKING.fullmatch(letters) or (_SPOILT.fullmatch(letters) if lenient else None)
    if match is None:
        return None
    if not match["label"]:
        if lenient:
            if text.islower():
                return None
        elif sum(char.isupper() for char in text) < 3 or any(char.islower() for char in text) or not _spells_mat(text):
            return None
    if not match["degree"]:
        return "mat"
    return "toi-mat" if _TOI.match(match["degree"]) else "tuyet-mat"


def _markings(printed: tuple[Line, ...], first: bool, page_height: int) -> Iterator[Level | None]:
    before = ""
    for line in printed:
        text = line_text(line)
        # "… BẢO VỆ BÍ / MẬT" is a title broken over two lines.
        if not before.endswith(("bi", "bao")):
            in_head = line[0].y0 < page_height * _HEAD
            found = highest([marking_level(text), *(_piece_levels(line, lenient=first) if in_head else ())])
            # A stamp of two lines, or a sentence that ends like one: it may be either.
            yield _with_line_above(found, before)
        before = _letters(fold(text))


def _piece_levels(line: Line, *, lenient: bool) -> Iterator[Level | None]:
    return (marking_level(piece, lenient=lenient) for piece in _apart(line))


def _with_line_above(found: Level | None, before: str) -> Level | None:
    if found == "mat" and before.endswith("tuyet"):
        return "tuyet-mat"
    return "toi-mat" if found == "mat" and before.endswith("toi") else found


def _opens_document(printed: tuple[Line, ...], page_height: int) -> bool:
    """Tell the first page of a document: the national motto, or the Party's title, stands in its head."""
    head = "".join(_letters(fold(line_text(line))) for line in printed if line[0].y0 < page_height * _HEAD)
    return any(title in head for title in ("conghoaxahoi", "doclaptudo", "dangcongsan"))


def _apart(line: Line) -> Iterator[str]:
    """Yield the pieces of a line that wide gaps separate: a stamp often shares its line with the date."""
    height = max(word.y1 - word.y0 for word in line)
    piece = [line[0]]
    for word in line[1:]:
        if word.x0 - piece[-1].x1 > height * _GAP:
            yield line_text(tuple(piece))
            piece = []
        piece.append(word)
    yield line_text(tuple(piece))


def _letters(folded: str) -> str:
    return "".join(char for char in folded if char.isalnum())


def _spells_mat(text: str) -> bool:
    """Tell MẬT, MẠT, MÂT and MAT, which OCR makes of one stamp, from MẶT, MẮT and MẤT, which are words."""
    last = [char for char in text if char.isalpha()][-2:-1]
    marks = unicodedata.normalize("NFD", last[0])[1:] if last else "?"
    return set(marks) <= {"\u0302", "\u0323"}


_HEAD = 0.45
_GAP = 1.2
# A frame is read as I, l, 1 or |, and Tối as T0I.
_LOOKALIKES = str.maketrans({"0": "o", "1": "i", "l": "i"})
_LABEL = r"i?(?P<label>(?:dauchi)?(?:muc)?domat|mucmat)?"
_MARKING = re.compile(_LABEL + r"(?P<degree>toi|tuyet)?mati?")
# What is left of TỐI and TUYỆT when a letter is lost or misread.
_SPOILT = re.compile(_LABEL + r"(?P<degree>t[uo]?[yvi]?[eo]t?|[tif]u?y?et|t\wyet|tu\wet|tuy\wt|tuye\w|to|t\wi)mati?")
_TOI = re.compile(r"to|t\wi$")
# Stamped on envelopes of Tuyệt mật only.
_ENVELOPE = re.compile(r"i?chinguoicotenmoiduocbocbii?")
