"""Runs of text whose font says the encoding: «Céng hoµ» in .VnTime is «Cộng hoà»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from doclint.vietnamese.legacy import EVIDENCE, LONE, Encoding, decode, detect, encoding_of_font, is_capital_font
from doclint.vietnamese.letters import LOWER, UPPER
from doclint.vietnamese.normalise import nfc_with_offsets
from doclint.vietnamese.spelling import is_possible_syllable

Verdicts = Mapping[Encoding | Literal["stray"] | None, Encoding | None]
"""What runs are really in, by what their fonts say; None stands for Unicode on both sides.

Under ``stray`` stands what single runs among those of Unicode may be in.
"""


def to_unicode(
    text: str, font_name: str | None, verdicts: Verdicts | None = None
) -> tuple[str, tuple[int, ...] | None, Encoding | None]:
    """Return the text of a run in form C, the offsets of ``nfc_with_offsets``, and the encoding it was converted from.

    Old styles keep naming fonts like .VnTime over text that has long been Unicode, and text of .VnTime is found under
    Unicode fonts: ``verdicts`` of ``judge`` on all runs of the document settle that. Without them the run is judged
    alone, which may go wrong for a syllable or two. A soft hyphen is the letter ư in TCVN3: hand it over as U+00AD;
    elsewhere it prints nothing and is left out.
    """
    if verdicts is None:
        verdicts = judge([(text, font_name)])
    encoding = None if _is_modern(text) else verdicts.get(encoding_of_font(font_name))
    if encoding is None and (stray := verdicts.get("stray")) is not None and _gain(text, stray) > 0:
        encoding = stray
    if encoding is not None:
        decoded, offsets = decode(text, encoding, upper=is_capital_font(font_name))
        if offsets is not None:
            return decoded, offsets, encoding
    return *_without_soft_hyphens(*nfc_with_offsets(text)), None


def judge(runs: Iterable[tuple[str, str | None]]) -> Verdicts:
    """Return what the runs of a document, given as (raw text, name of the font), are in."""
    texts: dict[Encoding | None, list[str]] = {}
    for text, font_name in runs:
        texts.setdefault(encoding_of_font(font_name), []).append(text)
    verdicts: dict[Encoding | Literal["stray"] | None, Encoding | None] = {}
    for claimed, own in texts.items():
        # Runs are cut anywhere, also inside words: they are joined as they stand.
        whole = "".join(own)[:EVIDENCE]
        believed = claimed is not None and _gain(whole, claimed) >= 0
        verdicts[claimed] = (claimed if believed else None) if claimed is not None else detect(whole)
    unicode_runs = [text for claimed, own in texts.items() if verdicts[claimed] is None for text in own]
    verdicts["stray"] = _stray(unicode_runs)
    return verdicts


def converted(encodings: Iterable[Encoding]) -> list[str]:
    """Return the note that a report carries when text was converted: it is not what the file says byte for byte."""
    names = ", ".join(sorted(encodings))
    return [f"chuyển sang Unicode từ bảng mã cũ {names}"] if names else []


def _stray(runs: list[str]) -> Encoding | None:
    """Return the encoding of the runs that would be more Vietnamese in one, if together they are evidence enough."""
    doubtful = [run for run in dict.fromkeys(runs) if not run.isascii() and not _is_modern(run)]
    for encoding in Encoding:
        if detect("\n".join(run for run in doubtful if _gain(run, encoding) > 0)) is encoding:
            return encoding
    return None


def _gain(text: str, encoding: Encoding) -> int:
    """Return how many more words are Vietnamese when ``text`` is read in ``encoding``."""
    # A sign that stands beside no letter is a sign.
    text = LONE.sub(" ", text)
    return _vietnamese_words(decode(text, encoding)[0]) - _vietnamese_words(nfc_with_offsets(text)[0])


def _vietnamese_words(text: str) -> int:
    # A capital after a small letter comes of bytes that no keyboard typed.
    return sum(
        1
        for word in _WORD.findall(text)
        if not word.isascii()
        and (word.isupper() or word[1:].islower() or len(word) == 1)
        and is_possible_syllable(word)
    )


def _is_modern(text: str) -> bool:
    return not _MODERN.isdisjoint(text)


def _without_soft_hyphens(text: str, offsets: tuple[int, ...] | None) -> tuple[str, tuple[int, ...] | None]:
    if "\u00ad" not in text:
        return text, offsets
    kept = [place for place, char in enumerate(text) if char != "\u00ad"] + [len(text)]
    return text.replace("\u00ad", ""), tuple(kept if offsets is None else (offsets[place] for place in kept))


_MODERN = frozenset(char for char in LOWER + UPPER if ord(char) > 0xFF) | frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Letters and marks that no byte could have been read as."""

_WORD = re.compile(r"[^\W\d_]+")
