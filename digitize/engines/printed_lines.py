"""Find the lines of print on a page and read each, by the models of trueocr."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

from digitize.engines.engine import OcrFailed
from digitize.engines.trueocr_models import POSTERIORS, Models
from digitize.lm.ctc import Letter, likeliest

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from digitize.lm.ctc import Posteriors

    Grey = NDArray[numpy.uint8]

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""
_BATCH = 32  # lines


@dataclass(frozen=True, slots=True)
class Printed:
    """A word of a line: its letters, the frames between the spaces around it, its left and right edge in pixels."""

    letters: tuple[Letter, ...]
    start: int
    end: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of print, its words from left to right."""

    box: Box
    posteriors: Posteriors
    words: tuple[Printed, ...]


def read_lines(pixels: Grey, models: Models, deadline: float) -> list[PrintedLine]:
    """Return the lines of a straight grey page in reading order.

    Raises OcrFailed when it is not done by ``deadline``, as ``time.monotonic`` counts.
    """
    import numpy

    boxes = find_lines(pixels, models)
    strips = [_strip(pixels, box, models) for box in boxes]
    lines = [
        PrintedLine(box, posteriors, tuple(_words(box, posteriors, strip, models)))
        for box, strip, posteriors in zip(boxes, strips, _posteriors(strips, models, deadline), strict=True)
    ]
    lines = [line for line in lines if line.words]
    texts = [" ".join(word_text(word, models) for word in line.words) for line in lines]
    height, width = pixels.shape
    corners = numpy.array([line.box for line in lines], numpy.float32).reshape(-1, 4)
    return [lines[place] for place in models.pages.reading_order(corners, texts, (width, height))]


def read_boxes(pictures: Sequence[Grey], boxes: Sequence[Box], models: Models, deadline: float) -> list[str]:
    """Return what a line, in its box of a grey picture of its own, says in the likeliest letters. Raises OcrFailed."""
    strips = [_strip(picture, box, models) for picture, box in zip(pictures, boxes, strict=True)]
    return [_spelled(likeliest(one), models) for one in _posteriors(strips, models, deadline)]


def word_text(word: Printed, models: Models) -> str:
    """Return a word as the likeliest letters spell it."""
    return _spelled(word.letters, models)


def _spelled(letters: Sequence[Letter], models: Models) -> str:
    return "".join(models.letters[letter.symbol] for letter in letters)


