"""The font of the invisible text: codes are Unicode code points, the only glyph is an empty box."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from digitize.pdf.frame import inherited

if TYPE_CHECKING:
    import pikepdf

FONT_NAME = "/VanthuText"
# In thousandths of the font size, as drawn in data/glyphless.ttf: every letter is an empty box, one size high.
GLYPH_WIDTH = 500


def glyphless(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a font whose codes are Unicode code points and whose only glyph is empty."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    program = resources.files("digitize").joinpath("data/glyphless.ttf").read_bytes()
    file = pikepdf.Stream(pdf, program)
    file["/Length1"] = len(program)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/VanthuGlyphless"),
        Flags=4,
        FontBBox=Array([0, 0, GLYPH_WIDTH, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/VanthuGlyphless"),
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=GLYPH_WIDTH,
        CIDToGIDMap=pdf.make_indirect(pikepdf.Stream(pdf, b"\0\1" * 0x10000)),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/VanthuGlyphless"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, _to_unicode())),
    )
    return pdf.make_indirect(font)


def _to_unicode() -> bytes:
    """Return a CMap that maps every code of two bytes to itself; a range may not cross a row of 256."""
    rows = [row for row in range(256) if not 0xD8 <= row <= 0xDF]
    blocks = []
    for start in range(0, len(rows), 100):  # a block may hold a hundred ranges
        block = rows[start : start + 100]
        ranges = "\n".join(f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in block)
        blocks.append(f"{len(block)} beginbfrange\n{ranges}\nendbfrange")
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{chr(10).join(blocks)}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
""".encode("ascii")


def lend(page: pikepdf.Object, font: pikepdf.Object) -> None:
    """Give one page the font without touching resources that it shares with others or inherits."""
    import pikepdf

    given = inherited(page, "/Resources")
    own = pikepdf.Dictionary(dict(given) if isinstance(given, pikepdf.Dictionary) else {})
    fonts = own.get("/Font")
    own["/Font"] = pikepdf.Dictionary(dict(fonts) if isinstance(fonts, pikepdf.Dictionary) else {})
    own["/Font"][FONT_NAME] = font
    page["/Resources"] = own
