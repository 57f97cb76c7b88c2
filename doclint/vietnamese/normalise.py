"""One spelling for one word: NFC with a map back to the raw text, and folding that keeps every offset."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile


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
    position = 0
    for stretch in _MAY_COMPOSE.finditer(raw):
        pieces.append(raw[position : stretch.start()])
        offsets += range(position, stretch.start())
        _compose(stretch[0], stretch.start(), pieces, offsets)
        position = stretch.end()
    pieces.append(raw[position:])
    offsets += range(position, len(raw) + 1)
    return "".join(pieces), tuple(offsets)


def _compose(raw: str, position: int, pieces: list[str], offsets: list[int]) -> None:
    """Append ``raw``, which stands at ``position``, in form C, and where each of its characters begins."""
    for start, end in _clusters(raw):
        cluster, composed = raw[start:end], nfc(raw[start:end])
        pieces.append(composed)
        # What is alike at the beginning maps one to one; the rest has no finer map than where it begins.
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(cluster, composed, strict=False)))
        offsets += [position + start + min(place, alike) for place in range(len(composed))]


def composed(text: str, offsets: tuple[int, ...] | None) -> list[int]:
    """Return the places in ``text`` of the letters that form C made of several; offsets as of ``nfc_with_offsets``."""
    if offsets is None:
        return []
    return [place for place, char in enumerate(text) if char.isalpha() and offsets[place + 1] > offsets[place] + 1]


def lowered(text: str) -> str:
    """Return ``text`` in small letters, character for character: İ, which would become two, stays."""
    small = text.lower()
    return (
        small if len(small) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)
    )


def raw_range(offsets: tuple[int, ...] | None, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of the raw text behind characters ``start`` to ``end``, not empty unless they are none.

    ``offsets`` are those of ``nfc_with_offsets``. A character of which one raw letter made several has all of it.
    """
    if offsets is None or start == end:
        return (start, end) if offsets is None else (offsets[start], offsets[start])
    return offsets[start], offsets[bisect_right(offsets, offsets[end - 1])]


def _clusters(raw: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of ``raw`` that composition does not cross: a letter and the marks that follow it."""
    start = 0
    for position in range(1, len(raw)):
        char = raw[position]
        if char < "\u0300" or (_leads(char) and nfc(raw[start : position + 1]) == nfc(raw[start:position]) + nfc(char)):
            yield start, position
            start = position
    if raw:
        yield start, len(raw)


@lru_cache(maxsize=4096)
def _leads(char: str) -> bool:
    return not unicodedata.combining(unicodedata.normalize("NFD", char)[0])


def fold(text: str) -> str:
    """Return ``text`` lower-cased and without marks, đ as d, **character for character**.

    The result has the length of the argument, so an offset in one is an offset in the other. Text in form D keeps
    its combining marks: normalise first.
    """
    return text.translate(_FOLDED)


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

# A character and what may change it or be changed: Latin letters, the Vietnamese ones among them, stand as they are.
_MAY_COMPOSE = re.compile("[\0-\u02ff\u1ea0-\u1ef9]?[^\0-\u02ff\u1ea0-\u1ef9]+")