def find_lines(pixels: Grey, models: Models) -> list[Box]:
    """Return the boxes of the lines of a straight grey page, in no order."""
    height, width = pixels.shape
    found = models.pages.detect(pixels)[:, :4]
    boxes = []
    for left, top, right, bottom in found.tolist():
        box = max(0, int(left)), max(0, int(top)), min(width, -int(-right // 1)), min(height, -int(-bottom // 1))
        if box[0] < box[2] and box[1] < box[3]:
            boxes.append(box)
    return boxes


def _strip(pixels: Grey, box: Box, models: Models) -> NDArray[numpy.float32]:
    """Return the ink of a line as the reader wants it, three lines high with the line in the middle."""
    from trueocr.preprocess import WINDOW, crop_line

    left, top, right, bottom = box
    # White instead of the lines above and below, but what stands beside: measured, the reader does better so.
    strip: NDArray[numpy.float32] = crop_line(
        pixels[top:bottom],
        [left, 0, right, bottom - top],
        window=WINDOW,
        max_width=models.max_width,
        pad_y=models.pad_y,
        pad_x=models.pad_x,
    )
    return strip


def _posteriors(strips: list[NDArray[numpy.float32]], models: Models, deadline: float) -> list[Posteriors]:
    from trueocr.preprocess import pad_batch, width_batches

    found: dict[int, Posteriors] = {}
    for batch in width_batches([strip.shape[1] for strip in strips], max_batch=_BATCH):
        if time.monotonic() > deadline:
            raise OcrFailed(f"đọc quá lâu, trang có {len(strips)} dòng")
        ink, widths = pad_batch([strips[place] for place in batch])
        posteriors, lengths = models.reader.run([POSTERIORS, "lengths"], {"x": ink, "widths": widths})
        for row, place in enumerate(batch):
            found[place] = posteriors[row, : int(lengths[row])].copy()
    return [found[place] for place in range(len(strips))]


def _words(box: Box, posteriors: Posteriors, strip: NDArray[numpy.float32], models: Models) -> list[Printed]:
    """Cut the likeliest reading of a line into words."""
    letters = likeliest(posteriors)
    # A word begins where the gap before it ends, and that is looked for in the ink: letters are only roughly where
    # the reader is surest of them.
    ink = strip.sum(axis=0).tolist()
    frame = len(ink) / len(posteriors)
    runs = _at_gaps(_at_spaces(letters, models.symbols[" "]), ink, frame, models)
    if not runs:
        return []
    cuts = [_gap(ink, one[-1].last * frame, (other[0].first + 1) * frame) for one, other in pairwise(runs)]
    scale = (box[2] - box[0] + 2 * models.pad_x * (box[3] - box[1])) / len(ink)
    origin = box[0] - models.pad_x * (box[3] - box[1])
    inner = [(round(origin + start * scale), round(origin + end * scale)) for start, end in cuts]
    edges = [(box[0], box[0]), *inner, (box[2], box[2])]
    place = {letter.first: n for n, letter in enumerate(letters)}
    words = []
    for n, run in enumerate(runs):
        first, last = place[run[0].first], place[run[-1].first]
        before = letters[first - 1].last + 1 if first else 0
        after = letters[last + 1].first if last + 1 < len(letters) else len(posteriors)
        left = edges[n][1]
        words.append(Printed(tuple(run), before, after, left, max(left + 1, edges[n + 1][0])))
    return words


def _at_spaces(letters: list[Letter], space: int) -> list[list[Letter]]:
    """Return the letters between spaces."""
    return [list(run) for is_space, run in groupby(letters, key=lambda letter: letter.symbol == space) if not is_space]


def _at_gaps(runs: list[list[Letter]], ink: list[float], frame: float, models: Models) -> list[list[Letter]]:
    """Return the runs, cut too after a mark of punctuation that a gap of ink follows: there the reader drops spaces."""

    def gap(one: Letter, other: Letter) -> int:
        start, end = _gap(ink, one.last * frame, (other.first + 1) * frame)
        return end - start

    if all(models.letters[letter.symbol] not in _BEFORE_SPACE for run in runs for letter in run[:-1]):
        return runs
    between = [gap(one[-1], other[0]) for one, other in pairwise(runs)]
    enough = _WIDE * median(between) if between else _WIDE_ALONE
    cut = []
    for run in runs:
        cut.append(run[:1])
        for one, other in pairwise(run):
            if models.letters[one.symbol] in _BEFORE_SPACE and gap(one, other) >= max(enough, _NARROWEST):
                cut.append([])
            cut[-1].append(other)
    return cut


def _gap(ink: list[float], start: float, end: float) -> tuple[int, int]:
    """Return where the widest stretch without ink between two columns begins and ends; the middle if there is none."""
    first, last = int(start), min(len(ink), int(end) + 1)
    part = ink[first:last]
    empty = min(part) + _EMPTY
    stops = [-1, *(place for place, amount in enumerate(part) if amount > empty), last - first]
    width, gap = max((right - left - 1, left + 1) for left, right in pairwise(stops))
    if width < 1:
        middle = (first + last) // 2
        return middle, middle
    return first + gap, first + gap + width


_EMPTY = 1.0  # ink of a column that is still empty: a pixel of letters, or the grain of the paper
_BEFORE_SPACE = ",;:."
_WIDE = 0.6  # of the gap between words of the line
_WIDE_ALONE, _NARROWEST = 6.0, 3.0  # columns of the strip, 32 to the height of a line
