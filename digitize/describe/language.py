"""The language of a text by its syllables: Vietnamese ones have a shape that other languages seldom hit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from digitize.describe.pieces import Piece
from digitize.describe.values import Field, absent, judged
from doclint.vietnamese.normalise import fold

CODES = {"vi": "01", "en": "02", "fr": "03", "ru": "04", "zh": "05", "vi-en": "06", "vi-ru": "07", "vi-fr": "08",
         "vi-zh": "10"}  # fmt: skip
"""Codes of Thông tư 05/2025/TT-BNV; any other language is 11."""
NAMES = {"vi": "Tiếng Việt", "en": "Tiếng Anh", "fr": "Tiếng Pháp", "ru": "Tiếng Nga", "zh": "Tiếng Trung",
         "vi-en": "Việt - Anh", "vi-ru": "Việt - Nga", "vi-fr": "Việt - Pháp", "vi-zh": "Việt - Trung"}  # fmt: skip


def language_field(found: Sequence[Piece]) -> Field:
    """Return the language, or two where Vietnamese shares the text with another; absent for too few words."""
    counts = Counter(_of_line(piece.text) for piece in found)
    total = sum(counts[name] for name in ("vi", "en", "fr", "ru", "zh"))
    if not total:
        return absent("không đủ chữ để biết", confidence=0.0)
    ranked = [(name, counts[name]) for name in ("vi", "en", "fr", "ru", "zh") if counts[name] >= max(2, 0.2 * total)]
    ranked.sort(key=lambda pair: -pair[1])
    names = [name for name, _ in ranked] or [max(counts, key=lambda name: (name != "", counts[name]))]
    code = f"vi-{names[0] if names[1] == 'vi' else names[1]}" if "vi" in names[:2] and len(names) > 1 else names[0]
    share = sum(counts[name] for name in code.split("-")) / total
    evidence = f"{sum(counts[name] for name in code.split('-'))} trong {total} dòng"
    return judged(NAMES.get(code, code), min(1.0, 0.4 + 0.6 * share) if total > 2 else 0.6, evidence, None)


def _of_line(text: str) -> str:
    """Return the language of a line, empty where it shows none."""
    if len(re.findall("[\u4e00-\u9fff]", text)) >= 4:
        return "zh"
    if len(re.findall("[а-яА-Я]", text)) >= 8:
        return "ru"
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", text)]
    if len(words) < 4:
        return ""
    marked = sum(bool(_TONED.search(word)) for word in words)
    if marked >= 0.25 * len(words):
        return "vi"
    english = sum(word in _ENGLISH for word in words)
    french = sum(word in _FRENCH for word in words)
    if max(english, french) >= max(2, 0.12 * len(words)):
        return "en" if english >= french else "fr"
    # Vietnamese that lost its marks is still made of short syllables.
    return "vi" if sum(bool(_SYLLABLE.fullmatch(fold(word))) for word in words) > 0.85 * len(words) else ""


_TONED = re.compile("[ăâđêôơưạảãấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏõốồổỗộớờởỡợụủũứừửữựỵỷỹ]")
_SYLLABLE = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
_ENGLISH = frozenset(
    ("the", "of", "and", "to", "in", "for", "on", "by", "with", "that", "shall", "be", "this", "is", "are", "from",
     "as", "at", "or", "article", "under", "which")
)  # fmt: skip
_FRENCH = frozenset(
    ("le", "la", "les", "de", "des", "du", "et", "en", "pour", "par", "sur", "une", "est", "dans", "que", "qui", "aux",
     "article", "au", "ce", "cette")
)  # fmt: skip
