"""Vietnamese → the characters Windows shows for it in TCVN3, VNI and VPS; written from the tables of the fonts."""

from __future__ import annotations

import unicodedata

from doclint.vietnamese.legacy import Encoding
from doclint.vietnamese.letters import LOWER, UPPER

LETTERS = "".join(char for char in LOWER + UPPER if not char.isascii())

# From the fact sheet and the keyboards' manuals, not from the module under test.
TCVN3 = dict(
    zip(
        "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ",
        bytes.fromhex(
            "B5B6B7B8B9 A8BBBCBDBEC6 A9C7C8C9CACB CCCECFD0D1 AAD2D3D4D5D6 D7D8DCDDDE DFE1E2E3E4 ABE5E6E7E8E9"
            "ACEAEBECEDEE EFF1F2F3F4 ADF5F6F7F8F9 FAFBFCFDFE AE A1A2A3A4A5A6A7"
        ),
        strict=True,
    )
)
VPS = dict(
    zip(
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵ",
        "áàäãåæ¡¢£¤¥âÃÀÄÅÆÇéèÈëËê‰Š‹ÍŒíìÌïÎóòÕõ†ôÓÒ°‡¶Ö§©ª«®úùûÛøÜÙØº»¿šÿ›Ïœ",
        strict=True,
    )
) | dict(
    zip(
        "ÁÀẢÃĂẮẰẲẴÂẤẦẨĐÉÈẺẼÊẾỀỂỄÍÌỈĨÓÒỎÕÔỐỒỔỖƠỚỜỞỠÚÙỦŨƯỨỪỬÝỲỶỸ",
        "Á€\x81‚ˆ\x8dŽ\x8fðÂƒ„…ñÉ×ÞþÊ\x90“”•´µ·¸¹¼½¾Ô–—˜™÷\x9džŸ¦Ú¨Ñ¬Ð\xad¯±Ý²ý³",
        strict=True,
    )
)
VNI_MARKS = {
    "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0301": "á", "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã",
    "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0301": "é", "\u0306\u0300": "è", "\u0306\u0309": "ú",
    "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip
VNI_SINGLE = dict(zip("íìỉĩịỵđơư", "íìæóòîñôö", strict=True))


def encode(text: str, encoding: Encoding) -> str:
    """Return ``text``, in form C, as Windows shows it; a capital without code of its own becomes a small letter."""
    return "".join(_letter(char, encoding) if char in LETTERS else char for char in text)


def has_code(char: str, encoding: Encoding) -> bool:
    """Tell whether a letter can be written in the encoding at all, case included."""
    return encoding is Encoding.VNI or char in {Encoding.TCVN3: TCVN3, Encoding.VPS: VPS}[encoding]


def _letter(char: str, encoding: Encoding) -> str:
    if encoding is Encoding.VNI:
        return _vni(char.lower()).upper() if char.isupper() else _vni(char)
    if encoding is Encoding.VPS:
        return VPS.get(char) or VPS[char.lower()]
    return bytes([TCVN3.get(char) or TCVN3[char.lower()]]).decode("latin-1")


def _vni(char: str) -> str:
    if char in VNI_SINGLE:
        return VNI_SINGLE[char]
    base, *marks = unicodedata.normalize("NFD", char)
    if "\u031b" in marks:
        marks.remove("\u031b")
        base = VNI_SINGLE[unicodedata.normalize("NFC", base + "\u031b")]
    # Form D sorts the dot below before the roof.
    return base + VNI_MARKS["".join(sorted(marks, key="\u0302\u0306".find, reverse=True))] if marks else base
