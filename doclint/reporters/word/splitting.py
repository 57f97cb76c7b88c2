"""Cut a Word run in pieces that look as it did, and put marks of comments between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from lxml import etree

from doclint.readers.word.names import (
    COMMENT_END,
    COMMENT_MARK,
    COMMENT_START,
    FIELD_CODE,
    FIELD_MARK,
    ID,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    VAL,
    Element,
    W,
)
from doclint.readers.word.runs import piece

Side = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the range of comment ``id`` begins or ends: at character ``offset`` of a run, or None for its outside."""

    side: Side
    id: int
    offset: int | None = None


def put_marks(holder: Element, cuts: Iterable[Cut]) -> None:
    """Put the marks of ``cuts`` into and around ``holder``: a run, or for cuts without offset any inline element."""
    cuts = sorted(cuts, key=lambda cut: cut.id)
    if all(cut.offset is None for cut in cuts):
        pieces, bounds = [holder], [0, 1]
        places = [(0 if cut.side == "start" else 1, cut) for cut in cuts]
    else:
        content = divided(holder, {cut.offset for cut in cuts if cut.offset is not None})
        places = [(bound_to(content, cut), cut) for cut in cuts]
        bounds = sorted({0, len(content), *(place for place, _ in places)})
        pieces = pieces_of(holder, content, bounds)
    for bound in bounds:
        ends = [cut.id for place, cut in places if place == bound and cut.side == "end"]
        starts = [cut.id for place, cut in places if place == bound and cut.side == "start"]
        marks = [mark for id_ in ends for mark in end_marks(id_)] + [start_mark(id_) for id_ in starts]
        if bound != bounds[-1]:
            before = pieces[bounds.index(bound)]
            for mark in marks:
                before.addprevious(mark)
        else:
            for mark in reversed(marks):
                pieces[-1].addnext(mark)


def start_mark(id_: int) -> Element:
    """Return the mark where the range of comment ``id_`` begins."""
    return _mark(COMMENT_START, id_)


def end_marks(id_: int) -> tuple[Element, Element]:
    """Return the mark where the range of comment ``id_`` ends, and the run that calls the comment."""
    run = etree.Element(RUN)
    properties = etree.SubElement(run, RUN_PROPERTIES)
    for tag in ("sz", "szCs"):
        # The mark is not printed, but would make the line as high as itself.
        etree.SubElement(properties, W + tag, {VAL: "2"})
    run.append(_mark(COMMENT_MARK, id_))
    return _mark(COMMENT_END, id_), run


def divided(run: Element, offsets: set[int]) -> list[Element]:
    """Cut the ``w:t`` that hold ``offsets`` in two and return what the run then contains, without its properties."""
    position = 0
    for child in list(run):
        length = counted(child)
        inside = sorted(offset - position for offset in offsets if position < offset < position + length)
        position += length
        if not inside:
            continue
        text = child.text or ""
        texts = [text[start:end] for start, end in zip([0, *inside], [*inside, length], strict=True)]
        child.text = texts[0]
        child.set(_SPACE, "preserve")
        for rest in reversed(texts[1:]):
            other = etree.Element(TEXT, {_SPACE: "preserve"})
            other.text = rest
            child.addnext(other)
    return [child for child in run if child.tag != RUN_PROPERTIES]


def bound_to(content: Sequence[Element], cut: Cut) -> int:
    """Return before which of the run's children the mark belongs.

    A start stands before signs that count for no character, an end behind them, but never inside the code of a field,
    where Word would not show it.
    """
    if cut.offset is None:
        return 0 if cut.side == "start" else len(content)
    position = 0
    for number, child in enumerate(content):
        length = counted(child)
        if position >= cut.offset and (cut.side == "start" or length or child.tag in (FIELD_MARK, FIELD_CODE)):
            return number
        position += length
    return len(content)


def pieces_of(run: Element, content: Sequence[Element], bounds: Sequence[int]) -> list[Element]:
    """Leave the first piece of ``content`` in ``run``, move the others to runs behind it; return all of them."""
    properties = run.find(RUN_PROPERTIES)
    pieces = [run]
    for start, end in pairwise(bounds[1:]):
        piece = etree.Element(RUN, run.attrib)
        if properties is not None:
            piece.append(deepcopy(properties))
        piece.extend(content[start:end])
        pieces[-1].addnext(piece)
        pieces.append(piece)
    return pieces


def counted(child: Element) -> int:
    """Return how many characters ``RunRange`` counts for a run's child."""
    return piece(child)[1]


def _mark(tag: str, id_: int) -> Element:
    return etree.Element(tag, {ID: str(id_)})


_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
