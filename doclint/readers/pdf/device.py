"""One page through pdfminer: its characters, pictures, ruling lines and drawings, and nothing else.

pdfplumber builds a dictionary of thirty entries for every character; a document of 200 pages has half a million.
"""

from __future__ import annotations

import math
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFSimpleFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import apply_matrix_pt, apply_matrix_rect

from doclint.document import Font
from doclint.readers.limits import (
    MAX_PAGE_CHARACTERS,
    MAX_PAGE_DRAWINGS,
    MAX_PAGE_FORMS,
)
from doclint.readers.pdf.fonts import colour, family, old_code, points, readable
from doclint.readers.pdf.sheet import UNKNOWN, Glyph, Rectangle, Sheet, TooMuch
from doclint.vietnamese.legacy import encoding_of_font


def print_page(page: Any, number: int, resources: Any) -> Sheet:
    """Return the contents of pdfminer's ``page``. Raises TooMuch when there is more than a page can hold."""
    device = _Device(resources, number)
    PDFPageInterpreter(resources, device).process_page(page)
    return device.finish()


class _Face:
    """A font with what is asked of it again and again."""

    def __init__(self, font: Any) -> None:
        self.font = font
        # The standard fonts, and those of old programs, have no descriptor that names them.
        raw = font.fontname if "FontName" in font.descriptor else getattr(font, "basefont", font.fontname)
        name = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
        self.name, bold, italic = family(name)
        flags = font.flags if isinstance(font.flags, int) else 0
        self.bold = bold or bool(flags & _FORCE_BOLD)
        self.italic = italic or bool(flags & _ITALIC)
        self.descent = float(font.get_descent())
        self.vertical = font.is_vertical()
        self.encoding = encoding_of_font(self.name)
        # Only a font of single bytes without a table of its own leaves its codes to a guess.
        self.plain = isinstance(font, PDFSimpleFont) and font.unicode_map is None
        self.chars: dict[int, tuple[str, float]] = {}

    def char(self, cid: int) -> tuple[str, float]:
        """Return the text of a code and its width in ems."""
        known = self.chars.get(cid)
        if known is None:
            try:
                text = str(self.font.to_unichr(cid))
            except PDFUnicodeNotDefined:
                text = UNKNOWN
            if self.encoding is None:
                text = readable(text) if text else UNKNOWN
            elif self.plain:
                text = old_code(cid, text, self.encoding)
            known = self.chars[cid] = (text, float(self.font.char_width(cid)))
        return known


