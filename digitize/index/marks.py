"""Where on the image of a page the words stand that answer a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.archive import Archive
from digitize.describe.values import Box
from digitize.index.analysis import terms
from digitize.index.parser import parse
from digitize.index.query import Node, wanted
from digitize.index.snippets import places
from digitize.words_file import packed_pages, unpacked_page
from doclint.vietnamese.normalise import nfc
from vanthu.errors import VanthuError


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Boxes in pixels of the page image, in reading order, and the size of that image."""

    boxes: tuple[Box, ...]
    width: int
    height: int


def page_marks(archive: Archive, sha256: str, page: int, text: str) -> PageMarks:
    """Return the marks of the query ``text`` on a page. Raises QueryError; VanthuError for a damaged words file."""
    query = parse(text)
    folder = archive.document(sha256)
    try:
        found = unpacked_page(packed_pages(folder)[page - 1])
        rows, width, height = found["words"], found["width"] or 0, found["height"] or 0
        texts = [nfc(str(row[0])) for row in rows]
        boxes: list[Box] = [(row[1], row[2], row[3], row[4]) for row in rows]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise VanthuError("tệp chữ của tài liệu hỏng", path=folder, hint="chạy lại digitize run") from error
    return PageMarks(marked(query, texts, boxes), width, height)


def marked(query: Node, texts: Sequence[str], boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Return those of the boxes of words whose ``texts``, in form C, answer ``query``."""
    words, owners = [], []
    for number, one in enumerate(texts):
        for term in terms(one):
            words.append(term)
            owners.append(number)
    answers = {
        owners[at] for node in wanted(query) for first, last in places(words, node) for at in range(first, last + 1)
    }
    return tuple(boxes[number] for number in sorted(answers))
