"""Letters typed apart from their marks, and letters of other alphabets that look like Vietnamese ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.vietnamese.letters import LOWER, UPPER

PLACEHOLDERS = frozenset({"word", "what", "count"})


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: ``decomposed`` for marks apart from their letters, ``lookalikes`` for letters of other alphabets."""

    report: tuple[Literal["decomposed", "lookalikes"], ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first word of each sort, and how many letters are like it."""
    if "decomposed" in options.report:
        yield from _decomposed(document)
    if "lookalikes" in options.report:
        yield from _lookalikes(document)


def _decomposed(document: Document) -> Iterator[Match]:
    # A mark that no letter takes is left in the text.
    loose = [mark.start() for mark in LOOSE.finditer(document.text)] if document.format != "pdf" else []
    places = sorted((*document.decomposed, *loose))
    if places:
        yield _match(document, places, "có dấu tách rời khỏi chữ (Unicode tổ hợp)")


def _lookalikes(document: Document) -> Iterator[Match]:
    """Ð of Icelandic stands for Đ before any letter; Cyrillic and Greek letters are wrong inside Latin words only."""
    icelandic = [match.start() for match in ETH.finditer(document.text)]
    if icelandic:
        yield _match(document, icelandic, "dùng chữ Ð (U+00D0, chữ Iceland) thay cho Đ")
    for alphabet, letters in ALIKE.items():
        places = [match.start() for match in mixed(letters).finditer(document.text)]
        if places:
            yield _match(document, places, f"lẫn chữ {alphabet} trông giống chữ La-tinh")


def _match(document: Document, places: list[int], what: str) -> Match:
    text = document.text
    start = places[0]
    while start and WORD.match(text[start - 1]):
        start -= 1
    word = WORD.match(text, start)
    span = Span(start, word.end() if word is not None else places[0] + 1)
    return Match(span, {"word": document.at(span), "what": what, "count": str(len(places))})


@cache
def mixed(letters: str) -> re.Pattern[str]:
    """Return the pattern of words with two Latin letters and one of ``letters``; «µm», «ΔT» are formulas."""
    return re.compile(
        rf"(?<!\w)(?:[{_LATIN}]+[{letters}][{_LATIN}{letters}]+|[{_LATIN}]{{2,}}[{letters}]|[{letters}][{_LATIN}]{{2,}})(?!\w)"
    )


_LATIN = LOWER + UPPER
ALIKE = {
    "Cyrillic (Nga)": "АВЕЅІЈКМНОРСТУХаеорсухіјѕ",
    "Hy Lạp": "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
}
ETH = re.compile(rf"[Ðð](?=[{_LATIN}])")
LOOSE = re.compile(rf"(?<=[{_LATIN}])[\u0300\u0301\u0303\u0309\u0323\u0306\u0302\u031b]")
WORD = re.compile("[\\w\u0300-\u036f]+")
