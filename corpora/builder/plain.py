"""Set a source as plain text, its two header columns arranged as programs that export text arrange them."""

from __future__ import annotations

import textwrap
from itertools import zip_longest

from builder.source import Line, Shape, Source

ARRANGEMENTS = ("tab", "blocks", "interleaved", "padded")
NUMBER_WIDTH = 38  # characters: where the subject of a letter is broken in the left column


def to_plain(source: Source, header: str, wrap: int = 0) -> str:
    """Return the text; ``header`` is one of ``ARRANGEMENTS``; ``wrap`` breaks lines at so many letters, 0 does not."""
    left = [*source.superior, *source.issuer, source.number]
    right = [*source.nation, source.place]
    if not source.type:
        left += textwrap.wrap(source.subject, NUMBER_WIDTH) if wrap else [source.subject]
    left += source.marks
    lines = [*_head(left, right, header), ""]
    if source.type:
        lines += [line for line in (source.type, *_broken(source.subject, wrap), "") if line or line == ""]
    if len(source.addressees) == 1:
        lines += [f"Kính gửi: {source.addressees[0]}", ""]
    elif source.addressees:
        lines += ["Kính gửi:", *(part for text in source.addressees for part in _broken(f"- {text}", wrap)), ""]
    lines += _paragraphs(source.body, wrap)
    if source.recipients:
        lines += ["", source.recipients_title, *(part for text in source.recipients for part in _broken(text, wrap))]
    lines += ["", *source.left_signature, source.left_signer] if source.left_signer else []
    lines += ["", *source.signature, source.signer]
    lines += ["", *_paragraphs(source.appendix, wrap)] if source.appendix else []
    return "\n".join(lines) + "\n"


def _paragraphs(lines: tuple[Line, ...], wrap: int) -> list[str]:
    return [
        part
        for line in lines
        for part in ([_cells(line.text)] if line.shape is Shape.ROW else _broken(line.text, wrap))
    ]


def _cells(row: str) -> str:
    return "\t".join(cell.strip() for cell in row.strip("|").split("|"))


def _broken(text: str, wrap: int) -> list[str]:
    return textwrap.wrap(text, wrap, break_long_words=False, break_on_hyphens=False) if wrap else [text]


def _head(left: list[str], right: list[str], arrangement: str) -> list[str]:
    pairs = list(zip_longest(left, right, fillvalue=""))
    if arrangement == "tab":
        return [f"{one}\t{other}".rstrip() for one, other in pairs]
    if arrangement == "padded":
        return [f"{one:<44}{other}".rstrip() for one, other in pairs]
    if arrangement == "blocks":
        return [line for line in (*left, *right) if line]
    return [text for pair in pairs for text in pair if text]
