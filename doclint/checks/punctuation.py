"""Blanks before a mark, none after it, marks and blanks set twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from doclint.checks import Context
from doclint.document import Block, Document, Span
from doclint.finding import Match
from doclint.vietnamese.letters import LOWER, UPPER

PLACEHOLDERS = frozenset({"what", "count"})

Sort = Literal["blank-before", "no-blank-after", "doubled-mark", "doubled-blank"]


@dataclass(frozen=True, slots=True)
class Options:
    """``report``: what is looked for, each told once a document."""

    report: tuple[Sort, ...]


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the first place of each sort and how many there are; tables, columns, dots to fill in are left alone."""
    for sort in options.report:
        # A program that makes a PDF sets blanks as it sets type.
        if document.format == "pdf" and sort in ("blank-before", "doubled-blank"):
            continue
        what, hint, pattern = sorts()[sort]
        found = [
            Span(block.span.start + match.start(), block.span.start + match.end())
            for block in document.blocks
            if hint.search(text := document.at(block.span)) and is_prose(block, text)
            for match in pattern.finditer(text)
        ]
        if found:
            yield Match(found[0], {"what": what, "count": str(len(found))})


def is_prose(block: Block, text: str) -> bool:
    """Tell whether a block is running text: names, numbers and tables have blanks of their own."""
    return (
        block.part == "body"
        and block.cell is None
        and not text.isupper()
        and _NO_PROSE.search(text) is None
        # Lines set justified have blanks between all words.
        and text.count("  ") <= 3
    )


@cache
def sorts() -> dict[Sort, tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """Return for each sort how it is told, a quick pattern of what may be one, and the pattern of what is."""
    word = rf"(?<![\w@/.]){_WORD}"
    return {
        # Not «8 : 30», «thực hiện ./.», «xem ...»; a colon not where a form has one.
        "blank-before": (
            "thừa dấu cách trước dấu câu",
            re.compile("[ \u00a0][,;.:)!?]"),
            re.compile(
                rf"{word}[ \u00a0]+(?:[,;](?![,;])|\.(?![./\w])|\)(?!\w)|[!?](?=\s|$))"
                r"|(?<!\w)(?:[Gg]ửi|[Nn]hận|sau|đây|gồm|dung|gian|điểm|phần|vị|định|biết)[ \u00a0]+:(?!\w)"
            ),
        ),
        "no-blank-after": (
            "thiếu dấu cách sau dấu câu",
            re.compile(r"[,;:.][^\W\d_]"),
            re.compile(rf"{word}(?:[,;:][{LOWER}{UPPER}]|\.[{UPPER}](?=[{LOWER}]))[{LOWER}]*(?![\w@]|\.\w)"),
        ),
        "doubled-mark": (
            "dấu câu gõ hai lần",
            re.compile(r"[,;:.]\s?[,;:.]"),
            re.compile(rf"{word}(?:\s?(?:,,|;;|::|,;|;,|,\.(?!\.)|;\.(?!\.))|(?<!v)\.\.(?![./…]))(?![,;:])"),
        ),
        "doubled-blank": (
            "hai dấu cách liền nhau",
            re.compile("  "),
            re.compile(rf"{word}[,;]?  {_WORD}(?!\w)"),
        ),
    }


_WORD = rf"[{UPPER}]?[{LOWER}]{{2,}}"
# Columns, dots and lines to fill in, addresses of the net, formulas.
_NO_PROSE = re.compile(r"\t|   |\.{4}|…{2}|_{3}|@|https?:|www\.|\.vn\b|[=<>{}|\\]")
