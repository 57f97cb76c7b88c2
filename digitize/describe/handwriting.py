"""Whether notes by hand can be seen, by what OCR could not read outside the print, and by what was filled in."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.describe.head import Head
from digitize.describe.pieces import place_of
from digitize.describe.values import Field, ReadPage, absent, judged
from digitize.words import Word


def handwriting_field(pages: Sequence[ReadPage], head: Head) -> Field:
    """Return «có» where there are signs of notes by hand, which a person must see; absence is never sure from words."""
    if head.numbering is not None and head.numbering.by_hand:
        piece = head.numbering.piece
        return judged("có", 0.6, "số hoặc ngày điền sau khi in", place_of(piece.page, piece.words), review="cần xem")
    for page in pages:
        unread = _in_margins(page)
        if len(unread) >= _ENOUGH:
            evidence = f"{len(unread)} cụm nét ngoài lề máy không đọc được, đây là cụm đầu"
            return judged("có", 0.5, evidence, place_of(page.number, unread[:1]), review="cần xem")
    return absent("không thấy nét nào máy không đọc được ngoài lề", confidence=0.7)


def _in_margins(page: ReadPage) -> list[Word]:
    """Return the words that were read badly and stand outside the box of what was read well."""
    good = [word for word in page.words if word.confidence >= _READ and len(word.text) > 1]
    if len(good) < 20:
        return []
    left, right = _quantile([word.x0 for word in good], 0.02), _quantile([word.x1 for word in good], 0.98)
    top, bottom = min(word.y0 for word in good), max(word.y1 for word in good)
    return [
        word
        for word in page.words
        if word.confidence < _UNREAD
        and word.y1 - word.y0 >= 12
        and (word.x1 <= left or word.x0 >= right or word.y1 <= top or word.y0 >= bottom)
    ]


def _quantile(values: list[int], share: float) -> int:
    return sorted(values)[int(share * (len(values) - 1))]


_READ, _UNREAD = 80, 40
_ENOUGH = 3
