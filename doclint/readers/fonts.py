"""Runs of text whose font says the encoding: «Céng hoµ» in .VnTime is «Cộng hoà»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from doclint.vietnamese.legacy import Encoding, decode, detect, encoding_of_font, is_capital_font
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import nfc_with_offsets
from doclint.vietnamese.spelling import is_possible_syllable

Verdicts = Mapping[Encoding | None, Encoding | None]
"""What runs are really in, by what their fonts say; None stands for Unicode on both sides."""


def to_unicode(
    text: str, font_name: str | None, verdicts: Verdicts | None = None
) -> tuple[str, tuple[int, ...] | None, Encoding | None]:
    """Return the text of a run in form C, the offsets of ``nfc_with_offsets``, and the encoding it was converted from.

    Old styles keep naming fonts like .VnTime over text that has long been Unicode, and text of .VnTime is found under
    Unicode fonts: ``verdicts`` of ``judge`` on all runs of the document settle that. Without them the run is judged
    alone, which may go wrong for a syllable or two.
    """
    claimed = encoding_of_font(font_name)
    encoding = (judge([(text, font_name)]) if verdicts is None else verdicts).get(claimed)
    if encoding is not None and not _is_modern(text):
        decoded, offsets = decode(text, encoding, upper=is_capital_font(font_name))
        if offsets is not None:
            return decoded, offsets, encoding
    return *nfc_with_offsets(text), None


def judge(runs: Iterable[tuple[str, str | None]]) -> Verdicts:
    """Return what the runs of a document, given as (raw text, name of the font), are in."""
    texts: dict[Encoding | None, list[str]] = {}
    for text, font_name in runs:
        texts.setdefault(encoding_of_font(font_name), []).append(text)
    # Runs are cut anywhere, also inside words: they are joined as they stand.
    return {
        claimed: detect("".join(own)) if claimed is None else _believed("".join(own), claimed)
        for claimed, own in texts.items()
    }


def _believed(text: str, claimed: Encoding) -> Encoding | None:
    """Return the encoding the fonts claim unless more words are Vietnamese without it."""
    text = text[:_EVIDENCE]
    unicode_words = sum(1 for word in _WORD.findall(nfc_with_offsets(text)[0]) if _is_vietnamese(word))
    legacy_words = sum(1 for word in _WORD.findall(decode(text, claimed)[0]) if _is_vietnamese(word))
    return claimed if legacy_words >= unicode_words else None


def _is_vietnamese(word: str) -> bool:
    # A capital after a small letter comes of bytes that no keyboard typed.
    cased = word.islower() or word.isupper() or word[1:].islower()
    return not word.isascii() and cased and is_possible_syllable(word)


def _is_modern(text: str) -> bool:
    return not _MODERN.isdisjoint(text)


_MODERN = frozenset(char for char in LOWER + UPPER if ord(char) > 0xFF) | frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Letters and marks that no byte could have been read as."""

_WORD = re.compile(r"[^\W\d_]+")
_EVIDENCE = 20_000
"""Characters that are looked at."""
