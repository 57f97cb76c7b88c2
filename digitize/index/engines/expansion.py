"""The words that a prefix stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from digitize.index.analysis import both_forms
from digitize.index.engines.engine import MOST_EXPANSIONS
from vanthu.errors import VanthuError


def expanded(words: Sequence[str], prefix: str) -> list[str]:
    """Return those of the sorted ``words`` that begin with ``prefix``. Raises VanthuError when they are too many.

    The prefix as a whole word is one of them even where that is written otherwise: quy is kept as qui.
    """
    start = bisect_left(words, prefix)
    end = bisect_left(words, prefix + "\U0010ffff", start)
    if end - start > MOST_EXPANSIONS:
        raise VanthuError(f"quá nhiều từ bắt đầu bằng «{prefix}»", hint="gõ thêm vài chữ cái trước dấu *")
    whole = both_forms(prefix)[1]
    at = bisect_left(words, whole)
    other = [whole] if whole != prefix and at < len(words) and words[at] == whole else []
    return [*words[start:end], *other]
