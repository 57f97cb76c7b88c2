"""Read one page image with Tesseract: a single run gives words, boxes, confidence and the order of reading."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from doclint.vietnamese.normalise import nfc
from vanthu.errors import VanthuError

if TYPE_CHECKING:
    from digitize.pages import PageImage


class OcrFailed(VanthuError):
    """One page could not be read; the others can."""


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


def read(page: PageImage, language: str, seconds: int) -> tuple[Word, ...]:
    """Return the words of a page in reading order.

    Temporary files go to ``tempfile.tempdir``. Raises OcrFailed when Tesseract fails or takes more than ``seconds``.
    """
    import pytesseract

    with tempfile.TemporaryDirectory() as folder:
        # Written here and not by pytesseract, which would spend a third of a second compressing a PNG.
        path = Path(folder) / "page.pnm"
        page.image.save(path)
        try:
            tsv = pytesseract.image_to_data(
                str(path),
                lang=language,
                config=f"--dpi {round(page.dpi)}",
                timeout=seconds,
                output_type=pytesseract.Output.STRING,
            )
        except pytesseract.TesseractError as error:
            raise OcrFailed(f"Tesseract báo lỗi {error.status}: {' '.join(error.message.split())[:200]}") from error
        except RuntimeError as error:  # how pytesseract says that it killed the process
            raise OcrFailed(f"đọc quá {seconds} giây") from error
    return parse_tsv(tsv)


def parse_tsv(tsv: str) -> tuple[Word, ...]:
    """Return the words of Tesseract's TSV. Raises OcrFailed when it is not TSV of twelve columns."""
    words = []
    for row in tsv.split("\n")[1:]:
        cells = row.rstrip("\r").split("\t", 11)
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        try:
            block, paragraph, line = (int(cell) for cell in cells[2:5])
            left, top, width, height = (int(cell) for cell in cells[6:10])
            confidence = float(cells[10])
        except ValueError as error:
            raise OcrFailed("kết quả của Tesseract sai khuôn dạng") from error
        text = " ".join(nfc(cells[11]).split())
        words.append(Word(text, left, top, left + width, top + height, round(confidence, 1), block, paragraph, line))
    return tuple(words)


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
