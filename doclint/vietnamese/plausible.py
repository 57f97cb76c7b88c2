"""How much a text looks like Vietnamese: the figures by which a text layer is judged, whoever judges it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import fold
from doclint.vietnamese.spelling import is_possible_syllable


@dataclass(frozen=True, slots=True)
class Plausibility:
    """Counts, and shares from 0 to 1; of a text without what is counted a share says the best."""

    printed: int
    """Characters but blanks."""
    strange: int
    """Those that no font of letters prints: U+FFFD, private use, control codes."""
    letters: int
    marked: float
    """Letters that Vietnamese has beyond the Latin ones; 0.20 to 0.30 in offices' documents."""
    syllables: int
    """Words but numbers, single letters and abbreviations."""
    possible: float
    """Syllables that are spelled as Vietnamese ones."""
    english: float
    """Words that are the commonest of English."""


def plausibility(text: str) -> Plausibility:
    """Measure ``text``, which must be in form C."""
    printed = [char for char in text if not char.isspace()]
    letters = [char for char in text if char.isalpha()]
    syllables = [token for token in _TOKEN.findall(text) if not _is_code(token)]
    folded = fold(text).split()
    return Plausibility(
        printed=len(printed),
        strange=sum(map(_is_strange, printed)),
        letters=len(letters),
        marked=sum(char in MARKED_LETTERS for char in letters) / len(letters) if letters else 1.0,
        syllables=len(syllables),
        possible=sum(map(is_possible_syllable, syllables)) / len(syllables) if syllables else 1.0,
        english=sum(word in _ENGLISH for word in folded) / len(folded) if folded else 0.0,
    )


def _is_strange(char: str) -> bool:
    return char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\x80" <= char <= "\x9f"


def _is_code(token: str) -> bool:
    """Tell whether a token is an abbreviation or a single letter, of which spelling says nothing."""
    return len(token) == 1 or (token.isupper() and len(token) <= 6 and token.isascii())


MARKED_LETTERS = frozenset(letter for letter in LOWER + UPPER if not letter.isascii())
"""Letters that Vietnamese has beyond the Latin ones."""
MIN_MARKED = 0.05
"""Share of such letters under which a text is not Vietnamese."""
MAX_ENGLISH = 0.06
"""Share of such words over which a text is English."""
_TOKEN = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset({"the", "of", "and", "in", "for", "is", "with", "by", "shall", "this", "that", "are", "or"})
