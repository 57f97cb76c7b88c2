"""Page numbers that are missing, or stand where they should not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Block, Document, PdfPlace, Span
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, number_words, opening, print_of

PLACEHOLDERS = frozenset({"faults"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Options:
    """``sizes`` in points, least and greatest; ``long``: characters from which on a Word file has a second page."""

    sizes: tuple[float, ...]
    long: int


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report all that is wrong with page numbers at once: at a number where the text has one, else at its beginning."""
    if not document.sections or not context.complete or _is_gazette(document):
        return
    numbers = [block for block in document.blocks if is_number(document, block)]
    faults = list(_pdf_faults(document, numbers) if document.format == "pdf" else word_faults(document, options))
    faults += list(faulty_looks(document, numbers, options))
    if faults:
        first = numbers[0].span if numbers else document.blocks[0].span
        yield Match(opening(document, first), {"faults": "; ".join(faults)})


def _is_gazette(document: Document) -> bool:
    """Tell whether the document was printed again in the official gazette, whose pages go on from others."""
    return any(
        block.part == "header" and "cong bao" in document.folded[block.span.start : block.span.end]
        for block in document.blocks
    )


def is_number(document: Document, block: Block) -> bool:
    """Tell whether a block is a printed page number."""
    return block.part == "page-number" or (block.part in ("header", "footer") and document.at(block.span).isdigit())


def word_faults(document: Document, options: Options) -> Iterator[str]:
    """Yield what is wrong with the page numbers of a Word file, by its sections."""
    first = document.sections[0]
    places = {section.page_number for section in document.sections}
    if "footer" in places:
        yield IN_FOOT
    if first.page_number and not first.first_page_differs:
        yield ON_FIRST
    if places == {""} and sum(len(block.span) for block in document.blocks) >= options.long:
        yield MISSING


def _pdf_faults(document: Document, numbers: list[Block]) -> Iterator[str]:
    last = max(page for block in document.blocks for page in _pages(document, block))
    numbered = {page for block in numbers for page in _pages(document, block)}
    if numbered:
        if document.sections[0].page_number == "footer":
            yield IN_FOOT
        # One number may be another sign at the edge of the page, and another than 1 goes on from another file.
        first = [document.at(block.span) for block in numbers if 1 in _pages(document, block)]
        if first == ["1"] and len(numbered) > 1:
            yield ON_FIRST
        if all(_off_centre(document, block) for block in numbers) and len(numbers) > 1:
            yield OFF_CENTRE
    elif last > 1:
        yield MISSING


def _pages(document: Document, block: Block) -> Iterator[int]:
    """Yield the pages where the block begins and ends."""
    for end in (Span(block.span.start, block.span.start + 1), Span(block.span.end - 1, block.span.end)):
        place = document.place(end)
        if isinstance(place, PdfPlace):
            yield place.boxes[0].page


def _off_centre(document: Document, block: Block) -> bool:
    """Tell whether a number is nearer to an edge of the page than margins of two widths can shift the centre."""
    place = document.place(block.span)
    section = document.sections[0]
    if not isinstance(place, PdfPlace) or section.landscape:
        return False
    middle = (place.boxes[0].x0 + place.boxes[0].x1) / 2
    return abs(middle - section.width / 2) > _SHIFT


def faulty_looks(document: Document, numbers: list[Block], options: Options) -> Iterator[str]:
    """Yield what is wrong with how the numbers are printed."""
    if not numbers:
        return
    least, greatest = options.sizes
    size = print_of(document, [block.span for block in numbers]).size
    # A page that was printed smaller shows sizes that nobody chose.
    if size is not None and not least <= size <= greatest and not (document.format == "pdf" and size * 2 % 1):
        yield f"số trang cỡ {number_words(size)}"
    # Frames put a number in the centre whatever its paragraph says, so the left is no sign.
    if all(block.format is not None and block.format.alignment == "right" for block in numbers):
        yield OFF_CENTRE


IN_FOOT = "số trang ở lề dưới"
ON_FIRST = "trang thứ nhất có số trang"
MISSING = "văn bản nhiều trang không có số trang"
OFF_CENTRE = "số trang không ở giữa"
_SHIFT = 60.0
"""Points."""
