"""Character classes for regular expressions: ranges of code points mix cases, so the letters are listed."""

from __future__ import annotations

import unicodedata


def _letters() -> str:
    plain = "aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz"
    marks = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    return "".join(
        unicodedata.normalize("NFC", letter + mark)
        for letter in plain
        for mark in (marks if letter in "aăâeêioôơuưy" else marks[:1])
    )


LOWER = _letters()
UPPER = LOWER.upper()
