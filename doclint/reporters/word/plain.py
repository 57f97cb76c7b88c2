"""A text → a plain Word file, one paragraph a line, and the places of the text in it."""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate

from doclint.document import Document, DocxPlace, RunRange, Span


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """The places of a text in the Word file made of it: ``starts`` are where its lines begin."""

    starts: tuple[int, ...]

    def __call__(self, span: Span) -> DocxPlace:
        """Return one range a line; a line without text has none."""
        runs = []
        for line in range(bisect_right(self.starts, span.start) - 1, len(self.starts) - 1):
            begin, end = self.starts[line], self.starts[line + 1] - 1
            if begin >= span.end:
                break
            start, stop = max(span.start, begin) - begin, min(span.end, end) - begin
            if start < stop:
                runs.append(RunRange(line, 0, start, stop))
        return DocxPlace("document", tuple(runs))


def plain_docx(document: Document) -> tuple[bytes, Document]:
    """Return a Word file of the text of ``document``, and the document with its places there."""
    from docx import Document as new_document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    made = new_document()
    section, style = made.sections[0], made.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.paragraph_format.space_after = Pt(0)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    lines = document.text.split("\n")
    for line in lines:
        made.add_paragraph(_UNPRINTABLE.sub(" ", line))
    buffer = io.BytesIO()
    made.save(buffer)
    starts = tuple(accumulate((len(line) + 1 for line in lines), initial=0))
    return buffer.getvalue(), replace(document, places=LinePlaces(starts))


_UNPRINTABLE = re.compile("[^\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""
