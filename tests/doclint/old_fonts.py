"""Fonts with the letters of TCVN3, VNI and VPS, made of a Unicode font, for LibreOffice to print in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from doclint.vietnamese.legacy import Encoding
from tests.doclint.legacy_encoder import TCVN3, VNI_MARKS, VNI_SINGLE, VPS

FONTS = {Encoding.TCVN3: ".VnTime", Encoding.VNI: "VNI-Times", Encoding.VPS: "VPS Times"}


def install(folder: Path) -> Path:
    """Put the fonts into ``folder`` and return the file that tells fontconfig of them."""
    tcvn3 = {letter: chr(code) for letter, code in TCVN3.items()}
    # A mark of VNI is a glyph without width, drawn over the letter before it.
    for name, letters in {
        ".VnTime": tcvn3,
        ".VnTimeH": {letter.upper(): code for letter, code in tcvn3.items()},
        "VNI-Times": {marks[0]: code for marks, code in VNI_MARKS.items()} | VNI_SINGLE,
        "VPS Times": VPS,
    }.items():
        _font(name, {code: letter for letter, code in letters.items()}).save(folder / f"{name.lstrip('.')}.ttf")
    settings = folder / "fonts.conf"
    settings.write_text(
        "<fontconfig><include>/etc/fonts/fonts.conf</include>"
        f"<dir>{folder}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    return settings


def _font(name: str, letters: dict[str, str]) -> TTFont:
    font = TTFont(_source())
    glyphs = font.getBestCmap()
    codes = {code: glyph for code, glyph in glyphs.items() if code < 0x100}
    codes |= {ord(code): glyphs[ord(letter)] for code, letter in letters.items()}
    # LibreOffice prints no soft hyphen inside a line; Word writes it so when the font was marked as one of symbols.
    codes |= {0xF000 + code: glyph for code, glyph in codes.items() if code < 0x100}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = dict(codes)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    return font


def _source() -> str:
    found = subprocess.run(
        ["fc-match", "--format=%{file}", "DejaVu Serif:style=Book"], check=True, capture_output=True, text=True
    ).stdout
    if "DejaVu" not in found:
        pytest.skip("cần phông DejaVu (gói fonts-dejavu-core); make test sẽ cài")
    return found
