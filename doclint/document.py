"""What is read of a file: its text, and for every stretch of it the spot in the file that a person can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, Protocol

from doclint.vietnamese.normalise import fold


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of ``Document.text``: offsets in characters, the end not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end}")

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in a text file: line and column, both counted from 1."""

    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def label(self) -> str:
        """Words a clerk uses for it."""
        return f"dòng {self.line}" if self.line == self.end_line else f"dòng {self.line}–{self.end_line}"


@dataclass(frozen=True, slots=True)
class RunRange:
    """Characters ``start`` to ``end`` of one run of a Word paragraph; all numbers count from 0 inside their parent."""

    paragraph: int
    run: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocxPlace:
    """A place in a Word file: the part (``document``, ``header1``…) and the runs, in the order of the text."""

    part: str
    runs: tuple[RunRange, ...]

    @property
    def label(self) -> str:
        """Words a clerk uses for it."""
        first, last = self.runs[0].paragraph + 1, self.runs[-1].paragraph + 1
        return f"đoạn {first}" if first == last else f"đoạn {first}–{last}"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner of the page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPlace:
    """A place in a PDF: one box a printed line, pages counted from 1."""

    boxes: tuple[Box, ...]

    @property
    def label(self) -> str:
        """Words a clerk uses for it."""
        first, last = self.boxes[0].page, self.boxes[-1].page
        return f"trang {first}" if first == last else f"trang {first}–{last}"


SIGNED = "tệp có chữ ký số"
"""The note that a reader leaves on a file with a digital signature."""

Place = TextPlace | DocxPlace | PdfPlace


class PlaceMap(Protocol):
    """The map a reader leaves: from a span that is not empty to its place."""

    def __call__(self, span: Span) -> Place:
        """Return the place of ``span``."""
        ...


@dataclass(frozen=True, slots=True)
class Font:
    """How a run is printed, after all styles; None where nothing in the file says it. Colour is RRGGBB."""

    name: str | None = None
    east_asia: str | None = None
    complex_script: str | None = None
    size: float | None = None
    """In points."""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    capitals: bool = False
    colour: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text printed in one way."""

    span: Span
    font: Font


Alignment = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class ParagraphFormat:
    """How a paragraph is set, after all styles: lengths in points, None where nothing in the file says it."""

    alignment: Alignment | None = None
    left_indent: float | None = None
    right_indent: float | None = None
    first_line_indent: float | None = None
    """Negative for a hanging indent."""
    space_before: float | None = None
    space_after: float | None = None
    line_spacing: float | None = None
    """In lines: 1.0 is single; None when the pitch is given in points."""
    line_pitch: float | None = None
    """In points, exact or at least."""


@dataclass(frozen=True, slots=True)
class Section:
    """The paper of a stretch of the document: lengths in points."""

    span: Span
    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    landscape: bool = False
    page_number: Literal["header", "footer", ""] = ""
    """Where the page number is printed, empty for nowhere."""
    first_page_differs: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark somebody left in the file, and the text it is fixed to."""

    span: Span
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What could not be read or trusted, and why: a page counted from 1, or 0 for a piece of a file without pages."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, table cell paragraph, page header or footer; blocks follow each other and never overlap.

    ``part`` is where it stands: ``body``, ``header``, ``footer``, ``footnote``, ``page-number``, in a
    PDF also ``watermark`` and ``margin`` (lines that run another way than the page's text); ``cell`` is (table, row,
    column), each from 0.
    """

    span: Span
    part: str = "body"
    cell: tuple[int, int, int] | None = None
    format: ParagraphFormat | None = None


@dataclass(frozen=True)
class Document:
    """What a reader makes of a file: its text in NFC, its blocks, the way back to places, notes for the report.

    ``runs`` and ``sections`` are empty where the format has no looks (.txt). ``unchecked`` are pages whose text is not
    in ``text``: a document that has any was not checked in whole.
    """

    text: str
    blocks: tuple[Block, ...]
    format: str
    places: PlaceMap
    notes: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()
    sections: tuple[Section, ...] = ()
    comments: tuple[Comment, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    decomposed: tuple[int, ...] = ()
    """Offsets of the letters that the file has apart from their marks; none for a PDF, whose program parts them."""

    def place(self, span: Span) -> Place:
        """Return where ``span`` stands in the file. The span must hold at least one character of a block."""
        return self.places(span)

    def at(self, span: Span) -> str:
        """Return the text of ``span``."""
        return self.text[span.start : span.end]

    @property
    def signed(self) -> bool:
        """Whether the file carries a digital signature: number and date may then live in it alone."""
        return SIGNED in self.notes

    @cached_property
    def folded(self) -> str:
        """The text folded, character for character: an offset here is an offset in ``text``."""
        return fold(self.text)
