"""Judge what was read on something that looks like a stamp: worn letters, a frame, a seal or print among them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from digitize.secrets.marking import Level, highest, marking_level
from doclint.vietnamese.normalise import fold, nfc
from doclint.vietnamese.spelling import is_possible_syllable


def judged(texts: list[str], alike: float, *, whole: bool) -> tuple[Level | None, bool]:
    """Return the level when a reading of a place is a marking, and whether a reading shows a mention: GIẢI MẬT.

    A degree that is read in any of them counts, and TỐI MẬT, TUYỆT MẬT are a marking whatever stands beside. ``alike``
    is how like MẬT the place is, -1 to 1: it makes up for one letter. ``whole`` when the place has all of a stamp and
    nothing else, so that what cannot be read before MẬT may be any degree.
    """
    # A stroke of the frame ends what belongs together.
    segments = [segment for text in texts for segment in re.split(r"[|\[\]{}]", nfc(text))]
    found = [_level(segment, alike, whole) for segment in segments]
    level = highest(level for level, _ in found)
    if not whole and sum(level is not None for level, _ in found) == 1 and is_clear(texts):
        level = None  # the end of PHÁT, cut off, is like MÁT
    if level in (None, "mat") and alike >= _ALIKE_NEAR:
        level = highest((level, *map(_near, texts)))
    if level is None and alike >= _ALIKE_BY_END and _mostly_end_like_mat(texts):
        level = "mat"
    return level, level in (None, "mat") and any(mention for _, mention in found)


def is_clear(texts: list[str]) -> bool:
    """Tell whether a reading of a place is words or figures, of four letters or more, other than a spoilt marking."""
    return any(_clear_letters(re.split(r"[\W_]+", nfc(text))) >= _CLEAR for text in texts)


def _clear_letters(words: list[str]) -> int:
    """Count the letters of words that OCR has not made of MẬT, of a degree or of a line of the frame."""
    clear = sum(len(word) for word in words if _is_word(word))
    return clear + sum(len(word) for word in words if clear and (_degree(word) or _is_short_word(word)))


def _is_word(word: str) -> bool:
    if len(word) < 3:
        return False
    if word.isdigit() or _folded(word) in _URGENCY:
        return True
    if not (word.isupper() or word.islower() or word.istitle()) or _degree(word):
        return False
    return is_possible_syllable(word) and _NEAR_MAT.fullmatch(_folded(word)) is None


def _is_short_word(word: str) -> bool:
    return len(word) == 2 and is_possible_syllable(word)


def _level(text: str, alike: float, whole: bool) -> tuple[Level | None, bool]:
    if level := marking_level(text, lenient=True):
        return level, False
    words = [word for word in re.split(r"[\W_]+", text) if len(word) > 1]
    degrees = [
        degree for before, word in pairwise(words) if (degree := _degree(before)) and _ends(degree, before, word)
    ]
    if degrees:
        return highest(degrees), False
    if whole and len(words) == 1 and words[0] in _ALONE:
        return _ALONE[words[0]], False
    places = [place for place, word in enumerate(words) if _is_mat(word, alike)]
    if not places:
        return None, False
    mention = any(_is_other(word, alike) for word in words)
    unclear = whole and not mention and any(len(words[place - 1]) > 2 for place in places if place)
    return "tuyet-mat" if unclear else "mat", mention


def _mostly_end_like_mat(texts: list[str]) -> bool:
    """Tell whether most readings are a word with MẬT's last letters that is none: NIẬT, but not LUẬT or NHẬT."""
    ends = [word for text in texts for word in re.split(r"[\W_]+", nfc(text)) if word.isupper() and word.endswith("ẬT")]
    others = sum(len(word) > 5 or _folded(word) in _WORDS_IN_AT or word.endswith(("UẬT", "JẬT")) for word in ends)
    return bool(len(ends) - others > max(len(texts) / 2, others))


def _near(text: str) -> Level | None:
    """Return the degree when a reading that is no words is a spoilt TUYỆT MẬT or TỐI MẬT, with or without the space."""
    letters = "".join(_folded(word) for word in re.split(r"[\W_]+", nfc(text)))
    if is_clear([text]):
        return None
    edits = {level: _edits_within(letters, whole) for level, whole, _ in _WHOLE}
    nearest: Level = min(edits, key=edits.__getitem__)
    return nearest if any(edits[level] <= most for level, _, most in _WHOLE) else None


