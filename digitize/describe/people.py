"""Who signs and who gets the document: the foot of the text, taken apart by doclint.anatomy."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digitize.describe.gazetteer import surnames
from digitize.describe.likeness import distance, letters
from digitize.describe.pieces import Piece, place_of, trust
from digitize.describe.values import Field, absent, judged
from digitize.words import Word
from doclint.anatomy.recipients import parse_recipients
from doclint.anatomy.signature import HONOURS, parse_signature
from doclint.anatomy.zones import split_zones
from doclint.document import Block, Box, Document, PdfPlace, Span


@dataclass(frozen=True)
class PrintedText:
    """The text of printed pieces as a Document, and the way back from its spans to the words on the pages."""

    document: Document
    starts: tuple[int, ...]
    words: tuple[tuple[int, Word], ...]
    """Page and word for each of ``starts``."""

    def at(self, span: Span) -> list[tuple[int, Word]]:
        """Return page and word of every word that shares a character with ``span``."""
        first = max(0, bisect_right(self.starts, span.start) - 1)
        last = bisect_right(self.starts, max(span.start, span.end - 1))
        return list(self.words[first:last])


def printed_text(found: Sequence[Piece]) -> PrintedText:
    """Return pieces as a Document of one block a piece; formulae that OCR spoilt are spelt as the anatomy knows them.

    Only the text that is parsed is so mended; every word keeps its own reading and box.
    """
    chunks: list[str] = []
    starts: list[int] = []
    words: list[tuple[int, Word]] = []
    blocks: list[Block] = []
    at = 0
    for piece in found:
        begin = at
        for word, text in zip(piece.words, _mended([word.text for word in piece.words]), strict=True):
            starts.append(at)
            words.append((piece.page, word))
            chunks.append(text)
            at += len(text) + 1
        blocks.append(Block(Span(begin, at - 1)))
    text = " ".join(chunks)
    # The blank after the last word of a piece is a line's end; offsets stay.
    joined = list(text)
    for block in blocks[1:]:
        joined[block.span.start - 1] = "\n"
    ordered = tuple(words)
    order = tuple(starts)

    def places(span: Span) -> PdfPlace:
        inside = PrintedText(document, order, ordered).at(span)
        return PdfPlace(tuple(Box(page, word.x0, word.y0, word.x1, word.y1) for page, word in inside))

    document = Document("".join(joined), tuple(blocks), "scan", places)
    return PrintedText(document, order, ordered)


def people_fields(found: Sequence[Piece]) -> tuple[Field, Field, Field]:
    """Return signer, title of the signer and recipients from the pieces of all pages."""
    printed = printed_text(found)
    document = printed.document
    zones = split_zones(document)
    signature = parse_signature(document, zones.signature)
    recipients = parse_recipients(document, zones.recipients)
    if signature is None:
        signer = title = absent("không thấy khối chữ ký", confidence=0.6)
    else:
        title = _field(printed, list(signature.lines), ", ", "dòng chữ hoa trên chữ ký")
        if signature.name is None:
            signer = absent("không thấy tên dưới chữ ký", confidence=0.6)
        else:
            signer = _checked(_field(printed, [signature.name], "", "dòng tên dưới chức vụ"))
    if recipients is None:
        return signer, title, absent("không thấy «Nơi nhận»", confidence=0.7)
    items = [item.span for item in recipients.items]
    return signer, title, _field(printed, items, "; ", "các dòng dưới «Nơi nhận»")


def _checked(signer: Field) -> Field:
    """Send to a person what does not begin with a family name: a mark was misread, or it is no name at all."""
    words = re.sub(HONOURS, "", signer.value).strip(" .,").split()
    if words and (words[0] in surnames() or words[0].startswith(("H'", "K'", "H’", "K’"))) and 2 <= len(words) <= 6:
        return signer
    return replace(signer, status="review", confidence=min(signer.confidence, 0.5), evidence="họ lạ, cần người xem")


def _field(printed: PrintedText, spans: Sequence[Span], joint: str, how: str) -> Field:
    """Return the field of some lines. A list that runs over a page has the place of its part on the first one."""
    inside = [pair for span in spans for pair in printed.at(span)]
    if not inside:
        return absent(f"không có gì ở {how}", confidence=0.6)
    page = inside[0][0]
    words = [word for number, word in inside if number == page]
    value = joint.join(" ".join(printed.document.at(span).split()).strip(" ,;") for span in spans)
    whole = [word for _, word in inside]
    mean = sum(word.confidence for word in whole) / len(whole) / 100
    confidence = min(0.97, 0.5 * mean + 0.5 * trust(whole) + 0.1)
    return judged(value, confidence, how, place_of(page, words))


def _mended(words: list[str]) -> list[str]:
    """Return the words of a piece with the formulae of the foot in their spelling."""
    key = letters("".join(words))
    for formula in _FORMULAE:
        parts = formula.split()
        if len(words) >= len(parts) and distance(letters("".join(words[: len(parts)])), letters(formula), 1) <= 1:
            whole = letters(formula) == "noinhan"
            if not whole or len(key) <= len("noinhan") + 1:
                ending = ":" if whole else re.sub(r"^[\w.-]+", "", words[len(parts) - 1])[-1:]
                mended = [*parts[:-1], parts[-1] + (ending if ending in (":", ".", ",") else "")]
                return [*mended, *words[len(parts) :]]
    return words


_FORMULAE = ("Nơi nhận", "Kính gửi")
