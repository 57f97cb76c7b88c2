"""The invisible text of one PDF page: each word in a font without pictures, stretched onto its print."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import linear_regression, median, quantiles

from digitize.pdf.font import FONT_NAME, GLYPH_WIDTH
from digitize.pdf.frame import Frame
from digitize.words import Line, Word, lines

# Of the font size; poppler joins words that are nearer than about a sixth.
_GAP = 0.2


def content(words: tuple[Word, ...], image_size: tuple[int, int], frame: Frame) -> bytes:
    """Return a content stream that sets ``words``, in pixels of a page image of ``image_size``, into ``frame``."""
    parts = [b"q", _matrix(frame, *image_size), b"BT 3 Tr"]
    for line in lines(words):
        parts += _set_line(line, image_size[1])
    return b"\n".join([*parts, b"ET Q\n"])


def _matrix(frame: Frame, pixels_across: int, pixels_down: int) -> bytes:
    """Map pixels, counted from the lower left corner of the page as it is shown, to user space."""
    right, top = frame.x0 + frame.width, frame.y0 + frame.height
    sideways = frame.rotation in (90, 270)
    x = (frame.height if sideways else frame.width) / pixels_across
    y = (frame.width if sideways else frame.height) / pixels_down
    matrix = {
        0: (x, 0, 0, y, frame.x0, frame.y0),
        90: (0, x, -y, 0, right, frame.y0),
        180: (-x, 0, 0, -y, right, top),
        270: (0, -x, y, 0, frame.x0, top),
    }[frame.rotation]
    return b"%s cm" % b" ".join(b"%.6f" % number for number in matrix)


def _set_line(line: Line, pixels_down: int) -> Iterator[bytes]:
    """Yield the words of a line with blanks between them, so that a copied line has its blanks.

    Readers go by the gap and not by the blank: where print is tight, the word gives way.
    """
    set_size = 0.0
    for number, (word, (top, bottom)) in enumerate(zip(line, _bands(line), strict=True)):
        size = round(max(bottom - top, 1.0), 2)
        if size != set_size:  # mostly one along a line
            yield b"%s %.2f Tf" % (FONT_NAME.encode(), size)
            set_size = size
        yield b"1 0 0 1 %d %.2f Tm" % (word.x0, pixels_down - bottom)
        after = line[number + 1].x0 if number + 1 < len(line) else None
        end = word.x1 if after is None else max(min(word.x1, after - _GAP * size), (word.x0 + word.x1) / 2)
        yield _show(word.text, end - word.x0, size)
        if after is not None:
            yield _show(" ", after - end, size)


def _show(text: str, width: float, size: float) -> bytes:
    # Codes are code points; a letter beyond the Basic Multilingual Plane has none in two bytes.
    codes = "".join(char if ord(char) < 0x10000 else "\ufffd" for char in text).encode("utf-16-be", "replace")
    natural = len(codes) / 2 * GLYPH_WIDTH / 1000 * size
    return b"%.2f Tz <%s> Tj" % (100 * max(width, 1) / natural, codes.hex().encode())


def _bands(line: Line) -> list[tuple[float, float]]:
    """Return top and bottom for each word: one height along a line, so that selecting it does not jump, on its slope.

    A box hugs its letters, so "a" is low and "ỗ" is high; the band takes the fifth of the tallest and deepest out,
    which are more often strokes of a stamp than letters.
    """
    if len(line) < 3:
        return [(word.y0, word.y1) for word in line]
    centres = [(word.x0 + word.x1) / 2 for word in line]
    slope = 0.0
    if max(centres) > min(centres):
        slope = linear_regression(centres, [(word.y0 + word.y1) / 2 for word in line]).slope
    middle = median(centres)
    lift = [slope * (centre - middle) for centre in centres]
    top = quantiles([word.y0 - rise for word, rise in zip(line, lift, strict=True)], n=5, method="inclusive")[0]
    bottom = quantiles([word.y1 - rise for word, rise in zip(line, lift, strict=True)], n=5, method="inclusive")[3]
    return [(top + rise, bottom + rise) for rise in lift]
