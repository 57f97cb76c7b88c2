"""Amounts, percentages, dates and terms of a text, and which of them a copy has changed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from doclint.document import Span
from doclint.reuse.passages import Pairs
from doclint.reuse.side import Side
from doclint.reuse.tokens import Tokens
from doclint.vietnamese.patterns import spaced

FigureKind = Literal["date", "percent", "period", "amount"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and where it stands; ``value`` is alike for all spellings of one figure."""

    kind: FigureKind
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the draft that is another in the source."""

    draft: Figure
    source: Figure


def figures(text: Side, first: int, last: int) -> Iterator[Figure]:
    """Yield the figures between two characters of ``text``; numbers of documents, articles and items are none."""
    for match in _FIGURE.finditer(text.lowered, first, last):
        kind = next((kind for kind in _KINDS if match[kind] is not None), None)
        if kind is not None:
            yield Figure(kind, _value(match[kind]), Span(*match.span(kind)))


def changes(draft: Side, source: Side, pairs: Pairs) -> Iterator[Change]:
    """Yield each figure of a passage that stands, in the source, where another figure of its kind does."""
    draft_tokens, source_tokens = draft.tokens, source.tokens
    theirs = list(figures(source, *_characters(source_tokens, pairs[0][1], pairs[-1][1])))
    starts, ends = [other.span.start for other in theirs], [other.span.end for other in theirs]
    ours, sides = np.array(pairs, dtype=np.int64).T
    before, after = draft_tokens.ends[ours], draft_tokens.starts[ours]
    for figure in figures(draft, *_characters(draft_tokens, pairs[0][0], pairs[-1][0])):
        # The characters of the source between what stands before the figure and after it on both sides.
        left, right = np.searchsorted(before, figure.span.start, "right"), np.searchsorted(after, figure.span.end)
        low = source_tokens.ends[sides[left - 1]] if left else source_tokens.starts[sides[0]]
        high = source_tokens.starts[sides[right]] if right < len(sides) else source_tokens.ends[sides[-1]]
        between = theirs[bisect_right(ends, int(low)) : bisect_left(starts, int(high))]
        opposite = [other for other in between if other.kind == figure.kind]
        if opposite and all(other.value != figure.value for other in opposite):
            yield Change(figure, opposite[0])


def _characters(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    return int(tokens.starts[first]), int(tokens.ends[last])


def _value(words: str) -> str:
    """Return the numbers of a figure, in small letters, without leading noughts and marks of thousands."""
    plain = " ".join(re.sub(r"(?<=\d)[.](?=\d{3}(?!\d))", "", words).split())
    plain = re.sub(r"\b0+(?=\d)", "", plain)
    return re.sub(r"(?:ngày )?(\d+) tháng (\d+)(?: năm (\d+))?", lambda m: "/".join(filter(None, m.groups())), plain)


_KINDS: tuple[FigureKind, ...] = ("date", "percent", "period", "amount")
_NUMBER = r"\d+(?:[.,]\d+)*"
_FIGURE = re.compile(
    spaced(
        # Most letters begin no figure: they are passed by at once.
        r"(?:(?=\d)|(?<!\w)(?=[bcđkmnpqst])|(?m:^))(?:"
        # What is numbered, not counted: «Điều 5», «12/KH-UBND», «a)», «1.» at the beginning of a line.
        rf"(?:điều|khoản|điểm|mục|phụ lục|chương|biểu|mẫu|số) {_NUMBER}(?:[/-][\w/-]*)?"
        rf"|\d+/[\w-]*[a-zđ][\w/-]*|(?m:^)\s*{_NUMBER}[.)]"
        r"|(?P<date>(?:ngày )?\d{1,2} tháng \d{1,2}(?: năm \d{4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"
        r"|(?:quý [ivx]+|tháng \d{1,2})(?:[/-]\d{4}| năm \d{4})?|năm \d{4})"
        rf"|(?P<percent>{_NUMBER}\s*%)"
        rf"|(?P<period>{_NUMBER} (?:ngày(?: làm việc)?|tháng|năm|tuần|giờ|phút)(?!\w))"
        rf"|(?P<amount>(?<![\w/.-]){_NUMBER}(?: (?:nghìn|triệu|tỷ|tỉ))?(?: đồng)?(?![\w/%])))"
    )
)
