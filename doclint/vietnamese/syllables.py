"""Cut Vietnamese text into syllables, numbers and codes, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, number, code or punctuation mark; ``start`` and ``end`` are offsets in characters."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of ``text``, which must be in form C, in order.

    ``534/QĐ-TTg``, ``226-KL/TW``, ``31/3/2026``, ``1.250.000``, ``15%`` and ``V/v`` stay whole; ``Sở,`` is two.
    """
    for match in TOKEN.finditer(text):
        yield Token(match[0], match.start(), match.end())


_LETTER = r"[^\W\d_]"
TOKEN = re.compile(
    rf"""
      # 534/QĐ-TTg 30/2020/NĐ-CP 226-KL/TW
      \d+[A-Za-zĐđ]?(?:-{_LETTER}+)?/(?:\d{{4}}/)?{_LETTER}[\w&]*(?:[-/.]{_LETTER}[\w&]*)*
    | \d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}}                                       # 31/3/2026
    | \d{{1,2}}/\d{{4}} | \d+/\d+                                               # 3/2026 1/2
    | \d+(?:[.,]\d+)*%?                                                         # 1.250.000 1,5 15%
    | [VvTtKk]/[vVMmTt](?!\w)                                                   # V/v T/M K/T
    | {_LETTER}+\d*(?:&{_LETTER}+)?                                             # syllables, UBND, H15, R&D
    | \./\.                                                                     # the end of a document
    | \.\.\.+
    | [^\w\s] | _+
    """,
    re.VERBOSE,
)
