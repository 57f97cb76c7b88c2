"""Where the words that a person looks for stand in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from digitize.describe.values import Box
from digitize.index.analysis import terms
from digitize.index.marks import marked
from digitize.index.parser import parse
from digitize.index.query import wanted
from digitize.index.search import matching_pages
from digitize.index.snippets import places
from digitize.web.context import Context
from digitize.web.documents import one_page
from digitize.web.facts import PageFacts
from digitize.web.identity import person
from doclint.vietnamese.normalise import nfc
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class Hits:
    """The pages of a document that answer, and boxes on one of them, in its pixels: one for each run of words."""

    pages: tuple[int, ...] = ()
    boxes: tuple[Box, ...] = ()


def hits_in(request: Request, context: Context, sha256: str, page: int, text: str) -> Hits:
    """Return where ``text`` stands in a document; call ``seen`` first. What cannot be asked stands nowhere.

    It is not written down as a search: that was when it was made, and that the page is looked at is.
    """
    try:
        pages = matching_pages(context.archive, sha256, text, person(request).access)
        return Hits(pages, tuple(runs(boxes_on(one_page(context, sha256, page), text))))
    except VanthuError:
        return Hits()


def boxes_on(page: PageFacts, text: str) -> tuple[Box, ...]:
    """Return the boxes of the words of a page that ``text`` asks for. Raises QueryError."""
    return marked(parse(text), [nfc(word.text) for word in page.words], [word.box for word in page.words])


def runs(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield one box for the words that follow each other on a line: a phrase is one place to a person."""
    last: Box | None = None
    for box in boxes:
        if last and _follows(last, box):
            last = last[0], min(last[1], box[1]), box[2], max(last[3], box[3])
            continue
        if last:
            yield last
        last = box
    if last:
        yield last


def _follows(one: Box, other: Box) -> bool:
    height = min(one[3] - one[1], other[3] - other[1])
    level = min(one[3], other[3]) - max(one[1], other[1]) > height / 2
    return level and -height < other[0] - one[2] < height


def text_marks(page: str, text: str) -> list[tuple[int, int]]:
    """Return the offsets in a page's text of the words that ``text`` asks for, sorted, without overlaps."""
    try:
        nodes = list(wanted(parse(text)))
    except VanthuError:
        return []
    words = list(terms(page))
    marks: list[tuple[int, int]] = []
    for start, end in sorted(
        (words[first].start, words[last].end) for node in nodes for first, last in places(words, node)
    ):
        if not marks or start >= marks[-1][1]:
            marks.append((start, end))
    return marks
