"""Forms of the State in a document of the Party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from doclint.checks import Context
from doclint.checks.header_form import recognised
from doclint.document import Document, Span
from doclint.finding import Match

PLACEHOLDERS = frozenset({"words", "problem"})


@dataclass(frozen=True, slots=True)
class Options:
    """No options."""


def check(document: Document, options: Options, context: Context) -> Iterator[Match]:
    """Report the head, the number, the ending and the prefix of the signer where they are those of the State."""
    if recognised(document):
        return
    for span, problem in (
        *_nation(context),
        *_number(document, context),
        *_ending(document, context),
        *_prefix(document, context),
    ):
        yield Match(span, {"words": document.at(span), "problem": problem})


def _nation(context: Context) -> Iterator[tuple[Span, str]]:
    header = context.anatomy.header
    if header.nation is not None and not header.party:
        yield header.nation, "văn bản của Đảng ghi tiêu đề ĐẢNG CỘNG SẢN VIỆT NAM, không ghi Quốc hiệu"


def _number(document: Document, context: Context) -> Iterator[tuple[Span, str]]:
    number = context.anatomy.header.number
    if number is None:
        return
    lead = re.search(r"Số\s*:\s*$", document.text[: number.span.start][-20:])
    if re.match(r"[\d\s.…_]*/[A-ZĐ]\w{0,3}-", document.at(number.span)):
        yield number.span, "văn bản của Đảng viết số-tên loại/cơ quan, như 05-NQ/ĐU"
    elif lead is not None:
        start = number.span.start - len(lead[0])
        yield Span(start, number.span.end), "sau chữ «Số» của văn bản của Đảng không có dấu hai chấm"


def _ending(document: Document, context: Context) -> Iterator[tuple[Span, str]]:
    recipients, signature = context.anatomy.recipients, context.anatomy.signature
    feet = [part.start for part in (recipients and recipients.heading, signature and signature.authority) if part]
    if not feet:
        return
    match = re.search(r"\S+?\s?\./\.\s*$", document.text[: min(feet)][-200:])
    if match is not None:
        end = min(feet)
        span = Span(end - len(match[0]), end - len(match[0]) + len(match[0].rstrip()))
        yield span, "văn bản của Đảng kết thúc bằng dấu chấm, không dùng «./.»"


def _prefix(document: Document, context: Context) -> Iterator[tuple[Span, str]]:
    signature = context.anatomy.signature
    for line in signature.lines if signature is not None else ():
        match = re.match(r"(TM|KT|TL)(?:\.\s?|(?=\s))", document.at(line))
        if match is not None:
            yield line, f"văn bản của Đảng viết «{match[1][0]}/{match[1][1]}»"
