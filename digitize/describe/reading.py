"""The pages of a published document, from its words file."""

from __future__ import annotations

from pathlib import Path

from digitize.describe.values import ReadPage
from digitize.intake import sha256_of
from digitize.words import Word
from digitize.words_file import NAME, read_words_file
from vanthu.errors import VanthuError

VERSION = 3
"""What describes: another number makes documents be described anew."""


def read_pages(folder: Path) -> tuple[str, list[ReadPage]]:
    """Return what a document was read as, in a digest, and its pages. ``folder`` is that of the published document.

    Raises VanthuError when the words file is not there or damaged.
    """
    path = folder / NAME
    try:
        digest = sha256_of(str(path))
        pages = [_page(page) for page in read_words_file(folder)["pages"]]
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise VanthuError("tệp chữ của tài liệu thiếu hoặc hỏng", path=path, hint="chạy lại digitize run") from error
    return f"{VERSION}:{digest}", pages


def _page(page: dict[str, object]) -> ReadPage:
    rows = page["words"]
    assert isinstance(rows, list)
    words = tuple(_word(*row) for row in rows)
    return ReadPage(int(str(page["number"])), words, _size(page["width"]), _size(page["height"]))


def _word(text: str, x0: float, y0: float, x1: float, y1: float, confidence: float, raw: str = "") -> Word:
    if not isinstance(text, str):
        raise TypeError(text)
    return Word(text, round(x0), round(y0), round(x1), round(y1), float(confidence), 0, 0, 0, raw)


def _size(value: object) -> int:
    return round(float(str(value))) if value is not None else 0
