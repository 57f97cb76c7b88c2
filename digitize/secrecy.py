"""Stop a page that carries a state secrecy marking before a word of it is stored; a sentence that mentions one passes.

The levels are those of the Law on Protection of State Secrets: Mật, Tối mật, Tuyệt mật. A marking stands by itself,
as a stamp in the head of page 1 or alone on a line; a wrong stop costs a person a look, a missed one breaks the law.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from digitize.ocr import Line, Word, line_text, lines
from doclint.vietnamese.normalise import fold, nfc

REASON = "có dấu chỉ độ mật"


def has_marking(words: tuple[Word, ...], page: int, page_height: int) -> bool:
    """Tell whether a page (counted from 1, ``page_height`` in pixels) carries a secrecy marking."""
    before = ""
    for line in lines(words):
        text = line_text(line)
        # "… BẢO VỆ BÍ / MẬT" is a title broken over two lines.
        if not before.endswith(("bi", "bao")):
            in_head = page == 1 and line[0].y0 < page_height * _HEAD
            if in_head and any(is_marking(part, lenient=True) for part in _apart(line)):
                return True
            if is_marking(text):
                return True
        before = _letters(fold(text))
    return False


def is_marking(text: str, *, lenient: bool = False) -> bool:
    """Tell whether ``text`` is nothing but a marking, whatever frames it and however OCR spelt it.

    ``lenient`` is for the head of page 1, where stamps are: any accent will do, and "Mật" as well as "MẬT".
    """
    text = nfc(text)
    match = _MARKING.fullmatch(_letters(fold(text)).translate(_LOOKALIKES))
    if match is None:
        return False
    if match["label"]:
        return True
    if lenient:
        return not text.islower()
    capitals = sum(char.isupper() for char in text) >= 3
    return capitals and not any(char.islower() for char in text) and _spells_mat(text)


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
_MARKING = re.compile(r"i?(?P<label>(?:dauchi)?(?:muc)?domat|mucmat)?(?:toi|tuyet)?mati?")
