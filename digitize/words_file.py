"""The words file of a published document: each page with its words, what read it and what was decided of it.

Version 2. A page that was not read has no size and no words, and ``reason`` says why. A word is a row of text, box in
pixels of the page image and confidence, and of what was read where it was corrected. ``lines`` says how many words
from the first on each printed line holds: block, paragraph, line, count. Version 1 had no lines, engines or decisions.

It is one JSON, packed so that a page is read without the others: a member of the gzip file for what stands before the
pages, one for each page, one for what stands behind them. Files written before 28 November 2026 have a single member.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from digitize.checkpoint import KeptPage
from digitize.gzip_members import has_members, member, members
from digitize.pdf.searchable import SearchablePdf
from digitize.profiles import PageFacts
from digitize.settings import Settings
from digitize.words import Word, lines

NAME = "words.json.gz"
VERSION = 2
_END = b"]}"
_SIZE = re.compile(rb'\{"number":\d+,"width":(\d+),"height":(\d+),')
"""How a page that was read begins."""


def words_file(
    sha256: str,
    settings: Settings,
    versions: str,
    made: SearchablePdf,
    pages: Sequence[KeptPage | None],
    reasons: dict[int, str],
) -> bytes:
    """Return the words file; of a page that was not read, ``reasons`` says why. The same pages give the same bytes.

    ``versions`` is what read the document, as JSON; ``made`` is what became of its PDF.
    """
    content = {
        "version": VERSION,
        "sha256": sha256,
        "settings": asdict(settings),
        "versions": json.loads(versions) if versions else {},
        "pdf": asdict(made),
        "pages": [],
    }
    told = [_page(page) if page else _unread(number, reasons.get(number, "")) for number, page in enumerate(pages, 1)]
    before, behind = _json(content)[: -len(_END)], _END
    return b"".join(map(member, [before, *_page_parts(told), behind]))


def read_words_file(folder: Path) -> dict[str, Any]:
    """Return the content of the words file in a published folder. Raises OSError, ValueError when it is damaged."""
    content: dict[str, Any] = json.loads(words_json(folder))
    return content


def words_json(folder: Path) -> bytes:
    """Return the words file in a published folder as the JSON it is. Raises OSError, ValueError when it is damaged."""
    try:
        with gzip.open(folder / NAME) as file:  # gzip.decompress() copies all that is left for each member
            return file.read()
    except (EOFError, zlib.error) as error:  # cut short, or with wrong bytes
        raise ValueError from error


def packed_pages(folder: Path) -> list[bytes]:
    """Return the pages of the words file, the first first, each as ``unpacked_page`` takes it.

    Raises OSError, ValueError, KeyError, TypeError when the file is damaged; in what way a page is, its unpacking says.
    """
    file = (folder / NAME).read_bytes()
    if has_members(file):
        return members(file)[1:-1]
    return list(map(member, _page_parts(read_words_file(folder)["pages"])))


def unpacked_page(packed: bytes) -> dict[str, Any]:
    """Return a page as the words file tells it. Raises OSError, ValueError when it is damaged."""
    page: dict[str, Any] = json.loads(_unpacked(packed).removesuffix(b","))
    return page


def page_size(packed: bytes) -> tuple[int, int]:
    """Return width and height of a page in pixels, 0 where it was not read; its words are not parsed.

    Raises OSError, ValueError, KeyError when it is damaged.
    """
    if found := _SIZE.match(_unpacked(packed)):
        return int(found[1]), int(found[2])
    page = unpacked_page(packed)
    return page["width"] or 0, page["height"] or 0


def _unpacked(packed: bytes) -> bytes:
    try:
        return gzip.decompress(packed)
    except (EOFError, zlib.error) as error:
        raise ValueError from error


def published_pages(folder: Path, settings: Settings) -> list[KeptPage]:
    """Return the pages of a published document that were read with ``settings``, as they were when they were kept.

    Nothing of a document that is not there, is damaged, or is of version 1, which cannot be put together again.
    """
    try:
        content = read_words_file(folder)
        if content["version"] != VERSION or content["settings"] != asdict(settings):
            return []
        return [_kept(page) for page in content["pages"] if page["width"] is not None]
    except (OSError, ValueError, KeyError, TypeError):
        return []


_SIZED = ("number", "width", "height", "dpi", "turn", "engine", "version", "layer", "decisions", "reason", "confidence")


def _page(page: KeptPage) -> dict[str, Any]:
    return {
        **{name: getattr(page, name) for name in _SIZED},
        "scan": asdict(page.scan) if page.scan else None,
        "words": [_row(word) for word in page.words],
        "lines": [[line[0].block, line[0].paragraph, line[0].line, len(line)] for line in lines(page.words)],
    }


def _unread(number: int, reason: str) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(_SIZED)
    return {
        **empty,
        "number": number,
        "engine": "",
        "decisions": [],
        "scan": None,
        "reason": reason,
        "words": [],
        "lines": [],
    }


def _row(word: Word) -> list[Any]:
    row = [word.text, word.x0, word.y0, word.x1, word.y1, word.confidence]
    return [*row, word.raw] if word.raw else row


def _page_parts(pages: Sequence[dict[str, Any]]) -> list[bytes]:
    """Return the pages as they stand in the JSON, with the commas between them."""
    parts = list(map(_json, pages))
    return [part + b"," for part in parts[:-1]] + parts[-1:]


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _kept(page: dict[str, Any]) -> KeptPage:
    places = [tuple(line[:3]) for line in page["lines"] for _ in range(line[3])]
    words = tuple(Word(*row[:6], *place, *row[6:]) for row, place in zip(page["words"], places, strict=True))
    sized = {**{name: page[name] for name in _SIZED}, "decisions": tuple(page["decisions"])}
    scan = PageFacts(**page["scan"]) if page["scan"] else None
    return KeptPage(**sized, words=words, scan=scan)
