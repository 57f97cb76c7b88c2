"""A Word file being fixed: what was read of it, and the XML behind every stretch of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath

from lxml import etree

from doclint.anatomy.parts import Anatomy
from doclint.api import Report, check_document
from doclint.config import Settings
from doclint.document import Block, Document, DocxPlace, RunRange, Span
from doclint.readers.word import read_docx
from doclint.readers.word.inline import runs_of
from doclint.readers.word.names import PARAGRAPH, SECTION, Element, W
from doclint.readers.word.package import Package, open_package
from doclint.readers.word.places import DocxPlaces
from doclint.readers.word.story import ends_of, read_story
from doclint.reporters.word.package import Rewriting, written
from doclint.reporters.word.splitting import Cut, bound_to, counted, divided, pieces_of


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed at a stretch of the text, in words: «cỡ 12 → 13»."""

    span: Span
    what: str


@dataclass(frozen=True, slots=True)
class Left:
    """What a person has to decide at a stretch of the text, and why."""

    span: Span
    why: str


@dataclass
class Draft:
    """The file as it is now. Elements come from ``runs``, ``pieces``… and are changed in place; then it is renewed.

    Splitting a run spoils the numbers of places, so a fix asks for all its pieces at once.
    """

    path: Path
    settings: Settings
    content: bytes
    package: Package
    document: Document
    report: Report
    expected: str
    """The text that the file must have when it is read again."""
    rewriting: Rewriting = field(init=False)
    _roots: dict[str, tuple[str, Element, bytes]] = field(default_factory=dict)
    """Of each part in hand its name in the package, its root, and what it was."""
    _paragraphs: dict[str, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rewriting = Rewriting(self.package)

    @property
    def anatomy(self) -> Anatomy:
        """The parts of the document; only a secret one, which is never fixed, has none."""
        assert self.report.anatomy is not None
        return self.report.anatomy

    def run(self, stem: str, one: RunRange) -> Element:
        """Return the run behind a piece of a place; ``stem`` is the part of the place."""
        return runs_of(self._paragraph(stem, one.paragraph))[one.run]

    def runs(self, span: Span) -> list[Element]:
        """Return the runs that ``span`` touches, as wholes."""
        place = self._place(span)
        return [self.run(place.part, one) for one in place.runs]

    def pieces(self, spans: Sequence[Span]) -> list[list[Element]]:
        """Return for each of ``spans``, which do not overlap, the runs that hold it and nothing else but blanks."""
        cuts: dict[Element, set[int]] = {}
        wanted: list[list[tuple[Element, RunRange]]] = []
        for span in spans:
            place = self._place(span)
            ranges = [(self.run(place.part, one), one) for one in place.runs]
            wanted.append(ranges)
            for run, one in ranges:
                before, after = _rest(run, one)
                cuts.setdefault(run, set()).update(
                    offset for offset, rest in ((one.start, before), (one.end, after)) if rest.strip()
                )
        pieces = {run: _cut(run, offsets) for run, offsets in cuts.items()}
        return [
            [piece for run, one in ranges for start, piece in pieces[run] if _within(start, one, pieces[run])]
            for ranges in wanted
        ]

    def paragraph(self, block: Block) -> Element:
        """Return the ``w:p`` whose properties hold for ``block``: the last of those joined by a deleted mark."""
        place = self._place(block.span)
        paragraph = self._paragraph(place.part, place.runs[-1].paragraph)
        while not ends_of(paragraph) and (following := paragraph.getnext()) is not None and following.tag == PARAGRAPH:
            paragraph = following
        return paragraph

    def sections(self) -> list[Element]:
        """Return the ``w:sectPr`` behind ``document.sections``."""
        root = self.root("document")
        body = root.find(W + "body")
        story = read_story(root, [body], "document", "body", count(), self.path)
        return [*(one.section for one in story.paragraphs if one.section is not None), *body.findall(SECTION)[:1]]

    def part(self, name: str) -> Element:
        """Return the root of the part ``name`` of the package, to be changed."""
        if name not in self._roots:
            root = self.package.xml(name)
            assert root is not None
            self._roots[name] = name, root, etree.tostring(root)
        return self._roots[name][1]

    def root(self, stem: str) -> Element:
        """Return the root of the part that places call ``stem``, to be changed."""
        return self.part(self._named(stem))

    def text_lines(self, stem: str) -> list[Span]:
        """Return the lines of the text, their ends included, that come from the part ``stem``."""
        assert isinstance(self.document.places, DocxPlaces)
        return [Span(line.label, line.end + 1) for line in self.document.places.lines if line.part == stem]

    def changed(self) -> bytes:
        """Return the file with the changes; parts that nobody changed are as they were, byte for byte."""
        for name, root, before in self._roots.values():
            if etree.tostring(root) != before:
                self.rewriting.changed[name] = root
        return written(self.rewriting)

    def _named(self, stem: str) -> str:
        if stem == "document":
            return self.package.main
        relations = [one for one in self.package.relations(self.package.main).values() if not one.external]
        notes = (one.target for one in relations if one.kind == stem)
        furniture = (one.target for one in relations if PurePosixPath(one.target).stem == stem)
        return next(iter((*notes, *furniture)))

    def _place(self, span: Span) -> DocxPlace:
        place = self.document.place(span)
        assert isinstance(place, DocxPlace)
        return place

    def _paragraph(self, stem: str, number: int) -> Element:
        if stem not in self._paragraphs:
            self._paragraphs[stem] = list(self.root(stem).iter(PARAGRAPH))
        return self._paragraphs[stem][number]


def open_draft(content: bytes, path: Path, settings: Settings) -> Draft:
    """Read and check the .docx in ``content``. Raises UnreadableDocument."""
    document = read_docx(content, path)
    report = check_document(document, path, settings=settings)
    return Draft(path, settings, content, open_package(content, path), document, report, document.text)


def prevailing(values: Iterable[float], default: float) -> float:
    """Return the value that comes most often, ``default`` when there is none."""
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else default


def nearest(value: float, limits: Sequence[float]) -> float:
    """Return the number between the least and the greatest of ``limits`` that is nearest to ``value``."""
    return min(max(value, min(limits)), max(limits))


def _rest(run: Element, one: RunRange) -> tuple[str, str]:
    """Return the text of ``run`` before and after the stretch; what is no letter counts as a sign."""
    text = "".join((child.text or "") if child.tag == W + "t" else "\0" * counted(child) for child in run)
    return text[: one.start], text[one.end :]


def _cut(run: Element, offsets: set[int]) -> list[tuple[int, Element]]:
    """Cut ``run`` at ``offsets``; return the pieces with the offset where each begins."""
    if not offsets:
        return [(0, run)]
    content = divided(run, offsets)
    bounds = {0: 0} | {bound_to(content, Cut("end", 0, offset)): offset for offset in sorted(offsets)}
    places = sorted({*bounds, len(content)})
    pieces = pieces_of(run, content, places)
    return [(bounds[place], piece) for place, piece in zip(places, pieces, strict=False)]


def _within(start: int, one: RunRange, pieces: Sequence[tuple[int, Element]]) -> bool:
    following = min((other for other, _ in pieces if other > start), default=None)
    return start < max(one.end, one.start + 1) and (following is None or following > one.start)
