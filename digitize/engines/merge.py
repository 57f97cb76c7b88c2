"""Both engines: trueocr finds the lines, both read them, posteriors and the language model choose word by word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from digitize.decisions import Decision
from digitize.engines.align import paired
from digitize.engines.engine import OcrFailed, Reading
from digitize.engines.stack import DPI, by_line, stack
from digitize.engines.tesseract import ONE_BLOCK, Tesseract, recognise
from digitize.engines.trueocr import TrueOcr, View, look
from digitize.engines.trueocr_models import load
from digitize.imaging.pixels import as_page
from digitize.lm.posterior import decode

if TYPE_CHECKING:
    from digitize.lm.model import Model
    from digitize.lm.posterior import Seen
    from digitize.pages import PageImage


_LINES = 400
"""More than that is noise, and a picture that is higher than Tesseract reads."""


class Merge:
    """The most exact engine, and the slowest: a little over the time of Tesseract."""

    name = "merge"

    def __init__(self, language: str, model: Model | None) -> None:
        self._language, self._model = language, model

    @property
    def version(self) -> str:
        """The versions of both."""
        return f"{TrueOcr(self._model).version}; {Tesseract(self._language, None).version}"

    def read(self, page: PageImage, seconds: int) -> Reading:
        """Return the words of a page, as ``Engine`` says; those of trueocr alone where Tesseract fails."""
        deadline = time.monotonic() + seconds
        view = look(page, load(), deadline)
        try:
            seen, decision = self._with_tesseract(view, max(1, round(deadline - time.monotonic())))
        except OcrFailed as error:
            seen, decision = view.seen, Decision("merge", False, f"chỉ có trueocr đọc: {error}")
        words = decode([one for line in seen for one in line], load().symbols, self._model)
        return Reading(view.prepared.back(words), (*view.prepared.decisions, decision))

    def _with_tesseract(self, view: View, seconds: int) -> tuple[tuple[tuple[Seen, ...], ...], Decision]:
        """Return what was seen in each line with what Tesseract read there. Raises OcrFailed."""
        if len(view.lines) > _LINES:
            raise OcrFailed(f"trang có {len(view.lines)} dòng")
        stacked = stack(view.pixels, [line.box for line in view.lines])
        words = recognise(as_page(stacked.pixels, DPI), self._language, seconds, ONE_BLOCK) if view.lines else ()
        seen = tuple(
            paired(one, line.posteriors, [(word.start, word.end) for word in line.words], others)
            for one, line, others in zip(view.seen, view.lines, by_line(stacked, words), strict=True)
        )
        places = [one for line in seen for one in line]
        share = sum(one.agreed for one in places) / len(places) if places else 1.0
        reason = f"Tesseract đọc giống trueocr {share:.0%} số chữ"
        return seen, Decision("merge", True, reason, (("alike", share),))
