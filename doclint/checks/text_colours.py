"""Text that is not black."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.anatomy.parts import Anatomy
from doclint.checks import Context
from doclint.document import Block, Document, Span
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, opening, stretches

PLACEHOLDERS = frozenset({"colour", "count"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Options:
    """``darkest``: up to this value (0-255) of red, green and blue ink on paper looks black."""

    darkest: int


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each colour once, at the first words printed in it, with how many words are."""
    first: dict[str, Span] = {}
    counts: dict[str, int] = {}
    for block in document.blocks:
        if block.part not in ("body", "footnote"):
            continue
        for colour, span in stretches(document, block.span, lambda font: font.colour):
            words = len(WORD.findall(document.at(span)))
            if not words or colour is None or max(channels(colour)) <= options.darkest:
                continue
            if not may_be(document, block, span, context.anatomy):
                name = name_of(block, colour)
                first.setdefault(name, span)
                counts[name] = counts.get(name, 0) + words
    for name, span in first.items():
        yield Match(opening(document, span), {"colour": name, "count": str(counts[name])})


def may_be(document: Document, block: Block, span: Span, anatomy: Anatomy) -> bool:
    """Addresses of the web are blue by the program; marks of urgency and secrecy are red by the decree."""
    if any(mark.span.overlaps(span) for mark in anatomy.header.marks):
        return True
    start, end = span.start - block.span.start, span.end - block.span.start
    return any(
        address.start() <= start + 1 and end - 1 <= address.end()
        for address in _ADDRESS.finditer(document.at(block.span))
    )


def name_of(block: Block, colour: str) -> str:
    """Return the Vietnamese name of a colour RRGGBB."""
    red, green, blue = (channel / 255 for channel in channels(colour))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.15:
        if value < 0.93:
            return "màu xám"
        # In a cell the ground may be dark.
        return "màu trắng" if block.cell is not None else "màu trắng, in ra không nhìn thấy"
    return f"màu {next(name for until, name in _HUES if hue * 360 < until)}"


def channels(colour: str) -> tuple[int, ...]:
    """Return red, green and blue of RRGGBB, 0 to 255."""
    return tuple(bytes.fromhex(colour))


WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\S+\.(?:gov\.)?vn\S*")
_HUES = ((15, "đỏ"), (45, "cam"), (70, "vàng"), (165, "xanh lá cây"), (260, "xanh dương"), (330, "tím"), (361, "đỏ"))
