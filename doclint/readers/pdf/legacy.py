"""Text of old Vietnamese encodings on the pages of a PDF, in Unicode; each letter keeps the place of its glyphs."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from doclint.document import Font
from doclint.readers.fonts import Verdicts, judge, to_unicode
from doclint.readers.pdf.lines import Page, PrintedLine
from doclint.readers.pdf.sheet import UNKNOWN
from doclint.vietnamese.legacy import Encoding


def decode_legacy(pages: Sequence[Page]) -> set[Encoding]:
    """Turn text of old encodings into Unicode in the lines of ``pages``; return the encodings it was in.

    The codes that only such an encoding has a letter for are settled in all other text: a soft hyphen that is printed
    is a hyphen, a control character is no letter.
    """
    judged = judge(
        (text + "\n", font.name if font is not None else None)
        for page in pages
        for line in page.lines
        for _, text, font in _runs(line)
    )
    old = any(judged.values())
    found: set[Encoding] = set()
    for page in pages:
        for line in page.lines:
            if old:
                found |= _decode(line, judged)
            if _CODES.search(line.text):
                line.text = _CODES.sub(lambda code: "-" if code[0] == "\u00ad" else UNKNOWN, line.text)
    return found


def _decode(line: PrintedLine, judged: Verdicts) -> set[Encoding]:
    pieces: list[str] = []
    boxes = array("f")
    fonts: list[tuple[int, Font]] = []
    found: set[Encoding] = set()
    position = 0
    for start, raw, font in _runs(line):
        text, offsets, encoding = to_unicode(raw, font.name if font is not None else None, judged)
        if encoding is None or offsets is None:
            # Soft hyphens stay here: they print.
            text, offsets = raw, tuple(range(len(raw) + 1))
        else:
            found.add(encoding)
        if font is not None:
            fonts.append((position, font))
        pieces.append(text)
        position += len(text)
        for first, end in pairwise(offsets):
            boxes.extend(_around(line.boxes, start + first, start + max(end, first + 1)))
    line.text, line.boxes, line.fonts = "".join(pieces), boxes, tuple(fonts)
    return found


def _runs(line: PrintedLine) -> Iterator[tuple[int, str, Font | None]]:
    """Yield the stretches of ``line`` in one font: offset, text, font."""
    starts: list[tuple[int, Font | None]] = [*line.fonts]
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, None))
    ends = [start for start, _ in starts[1:]] + [len(line.text)]
    for (start, font), end in zip(starts, ends, strict=True):
        if start < end:
            yield start, line.text[start:end], font


def _around(boxes: array[float], start: int, end: int) -> Iterable[float]:
    """Return the box around the characters from ``start`` to ``end``: a letter of VNI is printed as two."""
    if end == start + 1:
        return boxes[4 * start : 4 * end]
    own = boxes[4 * start : 4 * end]
    return min(own[::4]), min(own[1::4]), max(own[2::4]), max(own[3::4])


_CODES = re.compile("[\u00ad\x80-\x9f]")
