"""Remarks → the comments part of a Word file (ECMA-376 part 1, clause 17.13.4)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import count

from lxml import etree

from doclint.readers.word.names import COMMENT_END, COMMENT_MARK, COMMENT_START, ID, Element, W
from doclint.reporters.word.remarks import AUTHOR, INITIALS, Remark

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def new_comments() -> Element:
    """Return the root of a comments part without comments."""
    return etree.Element(W + "comments", nsmap={"w": W[1:-1]})


def free_ids(document: Element, comments: Element) -> Iterator[int]:
    """Yield numbers that no comment of the file has, not even one that is missing."""
    marks = document.iter(COMMENT_START, COMMENT_END, COMMENT_MARK)
    used = {element.get(ID) for element in (*comments, *marks)}
    return (number for number in count() if str(number) not in used)


def add_comments(comments: Element, remarks: Sequence[tuple[int, Remark]], now: datetime.datetime) -> None:
    """Add ``remarks``, given with their ids, to the root of a comments part."""
    # Word writes the time of the clock on the wall and calls it UTC.
    date = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    for id_, remark in remarks:
        comment = etree.SubElement(
            comments,
            W + "comment",
            {ID: str(id_), W + "author": AUTHOR, W + "date": date, W + "initials": INITIALS},
        )
        first = _paragraph(comment)
        etree.SubElement(_run(first), W + "annotationRef")
        _add_text(first, remark.heading, bold=True)
        for line in remark.lines:
            paragraph = _paragraph(comment)
            if line.label:
                _add_text(paragraph, line.label, bold=True)
            _add_text(paragraph, line.text)


def _paragraph(comment: Element) -> Element:
    """Add a paragraph that stands as comments do, whatever the draft's own styles are."""
    paragraph = etree.SubElement(comment, W + "p")
    properties = etree.SubElement(paragraph, W + "pPr")
    spacing = {"before": "0", "after": "40", "line": "240", "lineRule": "auto"}
    etree.SubElement(properties, W + "spacing", {W + name: value for name, value in spacing.items()})
    etree.SubElement(properties, W + "ind", {W + name: "0" for name in ("left", "right", "firstLine")})
    etree.SubElement(properties, W + "jc", {W + "val": "left"})
    return paragraph


def _run(paragraph: Element, *, bold: bool = False) -> Element:
    run = etree.SubElement(paragraph, W + "r")
    properties = etree.SubElement(run, W + "rPr")
    etree.SubElement(properties, W + "rFonts", {W + name: "Segoe UI" for name in ("ascii", "hAnsi", "cs")})
    for tag, value in (("b", bold), ("i", False), ("caps", False)):
        etree.SubElement(properties, W + tag, {} if value else {W + "val": "0"})
    etree.SubElement(properties, W + "noProof")
    etree.SubElement(properties, W + "color", {W + "val": "auto"})
    for tag in ("sz", "szCs"):
        etree.SubElement(properties, W + tag, {W + "val": "18"})
    return run


def _add_text(paragraph: Element, text: str, *, bold: bool = False) -> None:
    element = etree.SubElement(_run(paragraph, bold=bold), W + "t")
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.text = text
