"""Letters typed apart from their marks, and letters of other alphabets for the Vietnamese ones that look the same."""

from __future__ import annotations

from collections.abc import Iterator

from doclint.checks.unicode_form import ALIKE, ETH, LOOSE, WORD, Options, mixed
from doclint.document import Document, Span
from doclint.fixes.draft import Change, Draft, Left
from doclint.fixes.typing import Edit, typed

LATIN = dict(zip("АВЕЅІЈКМНОРСТУХаеорсухіјѕ", "ABESIJKMHOPCTYXaeopcyxijs", strict=True)) | dict(
    zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True)
)
"""Cyrillic and Greek letters and the Latin ones that nobody can tell from them."""


def fix(draft: Draft, options: Options) -> Iterator[Change | Left]:
    """Compose every letter that is apart from its mark; put Latin letters for those that look like them."""
    return typed(draft, _edits(draft.document, options))


def _edits(document: Document, options: Options) -> Iterator[Edit | Left]:
    text = document.text
    if "decomposed" in options.report:
        for place in document.decomposed:
            what = "dấu tách rời khỏi chữ → chữ Unicode dựng sẵn"
            yield Edit(Span(place, place + 1), text[place], what, _word(document, place))
        for mark in LOOSE.finditer(text):
            yield Left(_word(document, mark.start()), "dấu nằm sau chữ không mang được dấu ấy: gõ lại cả tiếng")
    if "lookalikes" in options.report:
        for eth in ETH.finditer(text):
            wanted = "Đ" if eth[0] == "Ð" else "đ"
            yield Edit(
                Span(*eth.span()), wanted, f"chữ {eth[0]} của tiếng Iceland → {wanted}", _word(document, eth.start())
            )
        for alphabet, letters in ALIKE.items():
            for word in mixed(letters).finditer(text):
                what = f"chữ {alphabet} → chữ La-tinh"
                for place in (place for place in range(*word.span()) if text[place] in letters):
                    yield Edit(Span(place, place + 1), LATIN[text[place]], what, Span(*word.span()))


def _word(document: Document, place: int) -> Span:
    """Return the word around ``place``."""
    start = place
    while start and WORD.match(document.text[start - 1]):
        start -= 1
    word = WORD.match(document.text, start)
    return Span(start, word.end() if word is not None else place + 1)
