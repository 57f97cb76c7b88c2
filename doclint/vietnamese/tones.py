"""Where the tone mark stands: old style hòa, khỏe, thủy and new style hoà, khoẻ, thuỷ are one word."""

from __future__ import annotations

import re


def new_tone_placement(text: str) -> str:
    """Return ``text``, in form C, with the marks of open oa, oe and uy where the new style sets them.

    The result has the length of the argument. Closed syllables (hoàn) and qu- (quý) are alike in both styles.
    """
    return _OLD.sub(lambda match: _NEW[match[0].lower()] if match[0].islower() else _cased(match[0]), text)


def _cased(pair: str) -> str:
    new = _NEW[pair.lower()]
    return "".join(char.upper() if old.isupper() else char for old, char in zip(pair, new, strict=True))


_NEW = {
    old + vowel: letter + new
    for letter, vowel, olds, news in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new in zip(olds, news, strict=True)
}
_OLD = re.compile(rf"(?:{'|'.join(_NEW)})(?!\w)", re.IGNORECASE)
