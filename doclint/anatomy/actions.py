"""The verbs of work: what a task is told in, and where the name of the one who does it ends."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from doclint.vietnamese.patterns import one_of, spaced
from vanthu.data import data_lines

_VERBS = data_lines(Path(__file__).with_name("verbs.txt"))
LONG_VERB = rf"{one_of(verb for verb in _VERBS if ' ' in verb)}(?!\w)"
VERB = rf"{one_of(_VERBS)}(?!\w)"
SHORT_VERB = rf"{one_of(verb for verb in _VERBS if ' ' not in verb)}(?!\w)"
"""Patterns of a verb as it stands inside a sentence; the long ones are no second half of a word of a name."""
DUTY = r"(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|được giao|được phân công|sẽ|định kỳ|mỗi|hằng)(?!\w)"
"""Pattern of what may stand between the one who does it and the verb."""
_LONGEST = 120
"""Characters that are looked at: more than any verb with all that may stand before it."""


def begins_with_action(text: str) -> bool:
    """Tell whether ``text`` begins with the verb of a piece of work."""
    return _begins().match(text[:_LONGEST].lower()) is not None


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(spaced(rf"\s*(?:(?:và|đồng thời|sau đó) )?(?:{DUTY} )*{VERB}"))
