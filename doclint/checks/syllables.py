"""Words in small letters that cannot be Vietnamese syllables and stand near one that everybody writes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.letters import LOWER
from doclint.vietnamese.spelling import is_possible_syllable

PLACEHOLDERS = frozenset({"word", "right", "count"})


@dataclass(frozen=True, slots=True)
class Options:
    """``common``: the syllables that a wrong word may stand for, the most frequent first, parted by blanks."""

    common: str


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each wrong word once, at its first place; names, foreign words and recognised scans are left alone."""
    if any(_RECOGNISED in note for note in document.notes):
        return
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(document.text):
        word = match[0]
        if _is_suspect(word):
            found.setdefault(word, []).append(Span(*match.span()))
    for word, spans in found.items():
        # What somebody capitalises is a name.
        if word.capitalize() in document.text:
            continue
        right = _corrections(word, options.common, glued=document.format != "pdf")
        if right:
            yield Match(spans[0], {"word": word, "right": " hoặc ".join(right[:3]), "count": str(len(spans))})


@lru_cache(maxsize=16_384)
def _is_suspect(word: str) -> bool:
    if word.isascii():
        return _TYPED.search(word) is not None
    return not is_possible_syllable(word)


@lru_cache(maxsize=1024)
def _corrections(word: str, common: str, *, glued: bool) -> tuple[str, ...]:
    """Return the common syllables that ``word`` may stand for, the likeliest first; none for a foreign word."""
    known = _known(common)
    typed = [right for right in (_from_telex(word, known), _from_vni(word, known)) if right]
    if typed or word.isascii():
        return tuple(typed)
    parted = _parted(word, known) if glued else ()
    letters, tones = _parts(word)
    # Foreign words bear no tone marks.
    if len(letters) < 3 or (not tones and _FOREIGN.search(letters)):
        return parted
    misplaced: list[str] = []
    toned: list[str] = []
    edited: list[str] = []
    for right, (own_letters, own_tones) in known.items():
        same = own_tones == tones or (len(tones) > 1 and own_tones in tones)
        if letters == own_letters:
            (misplaced if same else toned).append(right)
        # What begins with a vowel may be the rest of a word that a blank cut in two.
        elif same and letters[0] not in _VOWELS and _edits(letters, own_letters) == 1:
            edited.append(right)
    return tuple(misplaced or toned or edited) or parted


@lru_cache(maxsize=4)
def _known(common: str) -> dict[str, tuple[str, str]]:
    return {word: _parts(word) for word in common.split()}


def _parts(word: str) -> tuple[str, str]:
    """Return the letters of ``word`` without tone, and all its tone marks."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub(f"[{_TONES}]", "", apart)), "".join(c for c in apart if c in _TONES)


def _edits(left: str, right: str) -> int:
    """Return 0 for equal words, 1 when a letter more, less, other or two swapped part them, else 2."""
    if left == right:
        return 0
    if abs(len(left) - len(right)) > 1:
        return 2
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    one, other = left[start:], right[start:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return 1 if one[1:] == other or one == other[1:] or one[1:] == other[1:] or swapped else 2


def _parted(word: str, known: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    """Return the two syllables written as one word: long ones only, for «lôtô» is no such thing."""
    for place in range(2, len(word) - 1):
        first, second = word[:place], word[place:]
        if first in known and second in known and len(first) >= 4 and not first.isascii():
            return (f"{first} {second}",)
    return ()


def _from_telex(word: str, known: dict[str, tuple[str, str]]) -> str:
    """Return the syllable that the keys of the Telex method make, empty when they make no common one."""
    if not _TYPED.search(word):
        return ""
    shaped = re.sub("dd|uow|uwow|aa|ee|oo|aw|ow|uw", lambda keys: _TELEX[keys[0]], word)
    tone = re.search("(?<=[aăâeêioôơuưy])[nmgcpth]{0,2}([sfrxj])", shaped)
    if tone is None:
        return shaped if shaped in known else ""
    return _toned(shaped[: tone.start(1)] + shaped[tone.end(1) :], _TELEX[tone[1]], known)


def _from_vni(word: str, known: dict[str, tuple[str, str]]) -> str:
    """Return the syllable that the keys of the VNI method make, empty when they make no common one."""
    digits = re.sub(r"\D", "", word)
    if len(digits) < 2:
        return ""
    letters = re.sub(r"\d", "", word)
    for key, pattern in _VNI_SHAPES:
        if key in digits:
            letters = pattern.sub(lambda vowels: "".join(map(_SHAPED[key].__getitem__, vowels[0])), letters, count=1)  # noqa: B023
    tones = [_VNI_TONES[digit] for digit in digits if digit in _VNI_TONES]
    return _toned(letters, tones[0], known) if tones else (letters if letters in known else "")


def _toned(letters: str, tone: str, known: dict[str, tuple[str, str]]) -> str:
    return next((word for word, parts in known.items() if parts == (letters, tone)), "")


_RECOGNISED = "lớp chữ nhận dạng"
"""How the reader of PDF files tells of text that a machine read."""

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
# Beside a hyphen, dot, slash or @ stand parts of foreign names, addresses and codes; a soft hyphen cuts a word.
_WORD = re.compile(
    rf"(?<![\w@/’'\-–\u00ad\u200b])(?<!\w\.)(?:[{LOWER}]{{3,9}}|[a-z]+[1-9][a-z1-9]{{1,8}})(?![\w@/’'\-–\u00ad\u200b]|[.:]\w)"
)
_TYPED = re.compile("^dd|[aou]w|j[nmgcpth]{0,2}$|[a-z][1-9][a-z]*[1-9]|d9")
"""Keys left in a word. English has the other keys of Telex at these places."""
_FOREIGN = re.compile(
    r"^(?!ch|gh|kh|ng|nh|ph|th|tr)([bcdđghklmnpqrstvx])(?!\1)[bcdđghklmnpqrstvx]|[fjwz]|[^aăâeêioôơuưy]{3}(?<!ngh)"
)
"""In letters without tone: what only foreign words have."""
_TELEX = {
    "dd": "đ", "uow": "ươ", "uwow": "ươ", "aa": "â", "ee": "ê", "oo": "ô", "aw": "ă", "ow": "ơ", "uw": "ư",
    "s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323",
}  # fmt: skip
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_SHAPED = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VNI_SHAPES = tuple(
    (key, re.compile(pattern)) for key, pattern in (("6", "[aeo]"), ("7", "uo|[uo]"), ("8", "a"), ("9", "d"))
)
