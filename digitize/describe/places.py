"""The place in the name of a body, spelt as the whole document spells it: accents on capitals are easily misread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from digitize.describe.bodies import UNITS
from digitize.describe.gazetteer import provinces
from digitize.describe.likeness import letters
from digitize.describe.values import SURE, Field, ReadPage


def spelt_as_elsewhere(field: Field, pages: Sequence[ReadPage]) -> Field:
    """Return ``field``, a body, with its place as most of ``pages`` spell it; for review where they do not agree.

    Of two spellings that are as frequent, that of the small letters counts, unless it was read unsurely, and less
    surely than the other. A province is known without that.
    """
    begin = _place_in(field.value)
    if begin is None:
        return field
    head, name = field.value[:begin], field.value[begin:]
    spellings: dict[str, list[float]] = {}
    for spelling, sure in _spellings(name, pages):
        spellings.setdefault(spelling, []).append(sure)
    mine = spellings.pop(name, [])
    if not spellings:
        return field
    other, theirs = max(spellings.items(), key=lambda one: (len(one[1]), max(one[1])))
    own, times = len(mine), len(theirs)
    if own >= _CLEARLY * times:
        return field
    surer = max(theirs) >= min(100 * SURE, max(mine, default=0.0))
    value = head + (other if times > own or (times == own and surer) else name)
    evidence = f"{field.evidence}; chỗ khác trong văn bản viết «{other}» ({times} lần)"
    if times >= _CLEARLY * own:
        return replace(field, value=value, evidence=evidence)
    confidence = min(field.confidence, SURE - 0.01)
    return replace(field, value=value, status="review", confidence=confidence, evidence=evidence)


def _place_in(value: str) -> int | None:
    """Return where the place after tỉnh, xã… begins in the name of a body, None where it has none to look for."""
    for unit in (*(f" {unit} " for unit in UNITS), *_COMMITTEES):
        before, found, name = value.rpartition(unit)
        if found and name.istitle() and letters(name) not in provinces():
            return len(before) + len(found)
    return None


def _spellings(name: str, pages: Sequence[ReadPage]) -> Iterator[tuple[str, float]]:
    """Yield every spelling of ``name`` that stands on the pages, whatever its accents, each word with a capital.

    And the confidence of the word in it that was read least surely.
    """
    wanted = [letters(word) for word in name.split()]
    for page in pages:
        words = [word.text.strip(_MARKS) for word in page.words]
        keys = [letters(word) for word in words]
        for at in range(len(keys) - len(wanted) + 1):
            if keys[at : at + len(wanted)] == wanted:
                sure = min(word.confidence for word in page.words[at : at + len(wanted)])
                yield " ".join(word.capitalize() for word in words[at : at + len(wanted)]), sure


_COMMITTEES = ("Tỉnh ủy ", "Thành ủy ", "Huyện ủy ", "Quận ủy ", "Thị ủy ")
"""Bodies whose place stands right behind what they are."""
_CLEARLY = 3
"""Times that one spelling is more frequent than another where there is no doubt."""
_MARKS = ".,;:()[]«»“”\"'-–/"
