"""Text of old Vietnamese encodings, which only its font tells, in Unicode."""

from __future__ import annotations

from collections.abc import Sequence

from doclint.readers.fonts import judge, to_unicode
from doclint.readers.word.reading import Reading
from doclint.vietnamese.legacy import Encoding


def decode_legacy(readings: Sequence[Reading]) -> set[Encoding]:
    """Turn text of old encodings, which only its font tells, into Unicode; return the names of the encodings.

    Soft hyphens go as well, save where they are letters.
    """
    judged = judge(
        (text, font.name) for reading in readings for text, font in zip(reading.texts, reading.fonts, strict=True)
    )
    old = any(judged.values())
    found: set[Encoding] = set()
    for reading in readings:
        for number, (raw, font) in enumerate(zip(reading.texts, reading.fonts, strict=True)):
            if not old and "\u00ad" not in raw:
                continue
            text, offsets, encoding = to_unicode(raw, font.name, judged)
            if text != raw:
                reading.texts[number] = text
                reading.legacy[number] = offsets
            if encoding is not None:
                found.add(encoding)
    return found
