"""The words of a page as every engine gives them, and the text that they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Word:
    """A word in NFC; its box in pixels of the page image from the top left; confidence 0–100; where it is set.

    ``raw`` is what was read where ``text`` was corrected, else empty.
    """

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    block: int
    paragraph: int
    line: int
    raw: str = ""


Line = tuple[Word, ...]


def lines(words: tuple[Word, ...]) -> Iterator[Line]:
    """Yield the printed lines of a page in reading order."""
    for _, group in groupby(words, key=lambda word: (word.block, word.paragraph, word.line)):
        yield tuple(group)


def line_text(line: Line) -> str:
    """Return a line as text."""
    return " ".join(word.text for word in line)


def page_text(words: tuple[Word, ...]) -> str:
    """Return the text of a page: printed lines as lines, a blank line between paragraphs."""
    paragraphs = groupby(lines(words), key=lambda line: (line[0].block, line[0].paragraph))
    return "\n\n".join("\n".join(line_text(line) for line in paragraph) for _, paragraph in paragraphs)


def as_read(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return words as they were before any correction."""
    return tuple(replace(word, text=word.raw, raw="") if word.raw else word for word in words)


def mean_confidence(words: tuple[Word, ...]) -> float | None:
    """Return the mean confidence of a page, each word weighing its letters; None for an empty page."""
    letters = sum(len(word.text) for word in words)
    return round(sum(word.confidence * len(word.text) for word in words) / letters, 1) if letters else None
