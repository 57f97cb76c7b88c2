"""Tell print from stamps by what an engine has read of the page: most that is like a stamp is a word of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from digitize.secrets.judge import is_clear, judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from digitize.secrets.candidates import Candidate
    from digitize.words import Word


def unprinted(places: Iterable[Candidate], words: Sequence[Word], dpi: float) -> list[Candidate]:
    """Return the places that are not all print: not all of whose ink is of words read surely that are no marking.

    ``words`` are as they were read, boxes in pixels of the page at ``dpi``. A stroke between them is enough to keep a
    place, as frames have and letters that lie across the text, and so is a word that is doubtful.
    """
    import numpy

    if not words:
        return list(places)
    edges = numpy.array([(word.x0, word.y0, word.x1, word.y1) for word in words], float)
    room = _ROOM * (edges[:, 3] - edges[:, 1])[:, None]
    boxes = edges + room * (-1, -1, 1, 1)
    return [place for place in places if not _is_print(place, words, boxes * (place.ink.dpi / dpi))]


def _is_print(place: Candidate, words: Sequence[Word], boxes: NDArray[Any]) -> bool:
    import cv2
    import numpy

    box = place.box
    corners = cv2.boxPoints(((box.x, box.y), (box.length, box.height), box.angle))
    low, high = numpy.floor(corners.min(axis=0)).clip(0), numpy.ceil(corners.max(axis=0)) + 1
    x0, y0 = low.astype(int)
    mask = place.ink.mask[y0 : int(high[1]), x0 : int(high[0])]
    inside = numpy.zeros(mask.shape, numpy.uint8)
    cv2.fillConvexPoly(inside, numpy.round(corners - low).astype(numpy.int32), 1)
    inside &= mask
    total, read = int(inside.sum()), []
    about = (boxes[:, :2] < high).all(axis=1) & (boxes[:, 2:] > low).all(axis=1)
    for number in about.nonzero()[0]:
        left, top, right, bottom = numpy.round(boxes[number] - (x0, y0, x0, y0)).astype(int).clip(0)
        spot = inside[top:bottom, left:right]
        if spot.any():
            if words[number].confidence < _SURE:
                return False
            spot[:] = 0
            read.append(words[number].text)
    text = " ".join(read)
    covered = int(inside.sum()) <= _REST * total
    return covered and is_clear([text]) and judged([text], 1.0, whole=True) == (None, False)


_ROOM = 0.15  # of the height of a word: boxes hug its letters
_SURE = 50.0
_REST = 0.05  # of the ink: grain of the paper
