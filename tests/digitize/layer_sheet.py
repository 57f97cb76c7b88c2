"""Put a PDF page together by hand: text whose ToUnicode table says what one likes, pictures, forms inside forms."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name
from PIL import Image

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
A4 = (595, 842)


class Sheet:
    """A page in the making: text in a font of glyph numbers whose ToUnicode table says what it is told to."""

    def __init__(self, size: tuple[float, float] = A4) -> None:
        self.pdf = pikepdf.new()
        self.pdf.add_blank_page(page_size=size)
        self.page = self.pdf.pages[0].obj
        self.size = size
        self.page.Resources = Dictionary(Font=Dictionary(), XObject=Dictionary())
        self.drawn: list[str] = []

    def text(
        self,
        lines: list[str],
        *,
        x: float = 70,
        top: float = 60,
        size: float = 12,
        mode: int = 0,
        said: Callable[[str], str] | None = lambda text: text,
        colour: str = "0 g",
        base: str = "DejaVuSerif",
    ) -> Sheet:
        """Print ``lines``; the table says ``said`` of each letter, None stands for no table."""
        name = f"F{len(self.page.Resources.Font)}"
        self.page.Resources.Font[f"/{name}"] = _font(self.pdf, "".join(lines), said, base)
        for number, line in enumerate(lines):
            codes = "".join(f"{glyph(char):04X}" for char in line)
            y = self.size[1] - top - size - 1.6 * size * number
            self.drawn.append(f"BT {colour} {mode} Tr /{name} {size} Tf {x} {y:.1f} Td <{codes}> Tj ET")
        return self

    def picture(self, image: Image.Image, box: tuple[float, float, float, float] | None = None) -> Sheet:
        """Put an image at (x0, bottom, x1, top)."""
        x0, bottom, x1, top = box or (0, 0, *self.size)
        name = f"Im{len(self.page.Resources.XObject)}"
        self.page.Resources.XObject[f"/{name}"] = _image(self.pdf, image)
        self.drawn.append(f"q {x1 - x0} 0 0 {top - bottom} {x0} {bottom} cm /{name} Do Q")
        return self

    def draw(self, commands: str) -> Sheet:
        self.drawn.append(commands)
        return self

    def nest(self, depth: int) -> Sheet:
        """Put what is drawn into forms inside forms."""
        for _ in range(depth):
            form = self.pdf.make_stream(
                "\n".join(self.drawn).encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *self.size])
            )
            form.Resources = self.page.Resources
            form.Matrix = Array([0.5, 0, 0, 0.5, 0, 0])
            self.page.Resources = Dictionary(Font=Dictionary(), XObject=Dictionary(Fm=form))
            self.drawn = ["q 2 0 0 2 0 0 cm /Fm Do Q"]
        return self

    def done(self, **keys: object) -> bytes:
        self.page.Contents = self.pdf.make_stream("\n".join(self.drawn).encode())
        for key, value in keys.items():
            self.page[f"/{key}"] = value
        buffer = io.BytesIO()
        self.pdf.save(buffer, deterministic_id=True)
        return buffer.getvalue()


def letter_by_letter(lines: list[str]) -> bytes:
    """Each letter is placed by itself and blanks are not printed, as some programs do."""
    sheet = Sheet()
    sheet.text(["".join(sorted(set("".join(lines))))], top=-100)
    font = TTFont(FONT)
    order, widths = font.getGlyphOrder(), font["hmtx"]
    for number, line in enumerate(lines):
        x = 70.0
        for char in line:
            if char != " ":
                sheet.draw(f"BT /F0 12 Tf {x:.2f} {760 - 20 * number} Td <{glyph(char):04X}> Tj ET")
            x += widths[order[glyph(char)]][0] / font["head"].unitsPerEm * 12
    return sheet.done()


def outlines(lines: list[str]) -> str:
    """Text as filled curves."""
    font = TTFont(FONT)
    glyphs, widths, cmap = font.getGlyphSet(), font["hmtx"], font.getBestCmap()
    scale = 12 / font["head"].unitsPerEm
    drawn = []
    for number, line in enumerate(lines):
        x, y = 70.0, 700 - 20 * number
        for char in line:
            name = cmap[ord(char)]
            pen = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(Qu2CuPen(pen, 1, all_cubic=True))
            for command, points in pen.value:
                placed = " ".join(f"{x + px * scale:.2f} {y + py * scale:.2f}" for px, py in points)
                drawn.append(
                    {"moveTo": f"{placed} m", "lineTo": f"{placed} l", "curveTo": f"{placed} c"}.get(command, "h")
                )
            drawn.append("f")
            x += widths[name][0] * scale
    return "\n".join(drawn)


def _image(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    colour = {"RGB": Name.DeviceRGB}.get(image.mode, Name.DeviceGray)
    return pdf.make_stream(
        image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height,
        BitsPerComponent=1 if image.mode == "1" else 8, ColorSpace=colour,
    )  # fmt: skip


@cache
def _cmap() -> tuple[dict[int, str], dict[str, int]]:
    font = TTFont(FONT)
    return font.getBestCmap(), font.getReverseGlyphMap()


def glyph(char: str) -> int:
    cmap, numbers = _cmap()
    return numbers[cmap.get(ord(char), ".notdef")]


@cache
def _program() -> tuple[bytes, list[int]]:
    font = TTFont(FONT)
    scale = 1000 / font["head"].unitsPerEm
    return FONT.read_bytes(), [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]


def _font(pdf: pikepdf.Pdf, text: str, said: Callable[[str], str] | None, base: str) -> pikepdf.Object:
    program, widths = _program()
    used = {glyph(char): char for char in text}
    file = pdf.make_stream(program, Length1=len(program))
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{base}"), Flags=4, FontBBox=Array([-500, -300, 1500, 1100]),
        ItalicAngle=0, Ascent=940, Descent=-240, CapHeight=730, StemV=80, FontFile2=file,
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{base}"),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=Name.Identity, W=Array([item for code in sorted(used) for item in (code, Array([widths[code]]))]),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{base}"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
    )  # fmt: skip
    if said is not None:
        rows = [f"<{code:04X}> <{said(char).encode('utf-16-be').hex()}>" for code, char in sorted(used.items())]
        blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
        listed = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        font.ToUnicode = pdf.make_stream(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{listed}\nendcmap end end".encode()
        )
    return pdf.make_indirect(font)
