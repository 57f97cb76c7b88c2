"""Stretches of runs → marks of comments in the XML of the document part, where Word allows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from doclint.document import RunRange
from doclint.readers.word.inline import runs_of
from doclint.readers.word.names import ALTERNATE, PARAGRAPH, PARAGRAPH_PROPERTIES, RUN, SIMPLE_FIELD, Element, W
from doclint.reporters.word.splitting import Cut, end_marks, put_marks, start_mark


@dataclass(frozen=True, slots=True)
class Point:
    """Where a range begins or ends: at a character of a run, or without ``offset`` outside of an inline element."""

    holder: Element
    offset: int | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The range of a comment; ``exact`` tells whether it covers what it is about and nothing else."""

    start: Point
    end: Point
    exact: bool


@dataclass
class Part:
    """The document part, whose paragraphs and runs keep the numbers they had when it was read."""

    root: Element
    paragraphs: list[Element] = field(init=False)
    _order: dict[Element, int] = field(init=False)
    _runs: dict[int, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.paragraphs = list(self.root.iter(PARAGRAPH))
        self._order = {element: number for number, element in enumerate(self.root.iter())}

    def anchor(self, ranges: Sequence[RunRange]) -> Anchor | None:
        """Return where a comment on ``ranges`` can stand, None for nowhere near. Raises IndexError for no such run."""
        first, last = self._run(ranges[0]), self._run(ranges[-1])
        holders = _holder(first), _holder(last)
        if None in holders:
            return None
        if holders == (first, last):
            if first is last and ranges[0].start >= ranges[-1].end:
                # A sign that counts for no character.
                return Anchor(Point(first, None), Point(first, None), True)
            return Anchor(Point(first, ranges[0].start), Point(last, ranges[-1].end), True)
        # A text box is read after its paragraph, but fixed to a run inside it.
        begin, end = sorted(holders, key=self._order.__getitem__)
        return Anchor(Point(begin, None), Point(end, None), False)

    def _run(self, one: RunRange) -> Element:
        if one.paragraph not in self._runs:
            self._runs[one.paragraph] = runs_of(self.paragraphs[one.paragraph])
        return self._runs[one.paragraph][one.run]


def mark(part: Part, anchors: Iterable[tuple[int, Anchor | None]]) -> None:
    """Put the marks of comments, given by id, into ``part``; those without anchor before its first run."""
    cuts: dict[Element, list[Cut]] = {}
    for id_, anchor in anchors:
        if anchor is None:
            _put_first(part.paragraphs[0], id_)
            continue
        cuts.setdefault(anchor.start.holder, []).append(Cut("start", id_, anchor.start.offset))
        cuts.setdefault(anchor.end.holder, []).append(Cut("end", id_, anchor.end.offset))
    for holder, own in cuts.items():
        put_marks(holder, own)


def _holder(run: Element) -> Element | None:
    """Return ``run``, or what is around it and may be replaced or left out as one; None when that is no part of a text.

    A comment inside a text box, a field's stored result or a control bound to data would be lost.
    """
    chain = [run, *run.iterancestors()]
    outer = max(number for number, element in enumerate(chain) if element.tag == PARAGRAPH)
    if any(element.tag == ALTERNATE for element in chain[outer:]):
        return None
    return [element for element in chain[:outer] if _is_whole(element)][-1]


def _is_whole(element: Element) -> bool:
    if element.tag == _CONTROL:
        return element.find(_BINDING) is not None
    return element.tag in (RUN, ALTERNATE, SIMPLE_FIELD)


def _put_first(paragraph: Element, id_: int) -> None:
    properties = paragraph.find(PARAGRAPH_PROPERTIES)
    at = 0 if properties is None else paragraph.index(properties) + 1
    paragraph[at:at] = [start_mark(id_), *end_marks(id_)]


_CONTROL = W + "sdt"
_BINDING = f"{W}sdtPr/{W}dataBinding"
