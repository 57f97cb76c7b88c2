"""Text in the encodings that came before Unicode (TCVN3, VNI, VPS) → Unicode in form C, with a map back.

Such text reaches us as the Latin characters that Windows shows for its bytes («Céng hoµ x· héi»), as U+F0xx when the
font was marked as one of symbols, or as bytes read as Latin-1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from doclint.vietnamese.legacy_tables import (
    TCVN3,
    TCVN3_FIRST,
    TCVN3_MARKS,
    VNI_PAIRS,
    VNI_SINGLE,
    VPS,
    VPS_CONTROLS,
    VPS_FIRST,
)
from doclint.vietnamese.normalise import nfc_with_offsets
from doclint.vietnamese.spelling import is_possible_syllable


class Encoding(StrEnum):
    """An encoding by the name offices know it under."""

    TCVN3 = "TCVN3"
    VNI = "VNI"
    VPS = "VPS"


@lru_cache(maxsize=256)
def encoding_of_font(name: str | None) -> Encoding | None:
    """Return the encoding a font of this name prints (``.VnTime``, ``VNI-Times``, ``VPS Times``), None for Unicode.

    LibreOffice writes lists of fonts («.VnTime;Courier New»): the first one counts.
    """
    first = (name or "").split(";")[0].strip().lstrip("@").upper()
    return next((encoding for start, encoding in _FONTS if first.startswith(start)), None)


def is_capital_font(name: str | None) -> bool:
    """Tell whether a font prints capitals for small letters, as ``.VnTimeH`` does."""
    first = (name or "").split(";")[0].strip().lstrip("@")
    return encoding_of_font(first) is Encoding.TCVN3 and first.endswith("H")


def decode(text: str, encoding: Encoding, *, upper: bool = False) -> tuple[str, tuple[int, ...] | None]:
    """Return ``text`` in Unicode form C and, for each of its characters, the offset in ``text`` where it begins.

    The offsets are those of ``nfc_with_offsets``: one entry more than characters, None when nothing changed. ``upper``
    makes all letters capitals, for the fonts that carry case. Without it, a letter whose encoding has one byte for both
    cases is a capital where the letters around it are.
    """
    pieces: list[str] = []
    starts: list[int] = []
    unsure: list[bool] = []
    for start, piece, caseless in _pieces(text, encoding):
        pieces.append(piece)
        starts.append(start)
        unsure.append(caseless)
    letters = [_capital(piece) for piece in pieces] if upper else _settle_case(pieces, unsure)
    decoded, inner = nfc_with_offsets("".join(letters))
    if decoded == text:
        return text, None
    starts.append(len(text))
    return decoded, tuple(starts) if inner is None else tuple(starts[offset] for offset in inner)


def detect(text: str) -> Encoding | None:
    """Return the encoding ``text`` is in, by what its words become; None for Unicode, other languages and short text.

    Needs some ten words. The words with marks must nearly all become Vietnamese syllables in one encoding, and
    not have been such before; they must be as many as Vietnamese has, which no other language's are.
    """
    sample = text[:EVIDENCE]
    # What begins in Unicode need not be looked at to its end.
    if _is_modern(text[:_BEGINNING], 50) or _is_modern(sample, 0):
        return None
    evidence = LONE.sub(" ", nfc_with_offsets(sample)[0])
    scores = {encoding: _score(evidence, encoding) for encoding in Encoding}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= 0.8 else None


def _is_modern(text: str, least: int) -> bool:
    """Tell whether the letters beyond ASCII, if there are ``least``, are such as no byte could have been read as."""
    beyond_ascii = {char: times for char, times in Counter(text).items() if not char.isascii()}
    total = sum(beyond_ascii.values())
    modern = sum(times for char, times in beyond_ascii.items() if _MODERN.match(char))
    return total >= least and modern >= 0.2 * total


def _score(text: str, encoding: Encoding) -> float:
    """Return the share of different words that become syllables; 0 when too few change or they were such before."""
    decoded, offsets = decode(text, encoding)
    if offsets is None:
        return 0.0
    words = {(text[offsets[word.start()] : offsets[word.end()]], word[0]) for word in _WORD.finditer(decoded)}
    changed = [(raw, word) for raw, word in words if raw != word]
    if len(changed) < 3 or len(changed) < 0.2 * len(words):
        return 0.0
    # A list of abbreviations is no evidence against: an office's page is full of them.
    spoken = [word for _, word in words if not _ABBREVIATION.fullmatch(word)]
    score = min(
        _plausible([word for _, word in changed if not _ABBREVIATION.fullmatch(word)]), _plausible(spoken) + 0.1
    )
    return score if _plausible([raw for raw, _ in changed]) <= score - 0.4 else 0.0


def _plausible(words: list[str]) -> float:
    return sum(map(is_possible_syllable, words)) / len(words) if words else 0.0


def byte_of(char: str) -> int | None:
    """Return the byte a character stands for in a font without Unicode, None when it stands for none."""
    code = ord(char)
    if code < 0x100:
        return code
    if 0xF020 <= code <= 0xF0FF:
        return code - 0xF000
    return _WINDOWS.get(char)


def _pieces(text: str, encoding: Encoding) -> Iterator[tuple[int, str, bool]]:
    """Yield the offset, the character it makes, and whether its case is unknown, for each code of ``text``."""
    if encoding is Encoding.VNI:
        yield from ((start, piece, False) for start, piece in _vni(text))
        return
    table, caseless = _table(encoding)
    before = ""
    for start, char in enumerate(text):
        byte = byte_of(char)
        if byte is None:
            before = char
        elif encoding is Encoding.TCVN3 and byte in TCVN3_MARKS and before not in _VOWELS:
            before = _shown(byte, char)
        else:
            before = table.get(byte) or _shown(byte, char)
        yield start, before, byte in caseless


def _vni(text: str) -> Iterator[tuple[int, str]]:
    # Windows' own characters mean nothing but themselves here; symbols of U+F0xx are bytes.
    codes = [char if char < "\uf020" or (byte := byte_of(char)) is None else _shown(byte, char) for char in text]
    position = 0
    while position < len(codes):
        pair = VNI_PAIRS.get("".join(codes[position : position + 2]))
        if pair is not None:
            yield position, pair
            position += 2
        else:
            yield position, VNI_SINGLE.get(codes[position], codes[position])
            position += 1


@cache
def _table(encoding: Encoding) -> tuple[dict[int, str], frozenset[int]]:
    """Return the characters of the bytes of ``encoding`` and the bytes that print small letters and capitals."""
    if encoding is Encoding.TCVN3:
        table = {TCVN3_FIRST + place: char for place, char in enumerate(TCVN3)}
    else:
        table = {VPS_FIRST + place: char for place, char in enumerate(VPS)} | VPS_CONTROLS
    caseless = _CASELESS[encoding]
    return table, frozenset(byte for byte, char in table.items() if char in caseless)


def _settle_case(pieces: list[str], unsure: list[bool]) -> list[str]:
    """Capitalise the letters of unknown case that stand in words, or lines, of capitals."""
    if not any(unsure):
        return pieces
    settled = list(pieces)
    for line in re.finditer(r"[^\n]+", "".join(pieces)):
        words = [
            range(line.start() + word.start(), line.start() + word.end()) for word in re.finditer(r"[^\W\d_]+", line[0])
        ]
        capitals = [word for word in words if _is_capital(word, pieces, unsure)]
        if capitals and not any(pieces[place].islower() and not unsure[place] for word in words for place in word):
            capitals = words
        for place in (place for word in capitals for place in word if unsure[place]):
            settled[place] = _capital(pieces[place])
    return settled


def _is_capital(word: range, pieces: list[str], unsure: list[bool]) -> bool:
    """Tell whether all letters of ``word`` of known case are capitals, one of them beyond its first letter."""
    sure = [place for place in word if not unsure[place]]
    return (
        len(sure) < len(word)
        and all(pieces[place].isupper() for place in sure)
        and any(place > word.start for place in sure)
    )


def _capital(piece: str) -> str:
    raised = piece.upper()
    return raised if len(raised) == len(piece) else piece


def _shown(byte: int, char: str) -> str:
    """Return the character Windows shows for a byte that the encoding leaves alone."""
    if byte < 0x80 or (char == chr(byte) and byte >= 0xA0):
        return chr(byte)
    return bytes([byte]).decode("cp1252", "ignore") or char


_FONTS = (
    (".VN", Encoding.TCVN3),
    ("VNI", Encoding.VNI),
    ("VPS", Encoding.VPS),
)
_WINDOWS = {char: byte for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
# Programs that make PDFs take one of the two characters that a font prints alike.
_WINDOWS |= {"\u03bc": 0xB5, "\u2219": 0xB7, "\u02c9": 0xAF}
_VOWELS = frozenset("AEIOUYaeiouyĂÂÊÔƠƯăâêôơư")
_CASELESS = {
    Encoding.TCVN3: frozenset(char for char in TCVN3 if char.islower() and char not in "ăâêôơưđ"),
    Encoding.VPS: frozenset("ạẫậặẹệịọộợụữựỵ"),
}
"""Small letters whose byte is typed for the capital too."""

EVIDENCE = 20_000
_BEGINNING = 1_000
"""Characters that are looked at."""
_MODERN = re.compile("[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]")
"""Letters and marks that no byte could have been read as."""
LONE = re.compile(r"(?<![^\W\d_])[^\w\s]+(?![^\W\d_])")
"""Signs beside no letter, as in 10°55’03”: letters in some encoding, but no words."""
# Signs that stand around words part them; the others between A0 and BF are letters in one encoding or another.
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’–—…•\u00a0]+")
_ABBREVIATION = re.compile(r"[A-Z]+|[B-DF-HJ-NP-TV-XZĐ]+")
