"""The runs of a paragraph one after the other: what they show, how that is printed, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from doclint.document import Font
from doclint.readers.word.names import (
    COMMENT_END,
    COMMENT_MARK,
    COMMENT_START,
    RUN_PROPERTIES,
    TEXT,
    VAL,
    Element,
    W,
)
from doclint.readers.word.runs import RunText, read_run
from doclint.readers.word.story import Paragraph, PlacedRun, Story
from doclint.readers.word.styles import Style, Styles


@dataclass
class Reading:
    """A paragraph of ``story``: the texts of its runs before form C, one source and one font for each."""

    story: Story
    paragraph: Paragraph
    style: Style
    numbering: Element | None
    """Its own ``w:numPr``."""
    texts: list[str] = field(default_factory=list)
    sources: list[tuple[int, int, RunText]] = field(default_factory=list)
    """Of each text the number of the paragraph and of the run it comes from, and how it was made."""
    legacy: dict[int, tuple[int, ...] | None] = field(default_factory=dict)
    """Of each text that was in an old encoding the offsets back into it."""
    fonts: list[Font] = field(default_factory=list)
    marks: list[tuple[Element, int]] = field(default_factory=list)
    """Marks of comments, and before which run they stand."""
    hidden: bool = False
    """Whether some of its text is hidden."""


def read_paragraphs(story: Story, styles: Styles) -> Iterator[Reading]:
    """Yield the paragraphs of ``story`` with what their runs show, in the order of the text."""
    for paragraph in story.paragraphs:
        style_id, numbering = None, None
        for child in paragraph.properties if paragraph.properties is not None else ():
            if child.tag == _STYLE:
                style_id = child.get(VAL)
            elif child.tag == _NUMBERING:
                numbering = child
        reading = Reading(story, paragraph, styles.style(style_id, "paragraph"), numbering)
        for item in paragraph.content:
            if isinstance(item, PlacedRun):
                _add_run(reading, item, styles)
            elif item.tag in _COMMENT_MARKS:
                reading.marks.append((item, len(reading.texts)))
        yield reading


def _add_run(reading: Reading, placed: PlacedRun, styles: Styles) -> None:
    run = placed.element
    font, hidden = styles.font(reading.paragraph.table_style, reading.style.id, run.find(RUN_PROPERTIES))
    text = read_run(run, reading.paragraph.fields, reading.story.unclosed, hidden)
    reading.hidden = reading.hidden or (hidden and run.find(TEXT) is not None)
    if text.text:
        reading.texts.append(text.text)
        reading.sources.append((placed.paragraph, placed.number, text))
        reading.fonts.append(font)


_STYLE, _NUMBERING = W + "pStyle", W + "numPr"
_COMMENT_MARKS = (COMMENT_START, COMMENT_END, COMMENT_MARK)
