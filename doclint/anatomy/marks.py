"""Marks of secrecy, urgency and circulation (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.10 and II.11)."""

from __future__ import annotations

import re

from doclint.anatomy.parts import Mark, MarkKind
from doclint.document import Document, Span
from doclint.vietnamese.normalise import fold


def mark_kind(text: str) -> MarkKind | None:
    """Return the kind of mark that a printed piece is; None for other text, also for a sentence with such a word."""
    if not text.isupper():
        return None
    words = " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split())
    return next((kind for kind, pattern in _MARKS if pattern.fullmatch(words)), None)


def find_marks(document: Document, pieces: tuple[Span, ...]) -> tuple[Mark, ...]:
    """Return the marks among the ``pieces`` of the head."""
    return tuple(Mark(piece, kind) for piece in pieces if (kind := mark_kind(document.at(piece))) is not None)


_MARKS: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("secrecy", re.compile(r"(?:do mat )?(?:tuyet mat|toi mat|mat)")),
    ("urgency", re.compile(r"(?:do khan )?(?:khan|thuong khan|hoa toc(?: hen gio)?(?: \d.*)?)")),
    ("circulation", re.compile(r"xem xong tra lai|luu hanh noi bo|du thao(?: lan)?(?: \d+)?|tai lieu thu hoi")),
)