class _Device(PDFTextDevice):
    """Where pdfminer's interpreter prints to."""

    def __init__(self, resources: Any, number: int) -> None:
        super().__init__(resources)
        self.ctm: Any = None
        self.sheet = Sheet(number, 0, 0)
        self.box: Rectangle = (0, 0, 0, 0)
        self.drawings = self.forms = self.characters = 0
        self.invisible = False
        self.faces: dict[int, _Face] = {}
        self.fonts: dict[tuple[int, float, Any], Font] = {}
        self.stack: list[Any] = []
        self.cover: tuple[int, Rectangle] | None = None

    def begin_page(self, page: Any, ctm: Any) -> None:
        x0, y0, x1, y1 = apply_matrix_rect(ctm, page.mediabox)
        self.sheet.width, self.sheet.height = abs(x1 - x0), abs(y1 - y0)
        if not 0 < max(self.sheet.width, self.sheet.height) <= _MAX_SIDE:
            raise TooMuch(f"khổ giấy vô lý ({self.sheet.width:.0f} × {self.sheet.height:.0f} điểm)")
        self.box = self._turned(apply_matrix_rect(ctm, page.cropbox or page.mediabox))

    def finish(self) -> Sheet:
        """Return the page; text that a picture was printed over is hidden."""
        if self.cover is not None:
            count, (x0, top, x1, bottom) = self.cover
            seen: list[Glyph] = []
            for number, glyph in enumerate(self.sheet.glyphs):
                inside = x0 <= glyph.x0 and glyph.x1 <= x1 and top <= glyph.top and glyph.bottom <= bottom
                (self.sheet.hidden if number < count and inside else seen).append(glyph)
            self.sheet.glyphs = seen
        return self.sheet

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        self.forms += 1
        if self.forms > MAX_PAGE_FORMS:
            raise TooMuch(f"quá {MAX_PAGE_FORMS} hình lồng nhau")
        self.stack.append(self.ctm)

    def end_figure(self, name: str) -> None:
        # pdfminer leaves the matrix of the figure behind.
        self.ctm = self.stack.pop()

    def render_image(self, name: str, stream: Any) -> None:
        box = self._turned(apply_matrix_rect(self.ctm, (0, 0, 1, 1)))
        x0, top, x1, bottom = box
        if min(x1, self.sheet.width) <= max(x0, 0) or min(bottom, self.sheet.height) <= max(top, 0):
            return
        self.sheet.pictures.append(box)
        clear = any(stream.get(name) for name in ("SMask", "Mask", "ImageMask", "IM"))
        if not clear and (x1 - x0) * (bottom - top) > 0.5 * self.sheet.width * self.sheet.height:
            self.cover = (len(self.sheet.glyphs), box)

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        part: list[Any] = []
        for segment in path:
            if segment[0] == "m" and part:
                self._shape(part, stroke, fill)
                part = []
            part.append(segment)
        if part:
            self._shape(part, stroke, fill)

    def _shape(self, path: list[Any], stroke: bool, fill: bool) -> None:
        self.drawings += 1
        if self.drawings > MAX_PAGE_DRAWINGS:
            raise TooMuch(f"quá {MAX_PAGE_DRAWINGS} nét vẽ")
        ends = [apply_matrix_pt(self.ctm, segment[-2:]) for segment in path if len(segment) > 2]
        if len(ends) < 2:
            return
        xs, ys = [x for x, _ in ends], [self.sheet.height - y for _, y in ends]
        x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
        width, height = x1 - x0, bottom - top
        curved = any(segment[0] in "cvy" for segment in path)
        square = not curved and all(
            abs(x - before_x) < _THIN or abs(y - before_y) < _THIN
            for (x, y), (before_x, before_y) in zip(ends[1:], ends, strict=False)
        )
        if square and min(width, height) <= _THICK:
            if max(width, height) > _THICK:
                middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
                line = (x0, middle_y, x1, middle_y) if width > height else (middle_x, top, middle_x, bottom)
                self.sheet.rules.append(line)
        elif square and len(ends) <= 5:
            if stroke:
                self.sheet.rules += [
                    (x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)
                ]  # fmt: skip
        elif fill and 1.5 < height < _LETTER and width < _LETTER:
            self.sheet.drawn += 1

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        self.invisible = textstate.render in (3, 7)
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        face = self.faces.get(id(font))
        if face is None:
            face = self.faces[id(font)] = _Face(font)
        text, ems = face.char(cid)
        advance = ems * fontsize * scaling
        a, b, c, d, e, f = matrix
        low = face.descent * fontsize + rise
        if face.vertical:
            bounds = apply_matrix_rect(matrix, (-fontsize / 2, low + advance, fontsize / 2, low))
        elif b == 0 and c == 0:
            bounds = (e, d * low + f, a * advance + e, d * (low + fontsize) + f)
        else:
            bounds = apply_matrix_rect(matrix, (0, low, advance, low + fontsize))
        self._put(text, bounds, self._font(face, fontsize * math.hypot(c, d), graphicstate.ncolor), _turn(a, b))
        return advance

    def _put(self, text: str, bounds: Any, font: Font, turn: int) -> None:
        self.characters += 1
        if self.characters > MAX_PAGE_CHARACTERS:
            raise TooMuch(f"quá {MAX_PAGE_CHARACTERS} ký tự")
        x0, top, x1, bottom = self._turned(bounds)
        left, upper, right, lower = self.box
        # Neither outside the page, nor without size, nor a number that is none.
        if not (left <= (x0 + x1) / 2 <= right and upper <= (top + bottom) / 2 <= lower and (font.size or 0) > _LEAST):
            return
        into = self.sheet.hidden if self.invisible else self.sheet.glyphs
        into.append(Glyph(text, x0, top, x1, bottom, font, turn))

    def _font(self, face: _Face, size: float, ink: Any) -> Font:
        key = (id(face), size, ink if not isinstance(ink, list) else tuple(ink))
        font = self.fonts.get(key)
        if font is None:
            font = self.fonts[key] = Font(
                name=face.name, size=points(size), bold=face.bold, italic=face.italic, colour=colour(ink)
            )
        return font

    def _turned(self, bounds: Any) -> Rectangle:
        """Return a box of PDF, whose origin is below, as ours; its corners in order."""
        x0, y0, x1, y1 = bounds
        height = self.sheet.height
        return (
            (x0 if x0 < x1 else x1),
            height - (y1 if y0 < y1 else y0),
            (x1 if x0 < x1 else x0),
            height - (y0 if y0 < y1 else y1),
        )


def _turn(a: float, b: float) -> int:
    if abs(b) <= 0.09 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) <= 0.09 * abs(b):
        return 1 if b > 0 else 3
    return -1


_FORCE_BOLD = 1 << 18
_ITALIC = 1 << 6
_MAX_SIDE = 14_400 * 4
"""Points: 200 inches is the limit of PDF 1.x; plans of construction are larger."""
_LEAST = 0.5
"""Points; some gazettes print tables in letters of 1.8."""
_THIN, _THICK = 0.5, 3.0
_LETTER = 40.0
