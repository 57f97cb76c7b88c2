"""The pages of a published document, from its words file."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from pathlib import Path

from digitize.describe.values import ReadPage
from digitize.words import Word
from vanthu.errors import VanthuError

VERSION = 2
"""What describes: another number makes documents be described anew."""


def read_pages(folder: Path) -> tuple[str, list[ReadPage]]:
    """Return what a document was read as, in a digest, and its pages. ``folder`` is that of the published document.

    Raises VanthuError when the words file is not there or damaged.
    """
    path = folder / "words.json.gz"
    try:
        raw = gzip.decompress(path.read_bytes())
        pages = [_page(page) for page in json.loads(raw)["pages"]]
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise VanthuError("tệp chữ của tài liệu thiếu hoặc hỏng", path=path, hint="chạy lại digitize run") from error
    return f"{VERSION}:{hashlib.sha256(raw).hexdigest()}", pages


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
