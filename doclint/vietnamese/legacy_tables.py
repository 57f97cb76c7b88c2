"""Code tables of the encodings that came before Unicode, as facts: a byte, or a letter and a byte, and what it prints.

TCVN3: TCVN 5712:1993, equal to ``iconv -f TCVN5712-1`` from A1 to FF. VNI: the tables of VnConv (UniKey) and xvnkb,
which agree. VPS: Mozilla's ``vps.ut`` (x-viet-vps) and VnConv, which agree but for the capitals noted below.
"""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

TCVN3_FIRST = 0xA1
TCVN3 = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ"  # A1
    "\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"  # B0: marks for the letter before, then letters
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"  # C0
    "éẹềểễếệìỉỄẾỒĩíịò"  # D0
    "Ổỏõóọồổỗốộờởỡớợù"  # E0
    "ỖủũúụừửữứựỳỷỹýỵỐ"  # F0
)
"""Bytes A1 to FF. The fonts print lower-case letters only, and a sister font capitals, so case may be lost."""

TCVN3_MARKS = range(0xB0, 0xB5)

VPS_FIRST = 0x80
VPS = (
    "ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"  # 80
    "Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ"  # 90
    "\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ"  # A0
    "ổỬỲỸÍÌộỈĨÓửữÒỎÕự"  # B0
    "ầÁÂấẩẫậđẻÉÊẹỉễịỹ"  # C0
    "ƯỦồốÔỏơÈừứÚũưÝẺß"  # D0
    "àáâãảạăçèéêẽìíîĩ"  # E0
    "ẴĐòóôõöƠụùúủüỶẼỳ"  # F0
)
"""Bytes 80 to FF."""

VPS_CONTROLS = MappingProxyType(
    dict(
        zip(
            (2, 3, 4, 5, 6, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x19, 0x1C, 0x1D),
            "ẠẬẶẸỆỊỌỘỢỤỰỴẪỮ",
            strict=True,
        )
    )
)
"""Capitals on control codes, which files for Windows cannot hold: there they are typed as small letters (VnConv)."""

VNI_SINGLE = MappingProxyType(dict(zip("ÔÖÍÌÆÓÒÎÑôöíìæóòîñ", "ƠƯÍÌỈĨỊỴĐơưíìỉĩịỵđ", strict=True)))
"""Letters of one byte."""


def _vni_pairs() -> dict[str, str]:
    acute, grave, hook, tilde, dot, circumflex, breve = "\u0301\u0300\u0309\u0303\u0323\u0302\u0306"
    tones = {"ù": acute, "ø": grave, "û": hook, "õ": tilde, "ï": dot}
    roofs = dict(zip("âáàåãä", (circumflex + tone for tone in ("", acute, grave, hook, tilde, dot)), strict=True))
    bowls = dict(zip("êéèúüë", (breve + tone for tone in ("", acute, grave, hook, tilde, dot)), strict=True))
    marks = {"a": tones | roofs | bowls, "e": tones | roofs, "o": tones | roofs}
    marks |= {"ô": tones, "u": tones, "ö": tones, "y": tones}
    pairs = {}
    for base, own in marks.items():
        for byte, mark in own.items():
            small = unicodedata.normalize("NFC", VNI_SINGLE.get(base, base) + mark)
            # The mark may have been typed in the other case; the letter decides.
            for typed in (byte, byte.upper()):
                pairs[base + typed] = small
                pairs[base.upper() + typed] = small.upper()
    return pairs


VNI_PAIRS = MappingProxyType(_vni_pairs())
"""A letter and the byte that marks it."""
