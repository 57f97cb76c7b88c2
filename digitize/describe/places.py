"""The place in the name of a body, spelt as the whole document spells it: accents on capitals are easily misread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from digitize.describe.bodies import UNITS
from digitize.describe.gazetteer import provinces
from digitize.describe.likeness import letters
from digitize.describe.values import SURE, Field, ReadPage


def spelt_as_elsewhere(field: Field, pages: Sequence[ReadPage]) -> Field:
    """Return ``field``, a body, with its place as most of ``pages`` spell it; for review where they do not agree.

    A province is known without that.
    """
    begin = _place_in(field.value)
    if begin is None:
        return field
    head, name = field.value[:begin], field.value[begin:]
    spellings = Counter(_spellings(name, pages))
    own = spellings.pop(name, 0)
    if not spellings:
        return field
    other, times = spellings.most_common(1)[0]
    if own >= _CLEARLY * times:
        return field
    value = head + (other if times >= own else name)
    evidence = f"{field.evidence}; chỗ khác trong văn bản viết «{other}» ({times} lần)"
    if times >= _CLEARLY * own:
        return replace(field, value=value, evidence=evidence)
    confidence = min(field.confidence, SURE - 0.01)
    return replace(field, value=value, status="review", confidence=confidence, evidence=evidence)


def _place_in(value: str) -> int | None:
    """Return where the place after tỉnh, xã… begins in the name of a body, None where it has none to look for."""
    for unit in UNITS:
        before, found, name = value.rpartition(f" {unit} ")
        if found and name.istitle() and letters(name) not in provinces():
            return len(before) + len(found)
    return None


def _spellings(name: str, pages: Sequence[ReadPage]) -> Iterator[str]:
    """Yield every spelling of ``name`` that stands on the pages, whatever its accents, each word with a capital."""
    wanted = [letters(word) for word in name.split()]
    for page in pages:
        words = [word.text.strip(_MARKS) for word in page.words]
        keys = [letters(word) for word in words]
        for at in range(len(keys) - len(wanted) + 1):
            if keys[at : at + len(wanted)] == wanted:
                yield " ".join(word.capitalize() for word in words[at : at + len(wanted)])


_CLEARLY = 3
"""Times that one spelling is more frequent than another where there is no doubt."""
_MARKS = ".,;:()[]«»“”\"'-–/"
