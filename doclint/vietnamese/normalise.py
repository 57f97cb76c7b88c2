"""One spelling for one word: NFC with a map back to the raw text, and folding that keeps every offset."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def nfc(text: str) -> str:
    """Return ``text`` in Unicode form C, the form of TCVN 6909:2001."""
    return unicodedata.normalize("NFC", text)


def nfc_with_offsets(raw: str) -> tuple[str, tuple[int, ...] | None]:
    """Return ``raw`` in form C and, for each of its characters, the offset in ``raw`` where it begins.

    The offsets have one entry more than the text has characters (its end); they are None when nothing changed.
    """
    if unicodedata.is_normalized("NFC", raw):
        return raw, None
    pieces: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(raw):
        composed = nfc(cluster[0])
        pieces.append(composed)
        # A cluster that stays longer than one character has no finer map than its beginning.
        offsets += [cluster.start()] * len(composed)
    offsets.append(len(raw))
    return "".join(pieces), tuple(offsets)


def fold(text: str) -> str:
    """Return ``text`` lower-cased and without marks, đ as d, **character for character**.

    The result has the length of the argument, so an offset in one is an offset in the other. Text in form D keeps
    its combining marks: normalise first.
    """
    return text.translate(_FOLDED)


@lru_cache(maxsize=4096)
def _folded_char(char: str) -> str:
    if char in "đĐÐ":  # the last is U+00D0, typed for Đ on many old keyboards
        return "d"
    base = unicodedata.normalize("NFD", char)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


class _Folder(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded_char(chr(code))
        return folded


_FOLDED = _Folder()
# A base character with what combines onto it. Hangul is composed by rule, so its jamo go together.
_CLUSTER = re.compile(
    r"[\u1100-\u11ff]+|[^\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff][\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]*|.",
    re.DOTALL,
)
