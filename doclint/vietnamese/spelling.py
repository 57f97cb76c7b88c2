"""Which strings of letters can be a Vietnamese syllable: onset, rhyme and tone, as the orthography writes them.

The tables follow the description of the written syllable in Đoàn Thiện Thuật, Ngữ âm tiếng Việt, and the spelling rules
of the school textbooks (k, gh, ngh before i, e, ê; tones of stopped rhymes). Loanwords that became syllables (xoong,
buýt, gioăng) are in; foreign names, abbreviations and words without marks are for the caller to leave aside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache


@lru_cache(maxsize=16_384)
def is_possible_syllable(syllable: str) -> bool:
    """Tell whether ``syllable``, in any case and Unicode form, is spelled like a Vietnamese one.

    Both tone placements of open oa, oe, uy are right (hòa, hoà), and y for i where offices write it (kỹ, kĩ). The few
    highland place names that every map spells in their own way (Đắk, Krông, Kạn) count as possible.
    """
    letters = unicodedata.normalize("NFC", syllable).lower()
    if letters in HIGHLAND_NAMES:
        return True
    toneless, tone, position = _without_tone(letters)
    known = _syllables().get(toneless)
    if known is None:
        return False
    positions, stopped = known
    if not tone:
        return not stopped
    return position in positions and (not stopped or tone in _STOPPED_TONES)


def _without_tone(letters: str) -> tuple[str, str, int]:
    """Return ``letters`` without tone, the tone mark ("" for level) and which letter bears it (-1: none, two tones)."""
    tone, position = "", -1
    plain: list[str] = []
    for number, letter in enumerate(letters):
        base, mark = _TONED.get(letter, (letter, ""))
        if mark and tone:
            return letters, "", -1
        if mark:
            tone, position = mark, number
        plain.append(base)
    return "".join(plain), tone, position


@cache
def _syllables() -> dict[str, tuple[frozenset[int], bool]]:
    """Map every syllable without tone to the places where a tone may stand and whether a stop closes it."""
    found: dict[str, tuple[frozenset[int], bool]] = {}
    for onset, rhyme in _pairs():
        syllable = onset + rhyme
        places = frozenset(len(onset) + place for place in _tone_places(rhyme, after_qu=onset == "qu"))
        earlier = found.get(syllable, (frozenset(), False))[0]
        found[syllable] = (places | earlier, rhyme.endswith(("c", "ch", "p", "t")))
    return found


def _pairs() -> Iterator[tuple[str, str]]:
    for onset in _ONSETS:
        for rhyme in _RHYMES:
            if _goes_before(onset, rhyme):
                yield onset, rhyme
        for rhyme in _ROUNDED:
            if onset in _ROUNDING:
                yield onset, rhyme
    for rhyme in _RHYMES:
        if rhyme[0] in "aăâeêi" and not rhyme.startswith(("ia", "iê")):
            yield "qu", rhyme
        if rhyme[0] not in "i":
            yield "gi", rhyme
    yield from (("qu", rhyme) for rhyme in _AFTER_QU)
    yield from (("gi", rhyme) for rhyme in _AFTER_GI)
    yield from (("g", rhyme) for rhyme in ("i", "im", "in", "ip", "it"))
    yield from _LOANS
    yield from (("", rhyme) for rhyme in ("y", "yêm", "yên", "yêng", "yêt", "yêu"))
    yield from ((onset, "y") for onset in _BEFORE_Y)


def _goes_before(onset: str, rhyme: str) -> bool:
    front = rhyme[0] in "ieê"
    if onset in ("k", "gh", "ngh"):
        return front
    if onset in ("c", "g", "ng"):
        return not front
    return bool(onset) or not rhyme.startswith("iê")


def _tone_places(rhyme: str, *, after_qu: bool) -> tuple[int, ...]:
    """Return which letters of ``rhyme`` may bear the tone; two for open oa, oe, uy."""
    vowels = rhyme.rstrip("cghmnpt")
    marked = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    if len(rhyme) > len(vowels):
        return (len(vowels) - 1,)
    if vowels in ("oa", "oe", "uy") and not after_qu:
        return (0, 1)
    return (1,) if len(vowels) == 3 else (0,)


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _rhymes(endings: dict[str, str]) -> tuple[str, ...]:
    return tuple(vowels + ending.strip("-") for vowels, listed in endings.items() for ending in listed.split())


_TONED = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone)
    for vowel in "aăâeêioôơuưy"
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
_STOPPED_TONES = "\u0301\u0323"

_ONSETS = ("", *_listed("b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"))

_RHYMES = _rhymes(
    {
        "a": "- c ch i m n ng nh o p t u y",
        "ă": "c m n ng p t",
        "â": "c m n ng p t u y",
        "e": "- c m n ng o p t",
        "ê": "- ch m n nh p t u",
        "i": "- a ch m n nh p t u",
        "iê": "c m n ng p t u",
        "o": "- c i m n ng p t",
        "oo": "c ng",
        "ô": "- c i m n ng p t",
        "ơ": "- i m n p t",
        "u": "- a c i m n ng p t",
        "uô": "c i m n ng t",
        "ư": "- a c i m n ng t u",
        "ươ": "c i m n ng p t u",
    }
)
_ROUNDED = _rhymes(
    {
        "oa": "- c ch i m n ng nh o p t y",
        "oă": "c m n ng p t",
        "oe": "- m n ng o t",
        "uâ": "n ng t y",
        "uê": "- ch nh",
        "uơ": "-",
        "uy": "- a ch n nh p t u",
        "uyê": "n t",
    }
)
"""Rhymes that begin with a rounded glide; after q the glide belongs to the onset."""

_ROUNDING = frozenset(("", *_listed("ch d đ h kh l n ng nh r s t th tr x")))
_LOANS = (("b", "oa"), ("b", "uyt"), ("g", "oa"), ("m", "oay"), ("ph", "uy"), ("t", "yp"), ("v", "oan"))
"""Boa, buýt, goá, moay, phuy, týp, voan: rare, and against the rules above."""

_AFTER_QU = _listed("y ych ynh yt yên yêt ơ ôc")
_AFTER_GI = ("êc", "êng", "oăng")
"""Giêng, giếc stand for gi-iêng, gi-iêc: the second i is not written."""

_BEFORE_Y = _listed("h k l m n s t th v")

HIGHLAND_NAMES = frozenset(_listed("đắk đăk lắk lăk búk pắk drắk krông prông plông kông srêpốk sêrêpốk kạn jút"))
"""As decrees on administrative units spell them."""
