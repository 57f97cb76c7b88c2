"""Marks of secrecy and urgency in the head."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.describe.head import Head
from digitize.describe.pieces import place_of, trust
from digitize.describe.values import Field, ReadPage, absent, judged
from digitize.secrets.marking import NAMES, find_marking, highest
from doclint.anatomy.marks import mark_kind


def secrecy_field(pages: Sequence[ReadPage]) -> Field:
    """Return the highest secrecy that the words of any page are marked with; a seal without words is not seen here."""
    level = highest(find_marking(page.words, page.number, page.height) for page in pages if page.words)
    if level is None:
        return absent("chữ trên trang không có dấu độ mật", confidence=0.9)
    return judged(NAMES[level], 0.5, "có chữ của dấu độ mật", None, review="phải có người xem")


def urgency_field(head: Head) -> Field:
    """Return the mark of urgency."""
    for piece in head.above:
        if mark_kind(piece.text) == "urgency":
            confidence = 0.3 + 0.7 * trust(piece.words)
            return judged(piece.text.capitalize(), confidence, "dấu mức độ khẩn", place_of(piece.page, piece.words))
    return absent("không thấy dấu mức độ khẩn", confidence=0.8)
