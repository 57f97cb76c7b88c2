"""What stands in a paragraph: its runs, and the text boxes fixed to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from doclint.readers.word.names import (
    ALTERNATE,
    BOX,
    COMMENT_END,
    COMMENT_MARK,
    COMMENT_START,
    DELETED,
    ENDNOTE_MARK,
    FOOTNOTE_MARK,
    MOVED_FROM,
    PARAGRAPH_PROPERTIES,
    RUN,
    SECTION,
    Element,
    W,
    chosen,
)


def runs_of(paragraph: Element) -> list[Element]:
    """Return the runs of one ``w:p`` that remain when all changes are accepted, in their order.

    The run numbers of ``RunRange`` count these. Runs of field codes and of hidden text are among them, without text.
    """
    return [run for run in inline(paragraph) if run.tag == RUN]


def inline(container: Element) -> Iterator[Element]:
    """Yield runs and the ends of comment ranges, those in links, fields, insertions and other wrappers too."""
    for child in container:
        tag = child.tag
        if tag == RUN:
            yield child
            if child.find(_RUBY) is not None:
                # The base of a phonetic guide is text; the guide above it is not.
                for base in child.iter(_RUBY_BASE):
                    yield from inline(base)
        elif tag in (COMMENT_START, COMMENT_END):
            yield child
        elif tag == ALTERNATE:
            if (branch := chosen(child)) is not None:
                yield from inline(branch)
        elif tag not in SILENT and len(child):
            yield from inline(child)


def boxes_in(container: Element, unread: Counter[str]) -> Iterator[Element]:
    """Yield the text boxes of a drawing or picture, each once; count what is there beside text."""
    if container.tag == BOX:
        yield container
        return
    if (name := _UNREAD.get(container.tag)) is not None:
        unread[name] += 1
        if container.tag == _OBJECT:
            return
    if container.tag == ALTERNATE:
        branch = chosen(container)
        children = [] if branch is None else [branch]
    else:
        children = list(container)
    for child in children:
        yield from boxes_in(child, unread)


# Deleted, or properties and no text.
SILENT = frozenset(
    (
        *(DELETED, MOVED_FROM, PARAGRAPH_PROPERTIES, SECTION),
        *(W + name for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "tblPr", "tblGrid", "trPr", "tcPr")),
    )
)
MARKS = frozenset((COMMENT_MARK, FOOTNOTE_MARK, ENDNOTE_MARK))
_RUBY, _RUBY_BASE = W + "ruby", W + "rubyBase"
_OBJECT = W + "object"
HOLDERS = frozenset((W + "drawing", W + "pict", _OBJECT, ALTERNATE))
_UNREAD = {
    _OBJECT: "đối tượng OLE",
    W + "control": "điều khiển ActiveX",
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic": "ảnh",
    "{urn:schemas-microsoft-com:vml}imagedata": "ảnh",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "biểu đồ",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "sơ đồ SmartArt",
}
