"""Tesseract through pytesseract: a single run gives words, boxes, confidence and the order of reading."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.engines.engine import OcrFailed, Reading
from digitize.imaging.prepare import STEPS, prepare
from digitize.lm.correct import correct
from digitize.words import Word
from doclint.vietnamese.normalise import nfc

if TYPE_CHECKING:
    from digitize.lm.model import Model
    from digitize.pages import PageImage


class Tesseract:
    """The engine that every installation has. ``model`` corrects what it reads; None for other languages."""

    name = "tesseract"

    def __init__(self, language: str, model: Model | None) -> None:
        self._language, self._model = language, model

    @property
    def version(self) -> str:
        """The version of the program."""
        import pytesseract

        return f"tesseract {pytesseract.get_tesseract_version(cached=True)}"

    def read(self, page: PageImage, seconds: int) -> Reading:
        """Return the words of a page, as ``Engine`` says."""
        prepared = prepare(page, STEPS)
        words = recognise(prepared.page, self._language, seconds)
        return Reading(prepared.back(correct(words, self._model) if self._model else words), prepared.decisions)


WHOLE_PAGE, ONE_BLOCK = 3, 6
"""Modes of Tesseract (--psm): it finds the columns itself, or all lines are of one block."""


def recognise(page: PageImage, language: str, seconds: int, mode: int = WHOLE_PAGE) -> tuple[Word, ...]:
    """Return the words of a page in reading order, as they were read.

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
                config=f"--dpi {round(page.dpi)} --psm {mode}",
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
