"""A document that others may have copied: its text, its numbered units and the way back to its pages."""

from __future__ import annotations

import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from doclint.anatomy.outline import parse_outline
from doclint.anatomy.zones import Zones
from doclint.document import Box, Document, DocxPlace, PdfPlace, Span
from doclint.reuse.side import Side

MAX_BODY_BYTES = 1 << 28
"""What a stored document may grow to when it is unpacked."""


@dataclass(frozen=True)
class Source:
    """A text that may be copied. ``units`` are (offset, path) where each numbered unit begins: ``Điều 5.2.a``.

    ``paragraphs`` are (offset, number) where each paragraph of a Word file begins, ``boxes`` (offset, box) where each
    printed line of a PDF or scan does. A text file has neither: its lines are those of ``text``.
    """

    text: str
    units: tuple[tuple[int, str], ...] = ()
    paragraphs: tuple[tuple[int, int], ...] = ()
    boxes: tuple[tuple[int, Box], ...] = ()

    @cached_property
    def side(self) -> Side:
        """The text to lay beside a draft."""
        return Side(self.text)

    def at(self, span: Span) -> str:
        """Return the text of ``span``."""
        return self.text[span.start : span.end]

    def unit(self, span: Span) -> str:
        """Return where ``span`` stands as a clerk cites it: «khoản 2 Điều 5», «mục I đến mục II.5.b», or empty."""
        before = (bisect_right(self.units, at, key=lambda unit: unit[0]) for at in (span.start, span.end - 1))
        names = [in_words(self.units[number - 1][1]) if number else "" for number in before]
        return " đến ".join(dict.fromkeys(filter(None, names)))

    def printed(self, span: Span) -> tuple[Box, ...]:
        """Return the boxes of the printed lines that ``span`` stands on; empty when the source has no pages."""
        starts = [offset for offset, _ in self.boxes]
        first, last = max(0, bisect_right(starts, span.start) - 1), bisect_right(starts, span.end - 1)
        return tuple(box for _, box in self.boxes[first:last])

    def place(self, span: Span) -> str:
        """Return where ``span`` stands, in words: «trang 3», «đoạn 12», «dòng 40–42»."""
        boxes = self.printed(span)
        if boxes:
            return PdfPlace(boxes).label
        first, last = self._number(span.start), self._number(span.end - 1)
        name = "đoạn" if self.paragraphs else "dòng"
        return f"{name} {first}" if first == last else f"{name} {first}–{last}"

    def _number(self, offset: int) -> int:
        if not self.paragraphs:
            return self.text.count("\n", 0, offset) + 1
        return self.paragraphs[max(0, bisect_right(self.paragraphs, offset, key=lambda pair: pair[0]) - 1)][1]


def source_of(document: Document, zones: Zones) -> Source:
    """Return ``document`` as a source."""
    units = tuple(_units(document, zones))
    if document.format == "txt":
        return Source(document.text, units)
    if document.format == "pdf":
        return Source(document.text, units, boxes=tuple(_boxes(document)))
    return Source(document.text, units, tuple(_paragraphs(document)))


def packed(source: Source) -> bytes:
    """Return ``source`` in few bytes."""
    rows = [
        [start, box.page, *(round(edge, 1) for edge in (box.x0, box.top, box.x1, box.bottom))]
        for start, box in source.boxes
    ]
    whole = {"text": source.text, "units": source.units, "paragraphs": source.paragraphs, "boxes": rows}
    return zlib.compress(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode(), 3)


def unpacked(content: bytes) -> Source:
    """Return the source that ``packed`` made ``content`` of. Raises ValueError when it is damaged."""
    try:
        unpacker = zlib.decompressobj()
        whole = json.loads(unpacker.decompress(content, MAX_BODY_BYTES))
        if not unpacker.eof:
            raise ValueError("cut short or too large")
        boxes = tuple((start, Box(page, *edges)) for start, page, *edges in whole["boxes"])
        units, paragraphs = (tuple(map(tuple, whole[name])) for name in ("units", "paragraphs"))
        return Source(whole["text"], units, paragraphs, boxes)
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def in_words(path: str) -> str:
    """Return the path of a unit as a clerk writes it: ``I.Điều 5.2.a`` → «điểm a khoản 2 Điều 5»."""
    article = re.search(r"(Điều \d+\w?)(?:\.(\d+))?(?:\.(\w+))?$", path)
    if article is None:
        return f"mục {path}" if path else ""
    names = zip(("điểm", "khoản"), (article[3], article[2]), strict=True)
    return " ".join([*(f"{name} {label}" for name, label in names if label), article[1]])


def _units(document: Document, zones: Zones) -> Iterator[tuple[int, str]]:
    for paragraphs in (zones.body, zones.appendices):
        outline = parse_outline(document, paragraphs)
        path = ""
        for index, node in enumerate(outline.nodes):
            if (here := outline.path(index)) != path:
                yield node.head.start, here
                path = here
        if path:
            yield paragraphs[-1].end, ""


def _boxes(document: Document) -> Iterator[tuple[int, Box]]:
    """Yield where each printed line begins, and its box."""
    start, line = 0, None
    for word in re.finditer(r"\S+", document.text):
        place = document.place(Span(*word.span()))
        for box in place.boxes if isinstance(place, PdfPlace) else ():
            if line is not None and line.page == box.page and box.top < line.bottom and line.top < box.bottom:
                edges = min(line.x0, box.x0), min(line.top, box.top), max(line.x1, box.x1), max(line.bottom, box.bottom)
                line = Box(line.page, *edges)
                continue
            if line is not None:
                yield start, line
            start, line = word.start(), box
    if line is not None:
        yield start, line


def _paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph of a Word file begins, and its number from 1."""
    for block in document.blocks:
        place = document.place(block.span)
        if isinstance(place, DocxPlace):
            yield block.span.start, place.runs[0].paragraph + 1
