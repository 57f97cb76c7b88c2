"""The engine of the package trueocr: finds lines, reads them, and the language model weighs what it saw."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize.engines.engine import Reading
from digitize.engines.paragraphs import numbered
from digitize.engines.printed_lines import PrintedLine, read_lines, word_text
from digitize.engines.trueocr_models import SHA256, VERSION, Models, load
from digitize.imaging.pixels import as_array, grey
from digitize.imaging.prepare import prepare
from digitize.lm.posterior import Seen, decode
from digitize.words import Word

if TYPE_CHECKING:
    from digitize.imaging.pixels import Grey
    from digitize.imaging.prepare import Prepared
    from digitize.lm.model import Model
    from digitize.pages import PageImage

STEPS = frozenset({"stamp", "background", "deskew"})
"""What is done to a page first; contrast and specks are no trouble to the reader, and mending them would be."""


class TrueOcr:
    """Reads Vietnamese in a third of Tesseract's time. ``model`` weighs what it sees; without one it counts as read."""

    name = "trueocr"

    def __init__(self, model: Model | None) -> None:
        self._model = model

    @property
    def version(self) -> str:
        """The version of the package, and the digest of the model that reads."""
        return f"trueocr {VERSION} rec.onnx:{SHA256['rec.onnx'][:16]}"

    def read(self, page: PageImage, seconds: int) -> Reading:
        """Return the words of a page, as ``Engine`` says. Raises VanthuError when the models are not those pinned."""
        view = look(page, load(), time.monotonic() + seconds)
        words = decode([one for line in view.seen for one in line], load().symbols, self._model)
        return Reading(view.prepared.back(words), view.prepared.decisions)


@dataclass(frozen=True, slots=True)
class View:
    """A page as it was read: prepared, its pixels in grey, its lines and what was seen in each, line by line."""

    prepared: Prepared
    pixels: Grey
    lines: tuple[PrintedLine, ...]
    seen: tuple[tuple[Seen, ...], ...]


def look(page: PageImage, models: Models, deadline: float) -> View:
    """Read a page without the language model. Raises OcrFailed when it is not done by ``deadline`` of the clock."""
    prepared = prepare(page, STEPS)
    pixels = grey(as_array(prepared.page))
    lines = read_lines(pixels, models, deadline)
    seen = [
        tuple(_seen(line, numbers, models))
        for line, numbers in zip(lines, numbered([line.box for line in lines]), strict=True)
    ]
    return View(prepared, pixels, tuple(lines), tuple(seen))


def _seen(line: PrintedLine, numbers: tuple[int, int, int], models: Models) -> list[Seen]:
    _, top, _, bottom = line.box
    found = []
    for printed in line.words:
        # As sure as of the letter that it is least sure of.
        sure = round(100 * math.exp(min(letter.peak for letter in printed.letters)), 1)
        word = Word(word_text(printed, models), printed.left, top, printed.right, bottom, sure, *numbers)
        found.append(Seen((word,), line.posteriors[printed.start : printed.end]))
    return found
