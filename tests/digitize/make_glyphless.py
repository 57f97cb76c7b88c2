"""Make digitize/data/glyphless.ttf: a TrueType font whose one letter is a box of 500 × 1000 units, never inked.

pdfium drops a word of one letter when the letter has no outline: its box would have no width.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

_MADE = 3_850_070_400  # 2026-01-01, in seconds since 1904, as TrueType counts


def glyphless() -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.font.recalcTimestamp = False
    names = [".notdef", "box"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (500, 1000), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf({".notdef": Glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupNameTable({"familyName": "VanthuGlyphless", "psName": "VanthuGlyphless"})
    builder.setupOS2(sTypoAscender=1000, sTypoDescender=0, usWinAscent=1000, usWinDescent=0)
    builder.setupPost()
    builder.updateHead(created=_MADE, modified=_MADE)
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(glyphless())