def _edits_within(text: str, part: str) -> int:
    """Return how many letters are wrong, lost or too many in the place of ``text`` that is most like ``part``."""
    before = [0] * (len(text) + 1)  # it may begin anywhere
    for number, letter in enumerate(part, start=1):
        row = [number]
        for place, other in enumerate(text):
            row.append(min(before[place] + (letter != other), before[place + 1] + 1, row[place] + 1))
        before = row
    return min(before)


def _ends(degree: Level, before: str, word: str) -> bool:
    """Tell whether ``word`` is the MẬT of a degree: read right, or spoilt after a degree that is clear."""
    if _is_mat(word, 0):
        return True
    spoilt = _SPOILT_AFTER_TUYET if degree == "tuyet-mat" else _SPOILT_AFTER_TOI
    return before.isupper() and word[:2].isupper() and spoilt.fullmatch(_folded(word)) is not None


def _is_mat(word: str, alike: float) -> bool:
    if (
        sum(char.isupper() or char.isdigit() for char in word) >= 3
        and word[0].isupper()
        and _MAT.fullmatch(_folded(word))
    ):
        return True
    return alike >= _ALIKE and word[:2].isupper() and _SPOILT.fullmatch(_folded(word)) is not None


def _is_other(word: str, alike: float) -> bool:
    """Tell a word in capitals that is no degree and no mark of urgency, which is stamped beside."""
    if not (word.isalpha() and word.isupper()) or _is_mat(word, alike) or _degree(word):
        return False
    return _folded(word) not in _URGENCY and _STROKES.fullmatch(_folded(word)) is None


@lru_cache(maxsize=8192)
def _degree(word: str) -> Level | None:
    folded = _folded(word)
    if _TUYET.fullmatch(folded):
        return "tuyet-mat"
    return "toi-mat" if _TOI.fullmatch(folded) else None


@lru_cache(maxsize=8192)  # of most pages most words are the same
def _folded(word: str) -> str:
    return fold(word).lower().translate(_LOOKALIKES)


_ALONE: dict[str, Level] = {"TỐI": "toi-mat", "TUYỆT": "tuyet-mat"}  # when a seal hides the rest
_WORDS_IN_AT = frozenset(("luat", "nhat", "that", "vat", "chat", "phat", "bat", "tat", "dat", "gat", "giat", "sat"))
_ALIKE_BY_END = 0.57
_ALIKE_NEAR = 0.53
# With how many letters spoilt: TỐI ĐA is two from TỐI MẬT, QUYẾT ĐỊNH four from TUYỆT MẬT.
_WHOLE: tuple[tuple[Level, str, int], ...] = (("tuyet-mat", "tuyetmat", 3), ("toi-mat", "toimat", 1))
_URGENCY = frozenset(("khan", "thuong", "hoa", "toc", "hen", "gio"))
_ALIKE = 0.62  # print that is no MẬT reaches 0.6
_LOOKALIKES = str.maketrans({"0": "o", "1": "i", "l": "i", "4": "a", "7": "t"})
_CLEAR = 4
_NEAR_MAT = re.compile(r"m\w{0,2}t?|\wat|ma\w|\wa[tnyi]")
_STROKES = re.compile(r"[ijtf]+")  # what a frame is read as
_MAT = re.compile(r"i?m[ia]?a{1,2}d?t{1,2}i?")
_SPOILT = re.compile(r"m[ia]?a.{0,2}")
# TỐI ĐA and TỐI HẬU are words.
_SPOILT_AFTER_TOI = re.compile(r"mi?a{1,2}.{0,2}|[hnw]i?a{1,2}t|at")
_SPOILT_AFTER_TUYET = re.compile(r"\w{0,2}a\w{0,2}")
_TOI = re.compile(r"[trf]o[it]?|[ijftr2]{0,2}oi|t[ou]i")
# Not TUYẾN and TUYÊN, which are words.
_TUYET = re.compile(r"[tihjf]{0,2}u?y[eai]{1,2}[ti]?|[tihjf]u?y?et|[tihjf]uy\w?[a-mo-z0-9]")
