"""Text in another font than the one that is prescribed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.document import Document, Span
from doclint.finding import Match
from doclint.looks import WITH_LOOKS, opening, stretches
from doclint.vietnamese.legacy import encoding_of_font

PLACEHOLDERS = frozenset({"font", "count"})
FORMATS = WITH_LOOKS


@dataclass(frozen=True, slots=True)
class Options:
    """``font``: the font that is wanted; ``clones``: what programs print in its place, right in a PDF."""

    font: str
    clones: tuple[str, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report each other font once, where its first word stands, with the number of words set in it."""
    first: dict[str, Span] = {}
    counts: dict[str, int] = {}
    for block in document.blocks:
        # What signing programs stamp into the margins of a PDF is no text of the clerk.
        if block.part not in ("body", "footnote"):
            continue
        for name, span in stretches(document, block.span, lambda font: font.name):
            words = len(_WORD.findall(document.at(span)))
            if words and name is not None and not is_right(document, name, options):
                first.setdefault(name, span)
                counts[name] = counts.get(name, 0) + words
    for name, span in first.items():
        yield Match(opening(document, span), {"font": name, "count": str(counts[name])})


def is_right(document: Document, name: str, options: Options) -> bool:
    """Tell whether the font ``name`` is the wanted one, or one of signs."""
    plain = _plain(name)
    if plain == _plain(options.font) or _SIGNS.match(plain):
        return True
    if document.format == "pdf" and (_NAMELESS.match(name) or plain in map(_plain, options.clones)):
        return True
    # Text of an old encoding needs its font: that is a fault of its own.
    converted = any("từ bảng mã cũ" in note for note in document.notes)
    return converted and encoding_of_font(name) is not None


def _plain(name: str) -> str:
    """Return the name of a family without the marks of a subset, a style and a version."""
    return _STYLE.sub("", _SUBSET.sub("", name)).replace(" ", "").lower()


_WORD = re.compile(r"[^\W\d_]{2,}")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(r"(?:PS)?(?:[-, ](?:Bold|Italic|Regular))*(?:PS)?(?:MT)?(?: \((?:Headings|Body)[^)]*\))?$")
_SIGNS = re.compile(r"symbol|wingdings|webdings|mtextra|cambriamath|segoeuisymbol|mincho|msgothic|zapfdingbats")
_NAMELESS = re.compile(
    r"(?:CID\s?Font|F|T|TT|C\d_|R|g_d\d_f)\W*[A-Z]?\d+|.{0,3}$|unknown|.*(?:Glyph ?Less|Hidden)", re.I
)
"""Names that programs make up for the fonts of a PDF: the true one is not known."""
