"""The file of a language model: a head that says what is where, then arrays that are used as they lie.

Bytes 0–7 are MAGIC, 8–39 the SHA-256 of all that follows, 40–43 the length of a head in JSON; numbers are
little-endian. The pairs are rows of a sparse matrix: row ``a`` of ``pair_rows`` says where the second words of ``a``
begin. Row ``n`` of ``triple_rows`` says the same of the third words of pair ``n``. Counts of pairs and triples are a
byte each, which ``COUNT_OF`` turns into a number: exact where small, within 6 % above.
"""

from __future__ import annotations

from typing import Literal

MAGIC = b"VTLM\x00\x00\x00\x01"
HEAD = 44
SECTIONS: dict[str, Literal["B", "H", "I"]] = {
    "words": "B",  # UTF-8, one a line, the most common first; the first line is that of every other word
    "folded": "B",  # the same words without marks
    "common": "B",  # 1 for a word that stands in small letters too, 0 for what only names are made of
    "singles": "I",
    "pair_rows": "I",
    "pair_words": "H",
    "pair_counts": "B",
    "triple_rows": "I",
    "triple_words": "H",
    "triple_counts": "B",
}
"""Name → type of its items, as ``struct`` names them."""
MAX_WORDS = 65_535


def _counts() -> list[int]:
    found = [0]
    while len(found) < 256:
        found.append(max(found[-1] + 1, round(found[-1] * 1.06)))
    return found


COUNT_OF = _counts()
"""Byte → count; the last is above 10 million."""
