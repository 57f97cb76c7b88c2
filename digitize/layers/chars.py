"""The characters of a PDF page as pdfium tells of them, with boxes on the page as it is shown."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from digitize import limits
from doclint.vietnamese.legacy import encoding_of_font

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character as the file says it; blanks are among them, a line ends with "\\n". Boxes of blanks may be empty.

    ``hidden``: it leaves no ink, being drawn in render mode 3 or 7, under a picture or in the colour of the paper.
    ``font`` is the name the file gives, "" when it gives none.
    """

    text: str
    box: Box
    hidden: bool
    font: str


def read_chars(page: pypdfium2.PdfPage, invisible: set[int]) -> tuple[Char, ...] | None:
    """Return the characters in the order of pdfium; None when they are too many.

    That is the order of the file where text runs to the right of the page as it is shown. So a page on which it runs
    otherwise is turned while it is read.
    """
    import pypdfium2.raw as pdfium

    to_shown = _Shown(page)
    chars = _chars_in_order(page, invisible, to_shown)
    turn = direction(chars) if chars else 0
    if not turn:
        return chars
    shown = pdfium.FPDFPage_GetRotation(page.raw)
    pdfium.FPDFPage_SetRotation(page.raw, (shown - turn) % 4)
    chars = _chars_in_order(page, invisible, to_shown)
    pdfium.FPDFPage_SetRotation(page.raw, shown)
    return chars


def direction(chars: Sequence[Char]) -> int:
    """Return how most of the text runs on the page as it is shown: 0 to the right, 1 down, 2 to the left, 3 up."""
    steps = [0, 0, 0, 0]
    for before, char in pairwise(chars):
        if not (before.text.isspace() or char.text.isspace()):
            across = char.box[0] + char.box[2] - before.box[0] - before.box[2]
            down = char.box[1] + char.box[3] - before.box[1] - before.box[3]
            steps[(0 if across > 0 else 2) if abs(across) > abs(down) else (1 if down > 0 else 3)] += 1
    return steps.index(max(steps))


def _chars_in_order(page: pypdfium2.PdfPage, invisible: set[int], to_shown: _Shown) -> tuple[Char, ...] | None:
    import pypdfium2.raw as pdfium

    textpage = page.get_textpage()
    count = textpage.count_chars()
    if count > limits.LAYER_CHARACTERS:
        return None
    fonts: dict[int, str] = {}
    found: list[Char] = []
    edges = [ctypes.c_double() for _ in range(4)]
    for number in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, number)
        if code in _LINE_ENDS:
            found.append(_LINE_END)
            continue
        raw = pdfium.FPDFText_GetTextObject(textpage.raw, number)
        owner = address(raw)
        if owner and owner not in fonts:
            fonts[owner] = _font_name(raw)
        font = fonts.get(owner, "")
        left, right, bottom, top = edges
        pdfium.FPDFText_GetCharBox(textpage.raw, number, left, right, bottom, top)
        box = to_shown(left.value, bottom.value, right.value, top.value)
        unknown = code == 0 or code > 0x10FFFF or pdfium.FPDFText_HasUnicodeMapError(textpage.raw, number) == 1
        text = "\ufffd" if unknown else chr(code)
        if code == _HYPHEN:
            text = "\u00ad" if encoding_of_font(font) else "-"
        found.append(Char(text, box, owner in invisible, font))
        if code == _HYPHEN:
            found.append(_LINE_END)
    textpage.close()
    return tuple(found)


def _font_name(text: Any) -> str:
    import pypdfium2.raw as pdfium

    font = pdfium.FPDFTextObj_GetFont(text)
    name = ctypes.create_string_buffer(256)
    length = pdfium.FPDFFont_GetBaseFontName(font, name, 256) if font else 0
    return name.value.decode("utf-8", "replace") if 0 < length <= 256 else ""


class _Shown:
    """Turns a box of user space into one of the page as it is shown, rotated and cut to its crop box."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        import pypdfium2.raw as pdfium

        width, height = page.get_size()
        across, down = round(width * _FINE), round(height * _FINE)
        spots = []
        for x, y in ((0, 0), (1000, 0), (0, 1000)):
            column, row = ctypes.c_int(), ctypes.c_int()
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, across, down, 0, x, y, column, row)
            spots.append((column.value / _FINE, row.value / _FINE))
        (self.x, self.y), right, up = spots
        self.a, self.b = (right[0] - self.x) / 1000, (right[1] - self.y) / 1000
        self.c, self.d = (up[0] - self.x) / 1000, (up[1] - self.y) / 1000

    def __call__(self, left: float, bottom: float, right: float, top: float) -> Box:
        xs = [self.a * x + self.c * y + self.x for x, y in ((left, bottom), (right, top))]
        ys = [self.b * x + self.d * y + self.y for x, y in ((left, bottom), (right, top))]
        return min(xs), min(ys), max(xs), max(ys)


def address(raw: Any) -> int:
    """Return where an object of pdfium is, which tells it from others."""
    return ctypes.cast(raw, ctypes.c_void_p).value or 0


_LINE_ENDS = (10, 13)
_LINE_END = Char("\n", (0, 0, 0, 0), False, "")
_HYPHEN = 2
"""What pdfium gives for a hyphen, or soft hyphen, that ends a line or a word: the latter is the ư of TCVN3."""
_FINE = 100
