"""How wrong a reading of a page is, whatever the order of reading and whatever stamps leave."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import numpy

from digitize.words import Word
from doclint.vietnamese.normalise import nfc

SAMPLES = 4000


def plain_tesseract(path: Path) -> str:
    """Return what the program reads by itself in an image file, on one core: the peer."""
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(path), "stdout", "-l", "vie"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return " ".join(nfc(done.stdout).split())


def wrong_letters(lines: Sequence[str], text: str) -> int:
    """Return how many letters of the true lines are wrong, each line in the place of the page where it fits best."""
    page = numpy.frombuffer(text.encode("utf-32-le"), numpy.uint32)
    return sum(_distance(line, page) for line in lines)


def _distance(line: str, page: numpy.ndarray) -> int:
    """Return the least edit distance of ``line`` from any stretch of ``page``."""
    places = numpy.arange(len(page) + 1)
    row = numpy.zeros(len(page) + 1, int)
    for number, char in enumerate(line, start=1):
        below = numpy.empty_like(row)
        below[0] = number
        below[1:] = numpy.minimum(row[1:] + 1, row[:-1] + (page != ord(char)))
        row = numpy.minimum.accumulate(below - places) + places
    return int(row.min())


def words_found(lines: Sequence[str], text: str) -> tuple[int, int]:
    """Return how many of the true words stand in the reading, each as often as it is there, and how many there are."""
    true, read = Counter(_words(" ".join(lines))), Counter(_words(text))
    return (true & read).total(), true.total()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def verdicts(lines: Sequence[str], words: Sequence[Word]) -> Iterator[str]:
    """Yield for each corrected word whether it is right now, was right before, or cannot be told."""
    truth, before = " ".join(lines).split(), [word.raw or word.text for word in words]
    for kind, first, last, start, end in SequenceMatcher(None, before, truth, autojunk=False).get_opcodes():
        beside = before[first:last] if kind == "equal" else truth[start:end]
        for word in words[first:last]:
            if word.raw:
                yield "right" if word.text in beside else "wrong" if word.raw in beside else "unclear"


def difference(letters: Sequence[int], ours: Sequence[int], theirs: Sequence[int]) -> tuple[float, float]:
    """Return the 95 % interval of the difference of two error rates in points, pages drawn with repetition."""
    random = numpy.random.default_rng(0)
    drawn = random.integers(0, len(letters), (SAMPLES, len(letters)))
    gap, size = numpy.array(ours) - numpy.array(theirs), numpy.array(letters)
    low, high = numpy.quantile(100 * gap[drawn].sum(1) / size[drawn].sum(1), (0.025, 0.975))
    return float(low), float(high)
