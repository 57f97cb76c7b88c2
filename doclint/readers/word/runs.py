"""The text of one run, and the way back to the characters that ``run.text`` of python-docx counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from doclint.readers.word.fields import Fields
from doclint.readers.word.names import (
    ALTERNATE,
    EXTENDED_SYMBOL,
    FIELD_MARK,
    SYMBOL,
    TEXT,
    TYPE,
    Element,
    W,
    chosen,
)
from doclint.readers.word.symbols import symbol


@dataclass(frozen=True, slots=True)
class RunText:
    """What a run shows. ``starts`` and ``ends`` give for each character where its source begins and ends in the run's
    own text; both are None when the two texts are the same.
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the run's own text behind characters ``start`` to ``end``, which must not be empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def read_run(run: Element, fields: Fields, unclosed: frozenset[Element], hidden: bool) -> RunText:
    """Read ``run`` and move ``fields`` past the field marks in it. ``hidden`` text is left out, as is that of codes."""
    pieces: list[tuple[str, int]] = []
    same = True
    for child in run:
        if child.tag == FIELD_MARK:
            fields.pass_mark(child, unclosed)
            continue
        text, length = piece(child)
        if hidden or fields.in_code:
            same = same and not length
            text = ""
        same = same and len(text) == length
        pieces.append((text, length))
    return RunText("".join([text for text, _ in pieces])) if same else _mapped(pieces)


def piece(child: Element) -> tuple[str, int]:
    """Return the text of a run's child, and how many characters python-docx counts for it."""
    tag = child.tag
    if tag == TEXT:
        # A line break in the XML is a blank on paper.
        text = (child.text or "").replace("\n", " ").replace("\r", " ")
        return text, len(text)
    if tag in _MARKS:
        return _MARKS[tag], 1
    if tag == _SOFT_HYPHEN:
        # A place to break a word; but in TCVN3 it is the letter ư, so only the decoder may drop it.
        return "\u00ad", 0
    if tag == _BREAK:
        # The end of a page or column parts words as a line break does; python-docx leaves it out.
        return "\n", 1 if child.get(TYPE, "textWrapping") == "textWrapping" else 0
    if tag == SYMBOL:
        return _symbol(child, W), 0
    if tag == EXTENDED_SYMBOL:
        return _symbol(child, tag.partition("}")[0] + "}"), 0
    if tag == ALTERNATE:
        branch = chosen(child)
        return "".join([piece(part)[0] for part in branch]) if branch is not None else "", 0
    return "", 0


def _symbol(element: Element, namespace: str) -> str:
    code = element.get(namespace + "char", "")
    font = element.get(namespace + "font", "")
    return symbol(int(code, 16), font) if _CODE.fullmatch(code) else ""


def _mapped(pieces: list[tuple[str, int]]) -> RunText:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for text, length in pieces:
        for number, char in enumerate(text):
            characters.append(char)
            starts.append(position + min(number, length))
            ends.append(position + min(number + 1, length))
        position += length
    return RunText("".join(characters), tuple(starts), tuple(ends))


_SOFT_HYPHEN = W + "softHyphen"
_BREAK = W + "br"
_MARKS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CODE = re.compile(r"[0-9A-Fa-f]{1,6}")
