"""Join the printed lines of plain text into paragraphs."""

from __future__ import annotations

import re
from statistics import quantiles

from doclint.document import Span


def join_lines(text: str) -> list[Span]:
    """Return the paragraphs of ``text``: spans without blank ends, in order, covering all that is not blank.

    Text of an office comes wrapped at the width of the paper, or broken by a page in mid-sentence. A line goes on in
    the next one when it ends in mid-sentence and the next begins like its continuation.
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    width = _wrap_width(lines)
    paragraphs: list[Span] = []
    previous: Span | None = None
    for line in lines:
        if previous is not None and continues(text, previous, line, width):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
        previous = line
    return paragraphs


def continues(text: str, line: Span, following: Span, width: int) -> bool:
    """Tell whether ``following`` goes on with the sentence of ``line``; ``width`` is the length of a full line."""
    head, tail = text[line.start : line.end], text[following.start : following.end]
    gap = text[line.end : following.start].count("\n")
    if gap > 2 or is_marked(tail, head) or _ENDS.search(head) or _COLUMNS.search(head) or _COLUMNS.search(tail):
        return False
    if tail[0].islower():
        return not head.isupper()
    # A capital may be a name in mid-sentence, but only after a line as long as the paper is wide.
    return gap == 1 and len(head) >= width and not tail.isupper() and not head.isupper()


def is_marked(line: str, above: str) -> bool:
    """Tell whether ``line`` begins with a number, letter or dash of a list, or as a known part of a document.

    The dash of «2026 - 2031», broken after the first year by the end of the line ``above``, begins nothing.
    """
    return _MARKER.match(line) is not None and not (above[-1:].isdigit() and _RANGE.match(line))


def _wrap_width(lines: list[Span]) -> int:
    lengths = [len(line) for line in lines if len(line) > 40]
    if len(lengths) < 8:
        return 60
    return max(50, int(quantiles(lengths, n=4)[1] * 0.85)) if max(lengths) < 140 else 10_000


_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_ENDS = re.compile(r"[.;:!?…/”\"»]\W{0,2}$")
_RANGE = re.compile(r"[-–—]\s\d")
_COLUMNS = re.compile(r"\t|\S {3,}\S")
_MARKER = re.compile(
    r"""(?:
      [-+•*–—]\s | \(?[a-zđ]\)\s? | \d{1,3}(?:\.\d{1,3})*[.)]\s | [IVXL]{1,6}\.\s
    | (?:Điều|Chương|Mục|Phần|PHẦN|CHƯƠNG|MỤC)\s+[\dIVXL]
    | Căn\scứ\s | Theo\sđề\snghị | Kính\sgửi | Nơi\snhận | V/v\s | Số\s?: | Thời\sgian
    | (?:KT|TM|TL|TUQ|Q)\.\s
    )""",
    re.VERBOSE,
)
